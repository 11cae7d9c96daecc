//! Where the header of a sheet stands: below title rows, over one row or several, with units of its own. Cells are not typed.

use crate::data::raw::RawTable;
use crate::data::raw::Region;
use crate::diagnostic::Text;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Table;
use crate::ir::Ty;
use crate::value::Unit;
use crate::value::text;
use crate::value::units;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The header is sought in so many rows.
const SOUGHT: usize = 20;
/// So many columns of merged cells are looked at.
const MOST_COLUMNS: usize = 1024;
/// A header stands in so many rows at most.
const LEVELS: u32 = 3;

/// Finds the headers of sheets, and of CSV files that begin with title rows. Tables are bound after this.
pub fn settle(program: &Program, tables: &mut [RawTable]) {
    let mut filled: BTreeMap<String, usize> = BTreeMap::new();
    for table in tables.iter().filter(|it| it.grid && !it.hidden && !it.is_empty()) {
        *filled.entry(table.file.clone()).or_default() += 1;
    }
    for table in tables.iter_mut().filter(|it| !it.written && it.nested.is_none()) {
        let alone = !table.hidden && filled.get(&table.file) == Some(&1);
        settle_one(program, table, alone);
    }
}

/// Finds the header of a sheet, or of a CSV file whose first row is none, and names the table it holds.
/// `alone`: the sheet is the only one of its file that holds anything.
fn settle_one(program: &Program, raw: &mut RawTable, alone: bool) {
    if raw.grid && alone && table_of(program, &raw.name).is_none() {
        // 集群.xlsx with one sheet called Sheet1.
        let stem = raw.file.rsplit('/').next().unwrap_or_default();
        let stem = stem.rsplit_once('.').map_or(stem, |it| it.0);
        if table_of(program, stem).is_some() {
            raw.name = stem.to_owned();
        }
    }
    let Some(table) = table_of(program, &raw.name) else {
        if raw.grid && !raw.is_empty() {
            let headers = plain(raw, 0);
            raw.behead(0, headers);
        }
        return;
    };
    let known = Known::of(program, table);
    let first = if raw.grid { None } else { Some(known.count(&raw.headers)) };
    let rows = raw.len().min(SOUGHT);
    let best = (0..rows)
        .map(|row| (known.count(&headers(raw, row, &known)), row))
        .filter(|(count, _)| *count > 0)
        .max_by_key(|(count, row)| (*count, std::cmp::Reverse(*row)));
    match (best, first) {
        (Some((count, row)), None | Some(0)) => take(raw, foot(raw, row, count, &known), &known),
        (None, None) if !raw.is_empty() => {
            let headers = plain(raw, 0);
            raw.behead(0, headers);
        }
        _ => {}
    }
    raw.grid = false;
}

/// The last row of a header: names that are merged over several rows reach down to it.
fn foot(raw: &RawTable, row: usize, count: usize, known: &Known) -> usize {
    let place = raw.place(row) - 1;
    let reaches = |it: &&Region| it.first.0 == place && it.last.0 > place && known.is(&it.text);
    let lowest = raw.merged.iter().filter(reaches).map(|it| it.last.0).max();
    let lowest = lowest.filter(|it| *it < place + LEVELS).and_then(|it| raw.row_at(it + 1));
    lowest.filter(|it| known.count(&headers(raw, *it, known)) >= count).unwrap_or(row)
}

fn take(raw: &mut RawTable, row: usize, known: &Known) {
    let mut headers = headers(raw, row, known);
    let below = row + 1;
    let mut last = row;
    if below < raw.len() && units_only(raw, below, headers.len()) {
        for (at, header) in headers.iter_mut().enumerate() {
            let unit = text::trim(raw.cell(below, at));
            let bare = unit.trim_matches(['（', '）', '(', ')']);
            if !bare.is_empty() && !header.is_empty() {
                *header = format!("{header}（{bare}）");
            }
        }
        last = below;
    }
    raw.behead(last, headers);
}

/// What the columns of a table may be called.
struct Known {
    names: BTreeSet<String>,
}

impl Known {
    fn of(program: &Program, table: &Table) -> Known {
        let fields = table.fields.iter().filter(|it| matches!(it.kind, FieldKind::Scalar { .. }));
        let own = fields.flat_map(|it| std::iter::once(&it.name).chain(&it.aliases));
        let above = table.parent.map(|it| &program.table(it.table).name);
        let names = own.chain(above).map(|it| text::fold(it).into_owned()).collect();
        Known { names }
    }

    fn is(&self, header: &str) -> bool {
        let folded = text::fold(header);
        let bare = || bracket(&folded).map(|(name, _)| name.trim());
        self.names.contains(folded.as_ref()) || bare().is_some_and(|it| self.names.contains(it))
    }

    fn count(&self, headers: &[String]) -> usize {
        let found: BTreeSet<&str> =
            headers.iter().filter(|it| self.is(it)).map(String::as_str).collect();
        found.len()
    }
}

fn table_of<'p>(program: &'p Program, name: &str) -> Option<&'p Table> {
    program.tables.iter().find(|it| text::fold(&it.name) == text::fold(name))
}

/// A row as headers.
fn plain(raw: &RawTable, row: usize) -> Vec<String> {
    (0..raw.width(row)).map(|at| one_line(raw.cell(row, at))).collect()
}

/// A row as headers, completed by what stands above in merged cells: a name that spans several rows, or the
/// heading of a group of columns, which is set before the name where the name alone is not known.
fn headers(raw: &RawTable, row: usize, known: &Known) -> Vec<String> {
    let mut headers = plain(raw, row);
    let place = raw.place(row) - 1;
    let above =
        |it: &&Region| it.first.0 <= place && it.first.0 + LEVELS > place && !it.text.is_empty();
    for Region { first, last, text: name, .. } in raw.merged.iter().filter(above) {
        let (left, right) = (first.1 as usize, (last.1 as usize).min(MOST_COLUMNS - 1));
        if headers.len() <= right && last.0 >= place {
            headers.resize(right + 1, String::new());
        }
        for (at, header) in headers.iter_mut().enumerate().take(right + 1).skip(left) {
            let here = first.0 < place || at == left;
            if last.0 >= place && here && header.is_empty() {
                *header = one_line(name);
            } else if last.0 < place && !header.is_empty() && !known.is(header) {
                let joined = [format!("{name}{header}"), without_wherein(header).to_owned()];
                if let Some(joined) = joined.into_iter().find(|it| known.is(it)) {
                    *header = joined;
                }
            }
        }
    }
    for header in &mut headers {
        if !known.is(header) && known.is(without_wherein(header)) {
            *header = without_wherein(header).to_owned();
        }
    }
    headers
}

/// 其中：硕士 is 硕士.
fn without_wherein(header: &str) -> &str {
    let rest = header.strip_prefix("其中").unwrap_or(header);
    rest.trim_start_matches(['：', ':', ' ', '　', '、', '#'])
}

fn one_line(cell: &str) -> String {
    let cell = text::trim(cell);
    if !cell.contains(['\n', '\r']) {
        return cell.to_owned();
    }
    cell.split_whitespace().collect()
}

/// Whether a row holds nothing but units.
fn units_only(raw: &RawTable, row: usize, width: usize) -> bool {
    let mut some = false;
    for at in 0..width {
        let cell = text::trim(raw.cell(row, at));
        let bare = cell.trim_matches(['（', '）', '(', ')']);
        let unit = !bare.is_empty() && units::parse_unit(bare).is_some();
        if !cell.is_empty() && !unit {
            return false;
        }
        some |= unit;
    }
    some
}

/// 营业收入（千元）: the name, and what the last brackets hold.
fn bracket(folded: &str) -> Option<(&str, &str)> {
    let inner = folded.strip_suffix([')', '）'])?;
    let at = inner.rfind(['(', '（'])?;
    let mark = inner[at..].chars().next()?;
    Some((&inner[..at], inner[at + mark.len_utf8()..].trim()))
}

/// How a column fits a field by its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The name itself.
    Name,
    /// The name and a unit: numbers without a unit are in it.
    Unit(Unit),
    /// The name, and brackets that hold no unit.
    Remark,
}

/// Whether a header is the name of a field, with or without brackets behind it.
pub fn fits(field: &Field, header: &str) -> Option<Fit> {
    let folded = text::fold(header);
    let mut names = std::iter::once(&field.name).chain(&field.aliases);
    if names.any(|it| text::fold(it) == folded) {
        return Some(Fit::Name);
    }
    let (name, inner) = bracket(&folded)?;
    let mut names = std::iter::once(&field.name).chain(&field.aliases);
    if !names.any(|it| text::fold(it) == name.trim()) {
        return None;
    }
    let bare =
        inner.strip_prefix("单位").map_or(inner, |it| it.trim_start_matches([':', '：', ' ']));
    Some(units::parse_unit(bare).map_or(Fit::Remark, Fit::Unit))
}

/// Whether a header is a name, with or without brackets behind it.
pub(crate) fn is_called(name: &str, header: &str) -> bool {
    let (name, folded) = (text::fold(name), text::fold(header));
    name == folded || bracket(&folded).is_some_and(|(it, _)| it.trim() == name)
}

/// The unit that bare numbers of a column have by its header, where it is another than the field's; or what is
/// wrong with it.
pub fn unit_of(field: &Field, header: &str) -> Result<Option<Unit>, Text> {
    let Some(Fit::Unit(unit)) = fits(field, header) else { return Ok(None) };
    let FieldKind::Scalar { ty: Ty::Number(dimension), unit: own, .. } = &field.kind else {
        return Ok(None);
    };
    if own.as_ref().is_some_and(|it| it.factor == unit.factor && it.dimension == unit.dimension) {
        return Ok(None);
    }
    if unit.dimension != *dimension {
        let shown = own.as_ref().map(|it| it.name.to_string()).unwrap_or_default();
        return Err(Text::new(
            format!("表头的单位“{}”不能换算为本栏的单位“{shown}”", unit.name),
            format!("the unit `{}` of the header does not turn into `{shown}`", unit.name),
        ));
    }
    Ok(Some(unit))
}
