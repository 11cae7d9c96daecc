//! What a reader of the comparison is told, in order and in words; how it is laid out is no matter here.

mod cases;
mod counts;
mod edits;
mod moves;
mod opening;

use crate::diagnostic::Lang;
use crate::difference::show::Frame;
use crate::difference::show::reasons;
use crate::report::words::either;

/// The whole comparison in words.
pub struct View {
    /// 创新型产业集群评价指引（试行）
    pub title: String,
    /// Both sides with their fingerprints.
    pub sides: Vec<String>,
    /// What the whole comes to.
    pub headline: String,
    /// What else must be known before reading on.
    pub notes: Vec<String>,
    /// From what to what, and by groups.
    pub crosses: Vec<Table>,
    /// Who enters, leaves, gains, loses.
    pub moves: Vec<String>,
    /// The edits.
    pub edits: Vec<EditView>,
    /// Counts by place and class.
    pub groups: Vec<Table>,
    /// Cases close to a bound that moved.
    pub near: Vec<String>,
    /// Case by case.
    pub cases: Vec<CaseView>,
}

/// A small table.
pub struct Table {
    /// Its head row; the first cell is its name.
    pub heads: Vec<String>,
    /// Its rows; a cell that tells of a change is marked.
    pub rows: Vec<Vec<(String, bool)>>,
}

/// One edit.
pub struct EditView {
    /// 1
    pub number: String,
    /// 修改
    pub change: &'static str,
    /// 参数 规划年限 的 值
    pub subject: String,
    /// 第八条
    pub articles: String,
    /// What it did.
    pub did: String,
    /// The old words and where they stand.
    pub old: Option<(String, String)>,
    /// The new words and where they stand.
    pub new: Option<(String, String)>,
    /// What else is to be said of it.
    pub more: Vec<String>,
}

/// One case that changes.
pub struct CaseView {
    /// ↑ ↓ ~
    pub sign: char,
    /// Its name.
    pub name: String,
    /// Its key.
    pub id: String,
    /// What changes: the item, before → after, which edit.
    pub effects: Vec<[String; 3]>,
    /// Why, with the numbers.
    pub why: Vec<String>,
}

/// Words everything. `cases` is how many cases are told one by one.
pub fn view(frame: &Frame, cases: usize, lang: Lang) -> View {
    let diff = frame.difference;
    let reasons = reasons::reasons(frame, cases, lang);
    View {
        title: diff.new.program.policy.title.clone(),
        sides: vec![side(frame, 0, lang), side(frame, 1, lang)],
        headline: opening::headline(frame, lang),
        notes: opening::notes(frame, lang),
        crosses: counts::crosses(frame, lang),
        moves: moves::moves(frame, lang),
        edits: edits::edits(frame, lang),
        groups: counts::groups(frame, lang),
        near: reasons.near.clone(),
        cases: cases::told(frame, cases, &reasons, lang),
    }
}

fn side(frame: &Frame, at: usize, lang: Lang) -> String {
    let short = |it: &str| it.chars().take(8).collect::<String>();
    format!(
        "{} {}   {} {}   {} {}",
        if at == 0 { either(lang, "旧", "old") } else { either(lang, "新", "new") },
        frame.names[at],
        either(lang, "规则", "rules"),
        short(&frame.rules[at]),
        either(lang, "数据", "data"),
        short(&frame.data[at])
    )
}
