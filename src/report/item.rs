//! The explanation of one item of a case: a condition, conclusion, number, grade by its name. The whole case is in `tree`.

use crate::diagnostic::Lang;
use crate::explain::Branch;
use crate::explain::CaseAccount;
use crate::explain::CriterionAccount;
use crate::ir::Head;
use crate::ir::Program;
use crate::ir::TableId;
use crate::report::Report;
use crate::report::layout::visible;
use crate::report::score;
use crate::report::tree;
use crate::report::tree::Depth;
use crate::report::words::either;

/// The names that may be asked for, in the order of the explanation.
pub fn items(program: &Program) -> Vec<&str> {
    let of_cases = |it: &TableId| program.case_tables.contains(it);
    let conclusions = program.conclusions.iter().map(|it| (it.table, &it.head));
    let criteria = program.criteria.iter().map(|it| (it.table, &it.head));
    let indicators = program.indicators.iter().map(|it| (it.table, &it.head));
    let gradings = program.gradings.iter().map(|it| (it.table, &it.head));
    let scores = program.scores.iter().map(|it| (it.table, &it.head));
    let all: Vec<(TableId, &Head)> =
        conclusions.chain(criteria).chain(scores).chain(indicators).chain(gradings).collect();
    let all = all.into_iter().filter(|it| of_cases(&it.0));
    all.map(|it| it.1.name.as_str()).collect()
}

/// The explanation of one item for each case of the report; cases of tables that it is not 对 are left out.
pub fn explanation(report: &Report, item: &str, lang: Lang) -> String {
    let mut out = String::new();
    for case in &report.cases {
        let mut body = String::new();
        explain(&mut body, case, report.program, item, lang);
        if body.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        tree::title(&mut out, case, report, lang);
        out.push_str(&body);
    }
    out
}

fn explain(out: &mut String, case: &CaseAccount, program: &Program, item: &str, lang: Lang) {
    for conclusion in &case.conclusions {
        if program.conclusion(conclusion.conclusion).head.name == item {
            tree::conclusion(out, conclusion, case, program, Depth::All, lang);
            tree::supply(out, case, lang);
        }
    }
    for it in &case.criteria {
        if program.criterion(it.criterion).head.name == item {
            criterion(out, it, lang);
        }
    }
    for it in &case.scores {
        if program.score(it.score).head.name == item {
            score::score(out, it, program, lang);
        }
    }
    for it in &case.indicators {
        if program.indicators[it.indicator.0 as usize].head.name == item {
            alone(out, &it.tree, lang);
        }
    }
    for it in &case.grades {
        if program.gradings[it.grading.0 as usize].head.name == item {
            alone(out, &it.tree, lang);
        }
    }
}

/// Why one item of a case came to what it came to: the tree of what decides, without what does not.
pub fn reasons(case: &CaseAccount, program: &Program, item: &str, lang: Lang) -> String {
    let mut out = String::new();
    let grown = |out: &mut String, tree: &Branch| tree::grow(out, &[tree], "", true, lang);
    let named = |head: &Head| head.name == item;
    for it in case.conclusions.iter().filter(|it| named(&program.conclusion(it.conclusion).head)) {
        let deciding: Vec<&Branch> = it.tree.children.iter().filter(|it| it.decides).collect();
        tree::grow(&mut out, &deciding, "", true, lang);
    }
    for it in case.criteria.iter().filter(|it| named(&program.criterion(it.criterion).head)) {
        grown(&mut out, &it.tree);
    }
    for it in case.scores.iter().filter(|it| named(&program.score(it.score).head)) {
        score::score(&mut out, it, program, lang);
    }
    let indicators = case.indicators.iter();
    for it in indicators.filter(|it| named(&program.indicators[it.indicator.0 as usize].head)) {
        grown(&mut out, &it.tree);
    }
    for it in case.grades.iter().filter(|it| named(&program.gradings[it.grading.0 as usize].head)) {
        grown(&mut out, &it.tree);
    }
    out
}

/// A criterion, what is noted about it, and what would mend it.
fn criterion(out: &mut String, it: &CriterionAccount, lang: Lang) {
    alone(out, &it.tree, lang);
    let list = |out: &mut String, head: &str, lines: Vec<&str>| {
        if !lines.is_empty() {
            out.push_str(&format!("\n{head}\n"));
        }
        for line in lines {
            out.push_str(&visible(&format!("  {line}")));
            out.push('\n');
        }
    };
    let notes = it.notes.iter().map(|it| it.text.get(lang)).collect();
    list(out, either(lang, "提示：", "Notes:"), notes);
    let ways = it.remedies.iter().map(|it| it.text.get(lang)).collect();
    list(out, either(lang, "要变为符合：", "To meet it:"), ways);
}

fn alone(out: &mut String, tree: &Branch, lang: Lang) {
    out.push_str("│\n");
    tree::grow(out, &[tree], "", true, lang);
}
