//! Tables of layout: what is shown of dangerous text, and how columns align.

use crate::report::layout::Rows;
use crate::report::layout::visible;
use crate::report::layout::width;

#[test]
fn text_cannot_act() {
    for (text, shown) in [
        ("甲集群", "甲集群"),
        ("甲\x1b[2J", "甲␛[2J"),
        ("甲\n✓ 乙", "甲␊✓ 乙"),
        ("\u{9b}31m", "⟨U+009B⟩31m"),
        ("\u{202e}乙甲", "⟨U+202E⟩乙甲"),
        ("\x7f", "␡"),
    ] {
        assert_eq!(visible(text), shown);
    }
}

#[test]
fn columns_align_by_width() {
    let mut rows = Rows::default();
    rows.push("─ ", ["第三条".to_owned(), "企业".to_owned(), String::new()]);
    rows.push("─ ", ["第十五条".to_owned(), String::new(), "企业.csv".to_owned()]);
    rows.push("─ ", ["一".repeat(40), "x".to_owned()]);
    let lines: Vec<String> = rows.lines().collect();
    assert_eq!(lines[0], "─ 第三条     企业\n");
    assert_eq!(lines[1], "─ 第十五条          企业.csv\n");
    assert_eq!(
        lines[2],
        format!("─ {}   x\n", "一".repeat(40)),
        "a long cell pushes nothing but itself"
    );
    assert_eq!(width("─ 第三条     "), width("─ 第十五条   "));
}
