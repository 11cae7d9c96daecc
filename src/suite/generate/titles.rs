//! What a proposal probes, in words: its name, and what was not reached. Nothing is run here.

use crate::ir::FieldId;
use crate::ir::Program;
use crate::source::FileId;
use crate::source::Span;
use crate::suite::generate::bases::Bases;
use crate::suite::generate::cells::Class;
use crate::suite::generate::draft::Draft;
use crate::suite::generate::observers::Observer;
use crate::suite::generate::observers::Threshold;
use crate::suite::generate::said;
use crate::suite::generate::search::Count;
use crate::suite::generate::search::Target;
use crate::suite::generate::solve::Stand;
use crate::suite::generate::write::Words;
use crate::value::day;
use crate::workspace::Workspace;

/// Words the names of proposals.
pub struct Titles<'a> {
    /// The rulebook.
    pub workspace: &'a Workspace,
    /// The same, checked.
    pub program: &'a Program,
    /// The cases that drafts start from.
    pub bases: &'a Bases,
    /// In which tongue.
    pub words: Words,
}

impl Titles<'_> {
    /// What a proposal probes.
    pub fn of(&self, observer: &Observer, target: &Target, draft: &Draft) -> String {
        let words = self.words;
        let head = match observer.articles.first() {
            Some(article) => format!("{article} {}", observer.said),
            None => observer.said.clone(),
        };
        let field = |id: &FieldId| {
            let own = &self.program.field(*id).name;
            match id.table == observer.table {
                true => own.clone(),
                false => format!("{} {own}", self.program.table(id.table).name),
            }
        };
        let what = match target {
            Target::Base => {
                let given = &self.bases.written[draft.base].given;
                let given: Vec<&str> = given.iter().map(|it| it.text.as_str()).collect();
                let said = words.pick("基准", "base");
                return match given.is_empty() {
                    true => format!("{said} {}", draft.base + 1),
                    false => format!("{said} {} {}", draft.base + 1, given.join(" ")),
                };
            }
            Target::Context(_) => words.pick("对照", "to compare").to_owned(),
            Target::Threshold(it, stand) => {
                format!("{}：{}", self.place(it), standing(*stand, words))
            }
            Target::Cell(id, class, text) => match class {
                Class::Blank => format!("{} {}", field(id), words.pick("未填", "blank")),
                Class::None => format!("{} {}", field(id), words.pick("为 无", "is none")),
                Class::Unreadable => {
                    format!("{} {}", field(id), words.pick("看不清", "unreadable"))
                }
                Class::Value if text.is_empty() => {
                    format!("{} {}", field(id), words.pick("另一个值", "another value"))
                }
                Class::Value => format!("{} {} {text}", field(id), words.pick("为", "is")),
            },
            Target::Rows(id, count) => {
                let count = match count {
                    Count::Empty => words.pick("一条也没有", "empty"),
                    Count::Less => words.pick("少一条", "one row less"),
                    Count::More => words.pick("多一条", "one row more"),
                };
                format!("{} {count}", field(id))
            }
            Target::Day(it) => format!("{} {}", words.pick("评价日", "on"), day::show(*it)),
        };
        format!("{head}：{what}")
    }

    /// A threshold that no case was found for.
    pub fn missed(&self, observer: &Observer, at: &(Threshold, Stand), tried: usize) -> String {
        let (place, stand) = (self.place(&at.0), standing(at.1, self.words));
        match self.words.english {
            true => format!(
                "{}: {place}, {stand} — no case found on which it hangs ({tried} tried)",
                observer.said
            ),
            false => format!(
                "{}：{place}，{stand}——没有找到由它决定结果的案例（试了 {tried} 个）",
                observer.said
            ),
        }
    }

    fn place(&self, it: &Threshold) -> String {
        let (file, start, end) = it.span;
        let place = Span { file: FileId(file), start, end };
        let (of, bound) = (self.program.node(it.of).span, self.program.node(it.bound).span);
        // Where the bound stands alone, such as in a cell, what it bounds is said too.
        match place == bound {
            true => format!("{} {}", said(self.workspace, of), said(self.workspace, place)),
            false => said(self.workspace, place),
        }
    }
}

fn standing(stand: Stand, words: Words) -> &'static str {
    match stand {
        Stand::Below => words.pick("差一步", "a step below"),
        Stand::On => words.pick("恰到界限", "just on it"),
        Stand::Above => words.pick("多一步", "a step above"),
    }
}
