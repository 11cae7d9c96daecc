//! What is said by clauses that have no words of their own place: the force of a sentence, how many of a list, yes or no.

use crate::diagnostic::Text;
use crate::difference::slots::Label;

/// 应当; 至少满足 2 项; 写“完整”. `key`: what the clause says, as [`crate::difference::print`] has it; none where it is
/// none of these.
pub fn spoken(label: Label, key: &str) -> Option<Text> {
    let text = |zh: &str, en: &str| Some(Text::new(zh, en));
    let (word, number) = key.split_once('(').unwrap_or((key, ""));
    let number = number.trim_end_matches(')');
    match word {
        "Must" => text("应当", "must"),
        "Should" => text("原则上", "should"),
        "May" => text("可以", "may"),
        "All" => text("同时满足", "all of them"),
        "Any" => text("满足之一", "any of them"),
        "AtLeast" => text(&format!("至少满足 {number} 项"), &format!("at least {number} of them")),
        "AtMost" => text(&format!("至多满足 {number} 项"), &format!("at most {number} of them")),
        "Exactly" => text(&format!("恰好满足 {number} 项"), &format!("exactly {number} of them")),
        "true" => text(&format!("写“{}”", label.zh), &format!("{} is written", label.en)),
        "false" => text(&format!("不写“{}”", label.zh), &format!("{} is not written", label.en)),
        _ => None,
    }
}
