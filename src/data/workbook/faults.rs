//! The wording of what keeps a workbook from being read, on one page.

use crate::data::decode::about;
use crate::data::workbook::content::Content;
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

/// A workbook without a sheet that holds cells.
pub fn no_sheets(file: &str) -> Diagnostic {
    let zh = format!("“{file}”里没有工作表");
    about(code::DATA_NOT_READABLE, file, zh, format!("“{file}” has no sheets"))
        .help("请核对文件，重新导出", "check the file and export it again")
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
            format!("“{file}”解开后大得不正常（超过 2 GB，或一个部件是压缩前后相差 200 倍以上的大块），不读"),
            format!(
                "“{file}” unpacks to far too much (more than 2 GB, or a large part packed over 200 times smaller) and is not read"
            ),
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

/// A workbook with macros.
pub fn macros(file: &str) -> Diagnostic {
    let zh = format!("“{file}”含有宏：没有运行，也没有读；只读了各单元格存下的值");
    let en =
        format!("“{file}” holds macros, which were neither run nor read: only stored values were");
    about(code::MACROS, file, zh, en)
}

/// A workbook of another format than its name says.
pub fn renamed(file: &str, holds: &Content) -> Diagnostic {
    let name = name_of(holds);
    let zh = format!("“{file}”的内容是 {name} 格式，与扩展名不同，按内容读取");
    let en =
        format!("“{file}” holds the format {name}, other than its name says, and was read as that");
    about(code::OTHER_CONTENT, file, zh, en)
        .help("请改正扩展名，以免别的软件打不开", "correct the ending of its name")
}

/// A file that is called a workbook and is none.
pub fn no_workbook(file: &str, holds: &Content) -> Diagnostic {
    let page = *holds == Content::Page;
    let (what_zh, what_en) = match page {
        true => ("网页（HTML）或 XML 文本", "a web page or XML text"),
        false => ("纯文本（如 CSV）", "plain text such as CSV"),
    };
    let zh = format!("“{file}”不是电子表格文件，内容是{what_zh}");
    let en = format!("“{file}” is no workbook: it holds {what_en}");
    let fault = about(code::DATA_NOT_READABLE, file, zh, en);
    match page {
        true => fault.help(
            "请在电子表格软件中打开，另存为 .xlsx",
            "open it in a spreadsheet program and save it as .xlsx",
        ),
        false => fault.help("是 CSV 的，请把扩展名改为 .csv", "if it is CSV, rename it to .csv"),
    }
}

fn name_of(holds: &Content) -> &'static str {
    match holds {
        Content::Xlsx => "xlsx",
        Content::Xlsb => "xlsb",
        Content::Xls => "xls",
        Content::Ods => "ods",
        Content::Locked | Content::Page | Content::Text | Content::Broken => "",
    }
}

/// A second sheet whose name is that of another to the letter.
pub fn second_of_one_name(file: &str, sheet: &str) -> Diagnostic {
    let zh = format!("“{file}”有两个名为“{sheet}”的工作表，只读得到第一个，另一个未读");
    let en = format!("“{file}” has two sheets called `{sheet}`: only the first was read");
    super::about(code::DATA_NOT_READABLE, file, sheet, zh, en)
        .help("请给工作表改名后另存", "rename a sheet and save the workbook")
}

/// A sheet whose name differs from that of another in nothing but capital letters.
pub fn names_alike(file: &str, first: &str, sheet: &str) -> Diagnostic {
    let zh = format!("工作表“{sheet}”与“{first}”的名称只差大小写，各按各的名称读取，请核对");
    let en = format!(
        "the sheets `{first}` and `{sheet}` are called alike but for capitals; each was read by its own name"
    );
    super::about(code::SHEET_NAMES, file, sheet, zh, en)
        .help("请给工作表改名后另存", "rename a sheet and save the workbook")
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
