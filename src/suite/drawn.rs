//! The rows of data that a test is given, with what the test says otherwise. Reading data is the workspace's.

use crate::data;
use crate::data::RawTable;
use crate::data::excerpt;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::ir::Drawn;
use crate::ir::Program;
use crate::ir::Test;
use crate::workspace::DrawnData;

/// The tables of a run: the rows asked for and all below them; the first with the cells and lists that the test sets.
pub(super) fn tables(
    program: &Program,
    test: &Test,
    rows: &Drawn,
    drawn: &DrawnData,
) -> Result<Vec<RawTable>, Diagnostic> {
    let given = match drawn.get(rows.span) {
        Some(Ok(tables)) => tables,
        Some(Err(why)) => return Err(unread(rows, &why.message.zh, &why.message.en)),
        None => return Err(unread(rows, "没有读", "they were not read")),
    };
    let changes = data::written(program, &test.data, &test.name);
    let cut = excerpt::cut(program, given, test.table, &rows.keys, &test.data, changes);
    cut.map_err(|key| no_such_row(rows, &key))
}

fn unread(rows: &Drawn, zh: &str, en: &str) -> Diagnostic {
    Diagnostic::new(
        code::DRAWN,
        format!("“{}”的数据读不到：{zh}", rows.file),
        format!("the data of “{}” cannot be had: {en}", rows.file),
    )
    .at(rows.span)
    .help(
        "写从这个规则文件算起的路径，如 “../数据”",
        "write the path from where this rule file stands, such as “../data”",
    )
}

fn no_such_row(rows: &Drawn, key: &str) -> Diagnostic {
    Diagnostic::new(
        code::DRAWN,
        format!("“{}”里没有案例“{key}”", rows.file),
        format!("there is no case “{key}” in “{}”", rows.file),
    )
    .at(rows.span)
    .help("写数据里的标识或名称", "write a key or a name as the data have it")
}
