//! The checked program: tables, vocabularies, a graph of typed nodes, and the rules that name its roots. Nothing runs here.

pub mod aggregate;
pub mod comparison;
pub mod constant;
pub mod decision;
pub mod exceptions;
pub mod function;
pub mod item;
pub mod naming;
pub mod node;
mod operands;
pub mod ranking;
pub mod score;
pub mod test;

pub mod schema;

pub use aggregate::*;
pub use comparison::*;
pub use constant::*;
pub use decision::*;
pub use exceptions::*;
pub use function::*;
pub use item::*;
pub use node::*;
pub use ranking::*;
pub use schema::*;
pub use score::*;
pub use test::*;

use crate::value::Number;
use crate::value::units::Units;
use std::collections::BTreeSet;

/// A rulebook that checks. Same rules, same program: ids follow the order of writing and of dependency.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The document.
    pub policy: Policy,
    /// 数据 items, in the order written.
    pub tables: Vec<Table>,
    /// 分类, 名单, 枚举 and the words that tables give.
    pub vocabularies: Vec<Vocabulary>,
    /// Every node stands after its operands, so evaluating by ascending id is in order.
    pub nodes: Vec<Node>,
    /// 计量单位, and the units of the language.
    pub units: Units,
    /// 参数
    pub parameters: Vec<Parameter>,
    /// 指标
    pub indicators: Vec<Indicator>,
    /// 条件
    pub criteria: Vec<Criterion>,
    /// What each 名称规则 asks of a name.
    pub namings: Vec<Naming>,
    /// 分级, the result columns of 判定表, and 结论 that are tables
    pub gradings: Vec<Grading>,
    /// 评分
    pub scores: Vec<Score>,
    /// 结论
    pub conclusions: Vec<Conclusion>,
    /// 函数
    pub functions: Vec<Function>,
    /// 测试, one for each row of a test's table.
    pub tests: Vec<Test>,
    /// The tables whose rows are the cases, in the order written.
    pub case_tables: Vec<TableId>,
}

impl Program {
    /// A node by id.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The same for a case of which nothing is known: there a blank of 可无（空白即无） does not say 无, it may be anything.
    pub fn with_open_blanks(&self) -> Program {
        let mut program = self.clone();
        for field in program.tables.iter_mut().flat_map(|it| &mut it.fields) {
            field.may_be_none |= std::mem::take(&mut field.blank_is_none);
        }
        program
    }

    /// The indicator that comes to a node.
    pub fn indicator_at(&self, node: NodeId) -> Option<&Indicator> {
        self.indicators.iter().find(|it| it.nodes().contains(&node))
    }

    /// The table or grading that comes to a node.
    pub fn grading_at(&self, node: NodeId) -> Option<&Grading> {
        self.gradings.iter().find(|it| it.nodes().contains(&node))
    }

    /// A table by id.
    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[id.0 as usize]
    }

    /// A field by id.
    pub fn field(&self, id: FieldId) -> &Field {
        &self.table(id.table).fields[id.index as usize]
    }

    /// A vocabulary by id.
    pub fn vocabulary(&self, id: VocabularyId) -> &Vocabulary {
        &self.vocabularies[id.0 as usize]
    }

    /// A criterion by id.
    pub fn criterion(&self, id: CriterionId) -> &Criterion {
        &self.criteria[id.0 as usize]
    }

    /// What a 名称规则 asks of a name, by id.
    pub fn naming(&self, id: NamingId) -> &Naming {
        &self.namings[id.0 as usize]
    }

    /// A score by id.
    pub fn score(&self, id: ScoreId) -> &Score {
        &self.scores[id.0 as usize]
    }

    /// A conclusion by id.
    pub fn conclusion(&self, id: ConclusionId) -> &Conclusion {
        &self.conclusions[id.0 as usize]
    }

    /// A function by id.
    pub fn function(&self, id: FunctionId) -> &Function {
        &self.functions[id.0 as usize]
    }

    /// A parameter by id.
    pub fn parameter(&self, id: ParameterId) -> &Parameter {
        &self.parameters[id.0 as usize]
    }

    /// Whether an aggregate is over 近 N 年: a period that has no row is a row that is not known.
    pub fn is_over_periods(&self, aggregate: &Aggregate) -> bool {
        aggregate.filter.is_some_and(|it| !self.recents(it).is_empty())
    }

    /// The 近 N 年 among the conditions that a filter joins.
    pub fn recents(&self, filter: NodeId) -> Vec<NodeId> {
        match &self.node(filter).kind {
            NodeKind::Recent { .. } => vec![filter],
            NodeKind::And(items) => items.iter().flat_map(|it| self.recents(*it)).collect(),
            _ => vec![],
        }
    }

    /// Whether a number is asked for only where it is known not to be 0: what is then left on both sides of 0 does not
    /// hold it.
    pub fn is_kept_from_zero(&self, id: NodeId) -> bool {
        let zero = NodeKind::Constant(Constant::Number(Number::zero()));
        match &self.node(id).kind {
            NodeKind::Narrow { op: Comparison::NotEqual, bound, .. }
                if self.node(*bound).kind == zero =>
            {
                true
            }
            NodeKind::Narrow { of, .. }
            | NodeKind::Parent(of)
            | NodeKind::Applies { body: of, .. }
            | NodeKind::Input { of, .. }
            | NodeKind::Negation(of)
            | NodeKind::Absolute(of) => self.is_kept_from_zero(*of),
            NodeKind::Product(items) => items.iter().all(|it| self.is_kept_from_zero(*it)),
            _ => false,
        }
    }

    /// These nodes and all they rest on, ascending.
    pub fn below(&self, nodes: impl IntoIterator<Item = NodeId>) -> BTreeSet<NodeId> {
        let mut open: Vec<NodeId> = nodes.into_iter().collect();
        let mut below = BTreeSet::new();
        while let Some(id) = open.pop() {
            if below.insert(id) {
                open.extend(self.node(id).kind.operands());
            }
        }
        below
    }

    /// The top of a table's family: the table itself, or the parent of its parent …
    pub fn root_of(&self, mut table: TableId) -> TableId {
        while let Some(parent) = self.table(table).parent {
            table = parent.table;
        }
        table
    }
}
