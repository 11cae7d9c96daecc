//! The lines that ask for data: one a cell, and one for many cells of a field in rows of a list. What to ask is decided in `explain`.

use crate::diagnostic::Lang;
use crate::explain::Cause;
use crate::report::words;
use indexmap::IndexMap;

/// More cells of one field than this are asked for in one line.
const ONE_BY_ONE: usize = 5;
/// Rows named in such a line.
const NAMED: usize = 3;

/// One line that asks for data.
pub struct Request<'a> {
    /// The articles that ask for it.
    pub article: String,
    /// What is asked.
    pub text: String,
    /// Where, as far as the text does not say it.
    pub place: String,
    /// The cell, or the first of several.
    pub cause: &'a Cause,
}

impl Request<'_> {
    /// Article, request, place; the fourth column is free.
    pub fn row(&self) -> [String; 4] {
        [self.article.clone(), self.text.clone(), self.place.clone(), String::new()]
    }
}

/// The lines for what is asked of a case.
pub fn requests(causes: &[Cause], lang: Lang) -> Vec<Request<'_>> {
    let mut groups: IndexMap<[&str; 4], Vec<&Cause>> = IndexMap::new();
    for (index, cause) in causes.iter().enumerate() {
        let text = cause.text.get(lang);
        let file = cause.source.as_ref().map_or("", |it| it.file.as_str());
        let key = match &cause.of {
            Some(_) => [file, cause.article.as_deref().unwrap_or(""), &cause.field, verb(text)],
            None => [file, "", "", text],
        };
        groups.entry(key).or_insert_with(|| Vec::with_capacity(1)).push(&causes[index]);
    }
    let mut rows = vec![];
    for group in groups.into_values() {
        match group.len() > ONE_BY_ONE {
            true => rows.push(of_many(&group, lang)),
            false => rows.extend(group.into_iter().map(|it| of_one(it, lang))),
        }
    }
    rows
}

fn of_one(cause: &Cause, lang: Lang) -> Request<'_> {
    let text = cause.text.get(lang);
    let place =
        cause.source.as_ref().map_or_else(String::new, |it| words::place_beside(it, text, lang));
    let article = cause.article.clone().unwrap_or_default();
    Request { article, text: text.to_owned(), place, cause }
}

/// 请补：甲公司、乙公司、丙公司 等 12 行的人数   企业.csv 第 2、3、4 等 12 行
fn of_many<'a>(group: &[&'a Cause], lang: Lang) -> Request<'a> {
    let (first, all) = (group[0], group.len());
    let names: Vec<&str> = group.iter().take(NAMED).filter_map(|it| it.of.as_deref()).collect();
    let names = words::list(&names, lang);
    let (ask, field) = (verb(first.text.get(lang)), &first.field);
    let text = match lang {
        Lang::Zh => format!("{ask}：{names} 等 {all} 行的{field}"),
        Lang::En => format!("{ask}: {field} of {names} and {} more", all - NAMED),
    };
    let rows = group.iter().filter_map(|it| it.source.as_ref()?.row).take(NAMED);
    let rows: Vec<String> = rows.map(|it| it.to_string()).collect();
    let place = first.source.as_ref().map_or_else(String::new, |it| {
        let (file, rows) = (&it.file, words::list(&rows, lang));
        match lang {
            Lang::Zh => format!("{file} 第 {rows} 等 {all} 行"),
            Lang::En => format!("{file} rows {rows} and {} more", all - NAMED),
        }
    });
    Request { article: first.article.clone().unwrap_or_default(), text, place, cause: first }
}

/// What a request asks one to do: 请补.
fn verb(text: &str) -> &str {
    text.split(['：', ':']).next().unwrap_or(text)
}
