//! The cells of one field as a typed column (`semantics` §1.2): what each may be, and why it is not known. Rows are chosen elsewhere.

use crate::data::FieldColumn;
use crate::data::Hole;
use crate::data::HoleKind;
use crate::data::amount::Decimal;
use crate::data::lookup;
use crate::data::lookup::Lookup;
use crate::data::measure::Amount;
use crate::data::measure::Measure;
use crate::data::measure::Oddity;
use crate::diagnostic::Text;
use crate::ir::Domain;
use crate::ir::DurationUnit;
use crate::ir::Field;
use crate::ir::Program;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::value::Bits;
use crate::value::Column;
use crate::value::DateHull;
use crate::value::Dimension;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::NumberColumn;
use crate::value::Numbers;
use crate::value::PeriodKind;
use crate::value::PlainColumn;
use crate::value::Possible;
use crate::value::Sparse;
use crate::value::TextSet;
use crate::value::TruthColumn;
use crate::value::Unit;
use crate::value::day;
use crate::value::period;
use crate::value::text;
use indexmap::IndexMap;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A cell as given.
pub(crate) struct Cell<'a> {
    /// Its text.
    pub text: Cow<'a, str>,
    /// Why it cannot be trusted.
    pub damage: Option<Cow<'a, Text>>,
}

/// Findings about cells that are readable.
#[derive(Default)]
pub(crate) struct Notes {
    /// Odd numbers: row and text.
    pub odd: Vec<(u32, Oddity, String)>,
    /// Names that are in no list: the row of the first, how many there are, and what to say of it.
    pub foreign: IndexMap<String, (u32, u32, Text)>,
}

/// What a reader of one type makes of a cell.
enum Reading<T, S> {
    Plain(T),
    Special(S),
    Hole(HoleKind, S, Text),
    Fault(Text),
}

/// What columns of all types have in common.
struct Builder<'a> {
    field: &'a Field,
    marks: &'a [String],
    words: Option<&'a Vocabulary>,
    filled: Bits,
    holes: BTreeMap<u32, Hole>,
}

/// No end either way.
const ALWAYS: DateHull = DateHull { low: None, high: None };

/// Builds the column of a field that holds one value a row. `marks` are folded.
pub(crate) fn build<'c>(
    program: &Program,
    field: &Field,
    marks: &[String],
    ty: (Ty, Option<&Unit>, &Domain),
    len: usize,
    cells: impl Iterator<Item = Cell<'c>>,
) -> (FieldColumn, Notes) {
    let mut notes = Notes::default();
    let words = if let Ty::Member(id) = ty.0 { Some(program.vocabulary(id)) } else { None };
    let mut builder =
        Builder { field, marks, words, filled: Bits::filled(len, false), holes: BTreeMap::new() };
    let (ty, unit, domain) = ty;
    let column = match ty {
        Ty::Truth => truths(builder.read(cells, false, (), read_truth)),
        Ty::Number(dimension) => {
            let mut measure = Measure::new(&program.units, dimension, unit, domain);
            numbers(builder.read_numbers(cells, &mut measure, &mut notes, |it| it))
        }
        Ty::Duration(unit) => {
            let whole = match domain {
                Domain::Numbers { hull, .. } => Domain::Numbers { hull: hull.clone(), whole: true },
                _ => Domain::Numbers { hull: Hull::everything(), whole: true },
            };
            let mut measure = Measure::new(&program.units, Dimension::default(), None, &whole);
            numbers(
                builder
                    .read_numbers(cells, &mut measure, &mut notes, |it| without_duration(it, unit)),
            )
        }
        Ty::Date => {
            let hull = if let Domain::Dates(hull) = domain { *hull } else { ALWAYS };
            let (values, special) = builder.read(cells, 1, hull, |_, it| read_date(it, hull));
            Column::Date(PlainColumn { values, special })
        }
        Ty::Period(kind) => {
            let hull = if let Domain::Dates(hull) = domain { *hull } else { ALWAYS };
            let (values, special) =
                builder.read(cells, 1, hull, |_, it| read_period(it, kind, hull));
            Column::Date(PlainColumn { values, special })
        }
        Ty::Member(id) => {
            let (values, special) = builder.read_members(cells, program.vocabulary(id), &mut notes);
            Column::Member(PlainColumn { values, special })
        }
        Ty::Text | Ty::NotApplicable => {
            let (values, special) =
                builder.read(cells, Arc::from(""), TextSet::Any, |_, it| read_text(it));
            Column::Text(PlainColumn { values, special })
        }
    };
    (FieldColumn { column, header: None, filled: builder.filled, holes: builder.holes }, notes)
}

impl Builder<'_> {
    /// Reads all cells; `blank` stands where there is no plain value, `domain` is what a hole may be.
    fn read<'c, T: Clone, S: Clone>(
        &mut self,
        cells: impl Iterator<Item = Cell<'c>>,
        blank: T,
        domain: S,
        mut reader: impl FnMut(u32, &str) -> Reading<T, S>,
    ) -> (Vec<T>, Sparse<S>) {
        let mut values = Vec::with_capacity(self.filled.len());
        let mut special = Sparse::default();
        for (row, cell) in (0u32..).zip(cells) {
            let folded = text::fold(&cell.text);
            let (kind, set, why) = match (cell.damage, folded.is_empty()) {
                // A damaged blank is a cell whose two rows differ: it is to be corrected too.
                (Some(why), _) => (HoleKind::Fault, None, why.into_owned()),
                (None, true) if self.field.blank_is_none => {
                    values.push(blank.clone());
                    special.push(row, Possible::not_applicable());
                    continue;
                }
                (None, true) => (HoleKind::Blank, None, Text::default()),
                (None, false) if self.is_none(&folded) => {
                    self.filled.set(row as usize, true);
                    values.push(blank.clone());
                    special.push(row, Possible::not_applicable());
                    continue;
                }
                (None, false) if self.is_stray_none(&folded) => {
                    (HoleKind::Fault, None, stray_none())
                }
                (None, false) => match reader(row, &folded) {
                    Reading::Plain(value) => {
                        self.filled.set(row as usize, true);
                        values.push(value);
                        continue;
                    }
                    Reading::Special(set) => {
                        self.filled.set(row as usize, true);
                        values.push(blank.clone());
                        special.push(row, Possible::values(set));
                        continue;
                    }
                    Reading::Hole(kind, set, why) => (kind, Some(set), why),
                    Reading::Fault(why) => (HoleKind::Fault, None, why),
                },
            };
            self.filled.set(row as usize, !folded.is_empty());
            values.push(blank.clone());
            let na = set.is_none() && self.field.may_be_none;
            let set = set.unwrap_or_else(|| domain.clone());
            special.push(row, Possible { values: Some(set), na, error: false });
            self.holes.insert(row, Hole { kind, raw: text::trim(&cell.text).to_owned(), why });
        }
        (values, special)
    }

    fn is_none(&self, folded: &str) -> bool {
        self.field.may_be_none
            && (folded == "无" || folded == "none" || self.marks.iter().any(|it| it == folded))
    }

    /// 无 or a mark in a field that is not 可无, and no word of its own.
    fn is_stray_none(&self, folded: &str) -> bool {
        let own = || self.words.is_some_and(|it| it.index.contains_key(folded));
        (folded == "无" || self.marks.iter().any(|it| it == folded)) && !own()
    }

    fn read_numbers<'c>(
        &mut self,
        cells: impl Iterator<Item = Cell<'c>>,
        measure: &mut Measure<'_>,
        notes: &mut Notes,
        prepare: impl Fn(&str) -> &str,
    ) -> (Vec<Amount>, Sparse<Hull>) {
        let domain = measure.domain().clone();
        let zero = Amount::Decimal(Decimal { mantissa: 0, scale: 0 });
        self.read(cells, zero, domain, |row, cell| match measure.read(prepare(cell)) {
            Ok((amount, oddity)) => {
                notes.odd.extend(oddity.map(|it| (row, it, cell.to_owned())));
                Reading::Plain(amount)
            }
            Err(why) => Reading::Fault(why),
        })
    }

    fn read_members<'c>(
        &mut self,
        cells: impl Iterator<Item = Cell<'c>>,
        vocabulary: &Vocabulary,
        notes: &mut Notes,
    ) -> (Vec<u32>, Sparse<MemberSet>) {
        let open = self.field.or_other || !vocabulary.complete;
        let domain =
            MemberSet { members: None, foreign: if open { Foreign::Any } else { Foreign::No } };
        let mut known: IndexMap<String, (Lookup, Text)> = IndexMap::new();
        let mut strange = 0;
        self.read(cells, 0, domain, |row, cell| {
            let (found, why) = match known.get(cell) {
                Some(found) => found,
                None => {
                    let found = lookup::lookup(vocabulary, cell);
                    strange += (found == Lookup::None) as usize;
                    let why = match &found {
                        Lookup::One(_) => Text::default(),
                        Lookup::Several(members) => same_names(vocabulary, members),
                        Lookup::None => not_in_list(vocabulary, cell, strange <= MOST_OFFERS),
                    };
                    known.entry(cell.to_owned()).or_insert((found, why))
                }
            };
            match found {
                Lookup::One(member) => Reading::Plain(*member),
                Lookup::Several(members) => Reading::Hole(
                    HoleKind::Homonym,
                    MemberSet::any_of(members.clone()),
                    why.clone(),
                ),
                Lookup::None if !open => Reading::Fault(why.clone()),
                Lookup::None => {
                    notes
                        .foreign
                        .entry(cell.to_owned())
                        .or_insert_with(|| (row, 0, why.clone()))
                        .1 += 1;
                    Reading::Special(MemberSet::foreign(cell.into()))
                }
            }
        })
    }
}

fn read_truth(_: u32, cell: &str) -> Reading<bool, ()> {
    let neither = || Reading::Fault(Text::new("不是“是”或“否”", "is neither yes nor no"));
    truth(cell).map_or_else(neither, Reading::Plain)
}

/// What a folded cell says as a truth.
pub(crate) fn truth(cell: &str) -> Option<bool> {
    match cell {
        "是" | "√" | "✓" | "✔" | "☑" => Some(true),
        "否" | "×" | "✗" | "✘" | "☒" => Some(false),
        _ if ["yes", "true"].iter().any(|it| cell.eq_ignore_ascii_case(it)) => Some(true),
        _ if ["no", "false"].iter().any(|it| cell.eq_ignore_ascii_case(it)) => Some(false),
        _ => None,
    }
}

fn read_date(cell: &str, domain: DateHull) -> Reading<i32, DateHull> {
    let Some(written) = day::parse(cell) else {
        return Reading::Fault(Text::new(
            "不是日期（应如 2020-11-06）",
            "is not a date such as 2020-11-06",
        ));
    };
    let low = written.low.max(domain.low);
    let high = [written.high, domain.high].into_iter().flatten().min();
    match (low, high) {
        (Some(low), Some(high)) if low > high => Reading::Fault(out_of_dates(domain)),
        (Some(low), _) if written.low == written.high => Reading::Plain(low),
        _ => {
            let why = Text::new("不够具体，应写到日", "is coarser than a day");
            Reading::Hole(HoleKind::Coarse, DateHull { low, high }, why)
        }
    }
}

/// A period coarser than asked is all that it holds.
fn read_period(cell: &str, kind: PeriodKind, domain: DateHull) -> Reading<i32, DateHull> {
    let Some(written) = period::parse(cell) else {
        let (zh, en) = match kind {
            PeriodKind::Year => ("不是年份（应如 2022 或 2022年）", "is not a year such as 2022"),
            PeriodKind::Quarter => {
                ("不是季度（应如 2022年第3季度 或 2022Q3）", "is not a quarter such as 2022Q3")
            }
            PeriodKind::Month => {
                ("不是月份（应如 2022年8月 或 2022-08）", "is not a month such as 2022-08")
            }
        };
        return Reading::Fault(Text::new(zh, en));
    };
    let Some((low, high)) = period::within(kind, written) else {
        return Reading::Fault(Text::new(
            format!("比本栏要求的细，应写到{}", kind.words().0),
            format!("is finer than the {} asked for", kind.words().1),
        ));
    };
    let (low, high) = (domain.low.unwrap_or(low).max(low), domain.high.unwrap_or(high).min(high));
    match low.cmp(&high) {
        std::cmp::Ordering::Greater => Reading::Fault(Text::new("超出范围", "is out of range")),
        std::cmp::Ordering::Equal => Reading::Plain(low),
        std::cmp::Ordering::Less => {
            let why = Text::new(
                format!("不够具体，应写到{}", kind.words().0),
                format!("is coarser than a {}", kind.words().1),
            );
            Reading::Hole(HoleKind::Coarse, DateHull { low: Some(low), high: Some(high) }, why)
        }
    }
}

fn read_text(cell: &str) -> Reading<Arc<str>, TextSet> {
    match cell.contains(|it: char| {
        it == '\u{FFFD}' || it.is_control() && !matches!(it, '\n' | '\r' | '\t')
    }) {
        true => {
            Reading::Fault(Text::new("含有读不出的字符", "holds characters that cannot be read"))
        }
        false => Reading::Plain(cell.into()),
    }
}

/// The digits of 3年, 6 个月, 5 个工作日.
fn without_duration(cell: &str, unit: DurationUnit) -> &str {
    let words: &[&str] = match unit {
        DurationUnit::Year => &["年"],
        DurationUnit::Month => &["个月", "月"],
        DurationUnit::Day => &["日", "天"],
        DurationUnit::Workday => &["个工作日", "工作日"],
    };
    words.iter().find_map(|it| cell.strip_suffix(it)).map_or(cell, str::trim_end)
}

fn truths((values, special): (Vec<bool>, Sparse<()>)) -> Column {
    let mut t = Bits::collect(values.iter().copied());
    let mut f = Bits::collect(values.iter().map(|it| !it));
    let mut n = None;
    for (row, set) in special.iter() {
        let row = row as usize;
        t.set(row, set.values.is_some());
        f.set(row, set.values.is_some());
        if set.na {
            n.get_or_insert_with(|| Bits::filled(values.len(), false)).set(row, true);
        }
    }
    Column::Truth(TruthColumn { t, f, n, e: None })
}

/// One scale for all where they fit, else exact numbers.
fn numbers((values, special): (Vec<Amount>, Sparse<Hull>)) -> Column {
    let scale = values.iter().try_fold(0, |scale: u32, it| match it {
        Amount::Decimal(it) => Some(scale.max(it.scale)),
        Amount::Exact(_) => None,
    });
    let scaled = scale.and_then(|scale| {
        let mantissa = |it: &Amount| match it {
            Amount::Decimal(it) => i64::try_from(it.at_scale(scale)?).ok(),
            Amount::Exact(_) => None,
        };
        let mantissas: Option<Vec<i64>> = values.iter().map(mantissa).collect();
        Some(Numbers::Scaled { scale, mantissas: mantissas? })
    });
    let exact = || Numbers::Exact(values.iter().map(Amount::to_number).collect::<Vec<Number>>());
    Column::Number(NumberColumn { values: scaled.unwrap_or_else(exact), special })
}

fn stray_none() -> Text {
    Text::new(
        "在本栏没有意义：规则没有声明本栏“可无”",
        "means nothing here: the rulebook does not say that the field may be none",
    )
}

fn out_of_dates(domain: DateHull) -> Text {
    let side = |day: Option<i32>, sign: &str| day.map(|it| format!("{sign} {}", day::show(it)));
    let sides: Vec<String> =
        [side(domain.low, "≥"), side(domain.high, "≤")].into_iter().flatten().collect();
    Text::new(
        format!("超出范围：应 {}", sides.join(" 且 ")),
        format!("is out of range: {}", sides.join(" and ")),
    )
}

/// How many of the nearest names are offered.
const OFFERED: usize = 3;
/// For how many different names of a column the nearest are sought: each costs a walk through the list.
const MOST_OFFERS: usize = 100;

/// Names like 湖北省孝感市, with the code where there is one.
fn described(vocabulary: &Vocabulary, member: u32) -> String {
    let above = |at: &u32| vocabulary.members[*at as usize].parent;
    let mut path: Vec<&str> = std::iter::successors(Some(member), above)
        .map(|at| vocabulary.members[at as usize].name.as_ref())
        .collect();
    path.reverse();
    match &vocabulary.members[member as usize].code {
        Some(code) => format!("{}（{code}）", path.join("/")),
        None => path.join("/"),
    }
}

fn same_names(vocabulary: &Vocabulary, members: &[u32]) -> Text {
    let shown: Vec<String> =
        members.iter().take(OFFERED).map(|it| described(vocabulary, *it)).collect();
    let (count, shown_zh) = (members.len(), shown.join("、"));
    let more = if count > OFFERED { " 等" } else { "" };
    Text::new(
        format!("有 {count} 个同名者：{shown_zh}{more}；请写全称、上级加名称，或代码"),
        format!(
            "is the name of {count} members: {}; write the full name, the places above it too, or the code",
            shown.join(", ")
        ),
    )
}

/// Words for a name that is not in a list, with what it may have meant.
fn not_in_list(vocabulary: &Vocabulary, cell: &str, offer: bool) -> Text {
    let (zh, en) =
        (format!("不在“{}”中", vocabulary.name), format!("is not in `{}`", vocabulary.name));
    let all = 0..vocabulary.members.len() as u32;
    let short = all.len() <= 6;
    let near = if offer && !short { lookup::nearest(vocabulary, cell, OFFERED) } else { vec![] };
    let shown = if short { all.collect() } else { near };
    let shown: Vec<String> = shown.into_iter().map(|it| described(vocabulary, it)).collect();
    match (shown.is_empty(), short) {
        (true, _) => Text::new(zh, en),
        (false, true) => Text::new(
            format!("{zh}；可填：{}", shown.join("、")),
            format!("{en}: {}", shown.join(", ")),
        ),
        (false, false) => Text::new(
            format!("{zh}；最接近：{}", shown.join("、")),
            format!("{en}; nearest: {}", shown.join(", ")),
        ),
    }
}
