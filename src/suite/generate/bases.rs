//! The cases that proposals start from: those of the rulebook's tests and 案例, else one made from the types of the fields.

use crate::check;
use crate::data::RawTable;
use crate::eval;
use crate::ir;
use crate::ir::Domain;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::NodeKind;
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
    let mut bases = written(program, &workspace.book.file.items);
    // What no case says a word of is looked at in cases where every cell is filled.
    for table in &program.case_tables {
        let whole = made_up(program, *table);
        let named =
            |it: &&Test| it.scope.as_ref().is_some_and(|it| it.text == program.table(*table).name);
        let own: Vec<Test> = bases.iter().filter(named).take(COMPLETED).cloned().collect();
        bases.extend(
            own.iter().map(|it| completed(program, &workspace.book.file.items, it, &whole)),
        );
        bases.push(whole);
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

/// So many cases are looked at with every cell filled too.
const COMPLETED: usize = 3;

/// So many cases stand beside the one that is judged.
const BESIDE: usize = 5;

/// One base for each different way in which a test or a 案例 makes a case; where cases are compared, each 案例 beside
/// others, and one that ties with another in all but its key.
fn written(program: &Program, items: &[Item]) -> Vec<Test> {
    let mut all = vec![];
    let compared = program.scores.iter().any(|it| it.rank.is_some() || it.selected.is_some())
        || program.nodes.iter().any(|it| matches!(it.kind, NodeKind::Score(_)));
    if compared {
        all.extend(beside(program, items));
    }
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
    // The plainest first; a day that no base names is that of the first that does.
    all.sort_by_key(|it| (it.sets.len(), it.given.len()));
    if let Some(day) =
        all.iter().find_map(|it| it.on).or(some_day()).filter(|_| eval::needs_day(program))
    {
        all.iter_mut().for_each(|it| it.on = it.on.or(Some(day)));
    }
    all
}

fn some_day() -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::from_ymd_opt(SOME_DAY.0, SOME_DAY.1, SOME_DAY.2)
}

/// Each 案例 with others of its kind beside it, and the first with the cells of the second.
fn beside(program: &Program, items: &[Item]) -> Vec<Test> {
    let cases: Vec<&ast::Case> = items
        .iter()
        .filter_map(|it| match &it.kind {
            ItemKind::Case(it) => Some(it),
            _ => None,
        })
        .collect();
    let mut all = vec![];
    for case in &cases {
        let kind = case.scope.as_ref().map(|it| it.text.as_str());
        let own = |it: &&&ast::Case| it.scope.as_ref().map(|it| it.text.as_str()) == kind;
        let others: Vec<&ast::Case> = cases
            .iter()
            .filter(own)
            .copied()
            .filter(|it| it.name.text != case.name.text)
            .take(BESIDE)
            .collect();
        let Some(second) = others.first() else { continue };
        let given: Vec<Name> =
            [*case].into_iter().chain(others.iter().copied()).map(|it| it.name.clone()).collect();
        all.push(base(&case.name, case.scope.clone(), given.clone(), vec![]));
        let table = program.tables.iter().find(|it| Some(it.name.as_str()) == kind);
        let keys: Vec<&str> = table
            .iter()
            .flat_map(|it| {
                [it.key, it.name_field].into_iter().flatten().map(|at| &it.fields[at as usize])
            })
            .map(|it| it.name.as_str())
            .collect();
        let mut sets = second.sets.clone();
        sets.retain(|it| !keys.contains(&it.field.text.as_str()));
        all.push(base(&case.name, case.scope.clone(), given, sets));
    }
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

/// A case with what it leaves open filled as in another.
fn completed(program: &Program, items: &[Item], it: &Test, whole: &Test) -> Test {
    let first = it.given.first();
    let case = items.iter().find_map(|item| match &item.kind {
        ItemKind::Case(own) if first.is_some_and(|it| it.text == own.name.text) => Some(own),
        _ => None,
    });
    let set = case.iter().flat_map(|it| &it.sets).chain(&it.sets);
    let is_set: BTreeSet<&str> = set.map(|it| it.field.text.as_str()).collect();
    let mut test = it.clone();
    let names = |field: &Field| {
        is_set.contains(field.name.as_str())
            || field.aliases.iter().any(|it| is_set.contains(it.as_str()))
    };
    let scope = it.scope.as_ref().map(|it| it.text.as_str());
    let table = program.tables.iter().find(|it| Some(it.name.as_str()) == scope);
    let open = table.iter().flat_map(|it| &it.fields).filter(|it| !names(it));
    let open: BTreeSet<&str> = open.map(|it| it.name.as_str()).collect();
    let filling = whole.sets.iter().filter(|it| open.contains(it.field.text.as_str()));
    test.sets.extend(filling.cloned());
    test
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
        test.on = some_day();
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
