//! What is to be known of a name besides its verdict: its spelling, other readings, departures. Nothing is decided here.

use crate::diagnostic::Text;
use crate::ir::Force;
use crate::naming::Namer;
use crate::naming::case::Case;
use crate::naming::choose::Reading;
use crate::naming::fold::Folded;
use crate::naming::industries::IndustryState;
use crate::naming::places::PlaceId;
use crate::naming::words::clipped;
use crate::value::Truth;

/// Something to be known of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which.
    pub kind: FindingKind,
    /// One sentence.
    pub text: Text,
}

/// Kinds of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// The name is empty.
    Empty,
    /// A list mark was taken off.
    ListMark,
    /// Full-width letters or half-width brackets were written.
    Width,
    /// There are blanks inside.
    Blanks,
    /// There are traditional characters.
    Traditional,
    /// It is too long to be a name.
    Long,
    /// A place is called by a former name.
    Former,
    /// Several places bear the name, and what the case says does not settle which is meant.
    Homonyms,
    /// The name may conform with another place.
    OtherPlace,
    /// The zone lies elsewhere than the case.
    ZoneElsewhere,
    /// The industry begins with a place again.
    SecondPlace,
    /// The industry is made of several classes.
    SeveralIndustries,
    /// 原则上: a departure.
    Departure,
    /// 原则上: perhaps a departure.
    MaybeDeparture,
}

/// Findings about the spelling.
pub(crate) fn spelling(folded: &Folded<'_>) -> Vec<Finding> {
    const LONGEST: usize = 60;
    let mut found = Vec::new();
    let mut say =
        |kind, zh: String, en: String| found.push(Finding { kind, text: Text::new(zh, en) });
    let length = folded.text.chars().count();
    if length == 0 {
        say(FindingKind::Empty, "名称是空的".to_owned(), "the name is empty".to_owned());
    }
    if let Some(mark) = folded.mark {
        let en = format!("the mark `{mark}` at the end is no part of the name and was left out");
        say(FindingKind::ListMark, format!("末尾的“{mark}”不是名称的一部分，已略去"), en);
    }
    if folded.width {
        let en = "full-width letters or half-width brackets were written; they are read as their usual forms";
        say(FindingKind::Width, "有全角字母数字或半角括号，按通常字形读".to_owned(), en.to_owned());
    }
    if folded.blanks {
        say(
            FindingKind::Blanks,
            "名称中有空格".to_owned(),
            "there are blanks in the name".to_owned(),
        );
    }
    if folded.traditional {
        say(
            FindingKind::Traditional,
            "名称中有繁体字".to_owned(),
            "there are traditional characters in the name".to_owned(),
        );
    }
    if length > LONGEST {
        say(
            FindingKind::Long,
            format!("名称有 {length} 字，过长"),
            format!("the name has {length} characters"),
        );
    }
    found
}

/// The industry begins with a place again.
fn second_place(place: &str) -> Text {
    Text::new(
        format!("地名之后又有地名“{place}”"),
        format!("the place `{place}` follows the place"),
    )
}

impl Namer<'_> {
    /// What is to be known of the reading shown.
    pub(crate) fn reading_findings(
        &self,
        name: &str,
        readings: &[Reading],
        others: &[usize],
        case: &Case<'_>,
    ) -> Vec<Finding> {
        let shown = &readings[0];
        let mut found = Vec::new();
        let mut say = |kind, text| found.push(Finding { kind, text });
        let levels = shown.cut.chain.levels();
        for level in levels.iter().filter(|it| self.places.is_former(it.place)) {
            say(FindingKind::Former, self.former_words(level.place));
        }
        let end = |it: &Reading| it.cut.chain.last().map(|level| (level.start, level.end));
        let (same, other): (Vec<usize>, Vec<usize>) =
            others.iter().partition(|it| end(&readings[**it]) == end(shown));
        if !same.is_empty() {
            say(FindingKind::Homonyms, self.homonym_words(name, shown, readings, &same));
        }
        if !other.is_empty() {
            say(FindingKind::OtherPlace, self.other_words(name, readings, &other));
        }
        if let Some(last) = levels.last()
            && shown.place != Truth::FALSE
            && self.is_elsewhere(last.place, case)
        {
            say(FindingKind::ZoneElsewhere, self.elsewhere_words(last.place, case));
        }
        let industry = &name[shown.cut.industry as usize..shown.cut.suffix as usize];
        if shown.industry_state == IndustryState::Foreign {
            if let Some(place) = self.place_again(name, shown) {
                say(FindingKind::SecondPlace, second_place(&place));
            }
            if let Some(classes) = self.several(industry.trim()) {
                say(FindingKind::SeveralIndustries, self.several_words(&classes));
            }
        }
        match shown.soft {
            Truth::TRUE => {}
            Truth::FALSE => say(FindingKind::Departure, self.departure_words(name, shown, case)),
            _ => say(FindingKind::MaybeDeparture, self.departure_words(name, shown, case)),
        }
        found
    }

    /// A full name of a place, or a name already there, at the head of the industry.
    fn place_again(&self, name: &str, shown: &Reading) -> Option<String> {
        let industry = name[shown.cut.industry as usize..shown.cut.suffix as usize].trim_start();
        let before = &name[..shown.cut.industry as usize];
        let is_place = |(end, bearers): &(usize, &[PlaceId])| {
            let text = &industry[..*end];
            before.contains(text) || bearers.iter().any(|it| *self.places.member(*it).name == *text)
        };
        self.places
            .walk(industry)
            .filter(is_place)
            .map(|(end, _)| industry[..end].to_owned())
            .last()
    }

    /// The classes that follow one another in a segment, at least two.
    fn several(&self, segment: &str) -> Option<Vec<u32>> {
        const JOINERS: &[char] = &['、', '与', '和', '及', ',', '/', ' '];
        const MOST: usize = 8;
        let mut open: Vec<(usize, Vec<u32>)> = vec![(0, vec![])];
        while let Some((from, classes)) = open.pop() {
            let rest = &segment[from..];
            let after = segment.len()
                - rest.strip_prefix(JOINERS).filter(|_| from > 0).unwrap_or(rest).len();
            if from == segment.len() && classes.len() > 1 {
                return Some(classes);
            }
            if classes.len() == MOST {
                continue;
            }
            for (end, bearers) in self.industries.walk(&segment[after..]) {
                let with = classes.iter().copied().chain(bearers.first().copied()).collect();
                open.push((after + end, with));
            }
        }
        None
    }

    /// The departures of a reading.
    fn departure_words(&self, name: &str, shown: &Reading, case: &Case<'_>) -> Text {
        let segment = &name[shown.cut.industry as usize..shown.cut.suffix as usize];
        let place = self.rule.place_force == Force::Should && shown.place != Truth::TRUE;
        let industry = self.rule.industry_force == Force::Should && shown.industry != Truth::TRUE;
        let place = place.then(|| ("地名", "the place", self.place_account(name, shown, case)));
        let industry = industry
            .then(|| ("产业名", "the industry", self.industry_account(segment, shown, case)));
        let parts: Vec<_> = place.into_iter().chain(industry).collect();
        let zh: Vec<String> =
            parts.iter().map(|(part, _, text)| format!("{part}：{}", text.zh)).collect();
        let en: Vec<String> =
            parts.iter().map(|(_, part, text)| format!("{part}: {}", text.en)).collect();
        Text::new(zh.join("。"), en.join(". "))
    }

    /// A former name is in the place.
    fn former_words(&self, place: PlaceId) -> Text {
        let name = &self.places.member(place).name;
        let (zh, en) = match self.places.ended(place) {
            Some(year) => (format!("（至 {year} 年）"), format!(", in use until {year}")),
            None => (String::new(), String::new()),
        };
        match self.places.today(place) {
            Some(today) => {
                let now = &self.places.member(today).name;
                Text::new(
                    format!("“{name}”是曾用名{zh}，今为{now}"),
                    format!("`{name}` is a former name{en}, now {now}"),
                )
            }
            None => {
                Text::new(format!("“{name}”是曾用名{zh}"), format!("`{name}` is a former name{en}"))
            }
        }
    }

    /// Several places bear the name.
    fn homonym_words(
        &self,
        name: &str,
        shown: &Reading,
        readings: &[Reading],
        others: &[usize],
    ) -> Text {
        let last =
            shown.cut.chain.last().map_or("", |it| &name[it.start as usize..it.end as usize]);
        let own = shown.cut.chain.last().map(|it| it.place);
        let rest = others.iter().filter_map(|it| readings[*it].cut.chain.last().map(|it| it.place));
        let places: Vec<PlaceId> = own.into_iter().chain(rest).collect();
        let zh: Vec<String> = places.iter().map(|it| self.describe(*it)).collect();
        Text::new(
            format!("“{last}”可指{}；按第一个读", zh.join("、")),
            format!("`{last}` may be {}; the first is shown", zh.join(", ")),
        )
    }

    /// The name may be cut after another place.
    fn other_words(&self, name: &str, readings: &[Reading], others: &[usize]) -> Text {
        const MOST: usize = 3;
        let cut = |it: &usize| {
            let cut = &readings[*it].cut;
            let (from, to) = (cut.industry as usize, cut.suffix as usize);
            format!("{} ┃ {}", clipped(&name[..from]), clipped(&name[from..to]))
        };
        let cuts: Vec<String> = others.iter().take(MOST).map(cut).collect();
        Text::new(
            format!("也可读作 {}", cuts.join("；")),
            format!("it may also be read {}", cuts.join("; ")),
        )
    }

    /// The zone lies elsewhere than the case says.
    fn elsewhere_words(&self, place: PlaceId, case: &Case<'_>) -> Text {
        let given = self.given_words(self.places.host(place).unwrap_or(place), case);
        let (zh, en) = (self.describe(place), self.describe_en(place));
        Text::new(
            format!("{zh}；{}，两处不一致", given.zh),
            format!("{en}; {}: they do not agree", given.en),
        )
    }

    /// The industry is made of several classes.
    fn several_words(&self, classes: &[u32]) -> Text {
        let names: Vec<String> = classes.iter().map(|it| self.class_words(*it)).collect();
        Text::new(
            format!("产业名含 {} 个产业：{}", names.len(), names.join("、")),
            format!("the industry names {} classes: {}", names.len(), names.join(", ")),
        )
    }
}
