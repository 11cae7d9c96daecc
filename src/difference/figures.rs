//! What every case comes to in one run, in a form that can be put beside another run under other rules. Nothing is worded.

use crate::data;
use crate::data::RawTable;
use crate::diagnostic::Diagnostics;
use crate::difference::print::Names;
use crate::eval;
use crate::eval::Outcome;
use crate::eval::Run;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;

use crate::value::Foreign;
use crate::value::Set;
use crate::value::Truth;
use crate::value::Unit;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// What kind of thing is said of a case, what weighs most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 结论
    Conclusion,
    /// 入选
    Selected,
    /// 合格
    Passed,
    /// 分级, a result column of a 判定表
    Grade,
    /// 条件
    Criterion,
    /// 排名
    Rank,
    /// 评分
    Score,
    /// 指标
    Indicator,
    /// What was found about its data.
    Finding,
}

/// One thing that is said of every case of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// What kind.
    pub kind: Kind,
    /// Its table, under its new name.
    pub table: String,
    /// Its new name.
    pub name: String,
}

/// A case: its table and its key, below the keys of the rows it lies in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseKey {
    /// The table, under its new name.
    pub table: String,
    /// The key.
    pub id: String,
}

/// What is known of one item of one case, free of the numbers that one program gives to its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A verdict; whether its 假 is a departure only.
    Verdict(Truth, bool),
    /// A number, a day, a text, a truth.
    Set(Set),
    /// Words: which are possible (none: every one), what else, whether 不适用 and 错误 are.
    Words(Option<Vec<String>>, Foreign, bool, bool),
    /// What was found.
    Findings(Vec<String>),
}

/// How the numbers of an item are shown.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// Its unit.
    pub unit: Option<Unit>,
    /// Decimal places.
    pub places: Option<u32>,
}

/// Where an item is in its program.
#[derive(Clone, Debug)]
struct Root {
    node: NodeId,
    soft: bool,
}

/// One run.
pub struct Figures {
    /// The rules.
    pub program: Program,
    /// The data, bound to them.
    pub facts: data::Facts,
    /// How it ran.
    pub run: Run,
    /// What was found about the data.
    pub found: Diagnostics,
    /// The cases, in the order of the data.
    pub cases: IndexMap<CaseKey, (TableId, usize)>,
    /// What was computed.
    pub outcome: Outcome,
    items: IndexMap<Item, Root>,
    /// Words that bear another name in the new rules.
    renamed: BTreeMap<String, String>,
    findings: BTreeMap<usize, Vec<String>>,
}

/// Runs a program over raw tables.
pub fn figures(program: Program, tables: &[RawTable], run: &Run, names: &Names) -> Figures {
    let mut tables = tables.to_vec();
    data::settle(&program, &mut tables);
    let (facts, found) = data::bind(&program, &tables);
    let facts = eval::with_expected_rows(&program, facts, run);
    let outcome = eval::evaluate(&program, &facts, run);
    let called = |name: &str| names.renamed.get(name).map_or(name, String::as_str).to_owned();
    let mut cases = IndexMap::new();
    for &table in &program.case_tables {
        let rows = facts.table(table);
        let attached = rows.offsets.last().map_or(rows.len, |it| *it as usize);
        for row in (0..attached).filter(|it| !rows.is_expected(*it)) {
            let table_name = called(&program.table(table).name);
            let key = CaseKey { table: table_name, id: path(&program, &facts, table, row) };
            cases.entry(key).or_insert((table, row));
        }
    }
    let items = items(&program, &called);
    let mut findings: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for it in &found.0 {
        let at = it.case.as_ref().and_then(|id| cases.keys().position(|key| key.id == *id));
        if let Some(at) = at {
            findings.entry(at).or_default().push(format!("{} {}", it.code.0, it.message.zh));
        }
    }
    Figures {
        program,
        facts,
        run: run.clone(),
        found,
        cases,
        outcome,
        items,
        renamed: names.renamed.clone(),
        findings,
    }
}

/// 甲公司; of a row inside another, both keys.
fn path(program: &Program, facts: &data::Facts, table: TableId, row: usize) -> String {
    let own = facts.table(table).keys[row].to_string();
    match program.table(table).parent {
        Some(parent) => {
            let above = facts.table(table).parents[row] as usize;
            format!("{} / {own}", path(program, facts, parent.table, above))
        }
        None => own,
    }
}

fn items(program: &Program, called: &impl Fn(&str) -> String) -> IndexMap<Item, Root> {
    let mut items = IndexMap::new();
    let mut add = |kind, table: TableId, name: &str, node, soft| {
        if program.case_tables.contains(&table) {
            let item = Item { kind, table: called(&program.table(table).name), name: called(name) };
            items.insert(item, Root { node, soft });
        }
    };
    for it in &program.conclusions {
        add(Kind::Conclusion, it.table, &it.head.name, it.node, false);
    }
    for it in &program.scores {
        let parts = [(Kind::Selected, it.selected), (Kind::Passed, it.pass), (Kind::Rank, it.rank)];
        for (kind, node) in parts {
            node.into_iter().for_each(|node| add(kind, it.table, &it.head.name, node, false));
        }
        add(Kind::Score, it.table, &it.head.name, it.node, false);
    }
    for it in &program.gradings {
        add(Kind::Grade, it.table, &it.head.name, it.reported, false);
    }
    for it in &program.criteria {
        add(Kind::Criterion, it.table, &it.head.name, it.node, it.departs == Some(it.node));
    }
    for it in &program.indicators {
        add(Kind::Indicator, it.table, &it.head.name, it.reported, false);
    }
    for table in &program.case_tables {
        let table = called(&program.table(*table).name);
        let root = Root { node: NodeId(0), soft: false };
        items.insert(Item { kind: Kind::Finding, table, name: String::new() }, root);
    }
    items
}

impl Figures {
    /// What is said of the cases.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.keys()
    }

    /// Whether an item is among them.
    pub fn has(&self, item: &Item) -> bool {
        self.items.contains_key(item)
    }

    /// The node of an item.
    pub fn node(&self, item: &Item) -> Option<NodeId> {
        self.items.get(item).filter(|_| item.kind != Kind::Finding).map(|it| it.node)
    }

    /// What an item comes to for a case; none where either is not there.
    pub fn value(&self, item: &Item, case: &CaseKey) -> Option<Value> {
        let (at, _, (table, row)) = self.cases.get_full(case)?;
        let root = self.items.get(item)?;
        if item.kind == Kind::Finding {
            return Some(Value::Findings(self.findings.get(&at).cloned().unwrap_or_default()));
        }
        let node = self.program.node(root.node);
        if node.space != *table {
            return None;
        }
        let set = self.outcome.columns.get(&root.node)?.get(*row);
        Some(match (set, node.ty) {
            (Set::Truth(truth), _)
                if matches!(
                    item.kind,
                    Kind::Conclusion | Kind::Criterion | Kind::Selected | Kind::Passed
                ) =>
            {
                Value::Verdict(truth, root.soft && truth.may(Truth::FALSE))
            }
            (Set::Member(it), Ty::Member(list)) => {
                let list = self.program.vocabulary(list);
                let name = |at: &u32| {
                    let name = &*list.members[*at as usize].name;
                    self.renamed.get(name).map_or(name, String::as_str).to_owned()
                };
                let (names, foreign) = match it.values {
                    Some(set) => {
                        let names: Option<Vec<String>> = set.members.as_ref().map(|it| {
                            let mut names: Vec<String> = it.iter().map(name).collect();
                            names.sort();
                            names
                        });
                        (names, set.foreign)
                    }
                    None => (Some(vec![]), Foreign::No),
                };
                Value::Words(names, foreign, it.na, it.error)
            }
            (set, _) => Value::Set(set),
        })
    }

    /// How an item's numbers are shown.
    pub fn style(&self, item: &Item) -> Style {
        let of = |name: &str| name == item.name;
        let program = &self.program;
        let node = self.node(item).map(|it| program.node(it));
        let unit = node.and_then(|it| it.unit.clone());
        match item.kind {
            Kind::Indicator => program.indicators.iter().find(|it| of(&it.head.name)).map_or(
                Style::default(),
                |it| Style { unit: it.unit.clone().or(unit), places: it.show },
            ),
            Kind::Score => {
                let score = program.scores.iter().find(|it| of(&it.head.name));
                Style { unit, places: Some(score.and_then(|it| it.keep).unwrap_or(2)) }
            }
            _ => Style { unit, places: None },
        }
    }
}
