//! A made-up case for an edit that no case exercises: one that comes out otherwise, found by trying, run under both.
//!
//! Cells that the edited item rests on are given the values at its bounds, one cell at a time and then several.
//! What is found was run; that nothing is found proves nothing, and is said so.

mod made;
mod values;

use crate::difference::figures::CaseKey;
use crate::difference::figures::Figures;
use crate::difference::figures::Item;
use crate::difference::figures::Value;
use crate::difference::figures::figures;
use crate::difference::print::Names;
use crate::difference::witness::made::Change;
use crate::difference::witness::made::Made;
use crate::eval::Run;
use crate::ir::Program;
use crate::ir::TableId;

/// Cases of the data that are taken as a start; where there are none, a blank one.
const STARTS: usize = 2;
/// Made-up cases that are tried from one start.
const TRIES: usize = 400;
/// Made-up cases of one run.
const BATCH: usize = 60;
/// Made-up cases that are tried among copies of one start: each in a run of its own.
const RANKED: usize = 80;
/// The most cells that are changed at once.
const CELLS: u64 = 4;

/// A made-up case that comes out otherwise.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The key of the case it starts from; none where it starts from nothing.
    pub start: Option<String>,
    /// How many unchanged copies of that case are beside it: what ranks cases needs more than one.
    pub twins: usize,
    /// What was changed: 集群 的 规划止, and the text.
    pub changes: Vec<(String, String)>,
    /// What comes out otherwise, before and after.
    pub effects: Vec<(Item, Value, Value)>,
}

/// Where a case is sought.
pub struct Search<'a> {
    /// The old run.
    pub base: &'a Figures,
    /// The old rules with the edit applied.
    pub edited: &'a Program,
    /// How to run.
    pub run: &'a Run,
    /// How items are called.
    pub names: &'a Names,
    /// The item that was edited.
    pub item: &'a str,
}

/// A case that the edit changes, and how many were tried; none where none was found.
pub fn find(search: &Search) -> (Option<Witness>, usize) {
    let mut tried = 0;
    for &table in &search.base.program.case_tables {
        let Some(other) = search.table(table) else { continue };
        for (start, made) in search.starts(table) {
            let both = (table, other);
            let (old, edited) = (&search.base.program, search.edited);
            let choices = values::choices(old, edited, both, search.item, &made);
            let plans = plans(&choices);
            for batch in plans.chunks(BATCH) {
                let cases: Vec<Made> = batch.iter().map(|it| made.with(it)).collect();
                tried += cases.len();
                let Some(at) = search.differing(table, &cases) else { continue };
                // In a run of its own, so that no other made-up case has a part in it.
                if let Some(found) = search.witness(table, (&start, &made), 0, batch[at].clone()) {
                    return (Some(found), tried);
                }
            }
            for &twins in values::companies(&search.base.program, edited, search.item).iter() {
                for plan in plans.iter().take(RANKED) {
                    tried += 1;
                    if search.among(table, &made, twins, plan).is_empty() {
                        continue;
                    }
                    let found = search.witness(table, (&start, &made), twins, plan.clone());
                    if found.is_some() {
                        return (found, tried);
                    }
                }
            }
        }
    }
    (None, tried)
}

/// One cell at a time, each in turn, then several: always the same ones.
fn plans(choices: &[Vec<Change>]) -> Vec<Vec<Change>> {
    let most = choices.iter().map(Vec::len).max().unwrap_or(0);
    let singles = (0..most).flat_map(|at| choices.iter().filter_map(move |of| of.get(at)));
    let mut plans: Vec<Vec<Change>> =
        singles.map(|it| vec![it.clone()]).take(TRIES * 4 / 5).collect();
    plans.insert(0, vec![]);
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % below.max(1) as u64) as usize
    };
    while plans.len() < TRIES && choices.len() > 1 {
        let count = 2 + next(CELLS as usize - 1);
        let mut plan: Vec<Change> = vec![];
        for _ in 0..count {
            let of = &choices[next(choices.len())];
            plan.push(of[next(of.len())].clone());
        }
        plans.push(plan);
    }
    plans
}

fn told(change: &Change) -> (String, String) {
    match change {
        Change::Cell(field, text) => (field.clone(), text.clone()),
        Change::First(table, field, text) => (format!("{table}[1].{field}"), text.clone()),
        Change::Rows(table, count) => (table.clone(), format!("× {count}")),
    }
}

impl Search<'_> {
    /// The case table in the edited rules.
    fn table(&self, table: TableId) -> Option<TableId> {
        let name = self.called(&self.base.program.table(table).name);
        let tables = (0u32..).map(TableId).zip(&self.edited.tables);
        tables.into_iter().find(|it| self.called(&it.1.name) == name).map(|it| it.0)
    }

    fn called<'n>(&'n self, name: &'n str) -> &'n str {
        self.names.renamed.get(name).map_or(name, String::as_str)
    }

    /// The cases of the data that the search starts from, those first of which most is known.
    fn starts(&self, table: TableId) -> Vec<(Option<String>, Made)> {
        let rows = self.base.cases.iter().filter(|it| it.1.0 == table);
        let of = |(key, (table, row)): (&CaseKey, &(TableId, usize))| {
            let made = made::taken(&self.base.program, &self.base.facts, *table, *row);
            (Some(key.id.clone()), made)
        };
        let mut starts: Vec<(Option<String>, Made)> = rows.take(200).map(of).collect();
        starts.sort_by_key(|it| it.1.cells.values().filter(|it| it.is_empty()).count());
        starts.truncate(STARTS);
        if starts.is_empty() {
            starts.push((None, Made::default()));
        }
        starts
    }

    fn both(&self, table: TableId, cases: &[Made], twins: usize) -> Option<[Figures; 2]> {
        let other = self.table(table)?;
        let programs = [&self.base.program, self.edited];
        let names = programs.into_iter().flat_map(|it| values::concerned(it, self.item)).collect();
        let of = |program: &Program, table: TableId| {
            let tables = made::tables(program, table, cases);
            let asked = Some(values::asked(program, &names, self.item, twins));
            let run = Run { asked, ..self.run.clone() };
            figures(program.clone(), &tables, &run, self.names)
        };
        Some([of(&self.base.program, table), of(self.edited, other)])
    }

    /// The first of these cases that comes out otherwise.
    fn differing(&self, table: TableId, cases: &[Made]) -> Option<usize> {
        let [old, new] = self.both(table, cases, 0)?;
        (0..cases.len()).find(|at| !effects(&old, &new, &(at + 1).to_string()).is_empty())
    }

    /// The case in a run of its own, with the fewest changes; none where it does not come out otherwise there.
    fn witness(
        &self,
        table: TableId,
        (start, made): (&Option<String>, &Made),
        twins: usize,
        changes: Vec<Change>,
    ) -> Option<Witness> {
        let changes = self.fewest(table, made, twins, changes);
        let effects = self.among(table, made, twins, &changes);
        let changes = changes.iter().map(told).collect();
        (!effects.is_empty()).then(|| Witness { start: start.clone(), twins, changes, effects })
    }

    /// What comes out otherwise for a changed case among so many copies of what it starts from.
    fn among(
        &self,
        table: TableId,
        made: &Made,
        twins: usize,
        changes: &[Change],
    ) -> Vec<(Item, Value, Value)> {
        let mut cases = vec![made.with(changes)];
        cases.extend(std::iter::repeat_n(made.clone(), twins));
        let both = self.both(table, &cases, twins);
        both.map_or(vec![], |[old, new]| effects(&old, &new, "1"))
    }

    /// The changes that are needed: each is left out if the case still comes out otherwise without it.
    fn fewest(
        &self,
        table: TableId,
        made: &Made,
        twins: usize,
        mut changes: Vec<Change>,
    ) -> Vec<Change> {
        let mut at = 0;
        while at < changes.len() {
            let mut fewer = changes.clone();
            fewer.remove(at);
            match self.among(table, made, twins, &fewer).is_empty() {
                true => at += 1,
                false => changes = fewer,
            }
        }
        changes
    }
}

/// What comes out otherwise for the case of a key, the most important first; what is said of its data is left out.
fn effects(old: &Figures, new: &Figures, id: &str) -> Vec<(Item, Value, Value)> {
    let case = old.cases.keys().find(|it| it.id == id);
    let mut found = vec![];
    for item in old.items().filter(|it| new.has(it) && old.node(it).is_some()) {
        let both = case.and_then(|case| old.value(item, case).zip(new.value(item, case)));
        if let Some((a, b)) = both.filter(|it| it.0 != it.1) {
            found.push((item.clone(), a, b));
        }
    }
    found.sort_by_key(|it| it.0.kind);
    found
}
