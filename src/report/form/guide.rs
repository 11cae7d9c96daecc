//! The sheet of instructions in front of a form: what it is for, how cells are filled in, and every column with the rules that use it.

use crate::diagnostic::Lang;
use crate::diagnostic::Text;
use crate::ir::Program;
use crate::report::form::describe;
use crate::report::form::notes;
use crate::report::form::notes::Facts;
use crate::report::form::plan::FormColumn;
use crate::report::form::plan::FormTable;
use crate::report::form::plan::header;
use crate::report::form::sheet::Form;
use crate::report::words;
use crate::report::words::either;
use crate::report::workbook::cells;
use crate::report::workbook::names::cell_of;
use crate::report::workbook::page;
use crate::report::workbook::styles::Shape;
use crate::report::workbook::styles::Styles;
use crate::report::workbook::styles::Tone;
use rust_xlsxwriter::Url;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

/// The columns of the list of columns, with their widths.
const COLUMNS: [(&str, &str, usize); 9] = [
    ("表", "table", 12),
    ("栏目", "column", 20),
    ("填什么", "what", 34),
    ("范围", "range", 18),
    ("是否必填", "required", 30),
    ("来源", "from", 8),
    ("别名或代码", "also called", 12),
    ("说明", "about", 32),
    ("用于（条文与规则）", "used by (articles and rules)", 44),
];
/// The height of a line of text, in points.
const LINE: f64 = 15.0;
/// The tallest row a spreadsheet allows, in points.
const TALLEST: f64 = 405.0;

/// Writes the sheet.
pub fn write(
    form: &Form<'_>,
    tables: &[FormTable<'_>],
    sheet: &mut Worksheet,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let (program, lang) = (form.entries.program, form.entries.lang);
    for (at, (_, _, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(at, width as f64)?;
    }
    let mut row = title(program, sheet, styles, lang)?;
    for line in general(program, tables) {
        row = paragraph(sheet, styles, row, line.get(lang))?;
    }
    row = list_of_tables(program, tables, sheet, styles, (row + 1, lang))?;
    let head = row + 1;
    heads(sheet, styles, head, COLUMNS.map(|it| either(lang, it.0, it.1)))?;
    row = head + 1;
    for table in tables {
        for (at, column) in (0u16..).zip(&table.columns) {
            line(form, (table, at, column), sheet, styles, row)?;
            row += 1;
        }
    }
    // The list begins far down: its head is not kept in sight, and printed once.
    page::set_up(sheet, 0, 0, lang)?;
    sheet.set_freeze_panes(0, 0)?;
    sheet.set_active(true);
    Ok(())
}

fn title(
    program: &Program,
    sheet: &mut Worksheet,
    styles: &mut Styles,
    lang: Lang,
) -> Result<u32, XlsxError> {
    let policy = &program.policy;
    let title = match lang {
        Lang::Zh => format!("填表说明：{}", policy.title),
        Lang::En => format!("How to fill in this form: {}", policy.title),
    };
    cells::text(sheet, (0, 0), &title, styles.get(Shape::Title, Tone::Plain))?;
    sheet.set_row_height(0, 26.0)?;
    let built = words::built_on(&policy.bases, lang);
    let parts: Vec<&str> =
        [policy.number.as_str(), built.as_str()].into_iter().filter(|it| !it.is_empty()).collect();
    if parts.is_empty() {
        return Ok(1);
    }
    paragraph(sheet, styles, 1, &parts.join(either(lang, "，", ", ")))
}

/// What holds for all tables.
fn general(program: &Program, tables: &[FormTable<'_>]) -> Vec<Text> {
    let marks = describe::marks(program).join("、");
    let mut all = vec![
        Text::new(
            "一张工作表是一张表，一行是一条记录；第一行是表头。工作表名、表头的栏目名不要改，不要合并单元格；栏目的次序可以变，多出的栏目不读。",
            "Every sheet is a table and every row a record; row 1 holds the heads. Do not rename sheets or heads, and merge no cells; columns may be moved, and columns of your own are not read.",
        ),
        Text::new(
            "深色表头的栏目必填，灰色的可以留空，或只在一定情形下填。鼠标停在表头上，可看填写要求和用到它的条文。",
            "Columns with a dark head are required; grey ones may be left blank, or are filled in only in some cases. Rest the mouse on a head to see what is wanted and which articles use it.",
        ),
        Text::new(
            "空白：还不知道，按未知处理并要求补报，不当作零，也不当作“否”。",
            "A blank: not known yet. It is asked for; it never counts as zero or as 否 (no).",
        ),
        Text::new(
            format!(
                "没有、不存在：在写明可填的栏目填 {marks}，按“不适用”处理。别的栏目填它，按填错处理。"
            ),
            format!(
                "None: where the column says so, write {marks}; it counts as not applicable. Elsewhere it is an error."
            ),
        ),
        Text::new(
            "单位写在表头的括号里，格内只填数；改了括号里的单位（如千元改为万元），就按改后的单位换算。",
            "Units stand in brackets in the head, and cells hold digits only; if the unit in the head is changed (千元 to 万元), numbers are converted.",
        ),
        Text::new(
            "日期按日期填（2021-03-15），编号、代码按文字填：单元格已经设好，18 位代码不会丢位。",
            "Days are entered as dates (2021-03-15), keys and codes as texts: the cells are prepared, and a code of 18 digits keeps them all.",
        ),
        Text::new(
            "一张表一行也不填，表示确实一条也没有；材料还没有拿到的，删去整张工作表，按未提供处理。",
            "A table without rows says that there are none; if its material is not there yet, delete the sheet: it then counts as not given.",
        ),
    ];
    if tables.iter().any(|it| it.columns.iter().any(|it| matches!(it, FormColumn::Link(_)))) {
        all.push(Text::new(
            "先填上级的表，再填下级的表：下级的表第一列从下拉列表中选它所属的一行。",
            "Fill in the upper tables first: the first column of a lower one offers the rows it may belong to.",
        ));
    }
    all
}

fn paragraph(
    sheet: &mut Worksheet,
    styles: &mut Styles,
    row: u32,
    text: &str,
) -> Result<u32, XlsxError> {
    let last = COLUMNS.len() as u16 - 1;
    let width = COLUMNS.iter().map(|it| it.2).sum();
    sheet.merge_range(row, 0, row, last, "", styles.get(Shape::Remark, Tone::Plain))?;
    cells::text(sheet, (row, 0), text, styles.get(Shape::Remark, Tone::Plain))?;
    sheet.set_row_height(row, LINE * page::lines(text, width) as f64)?;
    Ok(row + 1)
}

fn heads<const N: usize>(
    sheet: &mut Worksheet,
    styles: &mut Styles,
    row: u32,
    heads: [&str; N],
) -> Result<(), XlsxError> {
    for (at, head) in (0u16..).zip(heads) {
        cells::text(sheet, (row, at), head, styles.get(Shape::Middle, Tone::Head))?;
    }
    Ok(())
}

/// The tables with what belongs to what; their names lead to the sheets.
fn list_of_tables(
    program: &Program,
    tables: &[FormTable<'_>],
    sheet: &mut Worksheet,
    styles: &mut Styles,
    (row, lang): (u32, Lang),
) -> Result<u32, XlsxError> {
    let head = [("表", "table"), ("栏目数", "columns"), ("一行是什么", "what a row is")];
    heads(sheet, styles, row, head.map(|it| either(lang, it.0, it.1)))?;
    let mut at = row + 1;
    for table in tables {
        let link = Url::new(format!("internal:{}", cell_of(&table.table.name, 0, 0)));
        let link = link.set_text(&table.table.name);
        sheet.write_url_with_format(at, 0, &link, styles.get(Shape::Link, Tone::Plain))?;
        let count = table.columns.len().to_string();
        cells::text(sheet, (at, 1), &count, styles.get(Shape::Middle, Tone::Plain))?;
        let what = what(program, table);
        cells::text(sheet, (at, 2), what.get(lang), styles.get(Shape::Flow, Tone::Plain))?;
        let lines = page::lines(what.get(lang), COLUMNS[2].2);
        sheet.set_row_height(at, LINE * lines as f64)?;
        at += 1;
    }
    Ok(at)
}

fn what(program: &Program, table: &FormTable<'_>) -> Text {
    let name = &table.table.name;
    let period = table.table.periods.map(|it| program.field(it.field).name.as_str());
    match (table.table.parent, period) {
        (None, _) => Text::new(format!("一个{name}"), format!("one {name}")),
        (Some(parent), None) => {
            let above = &program.table(parent.table).name;
            Text::new(format!("某个{above}的一条{name}"), format!("one {name} of some {above}"))
        }
        (Some(parent), Some(period)) => {
            let above = &program.table(parent.table).name;
            Text::new(
                format!("某个{above}某一{period}的{name}，一{period}一行"),
                format!("the {name} of some {above} for one {period}"),
            )
        }
    }
}

fn line(
    form: &Form<'_>,
    (table, at, column): (&FormTable<'_>, u16, &FormColumn<'_>),
    sheet: &mut Worksheet,
    styles: &mut Styles,
    row: u32,
) -> Result<(), XlsxError> {
    let lang = form.entries.lang;
    let facts = Facts::of(form, table, column);
    let name = header(form.entries.program, column);
    let rules = notes::cited(&facts, usize::MAX, lang);
    let mut about = facts.note;
    if !facts.guards.is_empty() {
        let guards = match lang {
            Lang::Zh => format!("决定是否要填：{}", facts.guards),
            Lang::En => format!("decides whether to fill in: {}", facts.guards),
        };
        about = if about.is_empty() {
            guards
        } else {
            format!("{about}{}{guards}", either(lang, "；", "; "))
        };
    }
    let texts = [
        table.table.name.clone(),
        name.clone(),
        facts.kind,
        facts.range,
        facts.blank,
        facts.supplier,
        facts.aliases,
        about,
        rules,
    ];
    let tall = texts.iter().zip(COLUMNS).map(|(text, it)| page::lines(text, it.2)).max();
    sheet.set_row_height(row, (LINE * tall.unwrap_or(1) as f64).min(TALLEST))?;
    let tone = if describe::is_required(column) { Tone::Head } else { Tone::Plain };
    for (place, text) in (0u16..).zip(&texts) {
        if place == 1 {
            let link = Url::new(format!("internal:{}", cell_of(&table.table.name, 0, at)));
            let link = link.set_text(&name);
            sheet.write_url_with_format(row, place, &link, styles.get(Shape::Link, tone))?;
        } else {
            cells::text(sheet, (row, place), text, styles.get(Shape::Flow, Tone::Plain))?;
        }
    }
    Ok(())
}
