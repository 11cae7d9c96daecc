//! A run as a workbook for who handed the data in: 汇总, 意见, and their own tables with what is said of them. It evaluates nothing.

use crate::data::Facts;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::diagnostic::code;
use crate::explain::CaseAccount;
use crate::ir::Program;
use crate::ir::TableId;
use crate::report::Report;
use crate::report::decided::decided;
use crate::report::words::either;
use crate::report::workbook::given;
use crate::report::workbook::given::Given;
use crate::report::workbook::given::Spot;
use crate::report::workbook::marks;
use crate::report::workbook::marks::Marks;
use crate::report::workbook::names::SheetNames;
use crate::report::workbook::opinions;
use crate::report::workbook::opinions::Opinion;
use crate::report::workbook::page;
use crate::report::workbook::sheets;
use crate::report::workbook::styles::Styles;
use crate::report::workbook::table::Writing;
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Which rows of the tables come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// All.
    All,
    /// Those of the cases shown, and those that belong to no case.
    OfCases,
}

/// The workbook.
pub fn review(report: &Report, rows: Rows, lang: Lang) -> Result<Vec<u8>, Diagnostic> {
    written(report, rows, lang).map_err(|why| {
        Diagnostic::new(
            code::NO_WORKBOOK,
            format!("结果写不成工作簿（{why}）"),
            format!("the result cannot be written as a workbook ({why})"),
        )
        .help(
            "工作表最多 1048576 行、16384 列；更大的数据请用 --format json",
            "a sheet holds 1048576 rows and 16384 columns; for more data use --format json",
        )
    })
}

fn written(report: &Report, rows: Rows, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut names = SheetNames::default();
    let all = given::given(report, &mut names);
    let owners = owners(report, &all);
    let shown: Vec<Option<BTreeSet<u32>>> = match rows {
        Rows::All => all.iter().map(|_| None).collect(),
        Rows::OfCases => (0..all.len()).map(|it| of_cases(report, &owners[it])).collect(),
    };
    let mut marks = Marks::default();
    let mut found: Vec<Opinion> = vec![];
    for case in &report.cases {
        for line in decided(case, report.program, lang) {
            marks::line(&mut marks, &line, report, &all, lang);
            found.push(opinions::of_line(&line, case, (report, &all), lang));
        }
        let here = (case, spot_of(report.facts, &all, case));
        let open = case.scores.iter();
        found.extend(open.filter_map(|it| opinions::of_score(it, here, report.program, lang)));
    }
    marks::holes(&mut marks, report, &all, lang);
    for it in report.findings.0.iter().filter(|it| it.labels.is_empty()) {
        if !concerns(it, report, &all, &shown) {
            continue;
        }
        marks::finding(&mut marks, it, report, &all, lang);
        found.push(opinions::of_finding(it, (report, &all), lang));
    }
    let mut book = page::workbook(&report.program.policy.title)?;
    let mut styles = Styles::default();
    let spots: Vec<Option<Spot>> =
        report.cases.iter().map(|it| spot_of(report.facts, &all, it)).collect();
    let sheet = book.add_worksheet();
    sheet.set_name(names.take(either(lang, "汇总", "Summary")))?;
    sheets::summary(sheet, (report, &all), &spots, &mut styles, lang)?;
    let sheet = book.add_worksheet();
    sheet.set_name(names.take(either(lang, "意见", "Findings")))?;
    sheets::opinions(sheet, (report, &all), &found, &mut styles, lang)?;
    for ((index, given), shown) in all.iter().enumerate().zip(shown) {
        let here = |it: &&Spot| it.sheet == index;
        let cases = report
            .cases
            .iter()
            .zip(&spots)
            .filter_map(|(case, spot)| spot.as_ref().filter(here).map(|spot| (spot.row, case)));
        let cases: BTreeMap<u32, &CaseAccount> = cases.collect();
        let parents = parents(report, given);
        let writing = Writing { report, given, index, marks: &marks, cases, parents, shown, lang };
        let sheet = book.add_worksheet();
        sheet.set_name(&given.sheet)?;
        writing.write(sheet, &mut styles)?;
    }
    book.save_to_buffer()
}

/// Whether a finding is of what is shown: of a case that is, or of a row that is, or of no row.
fn concerns(
    it: &Diagnostic,
    report: &Report,
    all: &[Given],
    shown: &[Option<BTreeSet<u32>>],
) -> bool {
    if shown.iter().all(Option::is_none) {
        return true;
    }
    if let Some(case) = &it.case {
        return report.cases.iter().any(|own| own.id == *case);
    }
    let Some(source) = it.source.as_ref().filter(|it| it.row.is_some()) else { return true };
    let Some(spot) = given::find(all, report.facts, source) else { return true };
    let rows = it.rows.iter().map(|row| all[spot.sheet].row(*row)).chain([spot.row]);
    shown[spot.sheet].as_ref().is_none_or(|own| rows.into_iter().any(|it| own.contains(&it)))
}

/// Where the row of a case stands.
fn spot_of(facts: &Facts, all: &[Given], case: &CaseAccount) -> Option<Spot> {
    let place = facts.table(case.table).places[case.row];
    let raw = facts.taken.get(place.file as usize)?.raw;
    let sheet = all.iter().position(|it| it.taken.is_some_and(|it| it.raw == raw))?;
    let given = &all[sheet];
    (place.row > 0).then(|| Spot { sheet, row: given.row(place.row), column: 0 })
}

/// Of each sheet its rows, each with the case it belongs to: its table and row.
type Owners = BTreeMap<u32, Option<(TableId, usize)>>;

fn owners(report: &Report, all: &[Given]) -> Vec<Owners> {
    let mut owners: Vec<Owners> = all.iter().map(|_| Owners::new()).collect();
    let facts = report.facts;
    for id in (0..report.program.tables.len() as u32).map(TableId) {
        for (row, place) in facts.table(id).places.iter().enumerate().filter(|it| it.1.row > 0) {
            let Some(taken) = facts.taken.get(place.file as usize) else { continue };
            let sheet = all.iter().position(|it| it.taken.is_some_and(|it| it.raw == taken.raw));
            if let Some(sheet) = sheet {
                let at = all[sheet].row(place.row);
                owners[sheet].insert(at, case_of(report.program, facts, (id, row)));
            }
        }
    }
    owners
}

fn case_of(
    program: &Program,
    facts: &Facts,
    (mut table, mut row): (TableId, usize),
) -> Option<(TableId, usize)> {
    while !program.case_tables.contains(&table) {
        let parent = program.table(table).parent?;
        row = *facts.table(table).parents.get(row)? as usize;
        table = parent.table;
    }
    Some((table, row))
}

/// The rows of a sheet that belong to a case shown; none where no row of it belongs to any case.
fn of_cases(report: &Report, owners: &Owners) -> Option<BTreeSet<u32>> {
    let is = |it: &(TableId, usize)| report.cases.iter().any(|own| (own.table, own.row) == *it);
    let some = owners.values().any(Option::is_some);
    let own = owners.iter().filter(|it| it.1.as_ref().is_some_and(is)).map(|it| *it.0);
    some.then(|| own.collect())
}

/// The keys of the parents of rows that lay inside others, row by row.
fn parents(report: &Report, given: &Given) -> Vec<String> {
    let Some(nested) = &given.raw.nested else { return vec![] };
    let above = report.facts.taken.iter().find(|it| it.raw == nested.parent);
    let Some((above, parent)) = above.zip(report.tables.get(nested.parent)) else { return vec![] };
    let key =
        report.program.table(above.table).key.or(report.program.table(above.table).name_field);
    let column = key.and_then(|it| above.column_of(it as usize));
    let of = |row: &u32| {
        column.map_or_else(|| (row + 1).to_string(), |it| parent.cell(*row as usize, it).to_owned())
    };
    nested.rows.iter().map(of).collect()
}
