//! The wording of what can go wrong while a rulebook or data folder is read, on one page.

use crate::diagnostic::CellRef;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::FileId;
use crate::source::Span;
use crate::syntax::ast;

/// The outside world's sentence about a file that cannot be had.
pub fn not_readable(why: String) -> Diagnostic {
    Diagnostic::new(code::NOT_READABLE, why.clone(), why)
        .help("请核对路径和权限", "check the path and who may read it")
}

/// A folder without rules.
pub fn no_rule_files(path: &str) -> Diagnostic {
    Diagnostic::new(
        code::NO_RULE_FILES,
        format!("“{path}”里没有规则文件"),
        format!("there is no rule file in “{path}”"),
    )
    .help("规则文件的名字以 .heng 结尾", "the name of a rule file ends in .heng")
}

/// A rule file without rules.
pub fn empty_file(name: &str, file: FileId) -> Diagnostic {
    Diagnostic::new(
        code::EMPTY_FILE,
        format!("规则文件“{name}”是空的"),
        format!("the rule file “{name}” is empty"),
    )
    .at(Span::new(file, 0, 0))
    .help("写入规则，或删去这个文件", "write rules into it, or remove it")
}

/// 取自 names a file that cannot be read.
pub fn list_not_readable(name: &ast::Word, why: String) -> Diagnostic {
    Diagnostic::new(
        code::NOT_READABLE,
        format!("读不出名单文件：{why}"),
        format!("the list cannot be read: {why}"),
    )
    .at(name.span)
    .help(
        "路径从本规则文件所在的文件夹算起，用“/”分隔",
        "the path counts from the folder of this rule file, with “/” between its parts",
    )
}

/// A data folder without tables.
pub fn no_data_files(path: &str) -> Diagnostic {
    Diagnostic::new(
        code::NO_DATA_FILES,
        format!("“{path}”里没有数据文件"),
        format!("there is no data file in “{path}”"),
    )
    .help(
        "数据文件是 .xlsx（一张表一个工作表）、.csv（一张表一个文件，文件名即表名）或 .json",
        "a data file is .xlsx (one table a sheet), .csv (one table a file, named as the table) or .json",
    )
}

/// A workbook, for a program built without their reader.
#[cfg(not(feature = "workbooks"))]
pub fn workbook(file: &str) -> Diagnostic {
    about(
        file,
        format!("“{file}”未读：这个程序没有编入电子表格的读取"),
        format!("“{file}” is not read: this program was built without workbooks"),
    )
    .help("请把各工作表另存为 CSV，文件名即表名", "save each sheet as CSV, named as its table")
}

/// A table in a subfolder of the data.
pub fn deeper(file: &str) -> Diagnostic {
    about(
        file,
        format!("“{file}”在子文件夹里，未读"),
        format!("“{file}” lies in a subfolder and is not read"),
    )
    .help(
        "请把它移到数据文件夹里，或单独写出它的路径",
        "move it up into the data folder, or name its path as well",
    )
}

/// A file given by name that is no table.
pub fn not_a_table(file: &str) -> Diagnostic {
    Diagnostic::new(
        code::NO_DATA_FILES,
        format!("“{file}”不是数据文件"),
        format!("“{file}” is not a data file"),
    )
    .help(
        "数据文件的名字以 .xlsx、.csv 或 .json 结尾",
        "the name of a data file ends in .xlsx, .csv or .json",
    )
}

fn about(file: &str, zh: String, en: String) -> Diagnostic {
    let source = CellRef { file: file.to_owned(), sheet: None, row: None, column: None };
    Diagnostic::new(code::NOT_TAKEN, zh, en).cell(source)
}
