//! `属于` over columns (`semantics` §3.1): whole lists, places in a hierarchy, listed values.

use crate::data::Lookup;
use crate::data::lookup;
use crate::eval::chunk::Chunk;
use crate::eval::compare::compare_sets;
use crate::eval::series::Series;
use crate::eval::series::truths;
use crate::ir::Belonging;
use crate::ir::Comparison;
use crate::ir::NodeId;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::value::Bits;
use crate::value::Column;
use crate::value::Foreign;
use crate::value::MemberSet;
use crate::value::Possible;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::TruthColumn;
use crate::value::text;

/// `x 属于 …`
pub fn belongs(chunk: &Chunk<'_>, rows: usize, of: NodeId, to: &Belonging) -> Column {
    let program = chunk.context.program;
    let own = match program.node(of).ty {
        Ty::Member(id) => Some(id),
        _ => None,
    };
    let series = chunk.series(of);
    match (to, own) {
        (Belonging::Values(values), _) => {
            let values: Vec<&Series> = values.iter().map(|id| chunk.series(*id)).collect();
            truths(rows, |row| is_one_of(series, &values, row))
        }
        (Belonging::Vocabulary(list), None) => truths(rows, |row| {
            series.text(row).ask(|text| is_listed(program.vocabulary(*list), text))
        }),
        (Belonging::Vocabulary(list), Some(own)) => {
            let list_of = program.vocabulary(*list);
            let named = (own != *list).then(|| Named::new(program.vocabulary(own), list_of));
            let of_member = |member: u32| match &named {
                Some(named) => named.holds(program.vocabulary(own), list_of, member),
                None => Truth::TRUE,
            };
            let stray = |text: &TextSet| match own == *list {
                true if list_of.complete => Truth::FALSE,
                true => Truth::UNDECIDED,
                false => is_listed(list_of, text),
            };
            by_member(rows, series, program.vocabulary(own), of_member, stray)
        }
        (Belonging::Nodes(nodes), Some(own)) => {
            let own = program.vocabulary(own);
            let places = Places::new(own, nodes);
            let of_member = |member: u32| places.holds(own, member);
            by_member(rows, series, own, of_member, |_| Truth::FALSE)
        }
        (Belonging::Node(node), Some(own)) => {
            let (node, own) = (chunk.series(*node), program.vocabulary(own));
            truths(rows, |row| {
                let place = series.member(row).zip(&node.member(row), |x, above| {
                    Possible::values(sets_within(own, x, above))
                });
                place.into_truth()
            })
        }
        (Belonging::Nodes(_) | Belonging::Node(_), None) => {
            // Only a bare 不适用 has no vocabulary.
            truths(rows, |row| series.member(row).ask(|_| Truth::FALSE))
        }
    }
}

/// Equal to one of the values.
fn is_one_of(series: &Series, values: &[&Series], row: usize) -> Truth {
    let set = series.set(row);
    let equal = |value: &&Series| compare_sets(Comparison::Equal, &set, &value.set(row), 0);
    values.iter().map(equal).reduce(Truth::or).unwrap_or(Truth::FALSE)
}

/// A text, by any of its members' names.
fn is_listed(list: &Vocabulary, text: &TextSet) -> Truth {
    match text {
        TextSet::One(text) if list.index.contains_key(&*text::fold(text)) => Truth::TRUE,
        TextSet::One(_) if list.complete => Truth::FALSE,
        _ => Truth::UNDECIDED,
    }
}

/// The members of one list that another list names: a name that several bear names none of them for sure.
struct Named {
    sure: Places,
    maybe: Vec<u32>,
}

impl Named {
    fn new(own: &Vocabulary, list: &Vocabulary) -> Named {
        let (mut sure, mut maybe) = (vec![], vec![]);
        for it in &list.members {
            let coded = it.code.as_ref().map(|code| lookup(own, code));
            match coded
                .filter(|found| matches!(found, Lookup::One(_)))
                .unwrap_or_else(|| lookup(own, &it.name))
            {
                Lookup::One(member) => sure.push(member),
                Lookup::Several(members) => maybe.extend(members),
                Lookup::None => {}
            }
        }
        Named { sure: Places::new(own, &sure), maybe }
    }

    /// Whether a member, or one it lies in, stands in the list.
    fn holds(&self, own: &Vocabulary, list: &Vocabulary, member: u32) -> Truth {
        match self.sure.holds(own, member) {
            Truth::FALSE if own.upwards(member).any(|it| self.maybe.contains(&it)) => {
                Truth::UNDECIDED
            }
            Truth::FALSE if !list.complete => Truth::UNDECIDED,
            held => held,
        }
    }
}

/// Some nodes of a hierarchy, and whatever lies above one of them.
pub struct Places {
    nodes: Vec<bool>,
    above: Vec<bool>,
}

impl Places {
    /// These nodes.
    pub fn new(own: &Vocabulary, nodes: &[u32]) -> Places {
        let mut places =
            Places { nodes: vec![false; own.members.len()], above: vec![false; own.members.len()] };
        for node in nodes {
            places.nodes[*node as usize] = true;
            own.upwards(*node).for_each(|it| places.above[it as usize] = true);
        }
        places
    }

    /// Whether a member is one of the nodes or below one; undecided where it is only above one: then it is
    /// too coarse to say.
    pub fn holds(&self, own: &Vocabulary, member: u32) -> Truth {
        if own.upwards(member).any(|it| self.nodes[it as usize]) {
            Truth::TRUE
        } else if self.above[member as usize] {
            Truth::UNDECIDED
        } else {
            Truth::FALSE
        }
    }
}

/// The same for one node.
fn is_within(vocabulary: &Vocabulary, member: u32, node: u32) -> Truth {
    if vocabulary.is_within(member, node) {
        Truth::TRUE
    } else if vocabulary.is_within(node, member) {
        Truth::UNDECIDED
    } else {
        Truth::FALSE
    }
}

/// A question to each member that may stand in a row, answered once a member.
fn by_member(
    rows: usize,
    series: &Series,
    own: &Vocabulary,
    of_member: impl Fn(u32) -> Truth,
    of_stray: impl Fn(&TextSet) -> Truth,
) -> Column {
    let Column::Member(column) = series.column() else {
        return truths(rows, |row| series.member(row).ask(|_| Truth::UNDECIDED));
    };
    let mut answers = vec![Truth::NOTHING; own.members.len()];
    let mut answer = |member: u32| {
        // The value of a row that is not plain means nothing and need not be a member.
        let Some(known) = answers.get_mut(member as usize) else { return Truth::NOTHING };
        if *known == Truth::NOTHING {
            *known = of_member(member);
        }
        *known
    };
    let plain: Vec<Truth> = match series.is_same() {
        true => vec![answer(column.values[0]); rows],
        false => column.values.iter().map(|it| answer(*it)).collect(),
    };
    let bits = |truth: Truth| Bits::test(&plain, |it| it.may(truth));
    let mut truths = TruthColumn { t: bits(Truth::TRUE), f: bits(Truth::FALSE), n: None, e: None };
    for row in series.special(rows) {
        let set = column.special.get(series.at(row) as u32).expect("a row that is not plain");
        let truth = set.ask(|set| {
            let stray = match &set.foreign {
                Foreign::No => Truth::NOTHING,
                Foreign::One(text) => of_stray(&TextSet::One(text.clone())),
                Foreign::Any => of_stray(&TextSet::Any),
            };
            members_of(set, own).map(&mut answer).fold(stray, Truth::union)
        });
        truths.set(row, truth);
    }
    Column::Truth(truths)
}

/// The members that a set may be.
pub fn members_of<'a>(set: &'a MemberSet, own: &Vocabulary) -> Box<dyn Iterator<Item = u32> + 'a> {
    match &set.members {
        Some(members) => Box::new(members.iter().copied()),
        None => Box::new(0..own.members.len() as u32),
    }
}

/// Whether what one set may be lies below, or is, what another may be.
fn sets_within(own: &Vocabulary, x: &MemberSet, above: &MemberSet) -> Truth {
    // A stray lies within itself only.
    let mut all = match (&x.foreign, &above.foreign) {
        (Foreign::No, Foreign::No) => Truth::NOTHING,
        _ if x.is_single() && above.is_single() => Truth::of(x == above),
        (Foreign::No, _) | (_, Foreign::No) => Truth::FALSE,
        (Foreign::One(a), Foreign::One(b)) if a != b => Truth::FALSE,
        _ => Truth::UNDECIDED,
    };
    for member in members_of(x, own) {
        for node in members_of(above, own) {
            all = all.union(is_within(own, member, node));
            if all.may(Truth::TRUE) && all.may(Truth::FALSE) {
                return all;
            }
        }
    }
    all
}
