//! What each cut of a name is worth for a case, and which is shown (`semantics` §10, steps 3 and 4). No text is written here.

use crate::ir::Force;
use crate::naming::Namer;
use crate::naming::case::Case;
use crate::naming::case::Given;
use crate::naming::industries::Industry;
use crate::naming::industries::IndustryState;
use crate::naming::industries::over;
use crate::naming::places::PlaceId;
use crate::naming::readings::Cut;
use crate::naming::readings::Level;
use crate::naming::readings::Tail;
use crate::value::Truth;

/// How the place of a name stands to the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceState {
    /// The case's own place or zone.
    Own,
    /// A place above the case's own.
    Above,
    /// Known; no agreement with the case is asked.
    Known,
    /// The case's place is coarser, not given, or a former name leaves it open.
    Open,
    /// A known place, but another one.
    Elsewhere,
    /// It ends like a zone and stands in no list.
    UnknownZone,
    /// A place of another kind, in no list.
    OtherKind,
    /// No place is known at the head of the name.
    Missing,
}

/// A reading of a name, weighed: what a batch keeps.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// Where it is cut.
    pub cut: Cut,
    /// How the place stands.
    pub place_state: PlaceState,
    /// Whether the place is as the rule asks.
    pub place: Truth,
    /// The class that the industry is.
    pub class: Option<u32>,
    /// How the industry stands.
    pub industry_state: IndustryState,
    /// Whether the industry is as the rule asks.
    pub industry: Truth,
    /// Whether the suffix is as the rule asks.
    pub suffix: Truth,
    /// The 应 parts together: what the name is.
    pub truth: Truth,
    /// The 原则上 parts together: 假 is a departure, undecided may be one.
    pub soft: Truth,
    /// Whether a former name is in it.
    pub former: bool,
    /// The lower, the earlier it is shown.
    pub(crate) rank: u64,
}

/// The place of a chain, weighed once for all cuts that have it.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    state: PlaceState,
    truth: Truth,
    former: bool,
    agrees: u64,
}

impl Namer<'_> {
    /// Weighs the place of a cut: its innermost level, and each level that does not follow from a later one.
    pub(crate) fn weigh_place(
        &self,
        levels: &[Level],
        ending: Option<u8>,
        case: &Case<'_>,
    ) -> Place {
        let former = levels.iter().any(|it| self.places.is_former(it.place));
        if let Some(which) = ending {
            let source = self.rule.endings[which as usize].source;
            let open = source.is_some_and(|it| !self.is_complete(it));
            let state =
                if source.is_some() { PlaceState::UnknownZone } else { PlaceState::OtherKind };
            return Place {
                state,
                truth: if open { Truth::UNDECIDED } else { Truth::FALSE },
                former,
                agrees: 3,
            };
        }
        let Some((last, outer)) = levels.split_last() else {
            // An unknown text may be a place that an incomplete list of divisions lacks.
            let open = self.rule.places.first().is_some_and(|_| !self.is_complete(0));
            let truth = if open { Truth::UNDECIDED } else { Truth::FALSE };
            return Place { state: PlaceState::Missing, truth, former, agrees: 3 };
        };
        let (mut state, mut truth) = self.stands(last.place, case);
        for level in outer.iter().filter(|it| !self.places.is_within(last.place, it.place)) {
            let (outer_state, outer_truth) = self.stands(level.place, case);
            let both = truth.and(outer_truth);
            if both != truth {
                (state, truth) = (outer_state, both);
            }
        }
        let agrees = match state {
            PlaceState::Own => 0,
            PlaceState::Above | PlaceState::Known => 1,
            _ if self.is_elsewhere(last.place, case) => 3,
            _ => 2,
        };
        Place { state, truth, former, agrees }
    }

    /// How a known place stands to the case. The case's field of the same list decides; where the rule asks for no
    /// agreement with it, the fields of other lists do.
    fn stands(&self, place: PlaceId, case: &Case<'_>) -> (PlaceState, Truth) {
        let Some(place) = self.places.today(place) else {
            return (PlaceState::Open, Truth::UNDECIDED);
        };
        let own = self.places.source(place);
        if case.places.iter().all(|it| matches!(it, Given::NotAsked)) {
            return (PlaceState::Known, Truth::TRUE);
        }
        let mut all = Truth::FALSE;
        for (source, given) in case.places.iter().enumerate() {
            let decides = source == own || matches!(case.places[own], Given::NotAsked);
            let one = |member: u32| self.covers(place, self.places.of_member(source, member));
            match given {
                Given::One(member) if decides => {
                    let truth = one(*member);
                    if truth == Truth::TRUE && self.places.of_member(source, *member) == place {
                        return (PlaceState::Own, truth);
                    }
                    all = all.or(truth);
                }
                Given::Set(set) if decides => all = all.or(over(set, one)),
                _ => {}
            }
        }
        let state = match all {
            Truth::TRUE => PlaceState::Above,
            Truth::FALSE => PlaceState::Elsewhere,
            _ => PlaceState::Open,
        };
        (state, all)
    }

    /// Whether a case at `own` is at `place`: 真 if that is the same or above, open if it is below.
    fn covers(&self, place: PlaceId, own: PlaceId) -> Truth {
        if self.places.is_within(own, place) {
            Truth::TRUE
        } else if self.places.is_within(place, own)
            || self.places.source(place) != self.places.source(own)
                && self.places.may_meet(place, own)
        {
            Truth::UNDECIDED
        } else {
            Truth::FALSE
        }
    }

    /// Whether what the case says of other lists speaks against a place: a zone that lies in another city.
    pub(crate) fn is_elsewhere(&self, place: PlaceId, case: &Case<'_>) -> bool {
        case.places.iter().enumerate().any(|(source, given)| match given {
            Given::One(own) => !self.places.may_meet(place, self.places.of_member(source, *own)),
            Given::Set(_) | Given::NotAsked => false,
        })
    }

    fn is_complete(&self, source: usize) -> bool {
        self.lists[self.rule.places[source].list.0 as usize].complete
    }

    /// Weighs a cut whose place and industry are weighed.
    pub(crate) fn weigh(&self, cut: Cut, place: Place, industry: Industry) -> Reading {
        let (class, industry_state, industry) = industry;
        let suffix = Truth::of(cut.tail == Tail::Exact);
        let must =
            |force: Force, truth: Truth| if force == Force::Must { truth } else { Truth::TRUE };
        let should =
            |force: Force, truth: Truth| if force == Force::Should { truth } else { Truth::TRUE };
        let empty = industry_state == IndustryState::Empty;
        let industry_force = if empty { Force::Must } else { self.rule.industry_force };
        let parts = [
            (self.rule.place_force, place.truth),
            (industry_force, industry),
            (Force::Must, suffix),
        ];
        let mut reading = Reading {
            cut,
            place_state: place.state,
            place: place.truth,
            class,
            industry_state,
            industry,
            suffix,
            truth: parts
                .iter()
                .fold(Truth::TRUE, |so_far, (force, truth)| so_far.and(must(*force, *truth))),
            soft: parts
                .iter()
                .fold(Truth::TRUE, |so_far, (force, truth)| so_far.and(should(*force, *truth))),
            former: place.former,
            rank: 0,
        };
        let failures = parts.iter().map(|(force, truth)| halves(must(*force, *truth))).sum();
        let departures = parts.iter().map(|(force, truth)| halves(should(*force, *truth))).sum();
        reading.rank = self.rank(&reading, failures, departures, place.agrees);
        reading
    }

    /// Fewest failures, fewest departures, agrees with the case's place, with its industry, industry known, longest
    /// place, today's names before former ones, longest suffix, order of codes.
    fn rank(&self, it: &Reading, failures: u64, departures: u64, agrees: u64) -> u64 {
        let levels = it.cut.chain.levels();
        let industry = match it.industry_state {
            IndustryState::Asked => 0,
            IndustryState::Open | IndustryState::OtherLevel => 1,
            _ => 2,
        };
        let tail = match it.cut.tail {
            Tail::Exact => 0,
            Tail::Near(which) => u64::from(which).min(13) + 1,
            Tail::None => 15,
        };
        let short = |length: u32, most: u64| most - u64::from(length).min(most);
        // One name for the whole place is better than a chain; before an unknown zone, all that is known is.
        let count = if it.cut.ending.is_some() {
            short(levels.len() as u32, 7)
        } else {
            (levels.len() as u64).min(7)
        };
        let order = levels.last().map_or(0, |it| u64::from(self.places.order(it.place)));
        let parts = [
            (failures, 3),
            (departures, 3),
            (agrees, 2),
            (industry, 2),
            (u64::from(it.class.is_none()), 1),
            (short(it.cut.industry, 0xFFFF), 16),
            (u64::from(it.former), 1),
            (tail, 4),
            (count, 3),
            (order.min(0x1FF_FFFF), 25),
        ];
        parts.iter().fold(0, |rank, (value, bits)| rank << bits | value)
    }
}

/// 0 for 真, 2 for 假, 1 for what is open.
fn halves(truth: Truth) -> u64 {
    match truth {
        Truth::TRUE => 0,
        Truth::FALSE => 2,
        _ => 1,
    }
}
