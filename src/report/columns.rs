//! Which column of the data was taken for which field, and by what: as text, and as JSON keeps it. Nothing is matched here.

use crate::data::Taken;
use crate::data::taken::Matched;
use crate::data::taken::TakenColumn;
use crate::diagnostic::Lang;
use crate::report::Report;
use crate::report::layout::Rows;
use crate::report::layout::visible;
use crate::report::words::either;
use serde::Serialize;

/// A column as given: where it stands, and which field of which table it was read for. A column that names the
/// parent's row has no field, one that was not read has neither field nor `by`.
#[derive(Serialize)]
pub(super) struct Column<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    table: &'a str,
    column: &'a str,
    field: Option<&'a str>,
    by: Option<&'static str>,
    unit: Option<&'a str>,
}

/// Every column of the tables that were read, in the order given.
pub(super) fn all<'a>(report: &'a Report<'_>) -> Vec<Column<'a>> {
    let of = |taken: &'a Taken| {
        let (raw, table) = (report.tables.get(taken.raw), report.program.table(taken.table));
        raw.into_iter().flat_map(move |raw| {
            let headers = raw.headers.iter().enumerate().filter(|it| !it.1.is_empty());
            headers.map(move |(at, header)| {
                let field = taken.field_at(at);
                let column =
                    field.and_then(|it| taken.columns[it].iter().find(|it| it.column == at));
                let parent = (taken.link == Some(at)).then_some("parent");
                Column {
                    file: &raw.file,
                    sheet: raw.sheet.as_deref(),
                    table: &table.name,
                    column: header,
                    field: field.map(|it| table.fields[it].name.as_str()),
                    by: column.map(|it| word(it.by)).or(parent),
                    unit: column.and_then(|it| it.unit.as_deref()),
                }
            })
        })
    };
    report.facts.taken.iter().flat_map(of).collect()
}

fn word(by: Matched) -> &'static str {
    match by {
        Matched::Name => "name",
        Matched::Alias => "alias",
        Matched::Code => "code",
    }
}

/// A block for each table as given: its columns in order, what each was taken for, and what was not read.
pub fn columns(report: &Report, lang: Lang) -> String {
    let mut out = String::new();
    for taken in &report.facts.taken {
        let (Some(raw), table) = (report.tables.get(taken.raw), report.program.table(taken.table))
        else {
            continue;
        };
        let sheet = raw.sheet.as_ref().filter(|it| **it != raw.file && !raw.written);
        let place = sheet.map_or_else(|| raw.file.clone(), |it| format!("{} {it}", raw.file));
        out += &visible(&format!("{place} → {}", table.name));
        out.push('\n');
        let mut rows = Rows::default();
        for (at, header) in raw.headers.iter().enumerate().filter(|it| !it.1.is_empty()) {
            let field = taken.field_at(at);
            let (name, by) = match field {
                Some(field) => {
                    let column = taken.columns[field].iter().find(|it| it.column == at);
                    let how = column.map_or(String::new(), |it| by(it, lang));
                    (table.fields[field].name.clone(), how)
                }
                None if taken.link == Some(at) => {
                    let word = either(lang, "所属的上级", "the row it belongs to");
                    (String::new(), word.to_owned())
                }
                None => (String::new(), either(lang, "未读", "not read").to_owned()),
            };
            rows.push("   ", [header.clone(), name, by]);
        }
        rows.write(&mut out);
    }
    out
}

/// 按名称, 按别名, 按代码; 表头单位 千元.
fn by(column: &TakenColumn, lang: Lang) -> String {
    let word = match column.by {
        Matched::Name => either(lang, "按名称", "by name"),
        Matched::Alias => either(lang, "按别名", "by alias"),
        Matched::Code => either(lang, "按代码", "by code"),
    };
    match &column.unit {
        Some(unit) => format!("{word}{}{unit}", either(lang, "，表头单位 ", ", header in ")),
        None => word.to_owned(),
    }
}
