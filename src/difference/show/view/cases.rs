//! Case by case: what changes, which edit did it, and why. It finds no reasons itself.

use crate::diagnostic::Lang;
use crate::difference::Effect;
use crate::difference::figures::CaseKey;
use crate::difference::show::Frame;
use crate::difference::show::reasons::Reasons;
use crate::difference::show::view::CaseView;
use crate::difference::show::words;
use crate::difference::summary::Way;
use crate::difference::summary::way;

/// The first so many cases that change.
pub fn told(frame: &Frame, cases: usize, reasons: &Reasons, lang: Lang) -> Vec<CaseView> {
    let diff = frame.difference;
    let tell = |(case, effects): (&CaseKey, Vec<&Effect>)| {
        let effect = |it: &&Effect| {
            let show = |value| words::value(diff, &it.item, value, lang);
            [
                words::item(&it.item, lang),
                format!("{} → {}", show(&it.before), show(&it.after)),
                words::cause(diff, &diff.causes[it.cause], lang),
            ]
        };
        CaseView {
            sign: match way(&effects) {
                Way::Better => '↑',
                Way::Worse => '↓',
                Way::Other => '~',
            },
            name: diff.name_of(case),
            id: case.id.clone(),
            effects: effects.iter().map(effect).collect(),
            why: reasons.of.get(case).cloned().unwrap_or_default(),
        }
    };
    diff.changed().into_iter().take(cases).map(tell).collect()
}
