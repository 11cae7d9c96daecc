//! Words for units, Chinese and English, and what they are worth (`semantics` §7.5). Numbers are read elsewhere.

use crate::value::Dimension;
use crate::value::Number;
use crate::value::Unit;
use crate::value::UnitKind;
use crate::value::text;
use crate::value::unit::DECLARED;

/// Words for whole things. They share one dimension with bare numbers.
const COUNTS: &[&str] = &[
    "个",
    "家",
    "人",
    "件",
    "项",
    "户",
    "名",
    "座",
    "台",
    "套",
    "只",
    "条",
    "次",
    "所",
    "处",
    "位",
    "篇",
    "册",
    "种",
    "类",
    "批",
    "起",
    "宗",
    "例",
    "场",
    "门",
    "辆",
    "艘",
    "架",
    "枚",
    "株",
    "头",
    "份",
    "部",
    "本",
    "款",
    "张",
    "支",
    "间",
    "栋",
    "幢",
    "组",
    "队",
    "团",
    "笔",
    "片",
    "块",
    "段",
    "根",
    "颗",
    "粒",
    "箱",
    "包",
    "瓶",
    "桶",
    "袋",
    "盒",
    "届",
    "轮",
    "人次",
    "户次",
    "车次",
    "班次",
    "家次",
    "件次",
    "标准箱",
];
/// English words for whole things, one and many.
const COUNTS_EN: &[&str] = &[
    "unit",
    "units",
    "person",
    "persons",
    "people",
    "piece",
    "pieces",
    "item",
    "items",
    "household",
    "households",
    "firm",
    "firms",
    "enterprise",
    "enterprises",
    "body",
    "bodies",
    "institution",
    "institutions",
    "case",
    "cases",
    "project",
    "projects",
    "patent",
    "patents",
    "time",
    "times",
    "set",
    "sets",
];
/// What may stand before a unit; longer before shorter.
const PREFIXES: &[(&str, u32)] = &[
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("十亿", 9),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("亿", 8),
    ("万", 4),
    ("千", 3),
    ("百", 2),
    ("十", 1),
    ("hundred_million_", 8),
    ("hundred_thousand_", 5),
    ("ten_thousand_", 4),
    ("ten_million_", 7),
    ("hundred_", 2),
    ("thousand_", 3),
    ("million_", 6),
    ("billion_", 9),
];

const NONE: Dimension =
    Dimension { money: 0, length: 0, mass: 0, energy: 0, time: 0, declared: [0; DECLARED] };
const MONEY: Dimension = Dimension { money: 1, ..NONE };
const LENGTH: Dimension = Dimension { length: 1, ..NONE };
const AREA: Dimension = Dimension { length: 2, ..NONE };
const MASS: Dimension = Dimension { mass: 1, ..NONE };
const ENERGY: Dimension = Dimension { energy: 1, ..NONE };
const TIME: Dimension = Dimension { time: 1, ..NONE };

/// The units of a rulebook: those it declares, and those of the language.
#[derive(Clone, Debug, Default)]
pub struct Units {
    declared: Vec<Unit>,
    bases: usize,
}

impl Units {
    /// Declares a unit as so many of another.
    pub fn declare(&mut self, name: &str, value: &Number, of: &Unit) {
        let (name, factor) = (text::fold(name).into(), value.multiply(&of.factor));
        self.declared.push(Unit { name, dimension: of.dimension, factor, kind: of.kind });
    }

    /// Declares a unit that is made of no other; none if there are too many.
    pub fn declare_base(&mut self, name: &str) -> Option<()> {
        let mut dimension = NONE;
        *dimension.declared.get_mut(self.bases)? = 1;
        self.bases += 1;
        let (name, factor) = (text::fold(name).into(), Number::one());
        self.declared.push(Unit { name, dimension, factor, kind: UnitKind::Measure });
        Some(())
    }

    /// Whether the rulebook declares a unit of this name.
    pub fn is_declared(&self, name: &str) -> bool {
        self.own(&text::fold(name)).is_some()
    }

    /// Reads a unit as written: `万元`, `家`, `%`, `件/万人`, `thousand_yuan`. None for words that are no unit.
    /// Spans of time in years, months and days are no units: they have their own type.
    pub fn parse(&self, written: &str) -> Option<Unit> {
        let name = text::fold(written);
        let mut words = name.split('/').map(|it| self.word(it.trim()));
        let (mut dimension, mut factor, mut kind) = words.next()??;
        for part in words {
            let (below, by, _) = part?;
            dimension = dimension.times(below, -1);
            factor = factor.checked_div(&by)?;
            kind = UnitKind::Measure;
        }
        Some(Unit { name: name.into(), dimension, factor, kind })
    }

    fn word(&self, text: &str) -> Option<(Dimension, Number, UnitKind)> {
        if let Some(found) = self.own(text).or_else(|| ratio(text)).or_else(|| base(text)) {
            return Some(found);
        }
        PREFIXES.iter().find_map(|(prefix, power)| {
            let stem = text.strip_prefix(prefix)?;
            let (dimension, factor, kind) = self.own(stem).or_else(|| base(stem))?;
            Some((dimension, Number::from(10i64.pow(*power)).multiply(&factor), kind))
        })
    }

    fn own(&self, text: &str) -> Option<(Dimension, Number, UnitKind)> {
        let found = self.declared.iter().find(|it| *it.name == *text)?;
        Some((found.dimension, found.factor.clone(), found.kind))
    }
}

/// Reads a unit of the language.
pub fn parse_unit(written: &str) -> Option<Unit> {
    Units::default().parse(written)
}

/// Whether a field in this unit holds whole numbers unless it says otherwise: a counting word without a prefix.
pub fn is_whole_by_default(unit: &Unit) -> bool {
    unit.kind == UnitKind::Count && unit.factor == Number::one()
}

/// Ratios and points, which take no prefix.
fn ratio(text: &str) -> Option<(Dimension, Number, UnitKind)> {
    let (numerator, denominator, kind) = match text {
        "%" | "个百分点" | "百分点" | "percent" | "percentage_point" | "percentage_points" => {
            (1, 100, UnitKind::Ratio)
        }
        "‰" | "permille" => (1, 1000, UnitKind::Ratio),
        "小数" | "倍" | "decimal" | "fold" => (1, 1, UnitKind::Ratio),
        "分" | "point" | "points" => (1, 1, UnitKind::Points),
        _ => return None,
    };
    Some((NONE, Number::fraction(numerator, denominator)?, kind))
}

/// Units that may take a prefix. 吨标准煤 counts as mass: it never turns into 千瓦时 by itself,
/// because standards fix that coefficient by rounding.
fn base(text: &str) -> Option<(Dimension, Number, UnitKind)> {
    if COUNTS.contains(&text) || COUNTS_EN.contains(&text) {
        return Some((NONE, Number::one(), UnitKind::Count));
    }
    let (dimension, numerator, denominator) = match text {
        "元" | "yuan" => (MONEY, 1, 1),
        "米" | "metre" | "metres" | "meter" | "meters" => (LENGTH, 1, 1),
        "公里" | "千米" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => {
            (LENGTH, 1000, 1)
        }
        "平方米" | "square_metres" | "square_meters" => (AREA, 1, 1),
        "平方公里" | "平方千米" | "square_kilometres" | "square_kilometers" => {
            (AREA, 1_000_000, 1)
        }
        "公顷" | "hectare" | "hectares" => (AREA, 10_000, 1),
        "亩" | "mu" => (AREA, 2000, 3),
        "克" | "gram" | "grams" => (MASS, 1, 1000),
        "千克" | "公斤" | "千克标准煤" | "kilogram" | "kilograms" => (MASS, 1, 1),
        "吨" | "吨标准煤" | "tonne" | "tonnes" | "ton" | "tons" | "tonnes_of_standard_coal" => {
            (MASS, 1000, 1)
        }
        "千瓦时" | "度" | "kilowatt_hour" | "kilowatt_hours" | "kwh" => (ENERGY, 1, 1),
        "小时" | "hour" | "hours" => (TIME, 1, 1),
        _ => return None,
    };
    Some((dimension, Number::fraction(numerator, denominator)?, UnitKind::Measure))
}
