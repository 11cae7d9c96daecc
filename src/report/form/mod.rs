//! The form that a rulebook's data are filled in on: a workbook made of its 数据 items, empty or with rows that are known. Nothing is read or judged.

mod describe;
mod entry;
mod guide;
mod lists;
mod notes;
mod plan;
mod sheet;
mod uses;

use crate::data::Handed;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::diagnostic::code;
use crate::ir::Program;
use crate::report::form::entry::Entries;
use crate::report::form::lists::Lists;
use crate::report::form::plan::FormTable;
use crate::report::form::sheet::Form;
use crate::report::form::uses::Uses;
use crate::report::words::either;
use crate::report::workbook::names::SheetNames;
use crate::report::workbook::page;
use crate::report::workbook::styles::Styles;
use crate::source::Sources;
use rust_xlsxwriter::XlsxError;

/// So many rows of a table are prepared beyond those that are filled in.
const ROWS: u32 = 1000;

/// The form of a rulebook as the bytes of an xlsx file: the same rulebook and rows, the same bytes. `rows` are those
/// of every table, where they are known: a table that the data do not have is left out of the form, because an empty
/// sheet would say that there are none. It fails where a name or a row does not fit into a workbook.
pub fn form(
    program: &Program,
    sources: &Sources,
    rows: Option<&[Handed]>,
    lang: Lang,
) -> Result<Vec<u8>, Diagnostic> {
    let mut names = SheetNames::default();
    for table in &program.tables {
        if names.take(&table.name) != table.name {
            return Err(unfit(&table.name));
        }
    }
    let own = [either(lang, "填表说明", "Instructions"), either(lang, "选项", "Choices")];
    let own = own.map(|it| names.take(it));
    write(program, sources, rows, (&own, lang)).map_err(|why| not_written(&why))
}

fn write(
    program: &Program,
    sources: &Sources,
    rows: Option<&[Handed]>,
    ([guide, choices], lang): (&[String; 2], Lang),
) -> Result<Vec<u8>, XlsxError> {
    let given = |it: &FormTable<'_>| rows.is_none_or(|rows| rows[it.id.0 as usize].given);
    let tables: Vec<FormTable<'_>> = plan::plan(program).into_iter().filter(given).collect();
    let lists = Lists::of(program, &tables);
    let count = |at: usize| rows.map_or(0, |it| it[at].rows.len() as u32);
    let last_rows: Vec<u32> =
        (0..program.tables.len()).map(|at| 1 + count(at).saturating_add(ROWS)).collect();
    let entries = Entries { program, tables: &tables, lists: &lists, last_rows: &last_rows, lang };
    let form = Form { entries, uses: &Uses::of(program), sources };
    let mut book = page::workbook(&program.policy.title)?;
    let mut styles = Styles::default();
    guide::write(&form, &tables, book.add_worksheet().set_name(guide)?, &mut styles)?;
    for table in &tables {
        let own = rows.map(|it| &it[table.id.0 as usize]);
        let sheet = book.add_worksheet().set_name(&table.table.name)?;
        sheet::write(&form, table, own, sheet, &mut styles)?;
    }
    lists.write(&mut book, &mut styles, (program, choices))?;
    book.save_to_buffer()
}

fn unfit(name: &str) -> Diagnostic {
    Diagnostic::new(
        code::NO_WORKBOOK,
        format!("表名“{name}”不能用作工作表名，做不出表格"),
        format!("the table name `{name}` cannot be the name of a sheet, so there is no form"),
    )
    .help(
        "工作表名最多 31 个字，不能是 History，也不能只有大小写不同；请改表名",
        "a sheet has a name of at most 31 letters, not History, and not that of another in other case: rename the table",
    )
}

fn not_written(why: &XlsxError) -> Diagnostic {
    Diagnostic::new(
        code::NO_WORKBOOK,
        format!("写不成工作簿：{why}"),
        format!("the workbook cannot be written: {why}"),
    )
    .help(
        "一张工作表最多 1048576 行、16384 列",
        "a sheet has at most 1048576 rows and 16384 columns",
    )
}
