//! Tree to program: names, types, units, citations and order. Nothing is evaluated.

mod aggregates;
mod alike;
mod articles;
mod belongs;
mod calls;
mod cases;
mod cells;
mod choose;
mod citations;
mod compare;
mod conclusions;
mod cover;
mod criteria;
mod data_period;
mod day_calls;
mod decision;
mod errors;
mod expects;
mod expr;
mod facts;
mod fields;
mod functions;
mod growth;
mod hulls;
mod lapses;
mod naming;
mod numbers;
mod order;
mod outcomes;
mod parameters;
mod periods;
mod population;
mod results;
mod rules;
mod schema;
mod scores;
mod states;
mod symbols;
mod units;

#[cfg(test)]
mod tests;

use crate::amend::Base;
use crate::diagnostic::Diagnostics;
use crate::ir;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::source::Span;
use crate::syntax::ast;
use crate::value::Hull;
use indexmap::IndexMap;
use std::cell::RefCell;
use symbols::Symbol;
use symbols::Symbols;

/// Checks the files of one rulebook and makes its program; none if anything is wrong.
/// `bases` are the documents that the rulebook builds on; their items are among those of the files.
/// `vocabularies` has one entry for each 分类 and 名单 item, in the order of the files.
/// All faults are reported, not the first only; what is sound is checked on.
pub fn check(
    files: &[ast::File],
    bases: &[Base],
    vocabularies: Vec<ir::Vocabulary>,
) -> (Option<ir::Program>, Diagnostics) {
    let items: Vec<&ast::Item> = files.iter().flat_map(|file| &file.items).collect();
    let mut checker = Checker::new(&items, bases);
    checker.program.vocabularies = vocabularies;
    checker.collect(&items);
    checker.policy(&items);
    checker.units(&items);
    checker.idle_clauses(&items);
    checker.tables(&items);
    checker.case_tables(&items);
    checker.rules(&items);
    checker.lapses();
    checker.functions();
    checker.tests(&items);
    checker.cycles();
    checker.years_before_last();
    checker.unused();
    files.iter().flat_map(|it| &it.repeals).for_each(|it| checker.repealed(it));
    checker.coverage(&items);
    let mut faults = checker.faults;
    faults.sort();
    let program = (!faults.has_errors()).then_some(checker.program);
    (program, faults)
}

/// What makes two nodes one; the unit counts for constants only.
type NodeKey = (NodeKind, TableId, ir::Ty, Option<crate::value::Unit>);

/// What is gathered on the way.
struct Checker<'a> {
    program: ir::Program,
    symbols: Symbols<'a>,
    faults: Diagnostics,
    /// Equal nodes are one node; constants of different units are not equal, so that each is shown as written.
    nodes: IndexMap<NodeKey, NodeId>,
    /// Which item refers to which, and where.
    edges: Vec<(Symbol, Symbol, Span)>,
    /// The item being compiled.
    current: Option<Symbol>,
    /// The table of which 全部… is compiled: there 本… is the case that asks, not the row.
    asking: Option<TableId>,
    /// What is known to hold in the branch being compiled (§3.3).
    known: Vec<facts::Fact>,
    /// Nodes made in branches, as they stand outside of them.
    plain: IndexMap<NodeId, NodeId>,
    /// What nodes are between, as far as it was asked.
    hulls: RefCell<IndexMap<NodeId, Hull>>,
    /// In the formula of a 函数: its inputs, which are all it may look at.
    inputs: Option<IndexMap<String, NodeId>>,
    /// The result of each call of a formula, so that no call is compiled twice.
    calls: IndexMap<(u32, TableId, Vec<NodeId>), Option<NodeId>>,
    /// The list whose words the value of the next parameter is read as.
    words: Option<ir::VocabularyId>,
    /// 基期非正 则 … of the rule being compiled, and whether anything asked for it.
    growth_base: Option<&'a ast::Expr>,
    growth_base_used: bool,
    /// Rules that look at 本期, and at 上年 of a list.
    this_period: Vec<Symbol>,
    years_before: Vec<(Symbol, Span)>,
    /// 本数: whether a bare 以上 includes the number.
    bare_inclusive: Option<bool>,
    /// 施行 of the policy, for items without their own.
    effective: Option<(Option<i32>, Option<i32>)>,
    /// Where the policy says so.
    effective_at: Option<Span>,
    /// The guards that stand for the 施行 of the policy: before that day nothing applies, so no rule need ask.
    policy_in_force: indexmap::IndexSet<NodeId>,
    /// What is said of figures and grades, by the node that rules take.
    as_reported: IndexMap<NodeId, NodeId>,
    /// Whether a 测试 is compiled, which looks at what is said.
    expecting: bool,
    /// Criteria of which a part may be 不适用 without a word on what then holds.
    lapsing: IndexMap<ir::CriterionId, lapses::Absence>,
    /// The documents that the rulebook builds on, as the program has them.
    bases: &'a [Base],
    /// Articles of the rulebook's own document that a rule cites.
    cited: Vec<String>,
    /// Where the policy stands.
    policy_span: Option<Span>,
    /// The lines of fields with a 适用 guard.
    guard_sources: IndexMap<ir::FieldId, &'a ast::Field>,
}

impl<'a> Checker<'a> {
    fn new(items: &[&'a ast::Item], bases: &'a [Base]) -> Checker<'a> {
        Checker {
            program: ir::Program::default(),
            symbols: Symbols::new(items),
            faults: Diagnostics::default(),
            nodes: IndexMap::new(),
            edges: vec![],
            current: None,
            asking: None,
            known: vec![],
            plain: IndexMap::new(),
            hulls: RefCell::default(),
            inputs: None,
            calls: IndexMap::new(),
            words: None,
            growth_base: None,
            growth_base_used: false,
            this_period: vec![],
            years_before: vec![],
            bare_inclusive: None,
            effective: None,
            effective_at: None,
            policy_in_force: indexmap::IndexSet::new(),
            as_reported: IndexMap::new(),
            expecting: false,
            lapsing: IndexMap::new(),
            bases,
            cited: vec![],
            policy_span: None,
            guard_sources: IndexMap::new(),
        }
    }
}
