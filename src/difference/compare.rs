//! The whole comparison: both versions run, every change attributed by trials, every case looked at. It lays nothing out.

use crate::data::RawTable;
use crate::difference::causes::Bench;
use crate::difference::causes::Cause;
use crate::difference::causes::Set;
use crate::difference::causes::Spot;
use crate::difference::causes::Trial;
use crate::difference::causes::delta;
use crate::difference::causes::units;
use crate::difference::cells;
use crate::difference::cells::CellEdits;
use crate::difference::edits::Change;
use crate::difference::edits::Edits;
use crate::difference::edits::Version;
use crate::difference::edits::edits;
use crate::difference::figures::CaseKey;
use crate::difference::figures::Figures;
use crate::difference::figures::Item;
use crate::difference::figures::Value;
use crate::difference::figures::figures;
use crate::difference::summary::weight;
use crate::difference::summary::weightiest;
use crate::difference::witness;
use crate::difference::witness::Search;
use crate::difference::witness::Witness;
use crate::eval::Run;
use crate::ir::Program;
use std::collections::BTreeMap;

/// Edits for which a made-up case is sought.
const WITNESSES: usize = 10;

/// One side of a comparison.
pub struct Side<'a> {
    /// Its rules as written.
    pub version: Version<'a>,
    /// Its rules, checked.
    pub program: &'a Program,
    /// Its data.
    pub tables: &'a [RawTable],
}

/// One thing that comes out otherwise for one case.
#[derive(Clone, Debug)]
pub struct Effect {
    /// What.
    pub item: Item,
    /// Whose.
    pub case: CaseKey,
    /// What it came to.
    pub before: Value,
    /// What it comes to.
    pub after: Value,
    /// Why, by its place in [`Difference::causes`].
    pub cause: usize,
}

/// All there is to say about two versions.
pub struct Difference {
    /// What was edited in the rules.
    pub edits: Edits,
    /// What was edited in the data, numbered after the edits of the rules.
    pub cells: CellEdits,
    /// The old run.
    pub old: Figures,
    /// The new run.
    pub new: Figures,
    /// What comes out otherwise, by case and then by kind.
    pub effects: Vec<Effect>,
    /// Why, each reason once.
    pub causes: Vec<Cause>,
    /// Each edit by itself.
    pub trials: BTreeMap<usize, Trial>,
    /// Whether all edits together were found to give just what the new version gives.
    pub confirmed: bool,
    /// Edits that change words for the reader only; taken together they were found to change nothing.
    pub wordings: Set,
    /// Of edits that change no case: a made-up case that they change, and how many were tried.
    pub witnesses: BTreeMap<usize, (Option<Witness>, usize)>,
}

/// Compares two versions of the rules, of the data, or of both.
pub fn compare(old: &Side, new: &Side, run: &Run) -> Difference {
    let edits = edits(old.version, new.version);
    let base = figures(old.program.clone(), old.tables, run, &edits.names);
    let now = figures(new.program.clone(), new.tables, run, &edits.names);
    let cells = cells::edits(
        (old.program, old.tables),
        (new.program, new.tables),
        &edits.names,
        edits.all.len(),
    );
    let whole = delta(&base, &now);
    let tables = |on: &Set| cells.tables(old.tables, on);
    let mut bench = Bench::new((old.version, new.version), &edits, &tables, run, &base);
    let (tried, wordings) = sorted(&mut bench, &edits);
    let rules = units(&edits, &tried);
    let all_cells: Vec<Set> = cells.units();
    let all: Vec<Set> = rules.iter().chain(&all_cells).cloned().collect();
    let everything: Set = all.iter().flatten().chain(&wordings).copied().collect();
    let confirmed = match whole.is_empty() && all.is_empty() {
        true => true,
        false => bench.try_out(&everything).is_some_and(|it| *it == whole),
    };
    let trials = bench.trials(&all, &wordings);
    let mut causes: Vec<Cause> = vec![];
    let mut effects = vec![];
    for case in base.cases.keys() {
        for item in base.items().filter(|it| it.table == case.table) {
            let spot: Spot = (item.clone(), case.clone());
            let Some(after) = whole.get(&spot) else { continue };
            let Some(before) = base.value(item, case) else { continue };
            let cause = bench.cause(&spot, after, &trials, &wordings);
            let cause = causes.iter().position(|it| *it == cause).unwrap_or_else(|| {
                causes.push(cause);
                causes.len() - 1
            });
            let (item, case) = spot;
            effects.push(Effect { item, case, before, after: after.clone(), cause });
        }
    }
    let witnesses = witnesses(&bench, &trials, &wordings);
    drop(bench);
    Difference {
        edits,
        cells,
        old: base,
        new: now,
        effects,
        causes,
        trials,
        confirmed,
        wordings,
        witnesses,
    }
}

/// Edits that change no case are shown one, made up, if one is found.
fn witnesses(
    bench: &Bench,
    trials: &BTreeMap<usize, Trial>,
    wordings: &Set,
) -> BTreeMap<usize, (Option<Witness>, usize)> {
    let mut found = BTreeMap::new();
    for (edit, trial) in trials.iter().filter(|it| it.1.alone.is_empty()).take(WITNESSES) {
        let Some(about) = bench.edits.all.get(*edit) else { continue };
        if about.change == Change::Renamed {
            continue;
        }
        let on: Set = trial.with.union(wordings).copied().collect();
        let Some(edited) = bench.program(&on) else { continue };
        let search = Search {
            base: bench.base,
            edited: &edited,
            run: bench.run,
            names: &bench.edits.names,
            item: &about.item,
        };
        found.insert(*edit, witness::find(&search));
    }
    found
}

/// The edits to be tried, and those that only word things for the reader, if these are found to change nothing.
fn sorted(bench: &mut Bench, edits: &Edits) -> (Set, Set) {
    let all: Set = (0..edits.all.len()).collect();
    let wordings: Set = all.iter().copied().filter(|it| !edits.all[*it].decides()).collect();
    if wordings.is_empty() {
        return (all, wordings);
    }
    match bench.try_out(&wordings).is_some_and(|it| it.is_empty()) {
        true => (all.difference(&wordings).copied().collect(), wordings),
        false => (all, Set::new()),
    }
}

impl Difference {
    /// Whether anything at all differs.
    pub fn is_empty(&self) -> bool {
        self.edits.all.is_empty()
            && self.edits.tests == 0
            && self.effects.is_empty()
            && self.cells.is_empty()
    }

    /// The cases of which something comes out otherwise, with their effects: what weighs most first, else in the order
    /// of the data.
    pub fn changed(&self) -> Vec<(&CaseKey, Vec<&Effect>)> {
        let mut found: Vec<(&CaseKey, Vec<&Effect>)> = vec![];
        for effect in &self.effects {
            match found.last_mut() {
                Some((case, effects)) if **case == effect.case => effects.push(effect),
                _ => found.push((&effect.case, vec![effect])),
            }
        }
        found.iter_mut().for_each(|it| it.1.sort_by_key(|effect| weight(effect)));
        found.sort_by_key(|it| weightiest(&it.1));
        found
    }

    /// The name of a case as people know it.
    pub fn name_of(&self, case: &CaseKey) -> String {
        let name = |figures: &Figures| {
            let (table, row) = figures.cases.get(case)?;
            Some(figures.facts.table(*table).names[*row].to_string())
        };
        name(&self.new).or(name(&self.old)).unwrap_or_else(|| case.id.clone())
    }
}
