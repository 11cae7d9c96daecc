//! What is said of single cells of the data: holes, findings, what decides against a case. It writes no cell.

use crate::data::HoleKind;
use crate::diagnostic::CellRef;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::diagnostic::Severity;
use crate::diagnostic::code;
use crate::explain::CauseKind;
use crate::ir::FieldId;
use crate::ir::TableId;
use crate::report::Report;
use crate::report::decided::Line;
use crate::report::words::either;
use crate::report::workbook::given::Given;
use crate::report::workbook::given::Spot;
use crate::report::workbook::given::find;
use crate::report::workbook::styles::Tone;
use indexmap::IndexSet;
use std::collections::BTreeMap;

/// A cell that something is said of.
pub struct Mark {
    /// Its colour.
    pub tone: Tone,
    /// What is said, each once.
    pub texts: IndexSet<String>,
}

/// The marks of all sheets.
#[derive(Default)]
pub struct Marks(BTreeMap<Spot, Mark>);

impl Marks {
    /// The mark of a cell.
    pub fn get(&self, spot: Spot) -> Option<&Mark> {
        self.0.get(&spot)
    }

    fn add(&mut self, spot: Spot, tone: Tone, text: String) {
        let mark = self.0.entry(spot).or_insert(Mark { tone, texts: IndexSet::new() });
        if weight(tone) > weight(mark.tone) {
            mark.tone = tone;
        }
        if !text.is_empty() {
            mark.texts.insert(text);
        }
    }
}

/// Which colour a cell has of which two are said.
fn weight(tone: Tone) -> u8 {
    match tone {
        Tone::Fault => 5,
        Tone::NotMet => 4,
        Tone::Blank => 3,
        Tone::Suspect => 2,
        Tone::Noted => 1,
        _ => 0,
    }
}

/// Marks the cells that cannot be read or are blank where they must not be.
pub fn holes(marks: &mut Marks, report: &Report, all: &[Given], lang: Lang) {
    let facts = report.facts;
    for (id, table) in (0u32..).map(TableId).zip(&report.program.tables) {
        let rows = facts.table(id);
        for (index, field) in (0u32..).zip(&table.fields) {
            let Some(cells) = &rows.columns[index as usize] else { continue };
            let optional = field.optional || field.applies.is_some();
            for (row, hole) in &cells.holes {
                let place = rows.places[*row as usize];
                let blank = hole.kind == HoleKind::Blank;
                if place.row == 0 || blank && optional {
                    continue;
                }
                let cell = facts.place(FieldId { table: id, index }, *row as usize);
                let Some(spot) = find(all, facts, &cell).filter(|_| cell.column.is_some()) else {
                    continue;
                };
                let (tone, text) = match (blank, lang) {
                    (true, Lang::Zh) => (Tone::Blank, format!("{}未填", field.name)),
                    (true, Lang::En) => (Tone::Blank, format!("{} is blank", field.name)),
                    (false, Lang::Zh) => {
                        (Tone::Fault, format!("{}“{}”{}", field.name, hole.raw, hole.why.zh))
                    }
                    (false, Lang::En) => {
                        (Tone::Fault, format!("{} `{}` {}", field.name, hole.raw, hole.why.en))
                    }
                };
                marks.add(spot, tone, text);
            }
        }
    }
}

/// Marks the cells of a finding about the data.
pub fn finding(marks: &mut Marks, it: &Diagnostic, report: &Report, all: &[Given], lang: Lang) {
    let Some(source) = &it.source else { return };
    let tone = match it.severity() {
        Severity::Error => Tone::Fault,
        Severity::Warning => Tone::Suspect,
        Severity::Info => Tone::Plain,
    };
    let help = it.help.as_ref().map(|it| it.get(lang));
    let parts: Vec<&str> = std::iter::once(it.message.get(lang)).chain(help).collect();
    let text = parts.join(either(lang, "。", ". "));
    // Blank cells are marked one by one.
    let rows: Vec<Option<u32>> = match it.rows.is_empty() {
        _ if it.code == code::CELLS_BLANK => return,
        true => vec![source.row],
        false => it.rows.iter().map(|it| Some(*it)).collect(),
    };
    for row in rows {
        let cell = CellRef { row, ..source.clone() };
        // What is said of a whole sheet stands among the findings alone.
        let Some(spot) = find(all, report.facts, &cell) else { continue };
        if row.is_some() || source.column.is_some() {
            marks.add(spot, if row.is_some() { tone } else { Tone::Head }, text.clone());
        }
    }
}

/// Of one line no more cells than this are marked.
const MARKED: usize = 40;

/// Marks the cells that a line about a case rests on.
pub fn line(marks: &mut Marks, it: &Line, report: &Report, all: &[Given], lang: Lang) {
    let cells = it.causes.iter().flat_map(|cause| {
        let all = cause.source.iter().filter(|_| cause.cells.is_empty()).chain(&cause.cells);
        all.take(MARKED).map(move |cell| (cause, cell))
    });
    for (cause, cell) in cells.filter(|(_, it)| it.row.is_some() && it.column.is_some()) {
        let Some(spot) = find(all, report.facts, cell) else { continue };
        let tone = match (cause.kind, it.verdict) {
            (CauseKind::Unknown, _) => Tone::Blank,
            (CauseKind::Fault, _) => Tone::Fault,
            (_, Some(_)) => Tone::NotMet,
            (_, None) => Tone::Noted,
        };
        let [title, ..] = it.row();
        let colon = either(lang, "：", ": ");
        let head = if title.is_empty() { String::new() } else { format!("{title}{colon}") };
        marks.add(spot, tone, format!("{head}{}", it.message));
    }
}
