//! `heng test --generate`: proposes cases around every threshold, class, row, day and kind of nothing. It confirms nothing.
//!
//! What can be looked at are the items over cases. For each, inputs are changed one at a time from cases that are
//! there, and solved backwards to the bounds of its comparisons; a proposal is kept where the item really comes out
//! otherwise by it. The expectation is what the engine says now, for a person to confirm. What was not reached is
//! listed.

mod bases;
mod cells;
mod draft;
mod lab;
mod observers;
mod search;
mod solve;
mod write;

use crate::ir::CriterionId;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::source::Source;
use crate::source::Span;
use crate::suite;
use crate::suite::generate::cells::Class;
use crate::suite::generate::draft::Draft;
use crate::suite::generate::lab::Lab;
use crate::suite::generate::observers::Observer;
use crate::suite::generate::search::Count;
use crate::suite::generate::search::Probe;
use crate::suite::generate::search::Search;
use crate::suite::generate::search::Target;
use crate::suite::generate::solve::Stand;
use crate::suite::generate::write::Words;
use crate::syntax;
use crate::syntax::ast;
use crate::syntax::ast::ItemKind;
use crate::value::Set;
use crate::value::Truth;
use crate::value::day;
use crate::workspace::DrawnData;
use crate::workspace::Workspace;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// So many bases are tried for one item.
const BASES: usize = 5;

/// What was proposed.
pub struct Proposal {
    /// A rule file.
    pub text: String,
    /// How many tests it holds.
    pub tests: usize,
    /// What was not reached, one sentence each.
    pub missed: Vec<String>,
}

/// A draft with what it shows.
#[derive(Default)]
struct Entry {
    titles: Vec<String>,
    observers: BTreeSet<usize>,
}

/// Proposes tests for a rulebook that checks; none where it has no case to start from.
pub fn run(workspace: &Workspace, program: &Program) -> Option<Proposal> {
    let (bases, checked) = bases::of(workspace, program)?;
    let words = Words { english: is_english(workspace) };
    let lab = Lab::new(&checked);
    let all = observers::all(&checked);
    let nodes: BTreeSet<NodeId> = all.iter().map(|it| it.node).collect();
    let drafts: Vec<Draft> = (0..bases.len()).map(|base| Draft { base, edits: vec![] }).collect();
    let at_base = lab.all(&drafts, &nodes);
    let mut entries: IndexMap<Draft, Entry> = IndexMap::new();
    let mut missed = vec![];
    for (index, observer) in all.iter().enumerate() {
        let ground = observers::ground(&checked, observer, &all);
        let mut order: Vec<usize> =
            (0..bases.len()).filter(|it| checked.tests[*it].table == observer.table).collect();
        let rank = |it: &usize| {
            let came = at_base[*it].as_ref();
            let own = came.and_then(|came| came.get(&observer.node));
            let met = came.map_or(0, |came| {
                came.values().filter(|it| **it == Set::Truth(Truth::TRUE)).count()
            });
            let known = own.is_some_and(|it| it.is_settled() && it.has_values());
            (!known, own == Some(&Set::Truth(Truth::FALSE)), usize::MAX - met, *it)
        };
        order.sort_by_key(rank);
        let chosen: Vec<Draft> =
            order.into_iter().take(BASES).map(|it| drafts[it].clone()).collect();
        let mut search = Search { lab: &lab, observer, ground: &ground, probe: Probe::default() };
        search.run(&chosen);
        let probe = search.probe;
        if let Some(first) = chosen.first() {
            let entry = entries.entry(first.clone()).or_default();
            entry.titles.push(title(
                workspace,
                &checked,
                &bases,
                observer,
                &Target::Base,
                first,
                words,
            ));
            entry.observers.insert(index);
        }
        for (target, draft) in probe.reached {
            let entry = entries.entry(draft.clone()).or_default();
            entry.titles.push(title(workspace, &checked, &bases, observer, &target, &draft, words));
            entry.observers.insert(index);
        }
        for (threshold, stand) in probe.missed {
            let place = said(workspace, span_of(&threshold.span));
            missed.push(match words.english {
                true => format!(
                    "{}: {place}, {} — no case found on which it hangs ({} tried)",
                    observer.said,
                    standing(stand, words),
                    probe.tried
                ),
                false => format!(
                    "{}：{place}，{}——没有找到由它决定结果的案例（试了 {} 个）",
                    observer.said,
                    standing(stand, words),
                    probe.tried
                ),
            });
        }
    }
    Some(compose(workspace, (&bases, &lab), &all, entries, missed, words))
}

/// Writes the drafts, reads them again, and keeps what checks and passes.
fn compose(
    workspace: &Workspace,
    (bases, lab): (&[ast::Test], &Lab),
    all: &[Observer],
    entries: IndexMap<Draft, Entry>,
    mut missed: Vec<String>,
    words: Words,
) -> Proposal {
    let checked = lab.program;
    let mut texts: Vec<(String, String)> = vec![];
    let mut titles = BTreeSet::new();
    for (draft, entry) in &entries {
        let run = lab.test(draft);
        let mut seen = entry.observers.clone();
        for (index, other) in all.iter().enumerate().filter(|it| it.1.table == run.table) {
            let own = checked.below([other.node]);
            let rests = entry.observers.iter().any(|it| own.contains(&all[*it].node));
            if other.verdict && rests && is_conclusion(checked, other) {
                seen.insert(index);
            }
        }
        let nodes = seen.iter().map(|it| all[*it].reported).collect();
        let Some(came) = lab.one(draft, &nodes) else { continue };
        let expects: Vec<String> = seen
            .iter()
            .filter_map(|it| {
                let own = &all[*it];
                let said: String = write::expected(checked, own, came.get(&own.reported)?, words)?;
                let because = because(lab, draft, own, &entry.observers, all, words);
                Some(said + because.as_str())
            })
            .collect();
        if expects.is_empty() {
            continue;
        }
        let first = entry.titles.first().cloned().unwrap_or_default();
        let mut title = first.clone();
        let mut n = 2;
        while !titles.insert(title.clone()) {
            title = format!("{first}（{n}）");
            n += 1;
        }
        let text = write::item(checked, &bases[draft.base], draft, &run, &title, &expects, words);
        texts.push((title, text));
    }
    let passing = passing(workspace, &texts);
    let mut kept = vec![];
    for ((title, text), passes) in texts.into_iter().zip(passing) {
        match (passes, words.english) {
            (true, _) => kept.push(text),
            (false, true) => {
                missed.push(format!("{title}: as written it does not come out the same"))
            }
            (false, false) => missed.push(format!("{title}：写成文字后结果不同，没有列入")),
        }
    }
    let head = words.pick(
        "# 由 heng test --generate 提出。期望是引擎现在算出来的，不是谁定下的：逐条核对，对的删去“待核”，不对的改规则。\n",
        "# Proposed by heng test --generate. The expectations are what the engine says now: confirm each, or mend the rules.\n",
    );
    let mut text = head.to_owned();
    if !missed.is_empty() {
        text += &format!("#\n# {}（{}）\n", words.pick("没有达到的", "not reached"), missed.len());
        missed.iter().for_each(|it| text += &format!("#   {it}\n"));
    }
    kept.iter().for_each(|it| text += &format!("\n{it}"));
    Proposal { text, tests: kept.len(), missed }
}

/// Which of the items check, one by one, and pass.
fn passing(workspace: &Workspace, texts: &[(String, String)]) -> Vec<bool> {
    let mut sources = workspace.sources.clone();
    let mut parsed = vec![];
    for (title, text) in texts {
        let file = sources.add(Source::new(title.as_str(), text.as_str()));
        let (tree, faults) = syntax::parse(file, text);
        let test = tree.items.into_iter().find_map(|it| match it.kind {
            ItemKind::Test(test) if !faults.has_errors() => Some(test),
            _ => None,
        });
        parsed.push(test);
    }
    let sound: Vec<ast::Test> = parsed.iter().flatten().cloned().collect();
    let together = bases::with_tests(workspace, &sound);
    parsed
        .iter()
        .map(|test| {
            let Some(test) = test else { return false };
            let own = match &together {
                Some(it) => it
                    .tests
                    .iter()
                    .find(|it| it.name == test.name.text)
                    .map(|run| suite::run_one(it, run, &DrawnData::default())),
                // One of them does not check: each is tried alone.
                None => bases::with_tests(workspace, std::slice::from_ref(test)).and_then(|it| {
                    it.tests.first().map(|run| suite::run_one(&it, run, &DrawnData::default()))
                }),
            };
            own.is_some_and(|it| it.failures.is_empty())
        })
        .collect()
}

/// ，因 …: the probed criteria that decide a conclusion.
fn because(
    lab: &Lab,
    draft: &Draft,
    conclusion: &Observer,
    probed: &BTreeSet<usize>,
    all: &[Observer],
    words: Words,
) -> String {
    if !is_conclusion(lab.program, conclusion) || probed.len() > 3 {
        return String::new();
    }
    let deciding = lab.deciding(draft, conclusion.node);
    let names: Vec<String> = probed
        .iter()
        .map(|it| &all[*it])
        .filter(|it| {
            let own = |id: &CriterionId| {
                let own = lab.program.criterion(*id);
                own.node == it.node && own.head.name == it.name
            };
            deciding.iter().any(own)
        })
        .map(|it| write::name(&it.name))
        .collect();
    match names.is_empty() {
        true => String::new(),
        false => format!("{}{}", words.pick("，因 ", ", because "), names.join("、")),
    }
}

fn is_conclusion(program: &Program, it: &Observer) -> bool {
    program.conclusions.iter().any(|own| own.node == it.node)
}

/// What a proposal probes.
fn title(
    workspace: &Workspace,
    program: &Program,
    bases: &[ast::Test],
    observer: &Observer,
    target: &Target,
    draft: &Draft,
    words: Words,
) -> String {
    let head = match observer.articles.first() {
        Some(article) => format!("{article} {}", observer.said),
        None => observer.said.clone(),
    };
    let field = |id: &crate::ir::FieldId| {
        let own = &program.field(*id).name;
        match id.table == observer.table {
            true => own.clone(),
            false => format!("{} {own}", program.table(id.table).name),
        }
    };
    let what = match target {
        Target::Base => {
            let given: Vec<&str> =
                bases[draft.base].given.iter().map(|it| it.text.as_str()).collect();
            let said = words.pick("基准", "base");
            return match given.is_empty() {
                true => format!("{said} {}", draft.base + 1),
                false => format!("{said} {} {}", draft.base + 1, given.join(" ")),
            };
        }
        Target::Context(_) => words.pick("对照", "to compare").to_owned(),
        Target::Threshold(it, stand) => {
            format!("{}：{}", said(workspace, span_of(&it.span)), standing(*stand, words))
        }
        Target::Cell(id, class, text) => match class {
            Class::Blank => format!("{} {}", field(id), words.pick("未填", "blank")),
            Class::None => format!("{} {}", field(id), words.pick("为 无", "is none")),
            Class::Unreadable => format!("{} {}", field(id), words.pick("看不清", "unreadable")),
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

fn standing(stand: Stand, words: Words) -> &'static str {
    match stand {
        Stand::Below => words.pick("差一步", "a step below"),
        Stand::On => words.pick("恰到界限", "just on it"),
        Stand::Above => words.pick("多一步", "a step above"),
    }
}

fn span_of(it: &(u32, u32, u32)) -> Span {
    Span { file: crate::source::FileId(it.0), start: it.1, end: it.2 }
}

/// What is written there, on one line.
fn said(workspace: &Workspace, span: Span) -> String {
    workspace.sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the policy is written in English keywords.
fn is_english(workspace: &Workspace) -> bool {
    let policy = workspace.book.file.items.iter().find(|it| matches!(it.kind, ItemKind::Policy(_)));
    policy.is_some_and(|it| workspace.sources.slice(it.span).trim_start().starts_with("policy"))
}
