//! What a run leaves a comparison of its cases without: only one case, one value for all, no value at all. One finding a place.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Text;
use crate::diagnostic::code;
use crate::explain::round::Round;
use crate::explain::score::peers::Crowd;
use crate::explain::score::peers::leaves;
use crate::ir::NodeKind;
use crate::ir::SameValue;
use crate::ir::Score;
use crate::ir::ScorePart;
use crate::ir::Scoring;
use crate::source::Span;

/// What to do about a run of one case.
const ONE_CASE: (&str, &str) = (
    "名次、极差、汇总要连同全部案例的数据一起算；只看一个案例用 --case",
    "give the data of all cases together; --case shows one of them",
);

/// What there is to say of the populations of a run.
pub fn findings(round: &Round) -> Diagnostics {
    let mut found = vec![];
    for (score, crowds) in round.program.scores.iter().zip(&round.crowds) {
        crowds.iter().for_each(|it| of_score(round, score, it, &mut found));
    }
    for node in &round.program.nodes {
        let over = matches!(node.kind, NodeKind::Score(Scoring::Over(_)));
        if over && round.facts.table(node.space).len == 1 {
            let name = &round.program.table(node.space).name;
            found.push(warning(
                code::ONE_CASE,
                node.span,
                format!("只有 1 个{name}，汇总的就是它自己"),
                format!("there is only one {name}: what is put together is its own value"),
                ONE_CASE,
            ));
        }
    }
    Diagnostics(found)
}

fn of_score(round: &Round, score: &Score, crowd: &Crowd, found: &mut Vec<Diagnostic>) {
    let parts = leaves(score).into_iter().map(|it| it.1).filter(|it| it.of.is_some());
    let parts: Vec<&ScorePart> = parts.collect();
    let compares = |it: &ScorePart| it.method.as_ref().is_some_and(|it| it.compares());
    let ranks = score.rank.is_some() || score.selected.is_some();
    let name = &score.head.name;
    if crowd.rows.len() == 1 && (ranks || parts.iter().any(|it| compares(it))) {
        found.push(warning(
            code::ONE_CASE,
            score.head.span,
            format!("评分“{name}”只有 1 个案例参评，没有可比的"),
            format!("only one case is scored by {name}: there is nothing to compare it with"),
            ONE_CASE,
        ));
        return;
    }
    for part in parts {
        let of = part.of.expect("only such parts are kept");
        let (known, all) = crowd.known(of);
        let values = crowd.sorted(of);
        let one = values.first().zip(values.last()).is_some_and(|(a, b)| a.0 == b.0);
        let part_name = &part.name;
        if all > 0 && known == 0 {
            found.push(warning(
                code::NONE_KNOWN,
                part.span,
                format!("{all} 个案例的“{part_name}”都没有数"),
                format!("{part_name} is not known of any of the {all} cases"),
                (
                    "核对数据里有没有这一栏，名称是否写对",
                    "check that the data have this column, under its name",
                ),
            ));
        } else if all > 1 && known == all && one && compares(part) {
            let worth = worth(round, part);
            found.push(warning(
                code::ONE_VALUE,
                part.span,
                format!("{all} 个案例的“{part_name}”都一样，分不出高低：{}", worth.zh),
                format!("{part_name} is the same for all {all} cases: {}", worth.en),
                (
                    "核对数据；要写明得几分，加一句：同值 满分（半分、零分、不适用）",
                    "check the data; what equal values are worth is said by the clause same",
                ),
            ));
        }
    }
}

/// What equal values come to.
fn worth(round: &Round, part: &ScorePart) -> Text {
    let same = match &round.program.node(part.points).kind {
        NodeKind::Score(Scoring::Points(it)) => it.same,
        _ => None,
    };
    match same {
        None => {
            Text::new("没有写“同值”，得分是错误", "同值 is not stated, and the points are in error")
        }
        Some(SameValue::Full) => Text::new("按“同值 满分”", "each has full points by 同值"),
        Some(SameValue::Half) => Text::new("按“同值 半分”", "each has half the points by 同值"),
        Some(SameValue::Zero) => Text::new("按“同值 零分”", "each has no points by 同值"),
        Some(SameValue::NotApplicable) => {
            Text::new("按“同值 不适用”", "the part is not applicable by 同值")
        }
    }
}

fn warning(code: Code, span: Span, zh: String, en: String, help: (&str, &str)) -> Diagnostic {
    Diagnostic::new(code, zh, en).at(span).help(help.0, help.1)
}
