//! Proposals as text: 测试 items in the rulebook's own language, each with what it probes for a name. Nothing is run here.

use crate::explain;
use crate::ir::FieldId;
use crate::ir::Program;
use crate::ir::Test;
use crate::ir::Ty;
use crate::ir::Verdict;
use crate::suite::generate::cells;
use crate::suite::generate::draft;
use crate::suite::generate::draft::Draft;
use crate::suite::generate::draft::Edit;
use crate::suite::generate::observers::Observer;
use crate::syntax::ast;
use crate::syntax::clauses;
use crate::syntax::keywords;
use crate::value::Dimension;
use crate::value::End;
use crate::value::Number;
use crate::value::Set;
use crate::value::State;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::day;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// The words of an item, in the rulebook's own tongue.
#[derive(Clone, Copy)]
pub struct Words {
    /// Whether they are English.
    pub english: bool,
}

impl Words {
    /// One word of two.
    pub fn pick(self, zh: &'static str, en: &'static str) -> &'static str {
        if self.english { en } else { zh }
    }

    fn verdict(self, it: Verdict) -> &'static str {
        match it {
            Verdict::Met => self.pick("符合", "met"),
            Verdict::NotMet => self.pick("不符合", "not_met"),
            Verdict::Undetermined => self.pick("无法判定", "undetermined"),
            Verdict::NotApplicable => self.pick("不适用", "not_applicable"),
        }
    }
}

/// A name as it must be written.
pub fn name(text: &str) -> String {
    let first = text.chars().next().is_some_and(|it| !it.is_ascii_digit());
    let plain = text.chars().all(|it| it.is_alphanumeric() || it == '_');
    match first && plain && !keywords::is_reserved(text) && !clauses::begins_item(text) {
        true => text.to_owned(),
        false if text.starts_with('《') && text.ends_with('》') => text.to_owned(),
        false => format!("「{}」", text.replace(['「', '」'], "")),
    }
}

/// A value of a cell as it must be written.
fn value(text: &str, words: Words) -> String {
    let awkward = text.contains(['#', '“', '”', '"', '|', '「', '」'])
        || text.trim() != text
        || text.contains("、");
    match text {
        "" => words.pick("未知", "unknown").to_owned(),
        _ if awkward => format!("“{text}”"),
        _ => text.to_owned(),
    }
}

/// One item.
pub fn item(
    program: &Program,
    base: &ast::Test,
    draft: &Draft,
    run: &Test,
    title: &str,
    expects: &[String],
    words: Words,
) -> String {
    let mut out = String::new();
    let scope = name(&program.table(run.table).name);
    let _ = writeln!(
        out,
        "{} 「{}」  {} {scope}",
        words.pick("测试", "test"),
        title.replace(['「', '」', '\n'], ""),
        words.pick("对", "for"),
    );
    if !base.given.is_empty() {
        let given = base.given.iter();
        let given: Vec<String> = match base.drawn {
            Some(_) => given.map(|it| word(&it.text)).collect(),
            None => given.map(|it| name(&it.text)).collect(),
        };
        let _ = write!(out, "  {} {}", words.pick("给定", "given"), given.join("、"));
        if let Some(from) = &base.drawn {
            let _ = write!(out, " {} “{}”", words.pick("取自", "from"), from.value);
        }
        out.push('\n');
    }
    if let Some(on) = run.on {
        let _ = writeln!(out, "  {} {}", words.pick("评价日", "on"), day::show(on));
    }
    if !base.periods.is_empty() {
        let periods: Vec<&str> = base.periods.iter().map(|it| it.value.as_str()).collect();
        let _ = writeln!(out, "  {} {}", words.pick("数据期", "data_period"), periods.join("、"));
    }
    settings(&mut out, program, base, draft, run, words);
    let _ = writeln!(out, "  {}", words.pick("待确认", "unconfirmed"));
    for expect in expects {
        let _ = writeln!(out, "  {} {expect}", words.pick("期望", "expect"));
    }
    out
}

/// What the base sets, and what the draft sets instead.
fn settings(
    out: &mut String,
    program: &Program,
    base: &ast::Test,
    draft: &Draft,
    run: &Test,
    words: Words,
) {
    let mut cells: Vec<FieldId> = vec![];
    let mut lists: Vec<FieldId> = vec![];
    let fields = &program.table(run.table).fields;
    let written = |text: &str| {
        let index = fields
            .iter()
            .position(|it| it.name == text || it.aliases.iter().any(|it| it == text))?;
        Some(FieldId { table: run.table, index: index as u32 })
    };
    let mut add = |field: FieldId| {
        let to = if draft::child(program, field).is_some() { &mut lists } else { &mut cells };
        if !to.contains(&field) {
            to.push(field);
        }
    };
    base.sets.iter().filter_map(|it| written(&it.field.text)).for_each(&mut add);
    for edit in &draft.edits {
        match edit {
            Edit::Cell(field, _) => add(*field),
            Edit::RowCell(list, ..)
            | Edit::Empty(list)
            | Edit::Remove(list, _)
            | Edit::Copy(list, ..) => add(*list),
            Edit::On(_) => {}
        }
    }
    let (set, is) = (words.pick("设", "set"), words.pick("为", "is"));
    for field in cells {
        let text = draft::text(run, field).unwrap_or_default();
        let said = name(&program.field(field).name);
        let _ = writeln!(out, "  {set} {said} {is} {}", value(text, words));
    }
    for list in lists {
        let said = name(&program.field(list).name);
        match table(program, run, list, words) {
            Some(table) => {
                let _ = write!(out, "  {set} {said}\n{table}");
            }
            None => {
                let _ = writeln!(out, "  {set} {said} {is} {}", words.pick("无", "none"));
            }
        }
    }
}

/// The rows of a list, columns that are blank throughout left out; none where it has no row.
fn table(program: &Program, run: &Test, list: FieldId, words: Words) -> Option<String> {
    let rows = draft::rows(program, run, list).filter(|it| !it.is_empty())?;
    let fields = &run.data.iter().find(|it| Some(it.table) == draft::child(program, list))?.fields;
    let text = |row: &[crate::ir::WrittenCell], at: usize| {
        row.get(at).map_or(String::new(), |it| it.text.clone())
    };
    let used: Vec<usize> = (0..fields.len())
        .filter(|at| rows.iter().any(|row| !text(row, *at).is_empty()) || *at == 0)
        .collect();
    let mut lines: Vec<Vec<String>> =
        vec![used.iter().map(|at| name(&program.field(fields[*at]).name)).collect()];
    for row in rows {
        let cell = |at: &usize| match text(row, *at).as_str() {
            "" => String::new(),
            text => value(text, words),
        };
        lines.push(used.iter().map(cell).collect());
    }
    let mut out = String::new();
    let wide = |at: usize| lines.iter().map(|it| it[at].width()).max().unwrap_or(0);
    let wide: Vec<usize> = (0..used.len()).map(wide).collect();
    for line in &lines {
        let cell =
            |(cell, wide): (&String, &usize)| format!("{cell}{}", " ".repeat(wide - cell.width()));
        let cells: Vec<String> = line.iter().zip(&wide).map(cell).collect();
        let _ = writeln!(out, "  | {} |", cells.join(" | "));
    }
    Some(out)
}

/// What is expected of an observer that comes to this; empty where no sentence says it.
pub fn expected(program: &Program, it: &Observer, set: &Set, words: Words) -> Vec<String> {
    let is = words.pick("为", "is");
    let said = &it.said;
    if it.sentence {
        return match set {
            Set::Truth(Truth::TRUE) => vec![said.clone()],
            Set::Truth(Truth::FALSE) => vec![format!("{} {said}", words.pick("非", "not"))],
            _ => vec![],
        };
    }
    if it.verdict {
        let Set::Truth(truth) = set else { return vec![] };
        return vec![format!("{said} {is} {}", words.verdict(explain::verdict(*truth)))];
    }
    match set.state() {
        State::Error => vec![format!("{said} {is} {}", words.pick("错误", "error"))],
        State::NotApplicable => {
            vec![format!("{said} {is} {}", words.pick("不适用", "not_applicable"))]
        }
        State::Unknown => {
            let open = format!("{said} {is} {}", words.pick("未知", "unknown"));
            [open].into_iter().chain(ends(program, it, set)).collect()
        }
        _ => value_of(program, it, set, words).into_iter().collect(),
    }
}

/// Between which ends an open number lies for certain.
fn ends(program: &Program, it: &Observer, set: &Set) -> Vec<String> {
    let Set::Number(of) = set else { return vec![] };
    let sure = !set.may_be_na() && !set.may_be_error();
    let Some(hull) = of.values.as_ref().filter(|_| sure) else { return vec![] };
    let end = |sign: &str, end: &Option<End>| {
        let end = end.as_ref().filter(|it| it.closed)?;
        Some(format!("{} {sign} {}", it.said, amount(program, it, &end.at)?))
    };
    [end("≥", &hull.low), end("≤", &hull.high)].into_iter().flatten().collect()
}

/// A number with its unit, as an expectation has it.
fn amount(program: &Program, it: &Observer, own: &Number) -> Option<String> {
    let node = program.node(it.node);
    let factor = node.unit.as_ref().map_or_else(Number::one, |it| it.factor.clone());
    let shown = own.checked_div(&factor)?;
    let unit = node.unit.as_ref().map_or(String::new(), |it| format!(" {it}"));
    let ratio = node.unit.as_ref().is_none_or(|it| it.dimension == Dimension::default());
    let (shown, unit) = match shown.decimal_places() {
        Some(_) if unit == " %" => (shown, "%".to_owned()),
        Some(_) => (shown, unit),
        // A fraction stands without a unit where it can.
        None if ratio => (own.clone(), String::new()),
        None => (shown, unit),
    };
    Some(match shown.is_negative() {
        true => format!("−{}{unit}", shown.abs()),
        false => format!("{shown}{unit}"),
    })
}

/// The sentence of a settled value.
fn value_of(program: &Program, it: &Observer, set: &Set, words: Words) -> Option<String> {
    let (said, is) = (&it.said, words.pick("为", "is"));
    Some(match (set, program.node(it.node).ty) {
        (Set::Number(of), Ty::Number(_)) => {
            format!("{said} = {}", amount(program, it, of.values.as_ref()?.single()?)?)
        }
        (Set::Date(of), Ty::Date) => format!("{said} = {}", day::show(of.values?.low?)),
        (Set::Truth(truth), _) => {
            let holds = *truth == Truth::TRUE;
            let word = if holds { words.pick("是", "yes") } else { words.pick("否", "no") };
            format!("{said} {is} {word}")
        }
        (Set::Member(of), Ty::Member(list)) => {
            let members = of.values.as_ref()?.members.as_ref()?;
            let [member] = members.as_slice() else { return None };
            format!("{said} {is} {}", word(&cells::member(program, list, *member)))
        }
        (Set::Text(of), _) => match of.values.as_ref()? {
            TextSet::One(text) => format!("{said} = “{text}”"),
            TextSet::Any => return None,
        },
        _ => return None,
    })
}

fn word(text: &str) -> String {
    if name(text) == text { text.to_owned() } else { format!("“{text}”") }
}
