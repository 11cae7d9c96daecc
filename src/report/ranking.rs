//! All cases of a score in order of rank, on one screen. What a case says of its score is in `score`.

use crate::diagnostic::Lang;
use crate::explain::CaseAccount;
use crate::explain::ScoreAccount;
use crate::ir::Program;
use crate::ir::ScoreId;
use crate::ir::Verdict;
use crate::report::Report;
use crate::report::layout::Rows;
use crate::report::layout::visible;
use crate::report::score;
use crate::report::words;
use crate::report::words::either;
use crate::value::Number;
use crate::value::State;

/// More cases than this are not all listed.
const LISTED: usize = 60;
/// Of these, so many from the top.
const TOP: usize = 40;
/// Cases shown on each side of the line of selection.
const AROUND: usize = 5;

/// A case in its place.
pub struct Place<'a> {
    /// The case.
    pub case: &'a CaseAccount,
    /// Its score.
    pub score: &'a ScoreAccount,
}

/// The cases of a score, best first; those without a rank come last.
pub fn places<'a>(report: &'a Report, id: ScoreId) -> Vec<Place<'a>> {
    let of = |case: &'a CaseAccount| {
        let score = case.scores.iter().find(|it| it.score == id)?;
        Some(Place { case, score })
    };
    let mut places: Vec<Place> = report.cases.iter().filter_map(of).collect();
    let ascending = report.program.score(id).ascending;
    places.sort_by_cached_key(|it| key(it.score, ascending));
    in_groups(places)
}

/// Group by group, in the order of their first cases.
fn in_groups(places: Vec<Place>) -> Vec<Place> {
    let group = |it: &Place| it.score.group.as_ref().map(|it| it.zh.clone());
    let mut groups: Vec<(Option<String>, Vec<Place>)> = vec![];
    for place in places {
        let of = group(&place);
        match groups.iter_mut().find(|it| it.0 == of) {
            Some(group) => group.1.push(place),
            None => groups.push((of, vec![place])),
        }
    }
    groups.into_iter().flat_map(|it| it.1).collect()
}

/// By rank, where there is one, then by points; what is not known stands behind what is.
fn key(it: &ScoreAccount, ascending: bool) -> (bool, Number, Number, bool, Number) {
    let number = |text: &String| Number::parse(text).unwrap_or_else(Number::zero);
    let unranked = it.rank.is_none();
    let (low, high) = it
        .rank
        .as_ref()
        .map_or_else(|| (Number::zero(), Number::zero()), |it| (number(&it.low), number(&it.high)));
    let total = it.total.high.as_ref().map(number);
    let signed = total.as_ref().map(|it| if ascending { it.clone() } else { it.negate() });
    (unranked, low, high, total.is_none(), signed.unwrap_or_else(Number::zero))
}

/// The rankings of a run, one score after the other.
pub fn rankings(out: &mut String, report: &Report, lang: Lang) {
    for index in 0..report.program.scores.len() {
        let id = ScoreId(index as u32);
        let places = places(report, id);
        if !places.is_empty() {
            if !out.ends_with("\n\n") {
                out.push('\n');
            }
            ranking(out, report, id, &places, lang);
        }
    }
}

fn ranking(out: &mut String, report: &Report, id: ScoreId, places: &[Place], lang: Lang) {
    out.push_str(&visible(&summary(report, id, places, lang)));
    out.push('\n');
    if places.iter().all(|it| it.score.total.state == State::NotApplicable) {
        return;
    }
    let mut rows = Rows::default();
    rows.push("   ", columns(places, report.program, lang));
    let mut left = 0;
    for (at, place) in places.iter().enumerate() {
        if !is_listed(places, at) {
            left += 1;
            continue;
        }
        rows.push("   ", row(place, places, lang));
    }
    rows.write(out);
    if left > 0 {
        let text = match lang {
            Lang::Zh => format!("   另有 {left} 例未列，全部见 --format json 或 html"),
            Lang::En => format!("   {left} more are not listed; all are in --format json or html"),
        };
        out.push_str(&text);
        out.push('\n');
    }
}

/// Whether a place is listed: all of few; of many those at the top and those around the line of selection.
fn is_listed(places: &[Place], at: usize) -> bool {
    if places.len() <= LISTED || at < TOP {
        return true;
    }
    let selected = |at: usize| {
        places[at].score.selected.as_ref().is_some_and(|it| it.verdict != Verdict::NotMet)
    };
    let last = (0..places.len()).rev().find(|at| selected(*at));
    last.is_some_and(|last| at + AROUND > last && at <= last + AROUND)
}

/// 综合指数   共 24 例   入选 10   未定 2
pub fn summary(report: &Report, id: ScoreId, places: &[Place], lang: Lang) -> String {
    let name = &report.program.score(id).head.name;
    let count =
        |of: &dyn Fn(&ScoreAccount) -> bool| places.iter().filter(|it| of(it.score)).count();
    let is = |it: &ScoreAccount, verdict: Verdict| {
        it.selected.as_ref().is_some_and(|it| it.verdict == verdict)
    };
    let counts = [
        (places.len(), either(lang, "共", "cases"), " 例"),
        (count(&|it| is(it, Verdict::Met)), either(lang, "入选", "selected"), ""),
        (
            count(&|it| is(it, Verdict::Undetermined)),
            either(lang, "入选未定", "selection open"),
            "",
        ),
        (
            count(&|it| it.total.state == State::NotApplicable),
            either(lang, "不参评", "not scored"),
            "",
        ),
    ];
    let counts = counts.iter().filter(|it| it.0 > 0);
    let counts = counts.map(|(count, word, after)| match lang {
        Lang::Zh => format!("{word} {count}{after}"),
        Lang::En => format!("{count} {word}"),
    });
    std::iter::once(name.clone()).chain(counts).collect::<Vec<_>>().join("   ")
}

/// 名次, 得分, 合格, 分级, 入选, 案例
fn columns(places: &[Place], program: &Program, lang: Lang) -> Vec<String> {
    let has = Has::new(places);
    let mut cells = vec![];
    if has.group {
        cells.push(either(lang, "组", "group").to_owned());
    }
    if has.rank {
        cells.push(either(lang, "名次", "rank").to_owned());
    }
    cells.push(either(lang, "得分", "points").to_owned());
    if has.passed {
        cells.push(either(lang, "合格", "passed").to_owned());
    }
    let first = places.first().map(|it| it.case);
    for grade in first.into_iter().flat_map(|it| &it.grades) {
        cells.push(program.gradings[grade.grading.0 as usize].head.name.clone());
    }
    if has.selected {
        cells.push(either(lang, "入选", "selected").to_owned());
    }
    cells.push(either(lang, "案例", "case").to_owned());
    cells
}

fn row(place: &Place, places: &[Place], lang: Lang) -> Vec<String> {
    let has = Has::new(places);
    let it = place.score;
    let mut cells = vec![];
    if has.group {
        cells.push(group(it, lang).to_owned());
    }
    if has.rank {
        cells.push(rank(it));
    }
    cells.push(points(it, lang));
    if has.passed {
        cells.push(it.passed.as_ref().map_or_else(String::new, |it| score::passed(it, lang)));
    }
    for grade in &place.case.grades {
        cells.push(words::grade(grade, lang));
    }
    if has.selected {
        cells.push(score::selected(it, lang).unwrap_or_default());
    }
    let case = place.case;
    cells.push(match case.id == case.name {
        true => case.name.clone(),
        false => format!("{}   {}", case.name, case.id),
    });
    cells
}

/// 东部: what the cases ranked together have in common.
pub fn group(it: &ScoreAccount, lang: Lang) -> &str {
    it.group.as_ref().map_or("", |it| it.get(lang))
}

/// 11; 9–14; – where there is none.
pub fn rank(it: &ScoreAccount) -> String {
    match &it.rank {
        None => "–".to_owned(),
        Some(rank) if rank.low == rank.high => rank.low.clone(),
        Some(rank) => format!("{}–{}", rank.low, rank.high),
    }
}

/// 76.32; 71.40 至 78.90; 不参评
pub fn points(it: &ScoreAccount, lang: Lang) -> String {
    match it.total.state {
        State::NotApplicable => either(lang, "不参评", "not scored").to_owned(),
        _ => it.shown.get(lang).to_owned(),
    }
}

/// Which columns a ranking has.
pub struct Has {
    /// What the cases ranked together have in common.
    pub group: bool,
    /// 名次
    pub rank: bool,
    /// 合格
    pub passed: bool,
    /// 入选
    pub selected: bool,
}

impl Has {
    /// Those that some case has something in.
    pub fn new(places: &[Place]) -> Has {
        let any = |of: &dyn Fn(&ScoreAccount) -> bool| places.iter().any(|it| of(it.score));
        Has {
            group: any(&|it| it.group.is_some()),
            rank: any(&|it| it.rank.is_some()),
            passed: any(&|it| it.passed.is_some()),
            selected: any(&|it| it.selected.is_some()),
        }
    }
}
