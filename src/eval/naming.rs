//! Names against a 名称规则 over columns (`semantics` §10). How a name is read is settled in `naming`.

use crate::eval::series::Series;
use crate::eval::series::truths;
use crate::naming::Case;
use crate::naming::Given;
use crate::naming::Namer;
use crate::value::Column;
use crate::value::MemberSet;
use crate::value::Possible;
use crate::value::TextSet;
use crate::value::Truth;

/// Whether each row's name is as the rule asks: by its 应 parts, or by its 原则上 parts. An unknown name leaves
/// both open.
pub fn conforms(
    rows: usize,
    namer: &Namer<'_>,
    soft: bool,
    name: &Series,
    (places, industry): (&[Option<&Series>], Option<&Series>),
) -> Column {
    truths(rows, |row| {
        let sets: Vec<_> = places.iter().chain([&industry]).map(|it| stray(*it, row)).collect();
        let given: Vec<Given<'_>> = places
            .iter()
            .chain([&industry])
            .zip(&sets)
            .map(|(it, set)| of_row(*it, row, set))
            .collect();
        let (industry, places) = given.split_last().expect("the industry is always there");
        let case = Case { places, industry: *industry };
        name.text(row).ask(|text| match text {
            TextSet::Any => Truth::UNDECIDED,
            TextSet::One(text) => {
                let reading = namer.verdict(text, &case);
                if soft { reading.soft } else { reading.truth }
            }
        })
    })
}

/// What a row gives where its column is no column of members: 不适用 in every row, an error.
fn stray(series: Option<&Series>, row: usize) -> Option<Possible<MemberSet>> {
    series.filter(|it| !matches!(it.column(), Column::Member(_))).map(|it| it.member(row))
}

/// What a row gives, without a copy where it is a column of members.
fn of_row<'c>(
    series: Option<&'c Series>,
    row: usize,
    stray: &'c Option<Possible<MemberSet>>,
) -> Given<'c> {
    let Some(series) = series else { return Given::NotAsked };
    match (series.column(), stray) {
        (Column::Member(column), _) => match column.special.get(series.at(row) as u32) {
            Some(set) => Given::of(set),
            None => Given::One(column.values[series.at(row)]),
        },
        (_, Some(set)) => Given::of(set),
        (_, None) => Given::NotAsked,
    }
}
