//! The two sheets that heng adds before those handed in: 汇总, a row a case, and 意见, a row a finding. What is said is decided elsewhere.

use crate::diagnostic::Lang;
use crate::report::Report;
use crate::report::overview;
use crate::report::words::either;
use crate::report::workbook::cells;
use crate::report::workbook::given::Given;
use crate::report::workbook::given::Spot;
use crate::report::workbook::names;
use crate::report::workbook::opinions::Opinion;
use crate::report::workbook::page;
use crate::report::workbook::page::Widths;
use crate::report::workbook::styles::Shape;
use crate::report::workbook::styles::Styles;
use crate::report::workbook::styles::Tone;
use crate::report::workbook::verdicts;
use crate::report::workbook::verdicts::Shown;
use rust_xlsxwriter::Url;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

/// The most links that a sheet holds.
const MOST_LINKS: usize = 60_000;
/// The head of both sheets stands below a title and a remark.
const HEAD: u32 = 2;
/// The widths of 意见.
const WIDTHS: [usize; 8] = [10, 24, 12, 16, 13, 60, 14, 40];
/// A column of 汇总 is no narrower and no wider.
const LEAST: usize = 9;
const MOST: usize = 24;

/// Writes 汇总. `spots` are the rows of the cases in their own tables.
pub fn summary(
    sheet: &mut Worksheet,
    (report, all): (&Report, &[Given]),
    spots: &[Option<Spot>],
    styles: &mut Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    let headings = verdicts::headings(report.program, &report.program.case_tables, lang);
    let headings = verdicts::filled(headings, &report.cases, lang);
    let mut heads =
        vec![either(lang, "案例", "case").to_owned(), either(lang, "名称", "name").into()];
    heads.extend(headings.iter().map(|it| it.name.clone()));
    heads.push(either(lang, "不符合条数", "criteria not met").to_owned());
    heads.push(either(lang, "待补正项", "cells to supply").to_owned());
    let mut widths = top(sheet, &overview::about(report, lang), &heads, styles)?;
    let mut texts: Vec<Vec<String>> = vec![];
    for ((row, case), spot) in (HEAD + 1..).zip(&report.cases).zip(spots) {
        link(sheet, (row, 0), spot.as_ref(), &case.id, all, styles)?;
        cells::text(sheet, (row, 1), &case.name, styles.get(Shape::Flow, Tone::Plain))?;
        widths.see(0, &case.id);
        widths.see(1, &case.name);
        let failing = case.criteria.iter().filter(|it| it.verdict == crate::ir::Verdict::NotMet);
        let counts = [failing.count(), case.supply.len()];
        let counts = counts.iter().map(|it| Shown { text: it.to_string(), tone: Tone::Plain });
        let own = headings.iter().map(|it| verdicts::cell(it, case, lang));
        let mut line = vec![case.id.clone(), case.name.clone()];
        for (column, shown) in (2..).zip(own.chain(counts)) {
            write_shown(sheet, (row, column), &shown, styles)?;
            widths.see(column, &shown.text);
            line.push(shown.text);
        }
        texts.push(line);
    }
    for (row, line) in (HEAD..).zip(std::iter::once(&heads).chain(&texts)) {
        let width = |at: u16| widths.get(at, LEAST, MOST);
        page::set_height(sheet, row, (0..).zip(line).map(|(at, it)| (it.as_str(), width(at))))?;
    }
    let last = HEAD + report.cases.len() as u32;
    widths.set(sheet, LEAST, MOST)?;
    sheet.autofilter(HEAD, 0, last, heads.len() as u16 - 1)?;
    page::set_up(sheet, HEAD, 2, lang)
}

/// Writes 意见.
pub fn opinions(
    sheet: &mut Worksheet,
    (report, all): (&Report, &[Given]),
    opinions: &[Opinion],
    styles: &mut Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    let heads = [
        ("案例", "case"),
        ("名称", "name"),
        ("条款", "article"),
        ("条件", "criterion"),
        ("判定", "verdict"),
        ("说明", "message"),
        ("单元格", "cell"),
        ("需补充、更正", "what to supply"),
    ];
    let heads = heads.map(|(zh, en)| either(lang, zh, en).to_owned());
    let mut about = overview::about(report, lang);
    about.push(
        either(
            lang,
            "数据表中：红底须更正或不符合，黄底须补，橙底请核对；原因见单元格批注",
            "on the sheets of the data: red is to be corrected or not met, yellow to be filled in, orange to be checked; the notes say why",
        )
        .to_owned(),
    );
    top(sheet, &about, &heads, styles)?;
    for (row, it) in (HEAD + 1..).zip(opinions) {
        let flow = [&it.case[0], &it.case[1], &it.article, &it.item];
        for (column, text) in (0..).zip(flow) {
            cells::text(sheet, (row, column), text, styles.get(Shape::Flow, Tone::Plain))?;
        }
        cells::text(sheet, (row, 4), &it.verdict, styles.get(Shape::Middle, it.tone))?;
        cells::text(sheet, (row, 5), &it.message, styles.get(Shape::Flow, Tone::Plain))?;
        let shown = it.spot.map_or_else(String::new, |it| {
            let cell = rust_xlsxwriter::utility::row_col_to_cell(it.row, it.column);
            format!("{}!{cell}", all[it.sheet].sheet)
        });
        let spot = it.spot.as_ref().filter(|_| (row as usize) < MOST_LINKS);
        link(sheet, (row, 6), spot, &shown, all, styles)?;
        cells::text(sheet, (row, 7), &it.remedy, styles.get(Shape::Flow, Tone::Plain))?;
        let texts = [&it.case[0], &it.case[1], &it.article, &it.item];
        let texts = texts.into_iter().chain([&it.verdict, &it.message, &shown, &it.remedy]);
        page::set_height(sheet, row, texts.map(String::as_str).zip(WIDTHS))?;
    }
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width as f64)?;
    }
    sheet.autofilter(HEAD, 0, HEAD + opinions.len() as u32, heads.len() as u16 - 1)?;
    page::set_up(sheet, HEAD, 2, lang)
}

/// The title, a remark and the head.
fn top(
    sheet: &mut Worksheet,
    about: &[String],
    heads: &[String],
    styles: &mut Styles,
) -> Result<Widths, XlsxError> {
    let (title, rest) = about.split_first().map_or(("", &[][..]), |(it, rest)| (it.as_str(), rest));
    cells::text(sheet, (0, 0), title, styles.get(Shape::Title, Tone::Plain))?;
    sheet.set_row_height(0, 26)?;
    let last = heads.len() as u16 - 1;
    let remark = styles.get(Shape::Remark, Tone::Plain);
    sheet.merge_range(1, 0, 1, last, "", remark)?;
    cells::text(sheet, (1, 0), &rest.join("   "), remark)?;
    sheet.set_row_height(1, 30)?;
    let mut widths = Widths::default();
    for (column, head) in (0..).zip(heads) {
        cells::text(sheet, (HEAD, column), head, styles.get(Shape::Middle, Tone::Head))?;
        widths.see(column, head);
    }
    Ok(widths)
}

/// A text that leads to a cell, where there is one.
fn link(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    spot: Option<&Spot>,
    text: &str,
    all: &[Given],
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    match spot.filter(|_| !text.is_empty()) {
        Some(spot) => {
            let cell = names::cell_of(&all[spot.sheet].sheet, spot.row, spot.column);
            let url = Url::new(format!("internal:{cell}"));
            let format = styles.get(Shape::Link, Tone::Plain);
            sheet.write_url_with_options(row, column, url, text, "", Some(format))?;
        }
        None => {
            cells::text(sheet, (row, column), text, styles.get(Shape::Flow, Tone::Plain))?;
        }
    }
    Ok(())
}

/// A verdict, a word or a number.
pub fn write_shown(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    shown: &Shown,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    match cells::plain(&shown.text).filter(|it| it.places <= 15) {
        Some(number) => {
            let format = styles.get(Shape::Number(number.places as u8), shown.tone);
            sheet.write_number_with_format(row, column, number.value, format)?;
        }
        None => {
            let at = (row, column);
            cells::text(sheet, at, &shown.text, styles.get(Shape::Middle, shown.tone))?;
        }
    }
    Ok(())
}
