//! One name in full: its segments, findings, what was possible besides, and what would do. A batch does not come here.

use crate::diagnostic::Text;
use crate::naming::Namer;
use crate::naming::case::Case;
use crate::naming::choose::Reading;
use crate::naming::findings;
use crate::naming::findings::Finding;
use crate::naming::fold;
use crate::naming::fold::Folded;
use crate::naming::places::PlaceId;
use crate::naming::propose;
use crate::naming::propose::Proposal;
use crate::value::Truth;

/// What is said of one name.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The name as written.
    pub written: String,
    /// The name as read; the places of a cut are bytes of it.
    pub folded: String,
    /// Every reading, the one shown first.
    pub readings: Vec<Reading>,
    /// The place of the reading shown.
    pub place: Part,
    /// Its industry.
    pub industry: Part,
    /// Its suffix.
    pub suffix: Part,
    /// What is to be known of the name, first of its spelling, then of the reading.
    pub findings: Vec<Finding>,
    /// Readings, by place in the list, that may conform with other places than the one shown.
    pub others: Vec<usize>,
    /// Corrected names, the one that changes least first.
    pub proposals: Vec<Proposal>,
}

/// A segment of a name.
#[derive(Clone, Debug)]
pub struct Part {
    /// The segment.
    pub text: String,
    /// Whether it is as the rule asks.
    pub truth: Truth,
    /// What it is, and why it is right or not.
    pub account: Text,
}

impl Reading {
    /// What orders readings: the lower, the earlier a reading is shown.
    pub fn rank_key(&self) -> u64 {
        self.rank
    }
}

impl Judgement {
    /// The reading shown.
    pub fn shown(&self) -> &Reading {
        &self.readings[0]
    }

    /// The 应 parts together.
    pub fn truth(&self) -> Truth {
        self.shown().truth
    }

    /// The 原则上 parts together.
    pub fn soft(&self) -> Truth {
        self.shown().soft
    }
}

impl Namer<'_> {
    /// Judges one name in full.
    pub fn judge(&self, written: &str, case: &Case<'_>) -> Judgement {
        let folded = fold::fold(written);
        let name = folded.text.as_ref();
        let mut readings = Vec::new();
        self.each_reading(name, case, &mut |it| readings.push(*it));
        readings.sort_by_key(|it: &Reading| it.rank);
        let shown = readings[0];
        let (from, to) = (shown.cut.industry as usize, shown.cut.suffix as usize);
        let others = self.other_places(&readings);
        let part = |text: &str, truth, account| Part { text: text.to_owned(), truth, account };
        let mut findings = findings::spelling(&folded);
        findings.extend(self.reading_findings(name, &readings, &others, case));
        Judgement {
            place: part(&name[..from], shown.place, self.place_account(name, &shown, case)),
            industry: part(
                &name[from..to],
                shown.industry,
                self.industry_account(&name[from..to], &shown, case),
            ),
            suffix: part(&name[to..], shown.suffix, self.suffix_account(name, &shown)),
            proposals: self.proposals(&folded, &shown, case),
            findings,
            others,
            written: written.to_owned(),
            folded: name.to_owned(),
            readings,
        }
    }

    /// Readings that may conform, the first of each place that does not lie in the one shown and is no former name.
    fn other_places(&self, readings: &[Reading]) -> Vec<usize> {
        let place = |it: &Reading| {
            it.cut.chain.last().map(|it| self.places.today(it.place).unwrap_or(it.place))
        };
        let shown = place(&readings[0]);
        let mut seen: Vec<PlaceId> = Vec::new();
        let mut others = Vec::new();
        for (at, reading) in readings.iter().enumerate().skip(1) {
            let Some(other) = place(reading) else { continue };
            let may = reading.truth.may(Truth::TRUE)
                && (reading.truth == readings[0].truth || !readings[0].truth.is_settled());
            let new =
                !seen.contains(&other) && shown.is_none_or(|it| !self.places.is_within(other, it));
            if may && new && !reading.former {
                seen.push(other);
                others.push(at);
            }
        }
        others
    }

    /// Corrected names. Where the spelling is in the way, the mended name is read first.
    fn proposals(&self, folded: &Folded<'_>, shown: &Reading, case: &Case<'_>) -> Vec<Proposal> {
        if !folded.blanks && !folded.traditional {
            return self.propose(&folded.text, shown, case);
        }
        let mended = fold::mended(&folded.text);
        let reading = self.verdict(&mended, case);
        let mut found = self.propose(&mended, &reading, case);
        if reading.truth != Truth::FALSE && mended != folded.text {
            let reason = Text::new("改字形", "mends the spelling");
            found.insert(0, Proposal { name: propose::written(&mended), reason });
        }
        found
    }
}
