//! The cases that proposals start from: those of the rulebook's tests and 案例, else one made from the types of the fields.

use crate::check;
use crate::data::RawTable;
use crate::eval;
use crate::ir;
use crate::ir::Domain;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Table;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::suite::generate::cells;
use crate::syntax::ast;
use crate::syntax::ast::Item;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::Name;
use crate::syntax::ast::RawCell;
use crate::syntax::ast::SetValue;
use crate::syntax::ast::Setting;
use crate::syntax::ast::Test;
use crate::syntax::ast::TestHeadKind;
use crate::value::Number;
use crate::value::PeriodKind;
use crate::value::day;
use crate::workspace::DrawnData;
use crate::workspace::Workspace;
use std::collections::BTreeSet;

/// A day in a made-up case, where the policy names none.
const SOME_DAY: (i32, u32, u32) = (2024, 6, 30);

/// The cases that drafts start from.
pub struct Bases {
    /// Each as a test without an expectation that tells anything.
    pub written: Vec<Test>,
    /// The rules, with these tests as theirs.
    pub program: Program,
    /// How each is run, with every cell that may be changed.
    pub runs: Vec<ir::Test>,
    /// The data that they are rows of.
    pub drawn: DrawnData,
}

impl Bases {
    /// The data that one is a row of; none of one that is written whole.
    pub fn tables(&self, base: usize) -> Option<&Vec<RawTable>> {
        let place = self.runs.get(base)?.drawn.as_ref()?.span;
        self.drawn.get(place)?.as_ref().ok()
    }
}

/// The bases of a rulebook: its own cases.
pub fn of(workspace: &Workspace, program: &Program) -> Option<Bases> {
    let mut bases = written(&workspace.book.file.items);
    if bases.is_empty() {
        bases = program.case_tables.iter().map(|it| made_up(program, *it)).collect();
    }
    for (at, base) in bases.iter_mut().enumerate() {
        base.name.text = format!("base {at}");
    }
    let program = with_tests(workspace, &bases)?;
    let runs = program.tests.clone();
    let drawn = DrawnData::default();
    (runs.len() == bases.len()).then_some(Bases { written: bases, program, runs, drawn })
}

/// The rulebook checked with these tests instead of its own.
pub fn with_tests(workspace: &Workspace, tests: &[Test]) -> Option<Program> {
    let mut file = workspace.book.file.clone();
    file.items.retain(|it| !matches!(it.kind, ItemKind::Test(_)));
    file.items.extend(tests.iter().map(|it| Item {
        kind: ItemKind::Test(it.clone()),
        span: it.name.span,
        damaged: false,
    }));
    check::check(std::slice::from_ref(&file), &workspace.book.bases, workspace.lists.clone()).0
}

/// One base for each different way in which a test or a 案例 makes a case.
fn written(items: &[Item]) -> Vec<Test> {
    let mut all = vec![];
    for item in items {
        match &item.kind {
            ItemKind::Test(it) => all.extend(of_test(it)),
            ItemKind::Case(it) => {
                let given = vec![it.name.clone()];
                all.push(base(&it.name, it.scope.clone(), given, vec![]));
            }
            _ => {}
        }
    }
    let mut seen = BTreeSet::new();
    all.retain(|it| seen.insert(print(it)));
    // The plainest first.
    all.sort_by_key(|it| it.sets.len());
    all
}

/// What makes one base differ from another.
fn print(it: &Test) -> String {
    let given: Vec<&str> = it.given.iter().map(|it| it.text.as_str()).collect();
    let sets: Vec<String> = it
        .sets
        .iter()
        .map(|it| match &it.value {
            SetValue::Cell(cell) => format!("{}={}", it.field.text, cell.text),
            SetValue::Rows { heads, rows } => {
                let heads: Vec<&str> = heads.iter().map(|it| it.text.as_str()).collect();
                let rows: Vec<Vec<&str>> =
                    rows.iter().map(|it| it.iter().map(|it| it.text.as_str()).collect()).collect();
                format!("{}={heads:?}{rows:?}", it.field.text)
            }
        })
        .collect();
    let periods: Vec<&str> = it.periods.iter().map(|it| it.value.as_str()).collect();
    format!("{given:?} {sets:?} {:?} {periods:?}", it.on)
}

pub fn base(name: &Name, scope: Option<Name>, given: Vec<Name>, sets: Vec<Setting>) -> Test {
    let truth = ast::Expr { kind: ast::ExprKind::Truth(true), span: name.span };
    Test {
        name: name.clone(),
        scope,
        given,
        drawn: None,
        snapshot: None,
        unconfirmed: None,
        sets,
        supposes: vec![],
        on: None,
        periods: vec![],
        expects: vec![ast::Expect {
            expr: truth,
            because: vec![],
            articles: vec![],
            span: name.span,
        }],
        table: None,
        basis: vec![],
        note: None,
    }
}

/// A test without what it supposes and expects; of one with a table, each row.
fn of_test(it: &Test) -> Vec<Test> {
    let mut plain = base(&it.name, it.scope.clone(), it.given.clone(), it.sets.clone());
    (plain.on, plain.periods) = (it.on, it.periods.clone());
    let Some(table) = &it.table else { return vec![plain] };
    let row = |(cells, _): &(Vec<RawCell>, Span)| {
        let mut one = plain.clone();
        for (head, cell) in table.heads.iter().zip(cells) {
            match head.kind {
                TestHeadKind::Set => {
                    one.sets.retain(|it| it.field.text != head.name.text);
                    let value = SetValue::Cell(cell.clone());
                    one.sets.push(Setting { field: head.name.clone(), value, span: cell.span });
                }
                TestHeadKind::On => {
                    let read = chrono::NaiveDate::parse_from_str(&cell.text, "%Y-%m-%d");
                    one.on = read.ok().or(one.on);
                }
                TestHeadKind::Period => {
                    one.periods.push(ast::Word { value: cell.text.clone(), span: cell.span });
                }
                TestHeadKind::Suppose | TestHeadKind::Expect => {}
            }
        }
        one
    };
    table.rows.iter().map(row).collect()
}

/// A case with every field filled by its type, and a row or two in each list.
fn made_up(program: &Program, id: TableId) -> Test {
    let table = program.table(id);
    let name = |text: &str| Name { text: text.to_owned(), span: table.span };
    let mut sets = vec![];
    for field in &table.fields {
        let value = match &field.kind {
            FieldKind::Scalar { .. } => {
                SetValue::Cell(RawCell { text: some(program, field, 0), span: table.span })
            }
            FieldKind::Rows { table: child, .. } => rows(program, program.table(*child)),
        };
        sets.push(Setting { field: name(&field.name), value, span: table.span });
    }
    let mut test = base(&name("base"), Some(name(&table.name)), vec![], sets);
    if eval::needs_day(program) {
        test.on = chrono::NaiveDate::from_ymd_opt(SOME_DAY.0, SOME_DAY.1, SOME_DAY.2);
    }
    test
}

/// Two rows; of a list by periods, those before the day.
fn rows(program: &Program, child: &Table) -> SetValue {
    let scalars: Vec<&Field> =
        child.fields.iter().filter(|it| matches!(it.kind, FieldKind::Scalar { .. })).collect();
    let period = child.periods.map(|it| it.field.index as usize);
    let count = match child.periods.map(|it| it.kind) {
        None => 2,
        Some(PeriodKind::Year) => 5,
        Some(_) => 9,
    };
    let cell = |row: usize, field: &Field| {
        let own = child.fields.iter().position(|it| it.name == field.name);
        let text = match child.periods.filter(|_| own == period) {
            Some(it) => period_before(it.kind, row),
            None => some(program, field, row),
        };
        RawCell { text, span: child.span }
    };
    SetValue::Rows {
        heads: scalars.iter().map(|it| Name { text: it.name.clone(), span: child.span }).collect(),
        rows: (0..count).map(|row| scalars.iter().map(|it| cell(row, it)).collect()).collect(),
    }
}

/// The nth period before that of the day.
fn period_before(kind: PeriodKind, row: usize) -> String {
    let day = day::from_ymd(SOME_DAY.0, SOME_DAY.1, SOME_DAY.2).unwrap_or_default();
    kind.of_day(day).map_or_else(String::new, |it| kind.show(it - 1 - row as i32))
}

/// A value of a field's type and domain; rows differ in texts and numbers.
fn some(program: &Program, field: &Field, row: usize) -> String {
    let FieldKind::Scalar { ty, domain, unit } = &field.kind else { return String::new() };
    match ty {
        Ty::Truth => "是".to_owned(),
        Ty::Text => format!("{}{}", field.name, row + 1),
        Ty::Date => {
            let day = day::from_ymd(SOME_DAY.0, SOME_DAY.1, SOME_DAY.2).unwrap_or_default();
            match domain {
                Domain::Dates(hull) => {
                    day::show(hull.low.unwrap_or(day).max(hull.low.unwrap_or(day)))
                }
                _ => day::show(day),
            }
        }
        Ty::Member(list) if !program.vocabulary(*list).members.is_empty() => {
            cells::member(program, *list, 0)
        }
        Ty::Number(_) => {
            let factor = unit.as_ref().map_or_else(Number::one, |it| it.factor.clone());
            let hull = match domain {
                Domain::Numbers { hull, .. } => Some(hull),
                _ => None,
            };
            let wanted = Number::from(100 + row as i64 * 10).multiply(&factor);
            let inside = match hull {
                Some(it) if !it.contains(&wanted) => {
                    let ends = [it.high.as_ref(), it.low.as_ref()];
                    let ends = ends.into_iter().flatten().map(|it| it.at.clone());
                    ends.into_iter().find(|at| it.contains(at)).unwrap_or(wanted)
                }
                _ => wanted,
            };
            inside.checked_div(&factor).unwrap_or(inside).to_string()
        }
        _ => String::new(),
    }
}
