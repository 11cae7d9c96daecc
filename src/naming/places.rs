//! All places of a rule in one numbering: what lies in what, where a zone lies, what became of a former name.
//! Nothing is read from a name here.

use crate::ir::Member;
use crate::ir::Vocabulary;
use crate::ir::naming::Former;
use crate::ir::naming::Forms;
use crate::ir::naming::Rule;
use crate::naming::trie::Groups;
use crate::naming::trie::Trie;
use crate::value::text;
use std::collections::BTreeMap;

/// No place.
const NONE: u32 = u32::MAX;

/// A place: its number over all sources of the rule, in their order, former names last.
pub type PlaceId = u32;

#[derive(Clone, Copy, Debug)]
struct Place {
    /// The source in the rule, or, past these, the list of former names.
    source: u32,
    member: u32,
    /// The place above in the same source.
    above: u32,
    /// The place of another source in which it lies: that of a zone.
    host: u32,
    /// What it is today: itself; of a former name the successor, or none.
    today: u32,
    /// Its place among all in the order of codes.
    order: u32,
}

/// The places of a rule and the names they bear.
#[derive(Debug)]
pub(crate) struct Places<'p> {
    rule: &'p Rule,
    lists: &'p [Vocabulary],
    places: Vec<Place>,
    /// Where the places of each source, then of each list of former names, begin.
    starts: Vec<u32>,
    /// Names → bearers.
    names: Trie,
    bearers: Groups<PlaceId>,
}

impl<'p> Places<'p> {
    /// Gathers the places of a rule.
    pub fn new(rule: &'p Rule, lists: &'p [Vocabulary]) -> Places<'p> {
        let (names, bearers) = (Trie::new(&BTreeMap::new()), Groups::new(vec![]));
        let mut it = Places { rule, lists, places: vec![], starts: vec![], names, bearers };
        let sources = rule.places.iter().map(|it| it.list);
        for (source, list) in sources.chain(rule.former.iter().map(|it| it.list)).enumerate() {
            let base = it.places.len() as u32;
            it.starts.push(base);
            for (member, at) in lists[list.0 as usize].members.iter().zip(0..) {
                let above = member.parent.map_or(NONE, |above| base + above);
                it.places.push(Place {
                    source: source as u32,
                    member: at,
                    above,
                    host: NONE,
                    today: base + at,
                    order: 0,
                });
            }
        }
        it.find_order();
        it.find_hosts();
        it.find_successors();
        it.find_names();
        it
    }

    fn find_order(&mut self) {
        let mut all: Vec<PlaceId> = (0..self.places.len() as u32).collect();
        all.sort_by_key(|it| {
            (
                self.is_former(*it),
                self.places[*it as usize].source,
                self.member(*it).code.as_deref(),
                *it,
            )
        });
        for (order, it) in all.into_iter().enumerate() {
            self.places[it as usize].order = order as u32;
        }
    }

    fn find_hosts(&mut self) {
        for it in 0..self.places.len() as u32 {
            let source = self.places[it as usize].source as usize;
            let Some(host) = self.member(it).host.as_deref() else { continue };
            let found = match self.former_of(it) {
                Some(former) => self.find(former.of, host, true),
                None => (0..self.rule.places.len())
                    .filter(|of| *of != source)
                    .find_map(|of| self.find(of, host, false)),
            };
            self.places[it as usize].host = found.unwrap_or(NONE);
        }
    }

    fn find_successors(&mut self) {
        for it in 0..self.places.len() as u32 {
            let Some(former) = self.former_of(it) else { continue };
            let successor = self.member(it).successor.as_deref();
            let today = successor.and_then(|it| self.find(former.of, it, false));
            self.places[it as usize].today = today.unwrap_or(NONE);
        }
    }

    /// The place of a source that a code, a name or a path of names (湖北省/襄樊市) leads to. Steps of a path that
    /// name nothing (市辖区) are passed over; a step may be a former name where that is allowed.
    fn find(&self, source: usize, written: &str, former: bool) -> Option<PlaceId> {
        let bearers = |step: &str, of: usize, list: usize| {
            let vocabulary = &self.lists[list];
            let found =
                vocabulary.index.get(text::fold(step).as_ref()).map_or(&[][..], Vec::as_slice);
            found.iter().map(|member| self.starts[of] + member).collect::<Vec<_>>()
        };
        let mut at: Option<PlaceId> = None;
        for step in written.split('/') {
            let mut candidates = bearers(step, source, self.rule.places[source].list.0 as usize);
            if former {
                for (place, it) in
                    self.rule.former.iter().enumerate().filter(|(_, it)| it.of == source)
                {
                    candidates.extend(bearers(
                        step,
                        self.rule.places.len() + place,
                        it.list.0 as usize,
                    ));
                }
            }
            candidates.retain(|it| at.is_none_or(|above| self.is_within(*it, above)));
            candidates
                .sort_by_key(|it| (self.upward(*it).count(), self.places[*it as usize].order));
            at = candidates.first().copied().or(at);
        }
        at
    }

    fn find_names(&mut self) {
        let mut names: BTreeMap<String, u32> = BTreeMap::new();
        let mut bearers: Vec<Vec<PlaceId>> = vec![];
        for it in 0..self.places.len() as u32 {
            let (member, forms) = (self.member(it), self.forms(it));
            let same = self
                .today(it)
                .is_some_and(|today| today != it && self.member(today).name == member.name);
            if same {
                continue;
            }
            let full = forms.full.then_some(member.name.as_ref());
            let short = member.short.as_deref().filter(|_| forms.short);
            let aliases = member.aliases.iter().filter(|_| forms.alias).map(String::as_str);
            for name in full.into_iter().chain(short).chain(aliases) {
                let name = text::fold(name);
                if name.chars().count() < 2 {
                    continue;
                }
                let at = *names.entry(name.into_owned()).or_insert_with(|| {
                    bearers.push(vec![]);
                    bearers.len() as u32 - 1
                });
                let there = &mut bearers[at as usize];
                if !there.contains(&it) {
                    there.push(it);
                }
            }
        }
        for there in &mut bearers {
            there.sort_by_key(|it| self.places[*it as usize].order);
        }
        self.names = Trie::new(&names);
        self.bearers = Groups::new(bearers);
    }

    /// The known names at the head of a text: where each ends, and who bears it in the order of codes.
    pub fn walk<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, &'t [PlaceId])> {
        self.names.walk(text).map(|(end, name)| (end, self.bearers.get(name)))
    }

    /// The bearers of exactly this name.
    pub fn bearers(&self, name: &str) -> &[PlaceId] {
        self.names.get(name).map_or(&[], |it| self.bearers.get(it))
    }

    /// The place that a member of a source is.
    pub fn of_member(&self, source: usize, member: u32) -> PlaceId {
        self.starts[source] + member
    }

    /// The source of the rule it belongs to; a former name belongs to that of today's names.
    pub fn source(&self, it: PlaceId) -> usize {
        self.former_of(it).map_or(self.places[it as usize].source as usize, |former| former.of)
    }

    /// Its entry in its list.
    pub fn member(&self, it: PlaceId) -> &'p Member {
        let Place { source, member, .. } = self.places[it as usize];
        let list = match self.former_of(it) {
            Some(former) => former.list,
            None => self.rule.places[source as usize].list,
        };
        &self.lists[list.0 as usize].members[member as usize]
    }

    /// Its place in the order of codes, today's names before former ones.
    pub fn order(&self, it: PlaceId) -> u32 {
        self.places[it as usize].order
    }

    /// Whether it is a former name.
    pub fn is_former(&self, it: PlaceId) -> bool {
        self.places[it as usize].source as usize >= self.rule.places.len()
    }

    /// The last year of a former name.
    pub fn ended(&self, it: PlaceId) -> Option<&'p str> {
        self.member(it).last_year.as_deref()
    }

    /// What it is today; none of a former name whose successor is not known.
    pub fn today(&self, it: PlaceId) -> Option<PlaceId> {
        Some(self.places[it as usize].today).filter(|it| *it != NONE)
    }

    /// The place of another source in which it lies.
    pub fn host(&self, it: PlaceId) -> Option<PlaceId> {
        Some(self.places[it as usize].host).filter(|it| *it != NONE)
    }

    /// The place right above, or the one it lies in.
    pub fn above(&self, it: PlaceId) -> Option<PlaceId> {
        let Place { above, host, .. } = self.places[it as usize];
        let own = self.today(it).map_or(above, |today| self.places[today as usize].above);
        [own, host].into_iter().find(|it| *it != NONE)
    }

    /// Whether `it` is `above` or lies in it; former names count as what they are today.
    pub fn is_within(&self, it: PlaceId, above: PlaceId) -> bool {
        let above = self.today(above).unwrap_or(above);
        self.upward(it).any(|it| self.today(it).unwrap_or(it) == above)
    }

    /// A place and all above it. Lists that lie in each other are cut off.
    pub fn upward(&self, it: PlaceId) -> impl Iterator<Item = PlaceId> {
        const HIGHEST: usize = 32;
        std::iter::successors(Some(it), |it| self.above(*it)).take(HIGHEST)
    }

    /// Whether a name may go on from `outer` to `inner`, which must lie in it. A zone may follow any division that has
    /// ground in common with its host, and be followed by what lies in the host: the tables do not say more.
    pub fn leads_to(&self, outer: PlaceId, inner: PlaceId) -> bool {
        if self.source(outer) == self.source(inner) {
            return !self.is_within(outer, inner) && self.is_within(inner, outer);
        }
        match self.zone_host(outer) {
            Some(host) => !self.is_within(host, inner) && self.is_within(inner, host),
            None => self.may_meet(outer, inner),
        }
    }

    /// Whether two places may have ground in common.
    pub fn may_meet(&self, one: PlaceId, other: PlaceId) -> bool {
        let ground = |it: PlaceId| self.zone_host(it).unwrap_or(it);
        let (one, other) = (ground(one), ground(other));
        self.is_within(one, other) || self.is_within(other, one)
    }

    /// The host of a place of today: only zones have one.
    fn zone_host(&self, it: PlaceId) -> Option<PlaceId> {
        self.host(it).filter(|_| !self.is_former(it))
    }

    fn former_of(&self, it: PlaceId) -> Option<&'p Former> {
        let source = self.places[it as usize].source as usize;
        source.checked_sub(self.rule.places.len()).map(|at| &self.rule.former[at])
    }

    fn forms(&self, it: PlaceId) -> Forms {
        let source = self.places[it as usize].source as usize;
        if self.is_former(it) {
            Forms { full: true, short: true, alias: true }
        } else {
            self.rule.places[source].forms
        }
    }
}
