//! The wording of what keeps a workbook from being read, on one page.

use crate::data::decode::about;
use crate::data::workbook::guard::Refused;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use calamine::XlsError;
use calamine::XlsxError;

/// A file of no bytes.
pub fn empty(file: &str) -> Diagnostic {
    let (zh, en) = (format!("“{file}”是空文件"), format!("“{file}” is an empty file"));
    about(code::DATA_NOT_READABLE, file, zh, en)
        .help("请重新导出或重新拷贝这个文件", "export or copy the file again")
}

/// A workbook in a format that is not read.
pub fn other_format(file: &str) -> Diagnostic {
    let zh = format!("“{file}”这种格式不能读");
    about(code::DATA_NOT_READABLE, file, zh, format!("“{file}” is in a format that is not read"))
        .help("请另存为 .xlsx", "save it as .xlsx")
}

/// A packed file that is broken or unpacks to too much.
pub fn archive(file: &str, why: Refused) -> Diagnostic {
    match why {
        Refused::Broken => broken(file),
        Refused::TooLarge => about(
            code::DATA_NOT_READABLE,
            file,
            format!("“{file}”解开后超过 2 GB，不读"),
            format!("“{file}” unpacks to more than 2 GB and is not read"),
        )
        .help(
            "正常的表格没有这么大，请核对来源",
            "no table is so large: check where it comes from",
        ),
    }
}

/// What the reader says of an xlsx file.
pub fn xlsx(file: &str, why: &XlsxError) -> Diagnostic {
    match why {
        XlsxError::Password => locked(file),
        _ => broken(file),
    }
}

/// What the reader says of an xls file.
pub fn xls(file: &str, why: &XlsError) -> Diagnostic {
    match why {
        XlsError::Password => locked(file),
        _ => broken(file),
    }
}

/// An xls file whose formulas look into another workbook: which ones is not known.
pub fn linked(file: &str) -> Diagnostic {
    let zh = format!("“{file}”的公式引用了别的工作簿，按存下的值读取");
    let en =
        format!("formulas of “{file}” look into another workbook; their stored values were read");
    about(code::LINKED_WORKBOOK, file, zh, en)
}

/// A sheet that cannot be read, in a workbook that can.
pub fn sheet(file: &str, sheet: &str, why: &str) -> Diagnostic {
    let zh = format!("“{file}”的工作表“{sheet}”读不出（{why}）");
    let en = format!("the sheet `{sheet}` of “{file}” cannot be read ({why})");
    super::about(code::DATA_NOT_READABLE, file, sheet, zh, en).help(
        "请在电子表格软件中打开，另存为新文件",
        "open it in a spreadsheet program and save it as a new file",
    )
}

/// A workbook under a password.
pub fn locked(file: &str) -> Diagnostic {
    let zh = format!("“{file}”设有打开密码，读不出");
    about(code::DATA_NOT_READABLE, file, zh, format!("“{file}” is locked with a password"))
        .help("请去掉密码后另存", "save it without the password")
}

/// A file that is no whole workbook.
pub fn broken(file: &str) -> Diagnostic {
    let zh = format!("“{file}”不是完整的电子表格文件，可能已损坏或没有传完");
    let en = format!("“{file}” is no whole workbook: it may be damaged or cut off");
    about(code::DATA_NOT_READABLE, file, zh, en)
        .help("请重新导出或重新拷贝这个文件", "export or copy the file again")
}
