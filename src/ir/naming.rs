//! What a 名称规则 says (`semantics` §10). No name is read here.

use crate::ir::Force;
use crate::ir::VocabularyId;

/// A 名称规则: place + industry + suffix.
#[derive(Clone, Debug)]
pub struct Rule {
    /// 取自 of the place: the lists of places, divisions before zones as written.
    pub places: Vec<PlaceSource>,
    /// Lists of names that places had before.
    pub former: Vec<Former>,
    /// Whether the place is 应当 or 原则上.
    pub place_force: Force,
    /// 取自 of the industry.
    pub industry: IndustrySource,
    /// Whether the industry is 应当 or 原则上. An empty one breaks the rule either way.
    pub industry_force: Force,
    /// The text that ends the name.
    pub suffix: Suffix,
    /// What an unknown zone or park may end in.
    pub endings: Vec<Ending>,
}

/// A list of places that a name may take its place from.
#[derive(Clone, Copy, Debug)]
pub struct PlaceSource {
    /// The list.
    pub list: VocabularyId,
    /// The forms allowed.
    pub forms: Forms,
}

/// Forms of a member's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forms {
    /// 全称
    pub full: bool,
    /// 简称
    pub short: bool,
    /// 别称
    pub alias: bool,
}

/// Names that places of one source had before; they are read in full and in short.
#[derive(Clone, Debug)]
pub struct Former {
    /// The list. 所在 of its members is the path of names above them (湖北省/襄樊市).
    pub list: VocabularyId,
    /// The source whose places bore these names, by place in [`Rule::places`].
    pub of: usize,
}

/// The classification that a name takes its industry from.
#[derive(Clone, Debug)]
pub struct IndustrySource {
    /// The classification.
    pub list: VocabularyId,
    /// The levels asked, from 1, the preferred one first.
    pub levels: Vec<u32>,
}

/// The text that ends a name, and what is written by mistake in its place.
#[derive(Clone, Debug)]
pub struct Suffix {
    /// The text.
    pub text: String,
    /// Near variants, the longest first.
    pub near: Vec<String>,
}

/// What the place of a name may end in where no list has it.
#[derive(Clone, Debug)]
pub struct Ending {
    /// The words.
    pub text: String,
    /// The source that would have such a place (高新区), by place in [`Rule::places`]; none: a place of another kind.
    pub source: Option<usize>,
}

impl Suffix {
    /// A suffix with those of the usual variants that leave something of it out.
    pub fn new(text: &str) -> Suffix {
        const VARIANTS: [&str; 6] =
            ["创新型产业集群", "创新产业集群", "创新型集群", "产业集群", "创新集群", "集群"];
        let near = VARIANTS.into_iter().filter(|it| *it != text && leaves_out(text, it));
        Suffix { text: text.to_owned(), near: near.map(str::to_owned).collect() }
    }
}

impl Ending {
    /// The usual endings; those of 高新区 belong to the source of zones, if there is one.
    pub fn usual(zones: Option<usize>) -> Vec<Ending> {
        const ZONES: [&str; 5] =
            ["高新技术产业开发区", "高新技术产业园区", "高新园区", "高新区", "高新园"];
        const OTHERS: [&str; 9] = [
            "经济技术开发区",
            "经开区",
            "开发区",
            "工业园区",
            "工业园",
            "科技园",
            "园区",
            "试验区",
            "示范区",
        ];
        let of = |text: &str, source| Ending { text: text.to_owned(), source };
        let zones = ZONES.into_iter().map(|it| of(it, zones));
        zones.chain(OTHERS.into_iter().map(|it| of(it, None))).collect()
    }
}

/// Whether `part` is what remains of `whole` when some characters are left out.
fn leaves_out(whole: &str, part: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().all(|it| rest.any(|other| other == it))
}
