//! What the drop-downs offer: short lists within the rule of a column, longer ones on a hidden sheet under a defined name.

use crate::data::Lookup;
use crate::data::lookup;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::ir::VocabularyId;
use crate::report::form::describe;
use crate::report::form::plan::FormColumn;
use crate::report::form::plan::FormTable;
use crate::report::workbook::cells;
use crate::report::workbook::page::Widths;
use crate::report::workbook::styles::Shape;
use crate::report::workbook::styles::Styles;
use crate::report::workbook::styles::Tone;
use indexmap::IndexMap;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::XlsxError;

/// The most characters of a list that stands within a rule, its commas counted.
const INLINE: usize = 255;
/// The most entries that a drop-down shows.
const SHOWN: usize = 32_767;

/// Where a drop-down takes its entries from.
pub enum Source {
    /// These.
    Inline(Vec<String>),
    /// A defined name.
    Named(String),
    /// More than a drop-down shows.
    TooMany,
}

/// The lists of one workbook: entries by vocabulary, with the marks of what may be none or without.
#[derive(Default)]
pub struct Lists {
    columns: IndexMap<(VocabularyId, bool), Vec<String>>,
}

impl Lists {
    /// The lists that the columns of a form need on the hidden sheet.
    pub fn of(program: &Program, tables: &[FormTable<'_>]) -> Lists {
        let mut lists = Lists::default();
        for column in tables.iter().flat_map(|it| &it.columns) {
            let FormColumn::Field(_, field) = column else { continue };
            let Some(id) = list_of(field) else { continue };
            let key = (id, field.may_be_none);
            if lists.columns.contains_key(&key) {
                continue;
            }
            let entries = entries(program, id, field.may_be_none);
            if !fits(&entries) && entries.len() <= SHOWN {
                lists.columns.insert(key, entries);
            }
        }
        lists
    }

    /// What the drop-down of a field offers; none where the field is of no list.
    pub fn source(&self, program: &Program, field: &Field) -> Option<Source> {
        let id = list_of(field)?;
        if let Some(at) = self.columns.get_index_of(&(id, field.may_be_none)) {
            return Some(Source::Named(name(at)));
        }
        let entries = entries(program, id, field.may_be_none);
        Some(if fits(&entries) { Source::Inline(entries) } else { Source::TooMany })
    }

    /// Writes the hidden sheet, if there is anything to stand on it.
    pub fn write(
        &self,
        book: &mut Workbook,
        styles: &mut Styles,
        (program, sheet_name): (&Program, &str),
    ) -> Result<(), XlsxError> {
        if self.columns.is_empty() {
            return Ok(());
        }
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name)?.set_hidden(true);
        let mut widths = Widths::default();
        for (at, ((id, _), entries)) in (0u16..).zip(&self.columns) {
            let head = &program.vocabulary(*id).name;
            cells::text(sheet, (0, at), head, styles.get(Shape::Middle, Tone::Head))?;
            widths.see(at, head);
            for (row, entry) in (1u32..).zip(entries) {
                cells::text(sheet, (row, at), entry, styles.get(Shape::Cell, Tone::Plain))?;
                widths.see(at, entry);
            }
        }
        widths.set(sheet, 8, 40)?;
        for (at, entries) in self.columns.values().enumerate() {
            let column = rust_xlsxwriter::utility::column_number_to_name(at as u16);
            let range = format!("='{sheet_name}'!${column}$2:${column}${}", entries.len() + 1);
            book.define_name(name(at), &range)?;
        }
        Ok(())
    }
}

/// The defined name of a column of the hidden sheet.
fn name(at: usize) -> String {
    format!("list_{}", at + 1)
}

fn list_of(field: &Field) -> Option<VocabularyId> {
    match field.kind {
        FieldKind::Scalar { ty: Ty::Member(id), .. } => Some(id),
        _ => None,
    }
}

/// Whether entries may stand within a rule: a comma would part one of them in two.
fn fits(entries: &[String]) -> bool {
    let count: usize = entries.iter().map(|it| it.encode_utf16().count() + 1).sum();
    let odd = |it: &String| it.contains([',', '"']) || it.starts_with(['=', ' ']);
    count <= INLINE + 1 && !entries.iter().any(odd)
}

/// The entries of a list, each such that it names one member.
fn entries(program: &Program, id: VocabularyId, may_be_none: bool) -> Vec<String> {
    let list = program.vocabulary(id);
    let marks = describe::marks(program).into_iter().take_while(|_| may_be_none);
    let members = (0..list.members.len() as u32).filter_map(|it| entry(list, it));
    marks.map(str::to_owned).chain(members).collect()
}

/// The shortest of what a member may be called that no other answers to; none where there is no such name.
fn entry(list: &Vocabulary, member: u32) -> Option<String> {
    let named = |it: u32| list.members[it as usize].name.as_ref();
    let above: Vec<u32> = list.upwards(member).collect();
    let chains = (1..=above.len()).map(|count| {
        above[..count].iter().rev().map(|it| named(*it)).collect::<Vec<_>>().join("/")
    });
    let code = list.members[member as usize].code.clone();
    chains.chain(code).find(|it| lookup(list, it) == Lookup::One(member))
}
