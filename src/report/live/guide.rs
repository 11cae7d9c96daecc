//! The sheet in front of the live ones: how to read them, how far a spreadsheet computes, and which cells are no formulas.

use crate::diagnostic::Lang;
use crate::diagnostic::Text;
use crate::report::live::Told;
use crate::report::live::grid::Grid;
use crate::report::live::grid::SheetKind;
use crate::report::words;
use crate::report::words::either;
use crate::report::workbook::cells;
use crate::report::workbook::page;
use crate::report::workbook::styles::Shape;
use crate::report::workbook::styles::Styles;
use crate::report::workbook::styles::Tone;
use indexmap::IndexMap;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

/// The columns of the list of cells without formulas, with their widths.
const COLUMNS: [(&str, &str, usize); 4] = [
    ("工作表", "sheet", 18),
    ("栏目", "column", 34),
    ("格数", "cells", 8),
    ("为什么不是公式", "why there is no formula", 70),
];
/// The height of a line of text, in points.
const LINE: f64 = 15.0;

/// Writes the sheet.
pub fn write(
    told: &Told<'_>,
    grid: &Grid,
    sheet: &mut Worksheet,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let lang = told.lang;
    for (at, (_, _, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(at, width as f64)?;
    }
    let title = match lang {
        Lang::Zh => format!("公式说明：{}", told.program.policy.title),
        Lang::En => format!("About the formulas: {}", told.program.policy.title),
    };
    cells::text(sheet, (0, 0), &title, styles.get(Shape::Title, Tone::Plain))?;
    sheet.set_row_height(0, 26.0)?;
    let mut row = 1;
    for line in lines(told) {
        let last = COLUMNS.len() as u16 - 1;
        let format = styles.get(Shape::Remark, Tone::Plain).clone();
        sheet.merge_range(row, 0, row, last, "", &format)?;
        cells::text(sheet, (row, 0), line.get(lang), &format)?;
        let width = COLUMNS.iter().map(|it| it.2).sum();
        sheet.set_row_height(row, LINE * page::lines(line.get(lang), width) as f64)?;
        row += 1;
    }
    row += 1;
    for (at, (zh, en, _)) in (0u16..).zip(COLUMNS) {
        cells::text(sheet, (row, at), either(lang, zh, en), styles.get(Shape::Middle, Tone::Head))?;
    }
    for ([name, column, why], count) in without_formula(grid, lang) {
        row += 1;
        let texts = [name, column, &count.to_string(), why];
        for (at, text) in (0u16..).zip(texts) {
            cells::text(sheet, (row, at), text, styles.get(Shape::Flow, Tone::Plain))?;
        }
        sheet.set_row_height(row, LINE * page::lines(why, COLUMNS[3].2) as f64)?;
    }
    page::set_up(sheet, 0, 0, lang)?;
    sheet.set_freeze_panes(0, 0)?;
    Ok(())
}

/// How often a column has no formula, by reason.
fn without_formula(grid: &Grid, lang: Lang) -> IndexMap<[&str; 3], usize> {
    let mut found: IndexMap<[&str; 3], usize> = IndexMap::new();
    for sheet in grid.sheets.iter().filter(|it| it.kind != SheetKind::Data) {
        for column in &sheet.columns {
            let reasons = column.cells.iter().filter(|it| it.formula.is_none());
            for why in reasons.filter_map(|it| it.why.as_ref()) {
                *found.entry([&sheet.name, &column.head, why.get(lang)]).or_default() += 1;
            }
        }
    }
    found
}

fn lines(told: &Told<'_>) -> Vec<Text> {
    let mut all = vec![
        Text::new(
            "“数据”各表是判定所用的数据，单位见表头；“步骤”各表一栏算一步，表头是规则的原文，数都化成基本单位（元、人等）；“指标”“评分”各表由步骤得出。改动数据，后面的格随之重算。",
            "The sheets called “data” hold the data the verdicts rest on, in the units of their heads; those called “steps” compute one step a column, headed by the words of the rule, in base units; “indicators” and “score” follow from them. Change the data, and the rest is computed anew.",
        ),
        Text::new(
            "电子表格用双精度浮点数计算，最多十五位有效数字；衡用精确的分数判定。比较大小时，公式把相差不到一万亿分之一的两个数当作相等；正好压线的情形，以衡的判定为准。",
            "Spreadsheets compute in double precision, fifteen digits at most; heng decides in exact fractions. When two numbers differ by less than a million-millionth part, the formulas take them as equal; where a value lies right on the line, what heng decides holds.",
        ),
        Text::new(
            "公式里的日期是电子表格的日期序号（44926 是 2022-12-31），期间是序数（2022 年第 1 季度是 2022×4+0）。",
            "In formulas a day is the serial number of spreadsheets (44926 is 2022-12-31), and a period is counted: the first quarter of 2022 is 2022×4+0.",
        ),
        Text::new(
            "未知：要用的数据还没有填，或填得读不懂，不当作零。不适用：规则不适用于它。错误：算不出来，如除数为零。",
            "“unknown”: data that are needed are blank or cannot be read; they never count as zero. “not applicable”: the rule does not apply. “error”: it cannot be computed, such as a division by zero.",
        ),
        Text::new(
            "橙色的格不是公式，或由这样的格得出，批注里写着原因；下表列出全部不是公式的栏目。它们不随数据重算。",
            "Cells in orange are no formulas, or follow from such cells; a note says why. The list below has all columns with cells that are no formulas. They are not computed anew.",
        ),
        Text::new(
            "公式只看表中已有的行：要加一行，请改原来的数据，再用衡生成一次。",
            "The formulas look at the rows that are there: to add one, change the data and run heng again.",
        ),
    ];
    if let Some(on) = told.run.on {
        let day = words::day(on);
        all.push(Text::new(
            format!("按 {day} 的规则判定，参数已取那一天的值。"),
            format!("The rules of {day} decide, and parameters have their values of that day."),
        ));
    }
    all
}
