//! 修改 and 删除 as written, and what all items have in common. What they change is not looked at.

use crate::diagnostic::Text;
use crate::source::Span;
use crate::syntax::ast::Citation;
use crate::syntax::ast::DecisionForm;
use crate::syntax::ast::Item;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::ListItem;
use crate::syntax::ast::Name;
use crate::syntax::ast::Policy;
use crate::syntax::ast::Shared;
use crate::syntax::ast::Word;
use crate::syntax::grammar::Rule;
use crate::syntax::keywords;

/// 修改 条件 区域重点: an item of the rulebook that this one builds on, with other clauses.
#[derive(Clone, Debug)]
pub struct Amendment {
    /// Its clauses stand in place of those of their kind.
    pub item: Item,
    /// The clauses written with 增加, as an item of the same kind.
    pub adds: ItemKind,
    /// 增加 — …: lines for the item's list.
    pub lines: Vec<ListItem>,
    /// 删除 须符合 甲、乙: what a conclusion requires no more.
    pub drops: Vec<Name>,
}

/// 删除 条件 甲、乙，依据 第八条
#[derive(Clone, Debug)]
pub struct Repeal {
    /// 条件
    pub word: Text,
    /// Which.
    pub names: Vec<Name>,
    /// 依据
    pub basis: Vec<Citation>,
    /// 说明
    pub note: Option<Word>,
    /// From 删除 to the end.
    pub span: Span,
}

impl Policy {
    /// How its articles are cited elsewhere: by its number, else by its title.
    pub fn citation_name(&self) -> String {
        match &self.number {
            Some(number) => number.value.clone(),
            None => format!("《{}》", self.title.text.trim_matches(['《', '》'])),
        }
    }
}

impl ItemKind {
    /// Its word: 条件, 名称规则, 名单 …
    pub fn word(&self) -> Text {
        let rule = match self {
            ItemKind::Policy(_) => Rule::kw_policy,
            ItemKind::Vocabulary(it) if it.hierarchy => Rule::kw_classification,
            ItemKind::Vocabulary(_) => Rule::kw_roster,
            ItemKind::Measuring(_) => Rule::kw_measuring,
            ItemKind::Data(_) => Rule::kw_data,
            ItemKind::Parameter(_) => Rule::kw_parameter,
            ItemKind::Indicator(_) => Rule::kw_indicator,
            ItemKind::Criterion(it) if it.naming.is_some() => Rule::kw_naming,
            ItemKind::Criterion(_) => Rule::kw_criterion,
            ItemKind::Decision(it) => match it.form {
                DecisionForm::Grading => Rule::kw_grading,
                DecisionForm::Table => Rule::kw_decision,
                DecisionForm::Conclusion => Rule::kw_conclusion,
            },
            ItemKind::Score(_) => Rule::kw_score,
            ItemKind::Conclusion(_) => Rule::kw_conclusion,
            ItemKind::Function(_) => Rule::kw_function,
            ItemKind::Case(_) => Rule::kw_case,
            ItemKind::Test(_) => Rule::kw_test,
        };
        keywords::spelling(rule).unwrap_or_default()
    }

    /// Its name; of 政策 the title.
    pub fn name(&self) -> &Name {
        match self {
            ItemKind::Policy(it) => &it.title,
            ItemKind::Vocabulary(it) => &it.name,
            ItemKind::Measuring(it) => &it.name,
            ItemKind::Data(it) => &it.name,
            ItemKind::Parameter(it) => &it.name,
            ItemKind::Indicator(it) => &it.name,
            ItemKind::Criterion(it) => &it.name,
            ItemKind::Decision(it) => &it.name,
            ItemKind::Score(it) => &it.name,
            ItemKind::Conclusion(it) => &it.name,
            ItemKind::Function(it) => &it.name,
            ItemKind::Case(it) => &it.name,
            ItemKind::Test(it) => &it.name,
        }
    }

    /// The clauses that every item may have; 案例 and 测试 have none.
    pub fn shared(&mut self) -> Option<&mut Shared> {
        Some(match self {
            ItemKind::Policy(it) => &mut it.shared,
            ItemKind::Vocabulary(it) => &mut it.shared,
            ItemKind::Measuring(it) => &mut it.shared,
            ItemKind::Data(it) => &mut it.shared,
            ItemKind::Parameter(it) => &mut it.shared,
            ItemKind::Indicator(it) => &mut it.shared,
            ItemKind::Criterion(it) => &mut it.shared,
            ItemKind::Decision(it) => &mut it.shared,
            ItemKind::Score(it) => &mut it.shared,
            ItemKind::Conclusion(it) => &mut it.shared,
            ItemKind::Function(it) => &mut it.shared,
            ItemKind::Case(_) | ItemKind::Test(_) => return None,
        })
    }

    /// What its name must be unique among: rules share one space, tables, lists, cases and tests have their own.
    pub fn space(&self) -> Space {
        match self {
            ItemKind::Policy(_) => Space::Policy,
            ItemKind::Vocabulary(_) => Space::List,
            ItemKind::Measuring(_) => Space::Unit,
            ItemKind::Data(_) => Space::Table,
            ItemKind::Case(_) => Space::Case,
            ItemKind::Test(_) => Space::Test,
            _ => Space::Rule,
        }
    }
}

/// What names are unique in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Space {
    /// The one 政策.
    Policy,
    /// 分类, 名单
    List,
    /// 计量单位
    Unit,
    /// 数据
    Table,
    /// 参数, 指标, 条件 …: what sentences may name.
    Rule,
    /// 案例
    Case,
    /// 测试
    Test,
}
