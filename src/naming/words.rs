//! What is said of the segments of a name, in both languages. Nothing is decided here.

use crate::diagnostic::Text;
use crate::naming::Namer;
use crate::naming::case::Case;
use crate::naming::case::Given;
use crate::naming::choose::PlaceState;
use crate::naming::choose::Reading;
use crate::naming::industries::IndustryState;
use crate::naming::places::PlaceId;
use crate::naming::readings::Tail;
use crate::value::Foreign;
use crate::value::MemberSet;
use crate::value::Possible;

impl Namer<'_> {
    /// What the place is, and why it is right or not.
    pub(crate) fn place_account(&self, name: &str, shown: &Reading, case: &Case<'_>) -> Text {
        let segment = clipped(&name[..shown.cut.industry as usize]);
        let last = shown.cut.chain.last().filter(|_| shown.cut.ending.is_none());
        let Some(last) = last else { return self.unknown_account(&segment, shown) };
        let apart = shown
            .cut
            .chain
            .levels()
            .iter()
            .filter(|it| !self.places.is_within(last.place, it.place) || *it == last);
        let (zh, en): (Vec<String>, Vec<String>) =
            apart.map(|it| (self.describe(it.place), self.describe_en(it.place))).unzip();
        let (zh, en) = (zh.join("；其中"), en.join("; in it "));
        let given = self.given_words(last.place, case);
        match shown.place_state {
            PlaceState::Own => {
                Text::new(format!("{zh}，与所填一致"), format!("{en}, as the case says"))
            }
            PlaceState::Above => Text::new(
                format!("{zh}，{}在其中", given.zh),
                format!("{en}; {} lies in it", given.en),
            ),
            PlaceState::Elsewhere => {
                Text::new(format!("{zh}；{}", given.zh), format!("{en}; {}", given.en))
            }
            PlaceState::Open if self.places.today(last.place).is_none() => Text::new(
                format!("{zh}；今属何处，名单未载"),
                format!("{en}; no list says what it is today"),
            ),
            PlaceState::Open => {
                let coarse = matches!(case.places[self.places.source(last.place)], Given::One(_));
                let (zh_too, en_too) =
                    if coarse { ("，未细到这一级", ", which is coarser") } else { ("", "") };
                Text::new(
                    format!("{zh}；{}{zh_too}，不能判断是否一致", given.zh),
                    format!("{en}; {}{en_too}: it cannot be decided", given.en),
                )
            }
            _ => Text::new(zh, en),
        }
    }

    /// What is said of a place that stands in no list.
    fn unknown_account(&self, segment: &str, shown: &Reading) -> Text {
        let lists: Vec<&str> = self
            .rule
            .places
            .iter()
            .map(|it| self.lists[it.list.0 as usize].name.as_str())
            .collect();
        let (zh, en) = (lists.join("、"), lists.join(", "));
        match shown.place_state {
            PlaceState::Missing => Text::new(
                format!("名称开头没有{zh}名单中的名称"),
                format!("the name begins with no name of {en}"),
            ),
            PlaceState::UnknownZone => {
                let source = shown
                    .cut
                    .ending
                    .and_then(|it| self.rule.endings[it as usize].source)
                    .unwrap_or_default();
                let list = &self.lists[self.rule.places[source].list.0 as usize];
                if list.complete {
                    let en = format!("`{segment}` is not in {}", list.name);
                    return Text::new(format!("“{segment}”不在{}名单中", list.name), en);
                }
                let en = format!(
                    "`{segment}` is not in {}, which is not complete: it cannot be decided",
                    list.name
                );
                let there = self.zones_there(shown);
                Text::new(
                    format!("“{segment}”不在{}名单中；名单不完整，不能断定{}", list.name, there.zh),
                    en + there.en.as_str(),
                )
            }
            _ => Text::new(
                format!("“{segment}”不在{zh}名单中"),
                format!("`{segment}` is in none of {en}"),
            ),
        }
    }

    /// The zones that lie in the known place before an unknown zone.
    fn zones_there(&self, shown: &Reading) -> Text {
        let source = shown.cut.ending.and_then(|it| self.rule.endings[it as usize].source);
        let (Some(source), Some(last)) = (source, shown.cut.chain.last()) else {
            return Text::default();
        };
        let members = 0..self.lists[self.rule.places[source].list.0 as usize].members.len() as u32;
        let there = members
            .map(|it| self.places.of_member(source, it))
            .filter(|it| self.places.is_within(*it, last.place));
        let names: Vec<&str> = there.map(|it| self.places.member(it).name.as_ref()).collect();
        if names.is_empty() {
            return Text::default();
        }
        Text::new(
            format!("；当地在名单中的有：{}", names.join("、")),
            format!("; listed there: {}", names.join(", ")),
        )
    }

    /// What the industry is, and why it is right or not.
    pub(crate) fn industry_account(&self, segment: &str, shown: &Reading, case: &Case<'_>) -> Text {
        let list = self.industries.list();
        let (asked, asked_en) = self.levels();
        let Some(class) = shown.class else {
            if shown.industry_state == IndustryState::Empty {
                return Text::new("名称中没有产业名", "the name has no industry");
            }
            let near = self.nearest_words(segment, shown, case);
            let segment = clipped(segment);
            let en =
                format!("`{segment}` is no class of level {asked_en} of {}{}", list.name, near.en);
            return Text::new(format!("“{segment}”不在{}{asked}{}", list.name, near.zh), en);
        };
        let (code, level) = (self.class_words(class), self.industries.member(class).level);
        let (zh, en) =
            (format!("{code}，第{}层", numeral(level)), format!("{code}, level {level}"));
        let own = match case.industry {
            Given::One(own) => format!("所填产业为“{}”", self.class_words(own)),
            Given::Set(set) => given_set(set, "产业"),
            Given::NotAsked => String::new(),
        };
        let own_en = match case.industry {
            Given::One(own) => format!("the case's industry is `{}`", self.class_words(own)),
            _ => "the case's industry is not exactly known".to_owned(),
        };
        match shown.industry_state {
            IndustryState::Asked if matches!(case.industry, Given::NotAsked) => Text::new(zh, en),
            IndustryState::Asked => {
                Text::new(format!("{zh}，与所填产业一致"), format!("{en}, as the case says"))
            }
            IndustryState::Open => Text::new(
                format!("{zh}；{own}，不能判断是否一致"),
                format!("{en}; {own_en}: it cannot be decided"),
            ),
            IndustryState::OtherLevel => {
                let near = self.nearest_words(segment, shown, case);
                Text::new(
                    format!("{zh}，应为{asked}{}", near.zh),
                    format!("{en}; level {asked_en} is asked{}", near.en),
                )
            }
            _ => Text::new(format!("{zh}；{own}"), format!("{en}; {own_en}")),
        }
    }

    /// What the suffix is, and why it is right or not.
    pub(crate) fn suffix_account(&self, name: &str, shown: &Reading) -> Text {
        let asked = &self.rule.suffix.text;
        let cut = &name[shown.cut.suffix as usize..];
        match shown.cut.tail {
            Tail::Exact => Text::new("与规定一致", "as the rule has it"),
            Tail::None => Text::new(
                format!("名称应以“{asked}”结尾"),
                format!("the name must end in `{asked}`"),
            ),
            Tail::Near(_) => {
                // The class read may take the beginning of what was written as the suffix.
                let near = self
                    .rule
                    .suffix
                    .near
                    .iter()
                    .find(|it| name.ends_with(it.as_str()))
                    .map_or(cut, String::as_str);
                let taken = near.strip_suffix(cut).filter(|it| !it.is_empty());
                let zh = taken.map_or(String::new(), |it| format!("（“{it}”已读入产业名）"));
                let en = taken.map_or(String::new(), |it| {
                    format!(" (`{it}` is read as part of the industry)")
                });
                Text::new(
                    format!("应为“{asked}”，写的是“{near}”{zh}"),
                    format!("`{near}` is written for `{asked}`{en}"),
                )
            }
        }
    }

    /// A place with all that lies above it and its code.
    pub(crate) fn describe(&self, it: PlaceId) -> String {
        let name = &self.places.member(it).name;
        let code = self
            .places
            .member(it)
            .code
            .as_ref()
            .map_or(String::new(), |code| format!("（{code}）"));
        if let Some(host) = self.places.host(it).filter(|_| !self.places.is_former(it)) {
            return format!("{name}{code}，在{}", self.chain(host));
        }
        format!("{}{code}", self.chain(it))
    }

    pub(crate) fn describe_en(&self, it: PlaceId) -> String {
        let code =
            self.places.member(it).code.as_ref().map_or(String::new(), |code| format!(" ({code})"));
        match self.places.host(it).filter(|_| !self.places.is_former(it)) {
            Some(host) => format!("{}{code} in {}", self.places.member(it).name, self.chain(host)),
            None => format!("{}{code}", self.chain(it)),
        }
    }

    /// The names from the top down to a place.
    fn chain(&self, it: PlaceId) -> String {
        let names: Vec<&str> =
            self.places.upward(it).map(|it| self.places.member(it).name.as_ref()).collect();
        names.into_iter().rev().collect()
    }

    /// What the case says it is, of the list that decides about a place.
    pub(crate) fn given_words(&self, place: PlaceId, case: &Case<'_>) -> Text {
        let own = self.places.source(place);
        let decides = |it: &usize| !matches!(case.places[*it], Given::NotAsked);
        let source = if decides(&own) { Some(own) } else { (0..case.places.len()).find(decides) };
        let Some(source) = source else { return Text::default() };
        let list = &self.lists[self.rule.places[source].list.0 as usize].name;
        match case.places[source] {
            Given::One(member) => {
                let name = self.chain(self.places.of_member(source, member));
                Text::new(
                    format!("所填{list}为“{name}”"),
                    format!("the case says {list} is `{name}`"),
                )
            }
            Given::Set(set) => {
                Text::new(given_set(set, list), format!("the case's {list} is not exactly known"))
            }
            Given::NotAsked => Text::default(),
        }
    }

    /// “；最接近：1.4.4 …、…”, or nothing.
    fn nearest_words(&self, segment: &str, shown: &Reading, case: &Case<'_>) -> Text {
        const MOST: usize = 3;
        let near = self.nearest(segment, shown, case, MOST);
        if near.is_empty() {
            return Text::default();
        }
        let names: Vec<String> = near.iter().map(|it| self.class_words(*it)).collect();
        Text::new(
            format!("；最接近：{}", names.join("、")),
            format!("; nearest: {}", names.join(", ")),
        )
    }

    /// A class with its code.
    pub(crate) fn class_words(&self, class: u32) -> String {
        let member = self.industries.member(class);
        match &member.code {
            Some(code) => format!("{code} {}", member.name),
            None => member.name.to_string(),
        }
    }

    /// The asked levels: 第三层或第二层, 3 or 2.
    fn levels(&self) -> (String, String) {
        let levels = self.industries.levels();
        let zh: Vec<String> = levels.iter().map(|it| format!("第{}层", numeral(*it))).collect();
        let en: Vec<String> = levels.iter().map(u32::to_string).collect();
        (zh.join("或"), en.join(" or "))
    }
}

/// What a case gives that is not one member.
fn given_set(set: &Possible<MemberSet>, list: &str) -> String {
    match &set.values {
        None if set.na => format!("所填{list}为无"),
        Some(MemberSet { members: None, .. }) => format!("{list}未填"),
        Some(MemberSet { foreign: Foreign::One(text), members: Some(members) })
            if members.is_empty() =>
        {
            format!("所填{list}为“{}”", clipped(text))
        }
        _ => format!("{list}未定"),
    }
}

/// A level in Chinese.
fn numeral(level: u32) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    DIGITS.get(level as usize).map_or(level.to_string(), |it| (*it).to_owned())
}

/// A piece of a name, cut short where it is too long to be shown.
pub(crate) fn clipped(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.trim().char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text.trim()[..end]),
        None => text.trim().to_owned(),
    }
}
