//! The run of changes in words: figures first, then what survived. It prints nothing.

use crate::diagnostic::Lang;
use crate::report::layout::visible;
use crate::report::words::either;
use crate::source::Sources;
use crate::suite::mutate::Fate;
use crate::suite::mutate::Kind;
use crate::suite::mutate::Mutant;
use crate::suite::mutate::Report;
use std::fmt::Write;

/// The whole report.
pub fn show(report: &Report, sources: &Sources, lang: Lang) -> String {
    let mut out = String::new();
    head(&mut out, report, lang);
    table(&mut out, report, lang);
    let survived: Vec<&Mutant> =
        report.mutants.iter().filter(|it| matches!(it.fate, Fate::Survived(_))).collect();
    let alike: Vec<&Mutant> =
        report.mutants.iter().filter(|it| matches!(it.fate, Fate::Alike(_))).collect();
    if !survived.is_empty() {
        let title = either(lang, "没有测试发现的改动", "Changes that no test notices");
        let _ = writeln!(out, "\n{title}（{}）", survived.len());
        survived.iter().for_each(|it| one(&mut out, it, sources, lang));
    }
    if !alike.is_empty() {
        let title = either(
            lang,
            "试过的案例分不出的改动：可能本来就一样，也可能还缺一个案例",
            "Changes that the cases tried do not tell apart: perhaps they change nothing, perhaps a case is missing",
        );
        let _ = writeln!(out, "\n{title}（{}）", alike.len());
        alike.iter().for_each(|it| one(&mut out, it, sources, lang));
    }
    let proved: Vec<&Mutant> =
        report.mutants.iter().filter(|it| matches!(it.fate, Fate::Equivalent(_))).collect();
    if !proved.is_empty() {
        let title = either(
            lang,
            "证明没有改变什么的改动，不计",
            "Changes proved to change nothing, left out",
        );
        let _ = writeln!(out, "\n{title}（{}）", proved.len());
        proved.iter().for_each(|it| one(&mut out, it, sources, lang));
    }
    out
}

/// A share in per cent, rounded down to one place: 95 is never said of less.
pub(super) fn percent(part: usize, whole: usize) -> String {
    match whole {
        0 => "—".to_owned(),
        _ => format!("{}.{}%", part * 1000 / whole / 10, part * 1000 / whole % 10),
    }
}

fn head(out: &mut String, report: &Report, lang: Lang) {
    let (killed, generated) = report.killed();
    let killable = report.killable();
    let survived = report.count(|it| matches!(it, Fate::Survived(_)));
    let alike = report.count(|it| matches!(it, Fate::Alike(_)));
    let equivalent = report.count(|it| matches!(it, Fate::Equivalent(_)));
    let unsound = report.count(|it| matches!(it, Fate::Unsound));
    let (run, possible, tests) = (report.mutants.len(), report.possible, report.tests);
    let _ = match lang {
        Lang::Zh => writeln!(
            out,
            "改动 {run} 处{}，测试 {tests} 项\n\
             测试发现 {killed} 处，没有发现 {survived} 处，试过的案例分不出 {alike} 处\n\
             不计：证明没有改变什么的 {equivalent} 处，改了就不能检查的 {unsound} 处\n\
             发现率 {}（{killed} ÷ {killable}，分不出的也算没有发现）",
            if run < possible {
                format!("（从 {possible} 处中均匀抽取）")
            } else {
                String::new()
            },
            percent(killed, killable),
        ),
        Lang::En => writeln!(
            out,
            "{run} changes{}, {tests} tests\n\
             {killed} noticed by a test, {survived} not noticed, {alike} not told apart by the cases tried\n\
             left out: {equivalent} proved to change nothing, {unsound} that do not check\n\
             score {} ({killed} of {killable}; what is not told apart counts as not noticed)",
            if run < possible {
                format!(" (sampled evenly from {possible})")
            } else {
                String::new()
            },
            percent(killed, killable),
        ),
    };
    if report.with_generated {
        let share = percent(generated, killable);
        let _ = match lang {
            Lang::Zh => writeln!(out, "其中生成的测试单独发现 {generated} 处，{share}"),
            Lang::En => writeln!(out, "the generated tests alone notice {generated}, {share}"),
        };
    }
}

/// One line for each kind of change.
fn table(out: &mut String, report: &Report, lang: Lang) {
    out.push('\n');
    for kind in Kind::ALL {
        let of = |wanted: fn(&Fate) -> bool| {
            report.mutants.iter().filter(|it| it.kind == kind && wanted(&it.fate)).count()
        };
        let killable = of(|it| !matches!(it, Fate::Unsound | Fate::Equivalent(_)));
        if killable > 0 {
            let killed = of(|it| matches!(it, Fate::Killed { .. }));
            let words = kind.words(lang);
            let _ = writeln!(out, "  {:>4} / {killable:<4}{words}", killed);
        }
    }
}

fn one(out: &mut String, it: &Mutant, sources: &Sources, lang: Lang) {
    let source = sources.get(it.at.file);
    let (line, _) = source.position(it.at.start as usize);
    let (item, kind) = (visible(&it.item), it.kind.words(lang));
    let _ = writeln!(out, "\n  {item}   {kind}   {}:{line}", source.name);
    let _ = writeln!(out, "    {} {}", either(lang, "原文", "as is "), visible(&it.before));
    let after = match it.after.trim() {
        "" => either(lang, "（删去）", "(taken away)"),
        after => after,
    };
    let _ = writeln!(out, "    {} {}", either(lang, "改为", "run as"), visible(after));
    let said = match (&it.fate, lang) {
        (Fate::Survived(Some(hint)), Lang::Zh) => format!(
            "建议：测试“{}”的案例就分得出，{} 原为 {}，改后 {}；加一句对它的期望",
            hint.test, hint.item, hint.values.0, hint.values.1
        ),
        (Fate::Survived(Some(hint)), Lang::En) => format!(
            "suggested: the case of test “{}” tells them apart, {} is {} and would be {}; expect it there",
            hint.test, hint.item, hint.values.0, hint.values.1
        ),
        (Fate::Survived(None), Lang::Zh) => {
            format!("建议：没有测试用到它；用 --generate 提出案例，或写一个期望 {}", name(it))
        }
        (Fate::Survived(None), Lang::En) => {
            format!("suggested: no test rests on it; try --generate, or expect {}", name(it))
        }
        (Fate::Equivalent(proof), Lang::Zh) => format!("证明：{}", proof.words(lang)),
        (Fate::Equivalent(proof), Lang::En) => format!("proved: {}", proof.words(lang)),
        (Fate::Alike(tried), Lang::Zh) => format!("试过 {tried} 个案例，结果都一样"),
        (Fate::Alike(tried), Lang::En) => format!("{tried} cases tried, all come out the same"),
        _ => return,
    };
    let _ = writeln!(out, "    {}", visible(&said));
}

fn name(it: &Mutant) -> &str {
    it.item.split_once(' ').map_or(it.item.as_str(), |it| it.1)
}
