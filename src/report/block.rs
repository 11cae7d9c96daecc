//! One case of the overview: a head line, then what decided it, each line once. Its sentences come from `explain`.

use crate::diagnostic::Lang;
use crate::explain::CaseAccount;
use crate::explain::Cause;
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
use indexmap::IndexMap;
use indexmap::IndexSet;

/// Criteria named before the rest is left out.
const NAMED: usize = 3;

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
            let below: Vec<String> =
                [remedy, place].into_iter().filter(|it| !it.is_empty()).collect();
            rows.push(INDENT, [article, message]);
            rows.push(INDENT, [String::new(), below.join("   ")]);
        } else {
            rows.push(INDENT, [article, message, remedy, place]);
        }
    }
    rows.write(out);
    if let Some(line) = skipped(case, program, lang) {
        out.push_str(&visible(&format!("{INDENT}{line}")));
        out.push('\n');
    }
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
    let facts = case.reported.iter().filter_map(|id| {
        let name = &program.criterion(*id).head.name;
        let account = case.criteria.iter().find(|it| it.criterion == *id)?;
        let word = words::verdict(account.verdict, lang);
        Some(format!("{name}{}{word}", either(lang, "：", ": ")))
    });
    let grades: Vec<String> = grades.chain(facts).collect();
    let semicolon = either(lang, "；", "; ");
    [name, verdicts.join(semicolon), grades.join(semicolon)]
}

/// Why nothing applies to a case, where it is one reason for all of its criteria.
pub fn excused(case: &CaseAccount, lang: Lang) -> Option<String> {
    let reasons: IndexSet<&str> = case.criteria.iter().map(|it| it.message.get(lang)).collect();
    let applicable = standing(case) != Standing::NotApplicable;
    let reason = reasons.first().filter(|_| !applicable && reasons.len() == 1)?;
    Some(bare_reason(reason, lang).to_owned())
}

/// （不适用 2 条：一区一主导产业，所在高新区：无；…）: what conclusions ask for that does not apply, each with its reason.
/// Of a conclusion that does not apply as a whole nothing is said here.
pub fn skipped(case: &CaseAccount, program: &Program, lang: Lang) -> Option<String> {
    let mut reasons: IndexMap<&str, IndexSet<&str>> = IndexMap::new();
    let applies = |it: &&ConclusionAccount| it.verdict != Verdict::NotApplicable;
    for conclusion in case.conclusions.iter().filter(applies) {
        for id in program.conclusion(conclusion.conclusion).criteria() {
            let own = case.criteria.iter().find(|it| it.criterion == id);
            let Some(own) = own.filter(|it| it.verdict == Verdict::NotApplicable) else { continue };
            let name = program.criterion(id).head.name.as_str();
            reasons.entry(bare_reason(own.message.get(lang), lang)).or_default().insert(name);
        }
    }
    let count: usize = reasons.values().map(IndexSet::len).sum();
    let told: Vec<String> = reasons
        .iter()
        .map(|(reason, names)| {
            let shown: Vec<&str> = names.iter().take(NAMED).copied().collect();
            let (names, rest) = (words::list(&shown, lang), names.len() - shown.len());
            match (rest, lang) {
                (0, Lang::Zh) => format!("{names}，因{reason}"),
                (_, Lang::Zh) => format!("{names}等，因{reason}"),
                (0, Lang::En) => format!("{names} ({reason})"),
                (rest, Lang::En) => format!("{names} and {rest} more ({reason})"),
            }
        })
        .collect();
    (count > 0).then(|| match lang {
        Lang::Zh => format!("（不适用 {count} 条：{}）", told.join("；")),
        Lang::En => format!("({count} not applicable: {})", told.join("; ")),
    })
}

/// 不适用（所在高新区：无）, without the words round the reason.
fn bare_reason(reason: &str, lang: Lang) -> &str {
    let (start, end) = match lang {
        Lang::Zh => ("不适用（", "）"),
        Lang::En => ("not applicable (", ")"),
    };
    reason.strip_prefix(start).and_then(|it| it.strip_suffix(end)).unwrap_or(reason)
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
    let of = |kind: CauseKind| case.supply.iter().filter(|it| it.kind == kind).count();
    let (faulty, elsewhere) = (of(CauseKind::Fault), of(CauseKind::Elsewhere));
    let missing = case.supply.len() - faulty - elsewhere;
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
            let others = either(lang, "待其他案例", "others' data").to_owned();
            let others = Some(others).filter(|_| elsewhere > 0);
            let counts: Vec<String> = counts.into_iter().chain([others]).flatten().collect();
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
    let fields = |causes: &[Cause]| {
        let fields: IndexSet<&str> = causes.iter().map(|it| it.field.as_str()).collect();
        words::list(&fields.into_iter().collect::<Vec<_>>(), lang)
    };
    let (needless, figures) = (fields(&case.irrelevant), fields(&case.for_figures));
    let needless = (!needless.is_empty()).then(|| match lang {
        Lang::Zh => format!("{needless}也未填或有误，但不影响结论，不必补"),
        Lang::En => format!("{needless}: not known either, but cannot change the outcome"),
    });
    let kinds = [
        (case.indicators.iter().any(|it| it.state == State::Unknown), "指标", "figures"),
        (case.grades.iter().any(|it| it.state == State::Unknown), "分级", "grades"),
        (case.scores.iter().any(|it| it.total.state == State::Unknown), "得分", "points"),
    ];
    let kinds: Vec<&str> =
        kinds.into_iter().filter(|it| it.0).map(|it| either(lang, it.1, it.2)).collect();
    let kinds = words::list(&kinds, lang);
    let figures = (!figures.is_empty()).then(|| match lang {
        Lang::Zh => format!("{figures}也未填或有误，不影响结论，只影响{kinds}"),
        Lang::En => format!("{figures}: not known either; touches {kinds}, not the outcome"),
    });
    let all: Vec<String> = figures.into_iter().chain(needless).collect();
    let (open, close) = either(lang, "（|）", "(|)").split_once('|')?;
    (!all.is_empty()).then(|| format!("{open}{}{close}", all.join(either(lang, "；", "; "))))
}
