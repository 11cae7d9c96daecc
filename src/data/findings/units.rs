//! What is said of numbers that look as if written in another unit: beside the other rows, and beside the year before. It corrects nothing.

use crate::data::FieldColumn;
use crate::data::findings::cells::Cells;
use crate::data::findings::cells::MOST;
use crate::data::rows::Rows;
use crate::data::suspects;
use crate::data::suspects::Slip;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code;
use crate::ir::FieldKind;
use crate::ir::Periods;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::value::Column;
use crate::value::Unit;
use crate::value::UnitKind;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Says which numbers of a table may be in another unit. Ratios vary too much, and rows of a rule file are made up.
pub(crate) fn units(
    program: &Program,
    id: TableId,
    all: &[Rows<'_>],
    columns: &[Option<FieldColumn>],
    found: &mut Diagnostics,
) {
    let (table, rows) = (program.table(id), &all[id.0 as usize]);
    if rows.sources.iter().any(|it| it.raw.written) {
        return;
    }
    let years = table.periods.map_or_else(BTreeMap::new, |it| years(rows, it, columns));
    for (at, (field, column)) in (0u32..).zip(table.fields.iter().zip(columns)) {
        let FieldKind::Scalar { ty: Ty::Number(_), unit: Some(unit), .. } = &field.kind else {
            continue;
        };
        let Some(column) = column.as_ref().filter(|_| unit.kind != UnitKind::Ratio) else {
            continue;
        };
        let cells = Cells { program, id, at, all, field };
        let beside = suspects::beside_others(&column.column);
        let among: Vec<Diagnostic> =
            beside.iter().take(MOST).map(|(row, slip)| among(&cells, *row, *slip, unit)).collect();
        let odd: BTreeSet<u32> = beside.iter().map(|it| it.0).collect();
        let jumps = suspects::beside_earlier(&column.column, &years, unit, &odd);
        let since = jumps.iter().take(MOST - among.len());
        let since: Vec<Diagnostic> =
            since.map(|(row, slip)| since_then(&cells, (*row, years[row]), *slip, unit)).collect();
        let told = among.len() + since.len();
        found.0.extend(among.into_iter().chain(since));
        rest(&cells, beside.len() + jumps.len() - told, found);
    }
}

/// The row of the year before, of each row that has one; else of the nearest period before it. Of one parent.
fn years(rows: &Rows<'_>, periods: Periods, columns: &[Option<FieldColumn>]) -> BTreeMap<u32, u32> {
    let periods_of = columns[periods.field.index as usize].as_ref().map(|it| &it.column);
    let Some(Column::Date(own)) = periods_of else { return BTreeMap::new() };
    let mut before = BTreeMap::new();
    for bounds in rows.offsets.windows(2) {
        let known = (bounds[0]..bounds[1]).filter(|it| own.special.get(*it).is_none());
        let of: BTreeMap<i32, u32> = known.map(|row| (own.values[row as usize], row)).collect();
        for (period, row) in &of {
            let last_year = of.get(&(period - periods.kind.in_a_year()));
            let nearest = || of.range(..period).next_back().map(|it| it.1);
            before.extend(last_year.or_else(nearest).map(|it| (*row, *it)));
        }
    }
    before
}

/// How a number stands to another: `1000 倍`, `1000 分之一`.
fn times(slip: Slip) -> (String, String) {
    let times = slip.times;
    match slip.small {
        true => (format!("{times} 分之一"), format!("1/{times}")),
        false => (format!("{times} 倍"), format!("{times} times")),
    }
}

fn among(cells: &Cells<'_>, row: u32, slip: Slip, unit: &Unit) -> Diagnostic {
    let (name, raw, (zh, en)) = (&cells.field.name, cells.text(row), times(slip));
    cells.at(
        code::SUSPECT_UNIT,
        row,
        format!("{name}“{raw}”约为其他各行的 {zh}，可能用错了单位（本栏为{unit}），请核对"),
        format!(
            "{name} `{raw}` is about {en} what the other rows hold: check its unit (the field is in {unit})"
        ),
    )
}

fn since_then(
    cells: &Cells<'_>,
    (row, earlier): (u32, u32),
    slip: Slip,
    unit: &Unit,
) -> Diagnostic {
    let (name, (zh, en)) = (&cells.field.name, times(slip));
    let (raw, then) = (cells.text(row), cells.text(earlier));
    let (now, before) = (&cells.rows().keys[row as usize], &cells.rows().keys[earlier as usize]);
    let place = cells.rows().place(earlier as usize).row;
    cells.at(
        code::SUSPECT_UNIT,
        row,
        format!(
            "{now}的{name}“{raw}”约为{before}（第 {place} 行“{then}”）的 {zh}，其中一个可能用错了单位（本栏为{unit}），请核对"
        ),
        format!(
            "{name} `{raw}` of {now} is about {en} that of {before} (row {place} `{then}`): check the unit of both (the field is in {unit})"
        ),
    )
}

/// Those that are too many to be named.
fn rest(cells: &Cells<'_>, count: usize, found: &mut Diagnostics) {
    if count > 0 {
        let name = &cells.field.name;
        let zh = format!("“{name}”列另有 {count} 格可能用错了单位，未逐一列出");
        let en =
            format!("{count} more cells of `{name}` may be in a wrong unit and are not listed");
        found.push(Diagnostic::new(code::SUSPECT_UNIT, zh, en));
    }
}
