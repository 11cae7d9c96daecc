//! The words of what is found about a rulebook that is sound.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Example;
use crate::diagnostic::code;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::lint::conditions::Part;
use crate::source::Sources;
use crate::source::Span;
use crate::value::Number;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::UnitKind;
use crate::value::day;

/// Words longer than this are cut.
const LONG: usize = 40;

/// What is written at a place, on one line.
pub fn words(sources: &Sources, span: Span) -> String {
    let text = sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONG) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// A made-up case: in words, and as a row that can be judged, where its cells are all of one table.
pub struct Shown {
    text: String,
    row: Option<Example>,
}

/// 从业人员 300 人，行业 工业: the cells of a made-up case; none where one of them cannot be written.
pub fn example(
    program: &Program,
    table: TableId,
    cells: Option<&[(FieldId, Set)]>,
) -> Option<Shown> {
    let one = |(field, set): &(FieldId, Set)| {
        Some((program.field(*field).name.clone(), cell(program, *field, set)?))
    };
    let cells = cells?;
    let row: Vec<(String, String)> = cells.iter().map(one).collect::<Option<_>>()?;
    if row.is_empty() {
        return None;
    }
    let text: Vec<String> = row.iter().map(|(name, text)| format!("{name} {text}")).collect();
    let own = cells.iter().all(|it| it.0.table == table);
    let example = || Example { table: program.table(table).name.clone(), rows: vec![row] };
    Some(Shown { text: text.join("，"), row: own.then(example) })
}

/// Cases as rows, by what the heads of a table are; none where a head is no column of the case's own table.
pub fn rows_of(program: &Program, table: TableId, cases: &[Vec<(NodeId, Set)>]) -> Option<Example> {
    let one = |(head, set): &(NodeId, Set)| {
        let NodeKind::Field(field) = program.node(*head).kind else { return None };
        let own = field.table == table;
        own.then(|| Some((program.field(field).name.clone(), cell(program, field, set)?)))?
    };
    let row = |case: &Vec<(NodeId, Set)>| case.iter().map(one).collect::<Option<_>>();
    let rows = cases.iter().map(row).collect::<Option<_>>()?;
    Some(Example { table: program.table(table).name.clone(), rows })
}

/// A case of which nothing is known: what holds of it holds of all.
pub fn blank(program: &Program, table: TableId) -> Example {
    Example { table: program.table(table).name.clone(), rows: vec![vec![]] }
}

/// A value as a cell would hold it.
fn cell(program: &Program, field: FieldId, set: &Set) -> Option<String> {
    let FieldKind::Scalar { ty, unit, .. } = &program.field(field).kind else { return None };
    match set {
        Set::Truth(Truth::TRUE) => Some("是".to_owned()),
        Set::Truth(Truth::FALSE) => Some("否".to_owned()),
        Set::Truth(Truth::NOT_APPLICABLE) => Some("无".to_owned()),
        Set::Truth(_) => None,
        Set::Text(it) => Some(match &it.values {
            Some(TextSet::One(text)) => text.to_string(),
            Some(_) => "某".to_owned(),
            None => "无".to_owned(),
        }),
        Set::Number(it) if it.values.is_none() => Some("无".to_owned()),
        Set::Number(it) => {
            let number = it.values.as_ref()?.single()?;
            let factor = unit.as_ref().map_or_else(Number::one, |it| it.factor.clone());
            let digits = number.checked_div(&factor)?.to_string();
            Some(match unit {
                Some(it) if it.kind == UnitKind::Ratio => format!("{digits}{it}"),
                Some(it) => format!("{digits} {it}"),
                None => digits,
            })
        }
        Set::Date(it) => {
            let at = it.values.as_ref().map(|days| days.low.or(days.high))??;
            Some(match ty {
                Ty::Period(kind) => kind.show(at),
                _ => day::show(at),
            })
        }
        Set::Member(it) => {
            let Ty::Member(list) = ty else { return None };
            let members = it.values.as_ref()?.members.as_ref()?;
            let name = &program.vocabulary(*list).members.get(*members.first()? as usize)?.name;
            Some(name.to_string())
        }
    }
}

/// A remedy, and the case that shows it, where one was found.
fn with_example(
    it: Diagnostic,
    help: [&str; 2],
    case: [&str; 2],
    example: Option<Shown>,
) -> Diagnostic {
    let Some(Shown { text, row }) = example else { return it.help(help[0], help[1]) };
    let it = it.help(
        format!("{}。{}：{text}", help[0], case[0]),
        format!("{}. {}: {text}", help[1], case[1]),
    );
    match row {
        Some(row) => it.example(row),
        None => it,
    }
}

/// A criterion that no case can meet.
pub fn never_met(at: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        code::NEVER_HOLDS,
        format!("“{name}”不论数据如何都不会符合"),
        format!("“{name}” can be met by no data"),
    )
    .at(at)
    .help(
        "各项要求互相矛盾，或界限超出栏目声明的范围：核对条文。什么都不填的案例就不可能符合",
        "its parts contradict each other, or a bound lies beyond what a field may hold; a blank case shows it",
    )
}

/// A criterion that every case meets.
pub fn always_met(at: Span, name: &str, unless: Unless) -> Diagnostic {
    let (zh, en) = match unless {
        Unless::Never => ("不论数据如何都符合", "is met by all data"),
        Unless::ForOthers | Unless::Absent => ("只要适用就总是符合", "is met wherever it applies"),
    };
    let it = Diagnostic::new(code::ALWAYS_HOLDS, format!("“{name}”{zh}"), format!("“{name}” {en}"));
    match unless {
        Unless::Absent => it.at(at).help(
            "所看的有就符合，没有则不适用、不计入结论：要求它必须有的，加一行：不适用 则 不符合",
            "what is there meets it, and what is absent drops it: where it must be there, add not_applicable then not_met",
        ),
        _ => it.at(at).help(
            "栏目声明的范围已经保证了它：核对界限，或删去。什么都不填的案例也不会不符合",
            "what the fields may hold makes it so: check the bound, or leave it out; a blank case shows it",
        ),
    }
}

/// Which cases a criterion that is always met leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unless {
    /// None.
    Never,
    /// Those that 适用 or 施行 leave out.
    ForOthers,
    /// Those in which what it looks at is 不适用.
    Absent,
}

/// 适用 that never applies.
pub fn never_applies(at: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        code::NEVER_HOLDS,
        format!("“{name}”从不适用"),
        format!("“{name}” never applies"),
    )
    .at(at)
    .help(
        "核对“适用”一句和施行日期。什么都不填的案例就是“不适用”",
        "check what it applies to, and its dates; a blank case shows it",
    )
}

/// A part that has one outcome only.
pub fn one_outcome(part: &Part, holds: bool) -> Diagnostic {
    let words = &part.words;
    let it = match holds {
        true => Diagnostic::new(
            code::ALWAYS_HOLDS,
            format!("“{words}”总是成立，不起作用"),
            format!("“{words}” always holds and does nothing"),
        ),
        false => Diagnostic::new(
            code::NEVER_HOLDS,
            format!("“{words}”从不成立"),
            format!("“{words}” never holds"),
        ),
    };
    it.at(part.span).help(
        "栏目声明的范围已经决定了它：核对界限，或删去",
        "what the fields may hold decides it: check the bound, or leave it out",
    )
}

/// A part that another makes superfluous. `example`: a case that tells them apart.
pub fn superfluous(part: &Part, by: &Part, all: bool, example: Option<Shown>) -> Diagnostic {
    let (a, b) = (&by.words, &part.words);
    let it = match all {
        true => Diagnostic::new(
            code::SUPERFLUOUS,
            format!("“{b}”多余：“{a}”成立时，它不会不成立"),
            format!("“{b}” is superfluous: it cannot fail where “{a}” holds"),
        ),
        false => Diagnostic::new(
            code::SUPERFLUOUS,
            format!("“{b}”多余：它成立时，“{a}”也成立"),
            format!("“{b}” is superfluous: where it holds, “{a}” holds too"),
        ),
    };
    with_example(
        it.at(part.span).label(by.span, "另一项", "the other"),
        ["删去一项，或核对界限", "leave one out, or check the bounds"],
        ["两项结果不同的，如", "They differ in"],
        example,
    )
}

/// Two parts that cannot hold together.
pub fn exclusive(part: &Part, other: &Part) -> Diagnostic {
    let (a, b) = (&other.words, &part.words);
    Diagnostic::new(
        code::NEVER_HOLDS,
        format!("“{a}”与“{b}”不能同时成立"),
        format!("“{a}” and “{b}” cannot both hold"),
    )
    .at(part.span)
    .label(other.span, "另一项", "the other")
    .help("两项都要求时没有案例能符合：核对条文", "no case can meet both: check the articles")
}

/// An exception whose guard never holds.
pub fn never_taken(at: Span, article: &str) -> Diagnostic {
    Diagnostic::new(
        code::NEVER_HOLDS,
        format!("{article}的例外从不成立"),
        format!("the exception of {article} never takes hold"),
    )
    .at(at)
    .help("核对“当”后面的条件", "check the condition after when")
}

/// Two exceptions that may take hold at once.
pub fn conflict(at: Span, articles: [&String; 2], example: Option<Shown>) -> Diagnostic {
    let [a, b] = articles;
    let it = Diagnostic::new(
        code::EXCEPTIONS_CONFLICT,
        format!("{a}、{b}的例外可能同时成立而结果不同，那时是错误"),
        format!("the exceptions of {a} and {b} may both take hold and differ: an error then"),
    );
    with_example(
        it.at(at),
        ["写明谁优先：例外 … 优先于 …", "say which one overrides the other"],
        ["同时成立的，如", "Both hold in"],
        example,
    )
}

/// Points that turn back: from one row, counted from 1, to another.
pub fn points_turn(at: Span, head: &str, [before, after]: [usize; 2]) -> Diagnostic {
    Diagnostic::new(
        code::POINTS_TURN,
        format!("“{head}”上升时，得分先升后降或先降后升：第 {before} 行到第 {after} 行"),
        format!("points turn back as “{head}” rises: from row {before} to row {after}"),
    )
    .at(at)
    .help(
        "核对各档的分数；本来如此的不必改",
        "check the points of the rows; leave it where it is meant",
    )
}

/// A criterion that came to the same in every case of the data.
pub fn same_in_all(at: Span, name: &str, cases: usize, met: bool) -> Diagnostic {
    let (zh, en) = if met { ("都符合", "is met") } else { ("都不符合", "is not met") };
    Diagnostic::new(
        code::SAME_IN_ALL,
        format!("“{name}”在所给数据能判定的 {cases} 例中{zh}"),
        format!("“{name}” {en} in all {cases} cases of the data that could be decided"),
    )
    .at(at)
    .help(
        "它在这些数据里分不出高下；界限是否照条文写",
        "it tells none of these cases from another: is the bound as the article says?",
    )
}
