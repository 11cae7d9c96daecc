//! What a row may hold that was not submitted: of a list that is 未齐, or of a table that was not given.

use crate::ir::Aggregate;
use crate::ir::Domain;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Ty;
use crate::value::Hull;
use crate::value::Possible;
use crate::value::Truth;
use crate::value::Voter;

/// One row that may stand there any number of times, as each kind of aggregate sees it.
#[derive(Clone, Debug)]
pub struct Further {
    /// Its value.
    pub number: Possible<Hull>,
    /// Its part in 占比.
    pub voter: Voter,
    /// Its truth, for a quantifier.
    pub truth: Truth,
    /// How many different values there are at all, where that is known.
    pub domain_size: Option<i64>,
}

impl Further {
    /// Of a list that has no further rows.
    pub fn none() -> Further {
        Further {
            number: Possible::nothing(),
            voter: Voter::default(),
            truth: Truth::NOTHING,
            domain_size: None,
        }
    }
}

/// What a further row of an aggregate may be: a field by its domain, anything else anything.
pub fn further(program: &Program, it: &Aggregate) -> Further {
    let may = |id: Option<NodeId>, flag: fn(&crate::ir::Node) -> bool| {
        id.is_some_and(|id| flag(program.node(id)))
    };
    let error = may(it.filter, |it| it.may_be_error)
        || may(it.value, |it| it.may_be_error)
        || may(it.share, |it| it.may_be_error);
    let na = may(it.value, |it| it.may_be_na);
    let hull = it.value.map_or_else(Hull::everything, |id| domain(program, id));
    let truth = Possible { values: Some(Truth::UNDECIDED), na, error }.into_truth();
    Further {
        number: Possible { values: Some(hull), na, error },
        voter: Voter { out: true, yes: true, no: true, error },
        truth,
        domain_size: it.value.and_then(|id| domain_size(program, id)),
    }
}

fn domain(program: &Program, id: NodeId) -> Hull {
    match &program.node(id).kind {
        NodeKind::Applies { body, .. } => domain(program, *body),
        NodeKind::Field(field) => match &program.field(*field).kind {
            FieldKind::Scalar { domain: Domain::Numbers { hull, .. }, .. } => hull.clone(),
            FieldKind::Scalar { domain: Domain::Dates(days), .. } => days.to_hull(),
            _ => Hull::everything(),
        },
        _ => Hull::everything(),
    }
}

/// The members of a vocabulary outside which nothing can stand.
fn domain_size(program: &Program, id: NodeId) -> Option<i64> {
    let node = program.node(id);
    match node.ty {
        Ty::Truth => Some(2),
        Ty::Member(vocabulary) => {
            let closed = match &node.kind {
                NodeKind::Field(field) => !program.field(*field).or_other,
                _ => false,
            };
            let vocabulary = program.vocabulary(vocabulary);
            (closed && vocabulary.complete).then_some(vocabulary.members.len() as i64)
        }
        _ => None,
    }
}
