//! What there is to say about bound data: tables not given, missing columns, bad cells. Nothing is read here.

mod cells;
mod header;

use crate::data::rows::Source;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code;
use crate::ir::Program;
use crate::ir::TableId;
pub(crate) use cells::cells;
pub(crate) use header::columns;

/// Says that a table was not given, or comes from several files.
pub(crate) fn given(
    program: &Program,
    id: TableId,
    sources: &[Source<'_>],
    found: &mut Diagnostics,
) {
    let table = program.table(id);
    match sources {
        [] if table.parent.is_none() => {
            let (zh, en) = (
                format!("没有提供表“{}”", table.name),
                format!("the table `{}` was not given", table.name),
            );
            let zh_help =
                format!("CSV 文件应名为 {}.csv；JSON 中应有列表“{}”", table.name, table.name);
            let en_help =
                format!("name the CSV file {}.csv, or the JSON list `{}`", table.name, table.name);
            let code = if program.case_tables.contains(&id) {
                code::CASES_NOT_GIVEN
            } else {
                code::TABLE_NOT_GIVEN
            };
            found.push(Diagnostic::new(code, zh, en).help(zh_help, en_help));
        }
        [] => {
            let zh = format!("没有提供表“{}”：有多少行不得而知，不按零行处理", table.name);
            let en = format!(
                "the table `{}` was not given: how many rows it has is unknown, and not zero",
                table.name
            );
            let help = (
                format!("没有任何行的，提供只有表头的 {}.csv", table.name),
                format!("if there are none, give {}.csv with a header only", table.name),
            );
            found.push(Diagnostic::new(code::TABLE_NOT_GIVEN, zh, en).help(help.0, help.1));
        }
        [_] => {}
        [_, others @ ..]
            if others.iter().all(|it| it.raw.nested.is_some())
                && sources[0].raw.nested.is_some() => {}
        [first, others @ ..] => {
            let files: Vec<&str> = sources.iter().map(|it| it.raw.file.as_str()).collect();
            let zh = format!(
                "表“{}”来自 {} 处，各行合在一起：{}",
                table.name,
                others.len() + 1,
                files.join("、")
            );
            let en = format!(
                "the table `{}` comes from {} places, taken together: {}",
                table.name,
                others.len() + 1,
                files.join(", ")
            );
            found.push(first.raw.finding(code::SEVERAL_FILES, None, None, zh, en));
        }
    }
}

/// A cell as a message shows it: a long one is cut.
pub fn shortened(raw: &str) -> String {
    const LONGEST: usize = 40;
    match raw.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &raw[..end]),
        None => raw.to_owned(),
    }
}
