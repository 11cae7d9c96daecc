//! The run of changes for programs. The shape is that of `mutate::Report`.

use crate::diagnostic::Lang;
use crate::source::Sources;
use crate::suite::mutate::Fate;
use crate::suite::mutate::Report;
use crate::suite::mutate::text::percent;
use serde_json::Value;
use serde_json::json;

/// The whole report, ended by a line break.
pub fn show(report: &Report, sources: &Sources, lang: Lang) -> String {
    let (killed, generated) = report.killed();
    let killable = report.killable();
    let mutants: Vec<Value> = report
        .mutants
        .iter()
        .map(|it| {
            let source = sources.get(it.at.file);
            let (line, column) = source.position(it.at.start as usize);
            let mut one = json!({
                "kind": it.kind.key(),
                "kind_text": it.kind.words(lang),
                "item": it.item,
                "file": source.name,
                "line": line,
                "column": column,
                "before": it.before,
                "after": it.after,
                "fate": word(&it.fate),
            });
            match &it.fate {
                Fate::Killed { by, generated } => {
                    one["by"] = json!(by);
                    one["by_generated"] = json!(generated);
                }
                Fate::Survived(Some(hint)) => {
                    one["shown_by"] = json!({
                        "test": hint.test, "item": hint.item,
                        "is": hint.values.0, "would_be": hint.values.1,
                    });
                }
                Fate::Equivalent(proof) => {
                    one["proof"] = json!(proof.key());
                    one["proof_text"] = json!(proof.words(lang));
                }
                Fate::Alike(tried) => one["tried"] = json!(tried),
                _ => {}
            }
            one
        })
        .collect();
    let count = |wanted: fn(&Fate) -> bool| report.count(wanted);
    let whole = json!({
        "possible": report.possible,
        "run": report.mutants.len(),
        "tests": report.tests,
        "killed": killed,
        "killed_by_generated": report.with_generated.then_some(generated),
        "survived": count(|it| matches!(it, Fate::Survived(_))),
        "not_distinguished": count(|it| matches!(it, Fate::Alike(_))),
        "equivalent": count(|it| matches!(it, Fate::Equivalent(_))),
        "unsound": count(|it| matches!(it, Fate::Unsound)),
        "killable": killable,
        "score": (killable > 0).then(|| percent(killed, killable)),
        "mutants": mutants,
    });
    format!("{whole:#}\n")
}

fn word(fate: &Fate) -> &'static str {
    match fate {
        Fate::Killed { .. } => "killed",
        Fate::Survived(_) => "survived",
        Fate::Equivalent(_) => "equivalent",
        Fate::Alike(_) => "not_distinguished",
        Fate::Unsound => "unsound",
    }
}
