//! The wording of what keeps a command from doing its work, on one page.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;

/// Neither `--on` nor 适用时点 says which day decides.
pub fn no_day() -> Diagnostic {
    Diagnostic::new(
        code::NO_DAY,
        "没有说明按哪一天的规则判定",
        "nothing says which day's rules decide",
    )
    .help(
        "用 --on 写明日期，如 --on 2024-12-31；或在政策里写“适用时点 字段名”",
        "give the day with --on 2024-12-31, or write 适用时点 (rule_date) and a date field in the policy",
    )
}

/// `--case` names no case.
pub fn no_such_case(asked: &str, nearest: &[String]) -> Diagnostic {
    let fault = Diagnostic::new(
        code::NO_SUCH_CASE,
        format!("数据中没有案例“{asked}”"),
        format!("there is no case “{asked}” in the data"),
    );
    if nearest.is_empty() {
        return fault.help("用标识或名称指定案例", "name a case by its key or its name");
    }
    fault.help(
        format!("相近的有：{}", nearest.join("、")),
        format!("near it: {}", nearest.join(", ")),
    )
}

/// `--item` names nothing that is explained.
pub fn no_such_item(asked: &str, nearest: &[String]) -> Diagnostic {
    let fault = Diagnostic::new(
        code::NO_SUCH_ITEM,
        format!("规则中没有名为“{asked}”的指标、评分、条件、分级或结论"),
        format!("no indicator, score, criterion, grading or conclusion is called “{asked}”"),
    );
    if nearest.is_empty() {
        return fault.help("写它在规则里的名称", "write its name as the rulebook has it");
    }
    fault.help(
        format!("相近的有：{}", nearest.join("、")),
        format!("near it: {}", nearest.join(", ")),
    )
}

/// `--encoding` names an encoding nobody knows.
pub fn no_such_encoding(asked: &str) -> Diagnostic {
    Diagnostic::new(
        code::NO_SUCH_ENCODING,
        format!("不认识的编码“{asked}”"),
        format!("the encoding “{asked}” is not known"),
    )
    .help("常用的有 utf-8、gbk、gb18030", "such as utf-8, gbk, gb18030")
}

/// No 名称规则, several, or none of the name asked for.
pub fn no_naming(asked: Option<&str>, names: &[&str]) -> Diagnostic {
    let (zh, en) = match asked {
        Some(asked) => {
            (format!("没有名称规则“{asked}”"), format!("there is no naming rule “{asked}”"))
        }
        None if names.is_empty() => {
            ("规则里没有名称规则".to_owned(), "the rulebook has no naming rule".to_owned())
        }
        None => {
            let count = names.len();
            (format!("名称规则有 {count} 条"), format!("there are {count} naming rules"))
        }
    };
    let fault = Diagnostic::new(code::NO_NAMING, zh, en);
    if names.is_empty() {
        return fault;
    }
    fault.help(
        format!("用 --rule 写明其中一条：{}", names.join("、")),
        format!("name one with --rule: {}", names.join(", ")),
    )
}

/// `--at` names no place, or several.
pub fn no_such_place(asked: &str, several: &[String], nearest: &[String]) -> Diagnostic {
    if !several.is_empty() {
        return Diagnostic::new(
            code::NO_SUCH_PLACE,
            format!("“{asked}”有 {} 处同名", several.len()),
            format!("{} places are called “{asked}”", several.len()),
        )
        .help(
            format!("写明其中一处：{}", several.join("、")),
            format!("write one of {}", several.join(", ")),
        );
    }
    let fault = Diagnostic::new(
        code::NO_SUCH_PLACE,
        format!("名单中没有“{asked}”"),
        format!("“{asked}” is in none of the lists"),
    );
    if nearest.is_empty() {
        return fault.help("写全称、简称或代码", "write a full name, a short name or a code");
    }
    fault.help(
        format!("相近的有：{}", nearest.join("、")),
        format!("near it: {}", nearest.join(", ")),
    )
}

/// `--out` names no workbook.
pub fn not_a_workbook(name: &str) -> Diagnostic {
    Diagnostic::new(
        code::NOT_A_WORKBOOK,
        format!("“{name}”不是工作簿的文件名"),
        format!("“{name}” is not the name of a workbook"),
    )
    .help("文件名以 .xlsx 结尾，如 表.xlsx", "its name ends in .xlsx, such as form.xlsx")
}

/// `--live` without what it needs, or with what it cannot have.
pub fn live_alone(with_case: bool) -> Diagnostic {
    if with_case {
        return Diagnostic::new(
            code::LIVE,
            "--live 不能与 --case 同用：公式要看全体案例",
            "--live does not go with --case: the formulas look at all cases",
        )
        .help("去掉 --case", "leave out --case");
    }
    Diagnostic::new(
        code::LIVE,
        "--live 只用于电子表格：公式写在工作簿里",
        "--live is for spreadsheets only: the formulas stand in a workbook",
    )
    .help("写作 --format xlsx --live --out 文件.xlsx", "write --format xlsx --live --out FILE.xlsx")
}

/// More cells than a spreadsheet would open.
pub fn too_large_for_formulas(cells: usize, most: usize) -> Diagnostic {
    Diagnostic::new(
        code::LIVE,
        format!("公式会有 {cells} 格，超过 {most} 格，电子表格打不开"),
        format!("there would be {cells} cells with formulas, more than {most}: no spreadsheet opens that"),
    )
    .help("去掉 --live，或减少案例", "leave out --live, or give fewer cases")
}

/// A workbook that the writer refuses.
pub fn not_written(why: &str) -> Diagnostic {
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

/// A workbook is no text that a terminal shows.
pub fn workbook_to_terminal() -> Diagnostic {
    Diagnostic::new(
        code::NO_WORKBOOK,
        "工作簿不能显示在终端上",
        "a workbook cannot be shown on a terminal",
    )
    .help("用 --out 写入文件，如 --out 意见.xlsx", "write it to a file, such as --out 意见.xlsx")
}
