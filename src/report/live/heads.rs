//! What stands at the heads of steps: the words of the rule they compute, and why some are no formulas. It computes nothing.

use crate::diagnostic::Lang;
use crate::diagnostic::Text;
use crate::ir::Head;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Score;
use crate::ir::ScorePart;
use crate::ir::Scoring;
use crate::report::live::Told;
use crate::report::live::print::helpers::Helper;
use crate::report::live::print::helpers::Included;
use crate::report::live::print::helpers::What;
use crate::report::words::either;

/// The most letters of a head; the note has all of them.
const LONGEST: usize = 40;

/// The head of a node's column and its note.
pub fn of(told: &Told<'_>, id: NodeId) -> (String, String) {
    let words = folded(told, id);
    if let Some((name, articles)) = named(told, id) {
        return (name, format!("{}\n{words}", articles.join("、")).trim().to_owned());
    }
    let cut: String = words.chars().take(LONGEST).collect();
    let head = if cut.len() < words.len() { format!("{cut}…") } else { cut };
    (head, words)
}

/// What a node is called where it is an item, or a part of a score, and the articles of that.
fn named<'p>(told: &Told<'p>, id: NodeId) -> Option<(String, &'p [String])> {
    let program = told.program;
    let own = |it: &'p Head| (it.name.clone(), it.articles.as_slice());
    let indicator = program.indicators.iter().find(|it| it.node == id).map(|it| own(&it.head));
    let grading = || program.gradings.iter().find(|it| it.node == id).map(|it| own(&it.head));
    let criterion = || program.criteria.iter().find(|it| it.node == id).map(|it| own(&it.head));
    let score = || program.scores.iter().find_map(|it| of_score(it, id, told.lang));
    indicator.or_else(grading).or_else(criterion).or_else(score)
}

/// What a node is called in a score.
fn of_score(score: &Score, id: NodeId, lang: Lang) -> Option<(String, &[String])> {
    let named = [
        (Some(score.node), "", ""),
        (score.rank, "：名次", ": rank"),
        (score.pass, "：合格", ": passes"),
        (score.selected, "：入选", ": selected"),
    ];
    let own = named.into_iter().find(|it| it.0 == Some(id));
    if let Some((_, zh, en)) = own {
        let name = format!("{}{}", score.head.name, either(lang, zh, en));
        return Some((name, score.head.articles.as_slice()));
    }
    let mut parts = score.parts.iter().chain(&score.bonus).chain(&score.deductions);
    parts.find_map(|it| of_part(it, id, lang))
}

fn of_part(part: &ScorePart, id: NodeId, lang: Lang) -> Option<(String, &[String])> {
    let named = [
        (Some(part.points), "得分", "points"),
        (Some(part.contribution), "计入总分", "adds"),
        (part.share, "占总分的比重", "share of the total"),
    ];
    let own = named.into_iter().find(|it| it.0 == Some(id));
    let own = own.map(|(_, zh, en)| {
        let name = match lang {
            Lang::Zh => format!("{}：{zh}", part.name),
            Lang::En => format!("{}: {en}", part.name),
        };
        (name, part.articles.as_slice())
    });
    own.or_else(|| part.parts.iter().find_map(|it| of_part(it, id, lang)))
}

/// The words of the rule, in one line; of a field its name.
fn folded(told: &Told<'_>, id: NodeId) -> String {
    let node = told.program.node(id);
    match &node.kind {
        NodeKind::Field(field) => told.program.field(*field).name.clone(),
        NodeKind::Parent(inner) => {
            let above = &told.program.table(told.program.node(*inner).space).name;
            format!("{above}：{}", of(told, *inner).0)
        }
        _ => {
            let text = told.sources.slice(node.span);
            let lines = text.lines().map(|it| it.split(['#', '＃']).next().unwrap_or_default());
            lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
        }
    }
}

/// The head of a helper.
pub fn of_helper(told: &Told<'_>, helper: &Helper) -> String {
    let head = |id: NodeId| of(told, id).0;
    let zh = told.lang == Lang::Zh;
    match helper {
        Helper::Included(Included { filter, share, what, .. }) => {
            let what = match what {
                What::One => either(told.lang, "计数", "counted").to_owned(),
                What::Value(id) | What::Held(id) => head(*id),
            };
            let when: Vec<String> = filter.iter().chain(share).map(|it| head(*it)).collect();
            match (when.is_empty(), zh) {
                (true, _) => what,
                (false, true) => format!("计入的 {what}（{}）", when.join(" 且 ")),
                (false, false) => format!("{what} where {}", when.join(" and ")),
            }
        }
        Helper::Period(field) => {
            let name = &told.program.field(*field).name;
            if zh { format!("{name}（序数）") } else { format!("{name} as a number") }
        }
        Helper::Scale { of, .. } => {
            if zh {
                format!("参加比较的 {}", head(*of))
            } else {
                format!("compared: {}", head(*of))
            }
        }
        Helper::End { high, .. } => match (high, zh) {
            (false, true) => "排名用：最低分".to_owned(),
            (true, true) => "排名用：最高分".to_owned(),
            (false, false) => "for the rank: least".to_owned(),
            (true, false) => "for the rank: most".to_owned(),
        },
        Helper::Rank { worst, .. } => match (worst, zh) {
            (false, true) => "最好名次".to_owned(),
            (true, true) => "最差名次".to_owned(),
            (false, false) => "best rank".to_owned(),
            (true, false) => "worst rank".to_owned(),
        },
    }
}

/// Why a kind of node is no formula.
pub fn no_formula(kind: &NodeKind) -> Text {
    let (zh, en) = match kind {
        NodeKind::Naming { .. } => ("名称的判断", "the judgement of a name"),
        NodeKind::Called { .. } => ("脚本写的函数", "a function written as a script"),
        NodeKind::WorkdayAfter { .. } => ("工作日的推算", "counting working days"),
        NodeKind::Unique(_) => ("是否唯一", "whether a key is unique"),
        NodeKind::Score(Scoring::Selected(_)) => {
            ("这样的入选（名额、比例或再比）", "a selection by quotas, shares or a second score")
        }
        NodeKind::Score(Scoring::Over(_)) => {
            ("按组对全体案例的统计", "a function over groups of cases")
        }
        NodeKind::Belongs { .. } => ("与名单或分类的比对", "looking up a list or a classification"),
        NodeKind::Aggregate(_) => (
            "对名单未齐或未提供的表的统计，或不同个数",
            "a list that is open or not given, or a count of different values",
        ),
        NodeKind::Decide(_) => ("这样的表", "such a table"),
        NodeKind::Band { .. } => ("待评审打分的幅度", "points that await the reviewer"),
        NodeKind::Exceptions { .. } => ("多条例外", "several exceptions"),
        NodeKind::Contains(..)
        | NodeKind::StartsWith(..)
        | NodeKind::Join(_)
        | NodeKind::Part(..)
        | NodeKind::Length(_) => ("文字的处理", "the handling of texts"),
        _ => ("这一步", "this step"),
    };
    Text::new(
        format!("{zh}没有写成公式，这里是衡的结果"),
        format!("{en} is not written as a formula: this is what heng found"),
    )
}
