//! The live workbook: indicators, scores and ranks as formulas over the data, so that the arithmetic can be followed in a spreadsheet.
//!
//! Every formula is computed here too, in exact numbers, and written only where it comes to what the engine found;
//! elsewhere the cell holds that, in another style, with the reason.

mod compute;
mod expr;
mod given;
mod grid;
mod guide;
mod heads;
mod known;
mod maker;
mod numbers;
mod print;
mod results;
mod show;
mod words;
mod write;

use crate::data::Facts;
use crate::diagnostic::Lang;
use crate::eval::Outcome;
use crate::eval::Run;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::ir::ScorePart;
use crate::ir::TableId;
use crate::report::Report;
use crate::report::live::given::Given;
use crate::report::live::grid::Grid;
use crate::report::live::grid::GridSheet;
use crate::report::live::grid::SheetKind;
use crate::report::live::maker::Maker;
use crate::report::live::words::Words;
use crate::report::words::either;
use crate::report::workbook::names::SheetNames;
use crate::report::workbook::page;
use crate::report::workbook::styles::Styles;
use crate::source::Sources;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// More cells than this are not written as formulas: no spreadsheet would open them in good time.
pub const MOST_CELLS: usize = 2_000_000;

/// A run, as the live sheets need it.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// The rules.
    pub program: &'a Program,
    /// Their texts.
    pub sources: &'a Sources,
    /// The data.
    pub facts: &'a Facts,
    /// How it ran.
    pub run: &'a Run,
    /// What came of it.
    pub outcome: &'a Outcome,
    /// The language of words.
    pub lang: Lang,
}

/// How many cells the live sheets of a run would have, at most; beyond [`MOST_CELLS`] they are not to be written.
pub fn size(program: &Program, facts: &Facts) -> usize {
    let ids = (0u32..).map(TableId).zip(&facts.tables);
    let cells = ids.map(|(id, table)| {
        let nodes = program.nodes.iter().filter(|it| it.space == id).count();
        table.len.saturating_mul(nodes + program.table(id).fields.len())
    });
    cells.fold(0, usize::saturating_add)
}

impl<'a> Told<'a> {
    /// Of a report.
    pub fn of(report: &'a Report<'a>, lang: Lang) -> Told<'a> {
        let Report { program, sources, facts, run, outcome, .. } = *report;
        Told { program, sources, facts, run, outcome, lang }
    }
}

/// A workbook of the live sheets alone.
pub fn workbook(report: &Report<'_>, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = page::workbook(&report.program.policy.title)?;
    let told = Told::of(report, lang);
    add(&told, &mut book, &mut Styles::default(), &mut SheetNames::default())?;
    book.save_to_buffer()
}

/// Adds the live sheets to a workbook; `names` are those that are taken.
pub fn add(
    told: &Told<'_>,
    book: &mut Workbook,
    styles: &mut Styles,
    names: &mut SheetNames,
) -> Result<(), XlsxError> {
    let guide = names.take(either(told.lang, "公式说明", "About the formulas"));
    let grid = made(told, names);
    guide::write(told, &grid, book.add_worksheet().set_name(&guide)?, styles)?;
    let order = [SheetKind::Results, SheetKind::Data, SheetKind::Steps];
    let sheet_names = grid.names();
    for kind in order {
        for at in (0..grid.sheets.len()).filter(|it| grid.sheets[*it].kind == kind) {
            let sheet = book.add_worksheet().set_name(&grid.sheets[at].name)?;
            write::sheet(&grid, at, &sheet_names, sheet, styles, told.lang)?;
        }
    }
    Ok(())
}

/// All cells.
fn made(told: &Told<'_>, names: &mut SheetNames) -> Grid {
    let program = told.program;
    let mut maker = Maker {
        told,
        grid: Grid::default(),
        given: Given::default(),
        sheets: BTreeMap::new(),
        nodes: BTreeMap::new(),
        helpers: BTreeMap::new(),
        known: BTreeMap::new(),
        may_be_na: BTreeSet::new(),
        may_be_error: BTreeSet::new(),
        words: Words::of(told.lang),
    };
    for (id, table) in (0u32..).map(TableId).zip(&program.tables) {
        let name = names.take(&format!("{} {}", either(told.lang, "数据", "data"), table.name));
        given::add(told, &mut maker.grid, &mut maker.given, id, name);
        let name = names.take(&format!("{} {}", either(told.lang, "步骤", "steps"), table.name));
        maker.sheets.insert(id, maker.grid.sheets.len());
        let columns = vec![];
        maker.grid.sheets.push(GridSheet { name, kind: SheetKind::Steps, columns });
        maker.number_rows(id);
    }
    let order = maker.order(&roots(program));
    maker.known = known::gather(told, &order);
    maker.weigh(&order);
    for id in order {
        maker.make(id);
    }
    let tables: Vec<TableId> = (0..program.tables.len() as u32).map(TableId).collect();
    let with: Vec<TableId> =
        tables.iter().copied().filter(|it| has_indicators(program, *it)).collect();
    let word = either(told.lang, "指标", "indicators");
    for table in &with {
        let name = match with.len() {
            1 => word.to_owned(),
            _ => format!("{word} {}", program.table(*table).name),
        };
        maker.indicators(*table, || names.take(&name));
    }
    for score in &program.scores {
        let word = either(told.lang, "评分", "score");
        let name = names.take(&format!("{word} {}", score.head.name));
        maker.score(score, name);
    }
    maker.grid
}

fn has_indicators(program: &Program, table: TableId) -> bool {
    program.indicators.iter().any(|it| it.table == table)
        || program.gradings.iter().any(|it| it.table == table)
}

/// What is shown, and with it all that it rests on.
fn roots(program: &Program) -> Vec<NodeId> {
    let indicators = program.indicators.iter().flat_map(|it| {
        let others = it.others.iter().map(|it| it.node);
        std::iter::once(it.node).chain(others)
    });
    let gradings = program.gradings.iter().map(|it| it.node);
    let mut all: Vec<NodeId> = indicators.chain(gradings).collect();
    for score in &program.scores {
        let parts = score.parts.iter().chain(&score.bonus).chain(&score.deductions);
        parts.for_each(|it| points_of(it, &mut all));
        all.extend([score.node]);
        // What settles a tie stands before the rank that looks at it.
        all.extend(score.then_by.into_iter().chain(score.rank));
        all.extend(score.pass.into_iter().chain(score.selected));
    }
    all
}

fn points_of(part: &ScorePart, into: &mut Vec<NodeId>) {
    part.parts.iter().for_each(|it| points_of(it, into));
    into.extend([part.points, part.contribution]);
}
