//! The explanation of one case: the tree a reviewer walks down, then what to mend or supply. Its sentences come from `explain`.

use crate::diagnostic::Lang;
use crate::diagnostic::Text;
use crate::explain::Branch;
use crate::explain::CaseAccount;
use crate::explain::Cause;
use crate::explain::CauseKind;
use crate::explain::ConclusionAccount;
use crate::explain::CriterionAccount;
use crate::explain::JointChange;
use crate::explain::Mark;
use crate::explain::Remedy;
use crate::ir::Head;
use crate::ir::Program;
use crate::ir::Verdict;
use crate::report::Report;
use crate::report::block::unneeded;
use crate::report::layout::Rows;
use crate::report::layout::visible;
use crate::report::requests::requests;
use crate::report::score;
use crate::report::words;
use crate::report::words::either;

/// Of more criteria than this that are 不适用 for one reason it is said how many.
const ALIKE: usize = 3;

/// Of a criterion without a remedy, no more than so many of its conditions are told again.
const FEW: usize = 2;

/// How much of a tree is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What decides; the rest is counted.
    Deciding,
    /// All of it.
    All,
}

/// The explanation of each case of the report.
pub fn explanation(report: &Report, depth: Depth, lang: Lang) -> String {
    let mut out = String::new();
    for case in &report.cases {
        if !out.is_empty() {
            out.push('\n');
        }
        explain(&mut out, case, report, depth, lang);
    }
    out
}

/// The explanation of one case of a report.
pub fn of_case(report: &Report, case: &CaseAccount, depth: Depth, lang: Lang) -> String {
    let mut out = String::new();
    explain(&mut out, case, report, depth, lang);
    out
}

fn explain(out: &mut String, case: &CaseAccount, report: &Report, depth: Depth, lang: Lang) {
    let program = report.program;
    title(out, case, report, lang);
    for it in &case.conclusions {
        conclusion(out, it, case, program, depth, lang);
    }
    if case.conclusions.is_empty() && !case.criteria.is_empty() {
        out.push_str("│\n");
        let trees: Vec<Branch> = case.criteria.iter().map(|it| it.tree.clone()).collect();
        children(out, &trees, Depth::All, lang);
    }
    reported(out, case, lang);
    supply(out, case, lang);
    for it in &case.scores {
        score::score(out, it, program, lang);
    }
    figures(out, case, lang);
}

/// The trees of criteria that decide nothing, and what heads them; none where they are told with all others.
pub fn reports(case: &CaseAccount, lang: Lang) -> Option<(&'static str, Vec<&Branch>)> {
    let of = |it: &&CriterionAccount| case.reported.contains(&it.criterion);
    let trees: Vec<&Branch> = case.criteria.iter().filter(of).map(|it| &it.tree).collect();
    let head = either(lang, "另行报告（不入结论）", "Reported beside (decides nothing)");
    (!trees.is_empty() && !case.conclusions.is_empty()).then_some((head, trees))
}

fn reported(out: &mut String, case: &CaseAccount, lang: Lang) {
    if let Some((head, trees)) = reports(case, lang) {
        out.push_str(&format!("\n{head}\n│\n"));
        grow(out, &trees, "", true, lang);
    }
}

/// A conclusion with its tree, its notes, and how to meet it.
pub(super) fn conclusion(
    out: &mut String,
    it: &ConclusionAccount,
    case: &CaseAccount,
    program: &Program,
    depth: Depth,
    lang: Lang,
) {
    let name = &program.conclusion(it.conclusion).head.name;
    let verdict = verdict(it, lang);
    out.push('\n');
    out.push_str(&visible(&format!("{name}{}{verdict}", either(lang, "：", ": "))));
    out.push_str("\n│\n");
    children(out, &it.tree.children, depth, lang);
    proof(out, it, case, lang);
    notes(out, it, lang);
    mend(out, it, case, program, lang);
}

/// The case and the day that decided it.
pub(super) fn title(out: &mut String, case: &CaseAccount, report: &Report, lang: Lang) {
    let mut parts = vec![case.name.clone()];
    if case.id != case.name {
        parts.push(case.id.clone());
    }
    let field = report.program.policy.rule_date.as_deref().filter(|_| report.on.is_none());
    let day = case.on.or(report.on);
    if day.is_some() || field.is_some() {
        let label = field.unwrap_or(either(lang, "评价日", "day"));
        let day = day.map_or_else(|| either(lang, "未知", "not known").to_owned(), words::day);
        parts.push(format!("{label} {day}"));
    }
    out.push_str(&visible(&parts.join("   ")));
    out.push('\n');
}

/// 符合（有提示）
pub fn verdict(conclusion: &ConclusionAccount, lang: Lang) -> String {
    let word = words::verdict(conclusion.verdict, lang);
    match conclusion.verdict == Verdict::Met && !conclusion.notes.is_empty() {
        true => format!("{word}{}", either(lang, "（有提示）", " (with notes)")),
        false => word.to_owned(),
    }
}

/// Whether a criterion is 不适用 for a reason that is not that of many, nor that of the whole conclusion.
pub fn is_skipped(branch: &Branch, all: &[Branch]) -> bool {
    if all.iter().any(|it| it.decides && it.mark == Mark::NotApplicable) {
        return false;
    }
    let alike = |it: &&Branch| it.mark == branch.mark && it.detail == branch.detail;
    branch.mark == Mark::NotApplicable && all.iter().filter(alike).count() <= ALIKE
}

/// The branches below a conclusion: those that decide; the others counted, unless all are asked for.
fn children(out: &mut String, all: &[Branch], depth: Depth, lang: Lang) {
    let (shown, rest): (Vec<&Branch>, Vec<&Branch>) =
        all.iter().partition(|it| depth == Depth::All || it.decides || is_skipped(it, all));
    grow(out, &shown, "", rest.is_empty(), lang);
    if !rest.is_empty() {
        out.push_str(&format!("└─ {}\n", counted(&rest, lang)));
    }
}

/// Branches of one stem, aligned with one another, each with what is below it. `closed`: nothing follows them.
pub(super) fn grow(out: &mut String, branches: &[&Branch], indent: &str, closed: bool, lang: Lang) {
    let is_last = |at: usize| closed && at + 1 == branches.len();
    let mut rows = Rows::default();
    for (at, branch) in branches.iter().enumerate() {
        let text = |it: &Option<Text>| it.as_ref().map_or("", |it| it.get(lang)).to_owned();
        let head = branch.head.get(lang);
        let head = words::sign(branch.mark)
            .map_or_else(|| head.to_owned(), |sign| format!("{sign} {head}"));
        let knot = if is_last(at) { "└─ " } else { "├─ " };
        rows.push(format!("{indent}{knot}"), [head, text(&branch.detail), text(&branch.place)]);
    }
    for (at, (line, branch)) in rows.lines().zip(branches).enumerate() {
        out.push_str(&line);
        let below: Vec<&Branch> = branch.children.iter().collect();
        let indent = format!("{indent}{}", if is_last(at) { "    " } else { "│   " });
        grow(out, &below, &indent, true, lang);
    }
}

/// 其余：8 条符合，1 条不适用（--all 展开）
fn counted(rest: &[&Branch], lang: Lang) -> String {
    let counts = tally(rest, lang);
    match lang {
        Lang::Zh => format!("其余：{counts}（--all 展开）"),
        Lang::En => format!("the rest: {counts} (--all shows them)"),
    }
}

/// 8 条符合，1 条不适用
pub fn tally(rest: &[&Branch], lang: Lang) -> String {
    let kinds = [
        (Mark::NotMet, either(lang, "不符合", "not met")),
        (Mark::Undetermined, either(lang, "无法判定", "undetermined")),
        (Mark::Error, either(lang, "有错误", "in error")),
        (Mark::Noted, either(lang, "有提示", "noted")),
        (Mark::Met, either(lang, "符合", "met")),
        (Mark::NotApplicable, either(lang, "不适用", "not applicable")),
        (Mark::Plain, either(lang, "仅供参考", "for information")),
    ];
    let counts =
        kinds.iter().map(|(mark, word)| (rest.iter().filter(|it| it.mark == *mark).count(), word));
    let parts: Vec<String> = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| match lang {
            Lang::Zh => format!("{count} 条{word}"),
            Lang::En => format!("{count} {word}"),
        })
        .collect();
    parts.join(either(lang, "，", ", "))
}

/// What is proved of a conclusion that is not settled, where no condition of its own says so.
fn proof(out: &mut String, conclusion: &ConclusionAccount, case: &CaseAccount, lang: Lang) {
    let told = case.criteria.iter().any(|it| {
        let decides = conclusion.decisive.contains(&it.criterion);
        decides && it.proof.is_some() && it.proved == conclusion.proved
    });
    if let Some(line) = conclusion.proof.as_ref().filter(|_| !told) {
        out.push('\n');
        out.push_str(&visible(line.get(lang)));
        out.push('\n');
    }
}

fn notes(out: &mut String, conclusion: &ConclusionAccount, lang: Lang) {
    if conclusion.notes.is_empty() {
        return;
    }
    out.push_str(either(lang, "\n提示：\n", "\nNotes:\n"));
    for note in &conclusion.notes {
        out.push_str(&visible(&format!("  {}", note.text.get(lang))));
        out.push('\n');
    }
}

/// 要变为符合
fn mend(
    out: &mut String,
    conclusion: &ConclusionAccount,
    case: &CaseAccount,
    program: &Program,
    lang: Lang,
) {
    let Some((head, lines)) = mending(conclusion, case, program, lang) else { return };
    out.push_str(&format!("\n{head}\n"));
    for (at, line) in lines.iter().enumerate() {
        out.push_str(&visible(&format!("  {}. {line}", at + 1)));
        out.push('\n');
    }
}

/// How a conclusion that is not met would be: what heads the list, and the remedies of each criterion that fails;
/// several of one criterion are alternatives.
pub fn mending(
    conclusion: &ConclusionAccount,
    case: &CaseAccount,
    program: &Program,
    lang: Lang,
) -> Option<(&'static str, Vec<String>)> {
    if conclusion.verdict != Verdict::NotMet {
        return None;
    }
    if conclusion.joint.iter().any(|it| it.mends.len() > 1) {
        return Some(jointly(conclusion, program, lang));
    }
    let failing = conclusion
        .decisive
        .iter()
        .filter_map(|id| case.criteria.iter().find(|it| it.criterion == *id));
    let of = |head: &Head, ways: &[Remedy], what: &str| {
        let way = words::alternatives(ways, lang);
        let none = either(lang, "未找到单项补救", "no single change found that mends it");
        let title = format!("{} {}", words::list(&head.articles, lang), head.name);
        let way = match (way.is_empty(), what.is_empty(), lang) {
            (false, ..) => way,
            (true, true, _) => none.to_owned(),
            (true, false, Lang::Zh) => format!("{none}（{what}）"),
            (true, false, Lang::En) => format!("{none} ({what})"),
        };
        format!("{}{}{way}", title.trim(), either(lang, "：", ": "))
    };
    let mut lines: Vec<String> = failing
        .map(|it| {
            let struck = conclusion.struck.iter().find(|veto| veto.criterion == it.criterion);
            let ways = struck.map_or(&it.remedies, |it| &it.remedies);
            let told = |it: &&Cause| it.kind == CauseKind::Value;
            let causes = struck.map_or(&it.causes, |it| &it.causes);
            let causes: Vec<&str> =
                causes.iter().filter(told).map(|it| it.text.get(lang)).collect();
            let causes = if causes.len() <= FEW { causes } else { vec![] };
            of(&program.criterion(it.criterion).head, ways, &causes.join(either(lang, "；", "; ")))
        })
        .collect();
    lines.extend(
        conclusion
            .own
            .iter()
            .map(|it| of(&program.conclusion(it.conclusion).head, &it.remedies, it.text.get(lang))),
    );
    let together =
        lines.len() > 1 && program.conclusion(conclusion.conclusion).requires_one.is_empty();
    let head = match together {
        true => either(lang, "要变为符合，需同时：", "To meet it, all of these:"),
        false => either(lang, "要变为符合：", "To meet it:"),
    };
    Some((head, lines))
}

/// The least changes once, each with the criteria it mends; for where one mends several.
fn jointly(
    conclusion: &ConclusionAccount,
    program: &Program,
    lang: Lang,
) -> (&'static str, Vec<String>) {
    let line = |it: &JointChange| {
        let text = it.text.get(lang);
        let names = it.mends.iter().map(|id| program.criterion(*id).head.name.as_str());
        let names: Vec<&str> = names.collect();
        let all = words::list(&names, lang);
        match (names.len(), lang) {
            (0, _) => text.to_owned(),
            (1, Lang::Zh) => format!("{text}（{all}）"),
            (count, Lang::Zh) => format!("{text}（{all}，共 {count} 条）"),
            (1, Lang::En) => format!("{text} ({all})"),
            (count, Lang::En) => format!("{text} ({all}: {count} criteria)"),
        }
    };
    let head = match conclusion.joint.len() {
        1 => either(lang, "要变为符合：", "To meet it:"),
        _ => either(lang, "要变为符合，需同时：", "To meet it, all of these:"),
    };
    (head, conclusion.joint.iter().map(line).collect())
}

/// 补正清单
pub(super) fn supply(out: &mut String, case: &CaseAccount, lang: Lang) {
    if !case.supply.is_empty() {
        out.push_str(either(lang, "\n补正清单：\n", "\nTo correct or supply:\n"));
        let mut rows = Rows::default();
        for request in requests(&case.supply, lang) {
            rows.push("  ", request.row());
        }
        rows.write(out);
    }
    if let Some(line) = unneeded(case, lang) {
        out.push_str(&visible(&format!("  {line}")));
        out.push('\n');
    }
}

/// Indicators with their arithmetic, and grades with the rows that give them.
fn figures(out: &mut String, case: &CaseAccount, lang: Lang) {
    let indicators: Vec<Branch> = case.indicators.iter().map(|it| it.tree.clone()).collect();
    let grades: Vec<Branch> = case.grades.iter().map(|it| it.tree.clone()).collect();
    let headed = [
        (indicators, either(lang, "指标", "Indicators")),
        (grades, either(lang, "分级", "Grades")),
    ];
    for (trees, head) in headed.iter().filter(|it| !it.0.is_empty()) {
        out.push_str(&format!("\n{head}\n│\n"));
        children(out, trees, Depth::All, lang);
    }
}
