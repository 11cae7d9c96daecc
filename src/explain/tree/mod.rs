//! The tree of a criterion or conclusion: articles, conditions with values put in, rows and cells.

mod atom;
pub mod guards;

use crate::analysis::At;
use crate::analysis::decisive;
use crate::diagnostic::Text;
use crate::explain::cause;
use crate::explain::model::Branch;
use crate::explain::model::Mark;
use crate::explain::naming;
use crate::explain::proof;
use crate::explain::scene::Scene;
use crate::explain::scene::criterion_at;
use crate::explain::scene::joined;
use crate::explain::scene::same;
use crate::explain::scene::written;
use crate::ir::Clause;
use crate::ir::Conclusion;
use crate::ir::Count;
use crate::ir::Criterion;
use crate::ir::CriterionId;
use crate::ir::Force;
use crate::ir::Head;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Required;
use crate::value::Truth;
use std::collections::BTreeSet;

/// The mark of a truth, turned round where it must not hold.
pub fn mark(truth: Truth, want: bool) -> Mark {
    match truth {
        Truth::NOT_APPLICABLE => Mark::NotApplicable,
        Truth::ERROR => Mark::Error,
        Truth::TRUE | Truth::FALSE if truth == Truth::of(want) => Mark::Met,
        Truth::TRUE | Truth::FALSE => Mark::NotMet,
        _ => Mark::Undetermined,
    }
}

/// The tree of a conclusion: its criteria in article order.
pub fn conclusion(scene: &Scene, it: &Conclusion) -> Branch {
    let at = scene.at(it.node);
    let case = &scene.case;
    let deciding: BTreeSet<CriterionId> =
        decisive::nearest(case.program, case.recording, at).into_iter().collect();
    let mut children: Vec<(usize, Branch)> = guards::guards(scene, it.in_force, it.applies, at.row)
        .into_iter()
        .map(|branch| (0, branch))
        .collect();
    let told: Vec<Branch> = children.iter().map(|it| it.1.clone()).collect();
    for required in &it.requires {
        children.push(requirement(scene, *required, true, &deciding));
    }
    for path in &it.requires_one {
        let ways: Vec<(usize, Branch)> =
            path.iter().map(|it| requirement(scene, *it, false, &deciding)).collect();
        children.push(alternatives(ways));
    }
    for veto in &it.vetoes {
        let mut branch = match veto.criterion {
            Some(id) => criterion(scene, id, at.row, false),
            None => node(scene, At { node: veto.node, row: at.row }, false, None),
        };
        branch.head =
            Text::new(format!("一票否决 {}", branch.head.zh), format!("Veto: {}", branch.head.en));
        branch.decides = match veto.criterion {
            Some(id) => deciding.contains(&id),
            None => branch.mark != Mark::Met,
        };
        let order =
            veto.criterion.map_or(it.head.order, |id| case.program.criterion(id).head.order);
        children.push((order, branch));
    }
    let settled = case.truth(at);
    for own in &it.clauses {
        for mut branch in clause(scene, own, at.row, true) {
            branch.decides = settled == Truth::TRUE || branch.mark != Mark::Met;
            children.push((it.head.order, branch));
        }
    }
    children.iter_mut().for_each(|it| guards::leave_out(&mut it.1, &told));
    children.sort_by_key(|it| it.0);
    let children = children.into_iter().map(|it| it.1).collect();
    let head = Text::new(title(&it.head), title(&it.head));
    Branch { mark: mark(settled, true), head, detail: None, place: None, decides: true, children }
}

fn requirement(
    scene: &Scene,
    required: Required,
    common: bool,
    deciding: &BTreeSet<CriterionId>,
) -> (usize, Branch) {
    match required {
        Required::Criterion(id) => {
            let rule = scene.case.program.criterion(id);
            let mut branch = criterion(scene, id, scene.case.row, true);
            branch.decides = deciding.contains(&id);
            if common {
                branch.mark = taken_as(rule.force, branch.mark);
                if branch.mark == Mark::Met && naming::departs(scene, rule) {
                    branch.mark = Mark::Noted;
                }
            }
            (rule.head.order, branch)
        }
        Required::Conclusion(id) => {
            let rule = scene.case.program.conclusion(id);
            let mut branch = conclusion(scene, rule);
            branch.decides =
                branch.children.iter().any(|it| it.decides) && branch.mark != Mark::Met;
            (rule.head.order, branch)
        }
    }
}

/// How a common condition stands to its conclusion, by its force.
fn taken_as(force: Force, mark: Mark) -> Mark {
    match (force, mark) {
        (Force::Should, Mark::NotMet | Mark::Undetermined | Mark::Error) => Mark::Noted,
        (Force::May, Mark::NotMet | Mark::Undetermined | Mark::Error) => Mark::Plain,
        (_, kept) => kept,
    }
}

/// 须符合其一
fn alternatives(ways: Vec<(usize, Branch)>) -> (usize, Branch) {
    let order = ways.iter().map(|it| it.0).min().unwrap_or(usize::MAX);
    let children: Vec<Branch> = ways.into_iter().map(|it| it.1).collect();
    let has = |mark: Mark| children.iter().any(|it| it.mark == mark);
    let mark = match () {
        _ if has(Mark::Met) => Mark::Met,
        _ if has(Mark::Undetermined) => Mark::Undetermined,
        _ if has(Mark::Error) => Mark::Error,
        _ if has(Mark::NotMet) => Mark::NotMet,
        _ => Mark::NotApplicable,
    };
    let decides = children.iter().any(|it| it.decides);
    let head = Text::new("须符合其一", "one of these is required");
    (order, Branch { mark, head, detail: None, place: None, decides, children })
}

/// The tree of a criterion. `want` is false where it is a veto.
pub fn criterion(scene: &Scene, id: CriterionId, row: usize, want: bool) -> Branch {
    let mut own = parts(scene, id, row, want);
    let rule = scene.case.program.criterion(id);
    if let Some(head) = proof::of_criterion(scene, rule).filter(|_| row == scene.case.row) {
        own.children.push(Branch { head, decides: true, ..Branch::default() });
    }
    own
}

fn parts(scene: &Scene, id: CriterionId, row: usize, want: bool) -> Branch {
    let rule = scene.case.program.criterion(id);
    let at = At { node: rule.node, row };
    let mut children = guards::guards(scene, rule.in_force, rule.applies, row);
    let mut own = Branch {
        mark: mark(scene.case.truth(at), want),
        head: criterion_head(rule),
        detail: None,
        place: None,
        decides: true,
        children: vec![],
    };
    if children.iter().any(|it| it.mark == Mark::NotApplicable) {
        let lines: Vec<Text> =
            cause::guard_lines(scene, rule, at).into_iter().map(|it| it.text).collect();
        let because = joined(&lines, "；", "; ");
        own.detail = Some(Text::new(
            format!("不适用（{}）", because.zh),
            format!("not applicable ({})", because.en),
        ));
        return own;
    }
    children.extend(guards::exceptions(scene, rule, row));
    let stands = children.iter().any(|it| it.decides && it.mark == Mark::Plain);
    let mut body: Vec<Branch> =
        rule.clauses.iter().flat_map(|it| clause(scene, it, row, want)).collect();
    if stands {
        body.iter_mut().for_each(|it| it.decides = false);
    }
    if let Some(because) = bare(scene, rule, at).filter(|_| children.is_empty()) {
        own.mark = if rule.force == Force::May { taken_as(rule.force, own.mark) } else { own.mark };
        own.detail = Some(because);
        own.place = body.first().and_then(|it| it.place.clone());
        return own;
    }
    if let ([only], true) = (body.as_slice(), children.is_empty() && is_plain(rule)) {
        let composite = rule.clauses.iter().any(|it| !is_line(scene, At { node: it.node, row }));
        own.detail = only.detail.clone().or_else(|| Some(only.head.clone()).filter(|_| !composite));
        own.place = only.place.clone();
        own.children = only.children.clone();
        return own;
    }
    children.extend(body);
    own.children = children;
    own
}

/// What a plain criterion is that does not apply, or may hold and does not: it asks for nothing.
fn bare(scene: &Scene, rule: &Criterion, at: At) -> Option<Text> {
    let truth = scene.case.truth(at);
    if !is_plain(rule)
        || !rule.clauses.iter().all(|it| is_line(scene, At { node: it.node, row: at.row }))
    {
        return None;
    }
    let lines: Vec<Text> = cause::as_it_is(scene, at).into_iter().map(|it| it.text).collect();
    let lines = joined(&lines, "；", "; ");
    match truth {
        Truth::NOT_APPLICABLE => Some(Text::new(
            format!("不适用（{}）", lines.zh),
            format!("not applicable ({})", lines.en),
        )),
        Truth::FALSE if rule.force == Force::May => Some(lines),
        _ => None,
    }
}

/// Whether a truth is told in one line.
fn is_line(scene: &Scene, at: At) -> bool {
    match scene.kind(at.node) {
        NodeKind::Not(of)
        | NodeKind::Narrow { of, .. }
        | NodeKind::WhenNotApplicable { of, .. } => is_line(scene, At { node: *of, row: at.row }),
        NodeKind::Applies { body, .. } => is_line(scene, At { node: *body, row: at.row }),
        _ => decisive::is_atom(scene.case.program, at.node),
    }
}

/// Whether a criterion is one sentence without a list.
fn is_plain(rule: &Criterion) -> bool {
    matches!(rule.clauses.as_slice(), [only] if only.list.is_none())
}

/// 第三条、第十五条 构成要素
fn title(head: &Head) -> String {
    let articles = head.articles.join("、");
    if articles.is_empty() { head.name.clone() } else { format!("{articles} {}", head.name) }
}

/// 第三条 构成要素（应当，同时满足）
fn criterion_head(rule: &Criterion) -> Text {
    let negated = !rule.clauses.is_empty() && rule.clauses.iter().all(|it| it.negated);
    let force = match rule.force {
        Force::Must if negated => Text::new("不得", "must not"),
        Force::Must => Text::new("应当", "must"),
        Force::Should => Text::new("原则上", "as a rule"),
        Force::May => Text::new("可以", "may"),
    };
    let count = match rule.clauses.as_slice() {
        [only] => only.list.as_ref().map(|it| count_text(it.0)),
        _ => None,
    };
    let words: Vec<Text> = [Some(force), count].into_iter().flatten().collect();
    let words = joined(&words, "，", ", ");
    let title = title(&rule.head);
    Text::new(format!("{title}（{}）", words.zh), format!("{title} ({})", words.en))
}

fn count_text(count: Count) -> Text {
    match count {
        Count::All => Text::new("同时满足", "all of"),
        Count::Any => Text::new("满足之一", "any of"),
        Count::None => Text::new("均不得有", "none of"),
        Count::AtLeast(n) => Text::new(format!("至少满足 {n} 项"), format!("at least {n} of")),
        Count::AtMost(n) => Text::new(format!("至多满足 {n} 项"), format!("at most {n} of")),
        Count::Exactly(n) => Text::new(format!("恰好满足 {n} 项"), format!("exactly {n} of")),
    }
}

/// The branches of a clause: its items, or its one sentence.
pub fn clause(scene: &Scene, clause: &Clause, row: usize, want: bool) -> Vec<Branch> {
    let at = At { node: clause.node, row };
    // Its node may be the criterion's own: the sentence is told, not referred to.
    let Some((_, items)) = &clause.list else { return vec![sentence(scene, at, want, None)] };
    let case = &scene.case;
    let want = want != clause.negated;
    let list = match scene.kind(clause.node) {
        NodeKind::Not(of) if clause.negated => *of,
        _ => clause.node,
    };
    let parts = decisive::parts(case.program, case.recording, At { node: list, row });
    let one = |item: &crate::ir::ClauseItem| {
        let want = cause::wanted(scene, At { node: list, row }, item.node, want);
        let mut branch = node(scene, At { node: item.node, row }, want, item.label.as_deref());
        branch.decides = parts.contains(&item.node);
        if !item.articles.is_empty() {
            let articles = item.articles.join("、");
            branch.head = Text::new(
                format!("{}（{articles}）", branch.head.zh),
                format!("{} ({articles})", branch.head.en),
            );
        }
        branch
    };
    items.iter().map(one).collect()
}

/// The branch of any truth.
pub fn node(scene: &Scene, at: At, want: bool, label: Option<&str>) -> Branch {
    let referred =
        criterion_at(scene, at.node).filter(|_| !decisive::is_atom(scene.case.program, at.node));
    let Some(id) = referred else { return sentence(scene, at, want, label) };
    let mut branch = criterion(scene, id, at.row, want);
    if let Some(label) = label {
        branch.head = same(label);
    }
    branch
}

/// The branch of a truth as it is written, also where a criterion of that name is the same.
fn sentence(scene: &Scene, at: At, want: bool, label: Option<&str>) -> Branch {
    let case = &scene.case;
    let here = |node: NodeId| At { node, row: at.row };
    match scene.kind(at.node) {
        NodeKind::Not(of) => node(scene, here(*of), !want, label),
        NodeKind::Soften { of, .. }
        | NodeKind::Narrow { of, .. }
        | NodeKind::WhenNotApplicable { of, .. } => {
            let mut branch = node(scene, here(*of), want, label);
            branch.mark = mark(case.truth(at), want);
            branch
        }
        NodeKind::Applies { guard, body } if case.truth(here(*guard)) == Truth::TRUE => {
            node(scene, here(*body), want, label)
        }
        NodeKind::If { condition, then, otherwise, .. } => match case.truth(here(*condition)) {
            Truth::TRUE => chosen(scene, here(*then), here(*condition), want, label),
            Truth::FALSE => chosen(scene, here(*otherwise), here(*condition), want, label),
            _ => several(scene, at, want, label),
        },
        _ if decisive::is_atom(case.program, at.node) => atom::branch(scene, at, want, label),
        _ => several(scene, at, want, label),
    }
}

/// The branch of 若 that was taken; where it is a constant, the condition is what there is to say.
fn chosen(scene: &Scene, taken: At, condition: At, want: bool, label: Option<&str>) -> Branch {
    if !matches!(scene.kind(taken.node), NodeKind::Constant(_)) {
        return node(scene, taken, want, label);
    }
    let holds = scene.case.truth(condition) == Truth::TRUE;
    let mut branch = node(scene, condition, holds, label);
    branch.mark = mark(scene.case.truth(taken), want);
    branch
}

/// A truth made of several.
fn several(scene: &Scene, at: At, want: bool, label: Option<&str>) -> Branch {
    let case = &scene.case;
    let parts = decisive::parts(case.program, case.recording, at);
    let head = match scene.kind(at.node) {
        NodeKind::And(_) => Text::new("同时满足", "all of"),
        NodeKind::Or(_) => Text::new("满足之一", "any of"),
        NodeKind::Quantified(count, _) => count_text(*count),
        _ => same(written(scene, at.node)),
    };
    let operands = match scene.kind(at.node) {
        NodeKind::If { .. } | NodeKind::Exceptions { .. } | NodeKind::Applies { .. } => {
            parts.clone()
        }
        kind => kind.operands(),
    };
    let one = |operand: NodeId| {
        let want = cause::wanted(scene, at, operand, want);
        let mut branch = node(scene, At { node: operand, row: at.row }, want, None);
        branch.decides = parts.contains(&operand);
        branch
    };
    Branch {
        mark: mark(case.truth(at), want),
        head: label.map_or(head, same),
        detail: None,
        place: None,
        decides: true,
        children: operands.into_iter().map(one).collect(),
    }
}
