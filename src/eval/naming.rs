//! Names against a 名称规则 over columns (`semantics` §10). How a name is read is settled in `naming`.

use crate::eval::chunk::Chunk;
use crate::eval::series::Series;
use crate::eval::series::truths;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::naming::Case;
use crate::naming::Given;
use crate::value::Column;
use crate::value::MemberSet;
use crate::value::Possible;
use crate::value::TextSet;
use crate::value::Truth;

/// Whether each row's name is as the rule asks: by its 应 parts, or by its 原则上 parts. An unknown name leaves
/// both open.
pub fn conforms(chunk: &Chunk<'_>, rows: usize, kind: &NodeKind) -> Column {
    let NodeKind::Naming { naming, soft, name, places, industry } = kind else {
        unreachable!("only a 名称规则 judges names")
    };
    let namer = &chunk.context.namers[naming.0 as usize];
    let of = |it: &Option<NodeId>| it.map(|it| chunk.series(it));
    let all: Vec<Option<&Series>> = places.iter().chain([industry]).map(of).collect();
    let name = chunk.series(*name);
    truths(rows, |row| {
        let sets: Vec<_> = all.iter().map(|it| stray(*it, row)).collect();
        let given: Vec<Given<'_>> =
            all.iter().zip(&sets).map(|(it, set)| of_row(*it, row, set)).collect();
        let (industry, places) = given.split_last().expect("the industry is always there");
        let case = Case { places, industry: *industry };
        name.text(row).ask(|text| match text {
            TextSet::Any => Truth::UNDECIDED,
            TextSet::One(text) => {
                let reading = namer.verdict(text, &case);
                if *soft { reading.soft } else { reading.truth }
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
