//! The cells of one field as a typed column (`semantics` §1.2): what each may be, and why it is not known. Rows are chosen elsewhere.

mod numbers;
mod simple;
mod words;

use crate::data::FieldColumn;
use crate::data::Hole;
use crate::data::HoleKind;
use crate::data::lookup;
use crate::data::lookup::Lookup;
use crate::data::measure::Amount;
use crate::data::measure::Measure;
use crate::data::measure::Oddity;
use crate::diagnostic::Text;
use crate::ir::Domain;
use crate::ir::Field;
use crate::ir::Program;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::value::Bits;
use crate::value::Column;
use crate::value::Dimension;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::MemberSet;
use crate::value::PlainColumn;
use crate::value::Possible;
use crate::value::Sparse;
use crate::value::TextSet;
use crate::value::TruthColumn;
use crate::value::Unit;
use crate::value::text;
use indexmap::IndexMap;
use numbers::Filling;
use simple::ALWAYS;
use simple::read_date;
use simple::read_period;
use simple::read_text;
use simple::read_truth;
pub(crate) use simple::truth;
use simple::without_duration;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use words::MOST_OFFERS;
use words::not_in_list;
use words::same_names;
use words::stray_none;

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
    /// Number of rows.
    len: usize,
}

/// Builds the column of a field that holds one value a row. `cells` come in any order, each with its row, and each row
/// has one. `marks` are folded.
pub(crate) fn build<'c>(
    program: &Program,
    field: &Field,
    marks: &[String],
    ty: (Ty, Option<&Unit>, &Domain),
    len: usize,
    cells: impl Iterator<Item = (u32, Cell<'c>)>,
) -> (FieldColumn, Notes) {
    let mut notes = Notes::default();
    let words = if let Ty::Member(id) = ty.0 { Some(program.vocabulary(id)) } else { None };
    let mut builder = Builder {
        field,
        marks,
        words,
        filled: Bits::filled(len, false),
        holes: BTreeMap::new(),
        len,
    };
    let (ty, unit, domain) = ty;
    let column = match ty {
        Ty::Truth => builder.read_truths(cells),
        Ty::Number(dimension) => {
            let mut measure = Measure::new(&program.units, dimension, unit, domain);
            builder.read_numbers(cells, &mut measure, &mut notes, |it| it)
        }
        Ty::Duration(unit) => {
            let whole = match domain {
                Domain::Numbers { hull, .. } => Domain::Numbers { hull: hull.clone(), whole: true },
                _ => Domain::Numbers { hull: Hull::everything(), whole: true },
            };
            let mut measure = Measure::new(&program.units, Dimension::default(), None, &whole);
            builder.read_numbers(cells, &mut measure, &mut notes, |it| without_duration(it, unit))
        }
        Ty::Date => {
            let hull = if let Domain::Dates(hull) = domain { *hull } else { ALWAYS };
            Column::Date(builder.read_plain(cells, 1, hull, |_, it| read_date(it, hull)))
        }
        Ty::Period(kind) => {
            let hull = if let Domain::Dates(hull) = domain { *hull } else { ALWAYS };
            Column::Date(builder.read_plain(cells, 1, hull, |_, it| read_period(it, kind, hull)))
        }
        Ty::Member(id) => {
            Column::Member(builder.read_members(cells, program.vocabulary(id), &mut notes))
        }
        Ty::Text | Ty::NotApplicable => {
            let blank: Arc<str> = Arc::from("");
            Column::Text(builder.read_plain(cells, blank, TextSet::Any, |_, it| read_text(it)))
        }
    };
    notes.odd.sort_by_key(|it| it.0);
    (FieldColumn { column, header: None, filled: builder.filled, holes: builder.holes }, notes)
}

impl Builder<'_> {
    /// Reads all cells: plain values are put, the rest comes back. `domain` is what a hole may be.
    fn read<'c, T, S: Clone>(
        &mut self,
        cells: impl Iterator<Item = (u32, Cell<'c>)>,
        domain: S,
        mut reader: impl FnMut(u32, &str) -> Reading<T, S>,
        mut put: impl FnMut(u32, T),
    ) -> Sparse<S> {
        let mut special: Vec<(u32, Possible<S>)> = vec![];
        for (row, cell) in cells {
            let folded = text::fold(&cell.text);
            let (kind, set, why) = match (cell.damage, folded.is_empty()) {
                // A damaged blank is a cell whose two rows differ: it is to be corrected too.
                (Some(why), _) => (HoleKind::Fault, None, why.into_owned()),
                (None, true) if self.field.blank_is_none => {
                    special.push((row, Possible::not_applicable()));
                    continue;
                }
                (None, true) => (HoleKind::Blank, None, Text::default()),
                (None, false) if self.is_none(&folded) => {
                    self.filled.set(row as usize, true);
                    special.push((row, Possible::not_applicable()));
                    continue;
                }
                (None, false) if self.is_stray_none(&folded) => {
                    (HoleKind::Fault, None, stray_none())
                }
                (None, false) => match reader(row, &folded) {
                    Reading::Plain(value) => {
                        self.filled.set(row as usize, true);
                        put(row, value);
                        continue;
                    }
                    Reading::Special(set) => {
                        self.filled.set(row as usize, true);
                        special.push((row, Possible::values(set)));
                        continue;
                    }
                    Reading::Hole(kind, set, why) => (kind, Some(set), why),
                    Reading::Fault(why) => (HoleKind::Fault, None, why),
                },
            };
            self.filled.set(row as usize, !folded.is_empty());
            let na = set.is_none() && self.field.may_be_none;
            let set = set.unwrap_or_else(|| domain.clone());
            special.push((row, Possible { values: Some(set), na, error: false }));
            self.holes.insert(row, Hole { kind, raw: text::trim(&cell.text).to_owned(), why });
        }
        special.sort_by_key(|it| it.0);
        let mut sparse = Sparse::default();
        special.into_iter().for_each(|(row, set)| sparse.push(row, set));
        sparse
    }

    /// Reads all cells; `blank` stands where there is no plain value.
    fn read_plain<'c, T: Clone, S: Clone>(
        &mut self,
        cells: impl Iterator<Item = (u32, Cell<'c>)>,
        blank: T,
        domain: S,
        reader: impl FnMut(u32, &str) -> Reading<T, S>,
    ) -> PlainColumn<T, S> {
        let mut values = vec![blank; self.len];
        let special = self.read(cells, domain, reader, |row, value| values[row as usize] = value);
        PlainColumn { values, special }
    }

    fn read_truths<'c>(&mut self, cells: impl Iterator<Item = (u32, Cell<'c>)>) -> Column {
        let (mut t, mut f) = (Bits::filled(self.len, false), Bits::filled(self.len, false));
        let special = self.read(cells, (), read_truth, |row, value| {
            if value { &mut t } else { &mut f }.set(row as usize, true);
        });
        let mut n = None;
        for (row, set) in special.iter() {
            let row = row as usize;
            t.set(row, set.values.is_some());
            f.set(row, set.values.is_some());
            if set.na {
                n.get_or_insert_with(|| Bits::filled(self.len, false)).set(row, true);
            }
        }
        Column::Truth(TruthColumn { t, f, n, e: None })
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
        cells: impl Iterator<Item = (u32, Cell<'c>)>,
        measure: &mut Measure<'_>,
        notes: &mut Notes,
        prepare: impl Fn(&str) -> &str,
    ) -> Column {
        let domain = measure.domain().clone();
        let mut filling = Filling::new(self.len);
        let reader = |row, cell: &str| match measure.read(prepare(cell)) {
            Ok((amount, oddity)) => {
                notes.odd.extend(oddity.map(|it| (row, it, cell.to_owned())));
                Reading::Plain(amount)
            }
            Err(why) => Reading::Fault(why),
        };
        let put = |row, amount: Amount| filling.put(row, &amount);
        let special = self.read(cells, domain, reader, put);
        Column::Number(filling.finish(special))
    }

    fn read_members<'c>(
        &mut self,
        cells: impl Iterator<Item = (u32, Cell<'c>)>,
        vocabulary: &Vocabulary,
        notes: &mut Notes,
    ) -> PlainColumn<u32, MemberSet> {
        let open = self.field.or_other || !vocabulary.complete;
        let domain =
            MemberSet { members: None, foreign: if open { Foreign::Any } else { Foreign::No } };
        let mut known: IndexMap<String, (Lookup, Text)> = IndexMap::new();
        let mut strange = 0;
        self.read_plain(cells, 0, domain, |row, cell| {
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
                    let foreign = notes.foreign.entry(cell.to_owned());
                    let (first, count, _) = foreign.or_insert_with(|| (row, 0, why.clone()));
                    (*first, *count) = (row.min(*first), *count + 1);
                    Reading::Special(MemberSet::foreign(cell.into()))
                }
            }
        })
    }
}
