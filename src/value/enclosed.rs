//! Numbers that are not worked out until somebody asks: of each an enclosure, and what it is made of (`semantics` §7.3).
//! What operators there are is not known here.

use crate::value::Block;
use crate::value::Number;
use crate::value::Numbers;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::OnceLock;

/// Numbers with an enclosure each; every one is worked out at most once, when it is asked for.
#[derive(Clone)]
pub struct Enclosed {
    block: Block,
    sources: Vec<Run>,
}

/// Rows that come one after another from one place.
#[derive(Clone)]
struct Run {
    /// The first of them in this column.
    start: usize,
    /// The same row in the recipe.
    from: usize,
    recipe: Arc<Recipe>,
}

/// How numbers are worked out.
struct Recipe {
    make: Box<Make>,
    rows: usize,
    made: OnceLock<Vec<OnceLock<Number>>>,
}

/// The number of a row.
type Make = dyn Fn(usize) -> Number + Send + Sync;

impl Recipe {
    fn get(&self, row: usize) -> Number {
        let made = self.made.get_or_init(|| (0..self.rows).map(|_| OnceLock::new()).collect());
        made[row].get_or_init(|| (self.make)(row)).clone()
    }
}

/// Where the exact numbers of a column come from, without what is seen of them.
pub enum Source {
    /// Scaled integers, or numbers as they are.
    Plain(Numbers),
    /// Recipes.
    Made(Enclosed),
}

impl Source {
    /// The source of a column.
    pub fn of(numbers: &Numbers) -> Source {
        match numbers {
            Numbers::Enclosed(it) => {
                Source::Made(Enclosed { block: Block::default(), sources: it.sources.clone() })
            }
            plain => Source::Plain(plain.clone()),
        }
    }

    /// The number of a row.
    pub fn get(&self, row: usize) -> Number {
        match self {
            Source::Plain(it) => it.get(row),
            Source::Made(it) => it.get(row),
        }
    }
}

impl Enclosed {
    /// Numbers of which that much is seen, and which are made so. What is made of a row that means nothing does not
    /// matter, but something must be.
    pub fn new(block: Block, make: impl Fn(usize) -> Number + Send + Sync + 'static) -> Enclosed {
        let recipe = Recipe { make: Box::new(make), rows: block.len(), made: OnceLock::new() };
        Enclosed { block, sources: vec![Run { start: 0, from: 0, recipe: Arc::new(recipe) }] }
    }

    /// Numbers of any form; none where no enclosure holds them all.
    pub fn of(numbers: &Numbers) -> Option<Enclosed> {
        match numbers {
            Numbers::Enclosed(it) => Some(it.clone()),
            plain => {
                let (block, source) = (plain.block()?.into_owned(), Source::of(plain));
                Some(Enclosed::new(block, move |row| source.get(row)))
            }
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.block.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is seen of the numbers.
    pub fn block(&self) -> &Block {
        &self.block
    }

    /// The number of a row, worked out.
    pub fn get(&self, row: usize) -> Number {
        let run = &self.sources[self.sources.partition_point(|it| it.start <= row) - 1];
        run.recipe.get(run.from + row - run.start)
    }

    /// The rows of a range.
    pub fn slice(&self, range: Range<usize>) -> Enclosed {
        let block = self.block.slice(range.clone());
        let first = self.sources.partition_point(|it| it.start <= range.start).saturating_sub(1);
        let runs = self.sources[first..].iter().take_while(|it| it.start < range.end);
        let sources = runs.map(|it| Run {
            start: it.start.saturating_sub(range.start),
            from: it.from + range.start.saturating_sub(it.start),
            recipe: it.recipe.clone(),
        });
        Enclosed { block, sources: sources.collect() }
    }

    /// Adds the rows of another column; false, and nothing is added, where no enclosure holds both.
    pub fn append(&mut self, other: &Enclosed) -> bool {
        let start = self.len();
        if !self.block.append(&other.block) {
            return false;
        }
        let more = other.sources.iter().map(|it| Run { start: it.start + start, ..it.clone() });
        self.sources.extend(more);
        true
    }

    /// Adds a row of another column; false, and nothing is added, where no enclosure holds both.
    pub fn push_from(&mut self, from: &Enclosed, row: usize) -> bool {
        let start = self.len();
        if !self.block.push(&from.block, row) {
            return false;
        }
        let run = &from.sources[from.sources.partition_point(|it| it.start <= row) - 1];
        let at = run.from + row - run.start;
        let goes_on = self.sources.last().is_some_and(|it| {
            Arc::ptr_eq(&it.recipe, &run.recipe) && it.from + (start - it.start) == at
        });
        if !goes_on {
            self.sources.push(Run { start, from: at, recipe: run.recipe.clone() });
        }
        true
    }
}

impl fmt::Debug for Enclosed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries((0..self.len()).map(|row| self.get(row))).finish()
    }
}
