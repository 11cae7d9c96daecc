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
    let text = |it: &str| it.to_owned();
    rows.push("─ ", [text("第三条"), text("企业"), text("企业.csv")]);
    rows.push("─ ", [text("第十五条"), text(""), text("机构.csv")]);
    rows.push("─ ", [text("nothing stands right of this"), text("")]);
    rows.push("─ ", ["一".repeat(40), text("x")]);
    let lines: Vec<String> = rows.lines().collect();
    assert_eq!(lines[0], "─ 第三条     企业   企业.csv\n");
    assert_eq!(lines[1], "─ 第十五条          机构.csv\n");
    assert_eq!(lines[2], "─ nothing stands right of this\n");
    assert_eq!(
        lines[3],
        format!("─ {}   x\n", "一".repeat(40)),
        "a long cell pushes nothing but itself"
    );
    assert_eq!(width("第三条   "), 9);
}
