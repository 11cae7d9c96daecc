//! Drafts to 测试 items: each is written, read again, and kept where it checks and comes out as written. It searches for nothing.

use crate::ir::CriterionId;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::source::Source;
use crate::suite;
use crate::suite::generate::Proposal;
use crate::suite::generate::Proposed;
use crate::suite::generate::bases;
use crate::suite::generate::bases::Bases;
use crate::suite::generate::draft::Draft;
use crate::suite::generate::lab::Came;
use crate::suite::generate::lab::Lab;
use crate::suite::generate::observers::Observer;
use crate::suite::generate::write;
use crate::suite::generate::write::Words;
use crate::syntax;
use crate::syntax::ast;
use crate::syntax::ast::ItemKind;
use crate::workspace::DrawnData;
use crate::workspace::Workspace;
use indexmap::IndexMap;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// More items than these in one case are not named as what decides it.
const FEW: usize = 3;

/// A draft with what it shows.
#[derive(Default)]
pub struct Entry {
    /// What it probes, one sentence an item.
    pub titles: Vec<String>,
    /// The items that it is for.
    pub observers: BTreeSet<usize>,
}

/// Writes the drafts.
pub struct Composer<'a> {
    /// The rulebook.
    pub workspace: &'a Workspace,
    /// The cases that drafts start from.
    pub bases: &'a Bases,
    /// Runs drafts.
    pub lab: &'a Lab<'a>,
    /// What can be looked at.
    pub all: &'a [Observer],
    /// In which tongue.
    pub words: Words,
}

impl Composer<'_> {
    /// Writes the drafts, reads them again, and keeps what checks and passes.
    pub fn compose(&self, entries: IndexMap<Draft, Entry>, mut missed: Vec<String>) -> Proposal {
        let nodes: BTreeSet<NodeId> = self.all.iter().map(|it| it.reported).collect();
        let drafts: Vec<Draft> = entries.keys().cloned().collect();
        let came = self.lab.all(&drafts, &nodes);
        let listed: Vec<(&Draft, &Entry)> = entries.iter().collect();
        let expects: Vec<(Vec<String>, Vec<String>)> = listed
            .into_par_iter()
            .zip(came)
            .map(|((draft, entry), came)| {
                came.map_or_else(Default::default, |it| self.expects(draft, entry, &it))
            })
            .collect();
        let mut titles = BTreeSet::new();
        let mut written: Vec<(usize, Proposed)> = vec![];
        for ((draft, entry), (items, expects)) in entries.iter().zip(expects) {
            if expects.is_empty() {
                continue;
            }
            let name = unused(&mut titles, entry.titles.first().map_or("", |it| it.as_str()));
            let (base, run) = (&self.bases.written[draft.base], self.lab.test(draft));
            let (program, words) = (self.lab.program, self.words);
            let text = write::item(program, base, draft, &run, &name, &expects, words);
            written.push((draft.base, Proposed { name, text, items }));
        }
        let passing = self.passing(&written);
        let mut tests = vec![];
        for ((_, it), passes) in written.into_iter().zip(passing) {
            match (passes, self.words.english) {
                (true, _) => tests.push(it),
                (false, true) => {
                    missed.push(format!("{}: as written it does not come out the same", it.name))
                }
                (false, false) => missed.push(format!("{}：写成文字后结果不同，没有列入", it.name)),
            }
        }
        Proposal { text: self.file(&tests, &missed), tests, missed }
    }

    fn file(&self, tests: &[Proposed], missed: &[String]) -> String {
        let words = self.words;
        let mut text = words
            .pick(
                "# 由 heng test --generate 提出。期望是引擎现在算出来的，不是谁定下的：逐条核对，对的删去“待确认”一行，不对的改规则。\n",
                "# Proposed by heng test --generate. The expectations are what the engine says now: take “unconfirmed” away where one is right, else mend the rules.\n",
            )
            .to_owned();
        if !missed.is_empty() {
            text +=
                &format!("#\n# {}（{}）\n", words.pick("没有达到的", "not reached"), missed.len());
            missed.iter().for_each(|it| text += &format!("#   {it}\n"));
        }
        tests.iter().for_each(|it| text += &format!("\n{}", it.text));
        text
    }

    /// The items that a draft looks at, and what is expected of each.
    fn expects(&self, draft: &Draft, entry: &Entry, came: &Came) -> (Vec<String>, Vec<String>) {
        let (program, table) = (self.lab.program, self.lab.bases[draft.base].table);
        let mut seen = entry.observers.clone();
        for (index, other) in self.all.iter().enumerate().filter(|it| it.1.table == table) {
            let own = program.below([other.node]);
            let rests = entry.observers.iter().any(|it| own.contains(&self.all[*it].node));
            if rests && (other.sentence || is_conclusion(program, other)) {
                seen.insert(index);
            }
        }
        let one = |it: &usize| {
            let own = &self.all[*it];
            let mut said = write::expected(program, own, came.get(&own.reported)?, self.words);
            *said.first_mut()? += &self.because(draft, own, &entry.observers);
            Some((own.said.clone(), said))
        };
        let (items, said): (Vec<String>, Vec<Vec<String>>) = seen.iter().filter_map(one).unzip();
        (items, said.concat())
    }

    /// ，因 …: the probed criteria that decide a conclusion.
    fn because(&self, draft: &Draft, it: &Observer, probed: &BTreeSet<usize>) -> String {
        let program = self.lab.program;
        if !is_conclusion(program, it) || probed.len() > FEW {
            return String::new();
        }
        let deciding = self.lab.deciding(draft, it.node);
        let decides = |it: &&Observer| {
            let own = |id: &CriterionId| {
                let own = program.criterion(*id);
                own.node == it.node && own.head.name == it.name
            };
            deciding.iter().any(own)
        };
        let own = probed.iter().map(|it| &self.all[*it]).filter(decides);
        let names: Vec<String> = own.map(|it| write::name(&it.name)).collect();
        match names.is_empty() {
            true => String::new(),
            false => format!("{}{}", self.words.pick("，因 ", ", because "), names.join("、")),
        }
    }

    /// Which of the items check and pass; each with the base that it starts from.
    fn passing(&self, written: &[(usize, Proposed)]) -> Vec<bool> {
        let mut sources = self.workspace.sources.clone();
        let mut drawn = DrawnData::default();
        let mut parsed = vec![];
        for (base, it) in written {
            let file = sources.add(Source::new(it.name.as_str(), it.text.as_str()));
            let (tree, faults) = syntax::parse(file, &it.text);
            let test = tree.items.into_iter().find_map(|it| match it.kind {
                ItemKind::Test(test) if !faults.has_errors() => Some(test),
                _ => None,
            });
            if let Some(place) = test.as_ref().and_then(|it: &ast::Test| it.drawn.as_ref())
                && let Some(tables) = self.bases.tables(*base)
            {
                drawn.insert(place.span, tables.clone());
            }
            parsed.push(test);
        }
        let sound: Vec<ast::Test> = parsed.iter().flatten().cloned().collect();
        let together = bases::with_tests(self.workspace, &sound);
        let passes = |program: &Program, at: usize| {
            let test = program.tests.get(at);
            test.is_some_and(|it| suite::run_one(program, it, &drawn).failures.is_empty())
        };
        let by_name: BTreeMap<&str, usize> = together
            .iter()
            .flat_map(|it| it.tests.iter().enumerate())
            .map(|(at, it)| (it.name.as_str(), at))
            .collect();
        let one = |test: &Option<ast::Test>| match (test, &together) {
            (None, _) => false,
            (Some(test), Some(program)) => {
                by_name.get(test.name.text.as_str()).is_some_and(|at| passes(program, *at))
            }
            // One of them does not check: each is tried alone.
            (Some(test), None) => bases::with_tests(self.workspace, std::slice::from_ref(test))
                .is_some_and(|it| passes(&it, 0)),
        };
        parsed.par_iter().map(one).collect()
    }
}

fn is_conclusion(program: &Program, it: &Observer) -> bool {
    program.conclusions.iter().any(|own| own.node == it.node)
}

/// A name that no other item bears.
fn unused(taken: &mut BTreeSet<String>, wanted: &str) -> String {
    let mut name = wanted.to_owned();
    let mut n = 2;
    while !taken.insert(name.clone()) {
        name = format!("{wanted}（{n}）");
        n += 1;
    }
    name
}
