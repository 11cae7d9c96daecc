//! All ways to cut a folded name into place, industry and suffix (`semantics` §10, step 2). None is preferred here.

use crate::ir::naming::Rule;
use crate::naming::places::PlaceId;
use crate::naming::places::Places;
use crate::naming::trie::Trie;

/// More levels than any chain of nested places has.
const DEEPEST: usize = 6;

/// One known name in the place of a name; a range of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// The place it is read as.
    pub place: PlaceId,
    /// Where its name starts.
    pub start: u32,
    /// Where its name ends, without a bracket.
    pub end: u32,
}

/// Nested known names, the outermost first.
#[derive(Clone, Copy, Debug)]
pub struct Chain {
    levels: [Level; DEEPEST],
    count: u8,
}

/// A way to cut a name; places in bytes of the folded name.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// The known places.
    pub chain: Chain,
    /// Whether the place goes on to one of the rule's endings: an unknown zone or park.
    pub ending: Option<u8>,
    /// Where the place ends and the industry starts.
    pub industry: u32,
    /// Where the industry ends and the suffix starts.
    pub suffix: u32,
    /// Which suffix it is.
    pub tail: Tail,
}

/// The suffix of a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// As the rule has it.
    Exact,
    /// A near variant, by place in the list of the rule.
    Near(u8),
    /// None.
    None,
}

impl Chain {
    /// No known place.
    pub(crate) const EMPTY: Chain =
        Chain { levels: [Level { place: 0, start: 0, end: 0 }; DEEPEST], count: 0 };

    /// Its levels.
    pub fn levels(&self) -> &[Level] {
        &self.levels[..self.count as usize]
    }

    /// The innermost place.
    pub fn last(&self) -> Option<&Level> {
        self.levels().last()
    }

    fn with(mut self, level: Level) -> Option<Chain> {
        *self.levels.get_mut(self.count as usize)? = level;
        self.count += 1;
        Some(self)
    }
}

/// The suffixes a name can be cut before.
pub(crate) struct Tails {
    found: [(u32, Tail); Tails::MOST],
    count: usize,
}

impl Tails {
    const MOST: usize = 8;

    /// The rule's own suffix if the name ends so; else every near variant that it ends in; else none.
    pub fn of(rule: &Rule, name: &str) -> Tails {
        let mut tails = Tails { found: [(name.len() as u32, Tail::None); Tails::MOST], count: 1 };
        let start = |text: &str| name.ends_with(text).then(|| (name.len() - text.len()) as u32);
        if let Some(at) = start(&rule.suffix.text) {
            tails.found[0] = (at, Tail::Exact);
            return tails;
        }
        let near = rule
            .suffix
            .near
            .iter()
            .enumerate()
            .filter_map(|(at, text)| Some((start(text)?, Tail::Near(at as u8))));
        let count = tails.found.iter_mut().zip(near).map(|(slot, it)| *slot = it).count();
        tails.count = count.max(1);
        tails
    }

    /// Where each suffix starts.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Tail)> {
        self.found[..self.count].iter().copied()
    }

    /// Where the longest suffix starts: no place goes on beyond.
    pub fn first(&self) -> u32 {
        self.iter().map(|it| it.0).min().unwrap_or(0)
    }
}

/// Finds the chains of known places at the head of a name.
pub(crate) struct Chains<'n, F> {
    places: &'n Places<'n>,
    name: &'n str,
    /// Called with each chain, the end of its text, and the nearest end of a longer one: of a place inside it, or of
    /// a longer name of it.
    found: F,
}

impl<'n, F: FnMut(&Chain, usize, Option<usize>)> Chains<'n, F> {
    /// Calls `found` for every chain, homonyms in the order of codes.
    pub fn each(places: &'n Places<'n>, name: &'n str, found: F) {
        Chains { places, name, found }.extend(&Chain::EMPTY, 0, false);
    }

    /// Tries each known name at `from` as the next level; within brackets a level may end them.
    /// Gives the nearest end of a longer chain.
    fn extend(&mut self, chain: &Chain, from: usize, bracket: bool) -> Option<usize> {
        let (name, places) = (self.name, self.places);
        let from = if chain.count > 0 { skip_blanks(name, from) } else { from };
        let mut walk = places.walk(&name[from..]);
        let opens = !bracket && chain.count > 0 && name[from..].starts_with('(');
        let first = walk.next();
        if first.is_none() && !opens {
            return None;
        }
        let mut hits: [(usize, &[PlaceId]); DEEPEST] = [(0, &[]); DEEPEST];
        let count =
            hits.iter_mut().zip(first.into_iter().chain(walk)).map(|(hit, it)| *hit = it).count();
        let mut nearest: Option<usize> = None;
        for (at, (length, bearers)) in hits[..count].iter().enumerate() {
            let end = from + length;
            for &place in bearers.iter() {
                if chain.last().is_some_and(|outer| !places.leads_to(outer.place, place)) {
                    continue;
                }
                let level = Level { place, start: from as u32, end: end as u32 };
                let Some(longer) = chain.with(level) else { continue };
                if bracket {
                    nearest = sooner(nearest, self.extend(&longer, end, true));
                }
                let closed = if bracket { end + 1 } else { end };
                if !bracket || name[end..].starts_with(')') {
                    let inside = self.extend(&longer, closed, false);
                    let same = |it: &PlaceId| *it == place || places.leads_to(place, *it);
                    let spelled = hits[at + 1..count]
                        .iter()
                        .find(|it| it.1.iter().any(same))
                        .map(|it| from + it.0);
                    (self.found)(&longer, closed, sooner(inside, spelled));
                    nearest = sooner(nearest, Some(closed));
                }
            }
        }
        if opens {
            nearest = sooner(nearest, self.extend(chain, from + 1, true));
        }
        nearest
    }
}

/// The next place that is no blank.
fn skip_blanks(name: &str, from: usize) -> usize {
    let rest = &name[from..];
    if rest.starts_with(char::is_whitespace) { name.len() - rest.trim_start().len() } else { from }
}

/// The smaller of two ends.
fn sooner(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    one.into_iter().chain(other).min()
}

/// Where the first ending after `from` ends, and which it is: the leftmost, there the longest.
pub(crate) fn first_ending(
    endings: &Trie,
    name: &str,
    from: usize,
    to: usize,
) -> Option<(usize, u8)> {
    let text = name.get(from..to)?;
    text.char_indices().find_map(|(at, _)| {
        let (length, which) = endings.walk(&text[at..]).last()?;
        Some((from + at + length, which as u8))
    })
}

/// Cuts that go on to an unknown zone or park, where no known name ends at the same place.
pub(crate) fn unknown_places(
    endings: &Trie,
    places: &Places<'_>,
    name: &str,
    to: usize,
) -> Vec<(Chain, usize, u8)> {
    let mut known: Vec<(Chain, usize)> = Vec::new();
    Chains::each(places, name, |chain, end, _| known.push((*chain, end)));
    if known.is_empty() {
        known.push((Chain::EMPTY, 0));
    }
    let mut found: Vec<(Chain, usize, u8)> = Vec::new();
    for (chain, from) in &known {
        let Some((end, which)) = first_ending(endings, name, *from, to) else { continue };
        let is_known = |it: &(Chain, usize)| it.0.count > 0 && it.1 == end;
        if !known.iter().any(is_known) {
            found.push((*chain, end, which));
        }
    }
    found
}
