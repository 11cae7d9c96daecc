//! One case of the overview: a head line, then what decided it, each line once. Its sentences come from `explain`.

use crate::diagnostic::Lang;
use crate::explain::CaseAccount;
use crate::explain::CauseKind;
use crate::explain::ConclusionAccount;
use crate::explain::CriterionAccount;
use crate::ir::Force;
use crate::ir::Program;
use crate::ir::Verdict;
use crate::report::Standing;
use crate::report::decided::Line;
use crate::report::decided::decided;
use crate::report::layout::Rows;
use crate::report::layout::WIDEST;
use crate::report::layout::visible;
use crate::report::layout::width;
use crate::report::score;
use crate::report::standing;
use crate::report::words;
use crate::report::words::either;
use crate::value::State;
use indexmap::IndexSet;

/// What stands before a line of a case.
const INDENT: &str = "   ";

/// A case with what decided it.
pub fn block(out: &mut String, case: &CaseAccount, program: &Program, lang: Lang) {
    let mut head = Rows::default();
    head.push("", headline(case, program, lang));
    head.write(out);
    let mut rows = Rows::default();
    for row in lines(case, program, lang) {
        let [article, message, remedy, place] = row;
        // What a long message leaves no room for stands below it.
        if width(&message) > WIDEST && !(remedy.is_empty() && place.is_empty()) {
            rows.push(INDENT, [article, message]);
            rows.push(INDENT, [String::new(), remedy, place]);
        } else {
            rows.push(INDENT, [article, message, remedy, place]);
        }
    }
    rows.write(out);
    if standing(case) == Standing::Undetermined
        && let Some(line) = unneeded(case, lang)
    {
        out.push_str(&visible(&format!("{INDENT}{line}")));
        out.push('\n');
    }
}

/// What decided a case, each line once: article, message, remedy, place.
pub fn lines(case: &CaseAccount, program: &Program, lang: Lang) -> IndexSet<[String; 4]> {
    decided(case, program, lang).iter().map(Line::row).collect()
}

/// ✗ 甲市高新区…集群   不符合（2 条）
pub fn headline(case: &CaseAccount, program: &Program, lang: Lang) -> [String; 3] {
    let sign = match standing(case) {
        Standing::NotMet => '✗',
        Standing::Undetermined => '?',
        Standing::Noted | Standing::Met => '✓',
        Standing::NotApplicable => '–',
    };
    let name = match (case.id == case.name, lang) {
        (true, _) => format!("{sign} {}", case.name),
        (false, Lang::Zh) => format!("{sign} {}（{}）", case.name, case.id),
        (false, Lang::En) => format!("{sign} {} ({})", case.name, case.id),
    };
    let single = case.conclusions.len() == 1;
    let verdicts = case.conclusions.iter().map(|it| {
        let word = comes_to(it, case, lang);
        let name = &program.conclusion(it.conclusion).head.name;
        if single { word } else { format!("{name}{}{word}", either(lang, "：", ": ")) }
    });
    let mut verdicts: Vec<String> = verdicts.collect();
    if verdicts.is_empty() {
        verdicts.extend(alone(case, lang));
    }
    if verdicts.is_empty() && !case.scores.is_empty() {
        verdicts.push(score::brief(&case.scores, program, lang));
    }
    let grades = case.grades.iter().map(|it| {
        let name = &program.gradings[it.grading.0 as usize].head.name;
        format!("{name}{}{}", either(lang, "：", ": "), words::grade(it, lang))
    });
    let grades: Vec<String> = grades.collect();
    let semicolon = either(lang, "；", "; ");
    [name, verdicts.join(semicolon), grades.join(semicolon)]
}

/// Why nothing applies to a case, where it is one reason for all of its criteria.
pub fn excused(case: &CaseAccount, lang: Lang) -> Option<String> {
    let reasons: IndexSet<&str> = case.criteria.iter().map(|it| it.message.get(lang)).collect();
    let applicable = standing(case) != Standing::NotApplicable;
    let reason = reasons.first().filter(|_| !applicable && reasons.len() == 1)?;
    let (start, end) = either(lang, "不适用（|）", "not applicable (|)").split_once('|')?;
    let bare = reason.strip_prefix(start).and_then(|it| it.strip_suffix(end));
    Some(bare.unwrap_or(reason).to_owned())
}

/// 2 条不符合，1 条无法判定: where the rulebook draws no conclusion.
fn alone(case: &CaseAccount, lang: Lang) -> Option<String> {
    let count = |verdict: Verdict| {
        let of = |it: &&CriterionAccount| it.force == Force::Must && it.verdict == verdict;
        let number = case.criteria.iter().filter(of).count();
        let word = words::verdict(verdict, lang);
        (number > 0).then(|| {
            if lang == Lang::Zh {
                format!("{number} 条{word}")
            } else {
                format!("{number} {word}")
            }
        })
    };
    let counts =
        [Verdict::NotMet, Verdict::Undetermined, Verdict::Met].into_iter().filter_map(count);
    let counts: Vec<String> = counts.collect();
    (!counts.is_empty()).then(|| counts.join(either(lang, "，", ", ")))
}

/// 不符合（2 条）, 无法判定（有误 1 项，缺 1 项）, 符合（有提示）
fn comes_to(conclusion: &ConclusionAccount, case: &CaseAccount, lang: Lang) -> String {
    let word = words::verdict(conclusion.verdict, lang);
    let faulty = case.supply.iter().filter(|it| it.kind == CauseKind::Fault).count();
    let missing = case.supply.len() - faulty;
    let count = |number: usize, zh: &str, en: &str| match (number, lang) {
        (0, _) => None,
        (_, Lang::Zh) => Some(format!("{zh} {number} 项")),
        (_, Lang::En) => Some(format!("{number} {en}")),
    };
    let remark = match conclusion.verdict {
        Verdict::NotMet => match lang {
            Lang::Zh => format!("{} 条", conclusion.decisive.len() + conclusion.own.len()),
            Lang::En => {
                format!("{} of its criteria", conclusion.decisive.len() + conclusion.own.len())
            }
        },
        Verdict::Undetermined => {
            let counts = [count(faulty, "有误", "faulty"), count(missing, "缺", "missing")];
            let counts: Vec<String> = counts.into_iter().flatten().collect();
            counts.join(either(lang, "，", ", "))
        }
        Verdict::Met if !conclusion.notes.is_empty() => {
            either(lang, "有提示", "with notes").to_owned()
        }
        Verdict::Met | Verdict::NotApplicable => String::new(),
    };
    match (remark.is_empty(), lang) {
        (true, _) => word.to_owned(),
        (false, Lang::Zh) => format!("{word}（{remark}）"),
        (false, Lang::En) => format!("{word} ({remark})"),
    }
}

/// （研发经费也未填或有误，但不影响结论，不必补）. What a figure or grade rests on is not called needless.
pub fn unneeded(case: &CaseAccount, lang: Lang) -> Option<String> {
    let fields: IndexSet<&str> = case.irrelevant.iter().map(|it| it.field.as_str()).collect();
    let fields = words::list(&fields.into_iter().collect::<Vec<_>>(), lang);
    let open = case.indicators.iter().any(|it| it.state == State::Unknown)
        || case.grades.iter().any(|it| it.state == State::Unknown);
    (!fields.is_empty()).then(|| match (lang, open) {
        (Lang::Zh, false) => format!("（{fields}也未填或有误，但不影响结论，不必补）"),
        (Lang::Zh, true) => format!("（{fields}也未填或有误，不影响结论，只影响指标、分级）"),
        (Lang::En, false) => format!("({fields}: not known either, but cannot change the outcome)"),
        (Lang::En, true) => {
            format!("({fields}: not known either; touches figures and grades, not the outcome)")
        }
    })
}
