//! 分级 over columns (`semantics` §3.4): the first row from the top that matches; what is undecided is cut into
//! pieces in which every row is decided.

use crate::eval::belongs::Places;
use crate::eval::belongs::members_of;
use crate::eval::chunk::Chunk;
use crate::eval::compare::compare_sets;
use crate::eval::series::Series;
use crate::eval::series::kind_of;
use crate::eval::series::mixed;
use crate::ir::Comparison;
use crate::ir::GradeTest;
use crate::ir::Node;
use crate::ir::NodeId;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::value::Column;
use crate::value::End;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Truth;

/// More members than this are not enumerated.
const MOST_MEMBERS: usize = 4096;

/// 分级
pub fn grade(
    chunk: &Chunk<'_>,
    node: &Node,
    rows: usize,
    of: NodeId,
    tests: &[(GradeTest, NodeId)],
) -> Column {
    let program = chunk.context.program;
    let vocabulary = match program.node(of).ty {
        Ty::Member(id) => Some(program.vocabulary(id)),
        _ => None,
    };
    let table = Table {
        vocabulary,
        rows: tests
            .iter()
            .map(|(test, result)| (Test::of(chunk, test, vocabulary), chunk.series(*result)))
            .collect(),
    };
    let series = chunk.series(of);
    mixed(kind_of(node.ty), rows, |row, mix| {
        let reached = table.reached(&series.set(row), row);
        mix.error = reached.error;
        for (at, (_, result)) in table.rows.iter().enumerate() {
            mix.may(reached.rows[at], result);
        }
    })
}

struct Table<'a> {
    vocabulary: Option<&'a Vocabulary>,
    rows: Vec<(Test<'a>, &'a Series)>,
}

enum Test<'a> {
    Any,
    Otherwise,
    NotApplicable,
    /// Any of these conjunctions holds.
    Tests(Vec<Vec<(Comparison, &'a Series)>>),
    Members(Places),
}

impl<'a> Test<'a> {
    fn of(chunk: &'a Chunk<'_>, test: &GradeTest, own: Option<&Vocabulary>) -> Test<'a> {
        let bound = |(op, bound): &(Comparison, NodeId)| (*op, chunk.series(*bound));
        match test {
            GradeTest::Any => Test::Any,
            GradeTest::Otherwise => Test::Otherwise,
            GradeTest::NotApplicable => Test::NotApplicable,
            GradeTest::Tests(any) => {
                Test::Tests(any.iter().map(|all| all.iter().map(bound).collect()).collect())
            }
            GradeTest::Members(members) => {
                let own = own.expect("members have a vocabulary");
                Test::Members(Places::new(own, members))
            }
        }
    }
}

/// The rows of the table that may be the first to match.
struct Reached {
    rows: Vec<bool>,
    error: bool,
}

impl Table<'_> {
    fn reached(&self, set: &Set, row: usize) -> Reached {
        let mut reached = Reached { rows: vec![false; self.rows.len()], error: false };
        for piece in self.pieces(set, row) {
            self.walk(&piece, row, &mut reached);
        }
        if set.may_be_na() {
            let first = self
                .rows
                .iter()
                .position(|(test, _)| matches!(test, Test::Any | Test::NotApplicable));
            reached.stop_at(first);
        }
        if set.may_be_error() {
            // Only a row that does not look takes what is in error.
            let first = self.rows.first().filter(|(test, _)| matches!(test, Test::Any));
            reached.stop_at(first.map(|_| 0));
        }
        reached
    }

    /// Marks what a piece of values reaches, from the top down to the first row that matches for certain.
    fn walk(&self, piece: &Set, row: usize, reached: &mut Reached) {
        for (at, (test, _)) in self.rows.iter().enumerate() {
            let truth = self.matches(test, piece, row);
            reached.rows[at] |= truth.may(Truth::TRUE);
            reached.error |= truth.may(Truth::ERROR);
            if !truth.may(Truth::FALSE.union(Truth::NOT_APPLICABLE)) {
                return;
            }
        }
        reached.error = true;
    }

    fn matches(&self, test: &Test<'_>, piece: &Set, row: usize) -> Truth {
        match test {
            Test::Any | Test::Otherwise => Truth::TRUE,
            Test::NotApplicable => Truth::FALSE,
            Test::Tests(any) => {
                let members = self.vocabulary.map_or(0, |it| it.members.len() as u32);
                // A bound that is 不适用 is met by nothing.
                let holds = |(op, bound): &(Comparison, &Series)| {
                    let truth = compare_sets(*op, piece, &bound.set(row), members);
                    let failed = if truth.may(Truth::NOT_APPLICABLE) {
                        Truth::FALSE
                    } else {
                        Truth::NOTHING
                    };
                    truth
                        .outcomes()
                        .filter(|it| *it != Truth::NOT_APPLICABLE)
                        .fold(failed, Truth::union)
                };
                let all = any.iter().map(|all| all.iter().map(holds).fold(Truth::TRUE, Truth::and));
                all.fold(Truth::FALSE, Truth::or)
            }
            Test::Members(places) => match piece {
                Set::Member(piece) => piece.ask(|piece| self.holds(places, piece)),
                _ => Truth::FALSE,
            },
        }
    }

    fn holds(&self, places: &Places, piece: &MemberSet) -> Truth {
        let own = self.vocabulary.expect("members have a vocabulary");
        let stray = if piece.foreign == Foreign::No { Truth::NOTHING } else { Truth::FALSE };
        members_of(piece, own).map(|it| places.holds(own, it)).fold(stray, Truth::union)
    }

    /// The values of a set in pieces that each bound, or each member, lies wholly in or out of.
    fn pieces(&self, set: &Set, row: usize) -> Vec<Set> {
        match set {
            Set::Truth(it) => {
                it.outcomes().filter(|it| it.may(Truth::UNDECIDED)).map(Set::Truth).collect()
            }
            Set::Number(it) => {
                let pieces = it.values.iter().flat_map(|hull| cut(hull, self.bounds(row)));
                pieces.map(|it| Set::Number(Possible::values(it))).collect()
            }
            Set::Date(it) => {
                let pieces =
                    it.values.iter().flat_map(|days| cut(&days.to_hull(), self.bounds(row)));
                let days = pieces.map(|it| it.to_days());
                let some =
                    days.filter(|it| it.low.zip(it.high).is_none_or(|(low, high)| low <= high));
                some.map(|it| Set::Date(Possible::values(it))).collect()
            }
            Set::Member(it) => it.values.iter().flat_map(|set| self.members(set)).collect(),
            Set::Text(it) => {
                it.values.iter().map(|it| Set::Text(Possible::values(it.clone()))).collect()
            }
        }
    }

    fn members(&self, set: &MemberSet) -> Vec<Set> {
        let own = self.vocabulary.expect("members have a vocabulary");
        let members: Vec<u32> = members_of(set, own).collect();
        if members.len() > MOST_MEMBERS {
            return vec![Set::Member(Possible::values(set.clone()))];
        }
        let stray = MemberSet { members: Some(vec![]), foreign: set.foreign.clone() };
        let stray = (set.foreign != Foreign::No).then_some(stray);
        members
            .into_iter()
            .map(MemberSet::one)
            .chain(stray)
            .map(|it| Set::Member(Possible::values(it)))
            .collect()
    }

    /// The numbers, or days, that the rows compare with.
    fn bounds(&self, row: usize) -> Vec<Number> {
        let tests = self.rows.iter().filter_map(|(test, _)| match test {
            Test::Tests(any) => Some(any.iter().flatten()),
            _ => None,
        });
        let single = |bound: &Series| match bound.set(row) {
            Set::Date(it) => it.to_numbers().single().cloned(),
            Set::Number(it) => it.single().cloned(),
            _ => None,
        };
        let mut bounds: Vec<Number> =
            tests.flatten().filter_map(|(_, bound)| single(bound)).collect();
        bounds.sort();
        bounds.dedup();
        bounds
    }
}

impl Reached {
    /// The row that is reached; without one there is a gap, an error.
    fn stop_at(&mut self, row: Option<usize>) {
        match row {
            Some(row) => self.rows[row] = true,
            None => self.error = true,
        }
    }
}

/// A hull cut at bounds, which ascend: each bound alone, and what lies between two.
fn cut(hull: &Hull, bounds: Vec<Number>) -> Vec<Hull> {
    let mut pieces = vec![];
    let mut low = None;
    for bound in bounds {
        let open = Some(End::open(bound.clone()));
        pieces.push(Hull { low: low.take(), high: open.clone() });
        pieces.push(Hull::point(bound));
        low = open;
    }
    pieces.push(Hull { low, high: None });
    pieces.iter().filter_map(|piece| piece.intersect(hull)).collect()
}
