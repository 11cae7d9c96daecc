//! The least changes that mend a conclusion as a whole, and what each of them is needed for. Ways that are only distances have no
//! such set.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::remedy::Plan;
use crate::analysis::remedy::Step;
use crate::analysis::remedy::Trial;
use crate::analysis::remedy::tried;
use crate::naming::Namer;
use crate::value::Truth;

/// The changes that together mend a conclusion, none of them spare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joint {
    /// The changes.
    pub steps: Vec<Step>,
    /// For each of them, which of the truths asked about does not hold without it.
    pub needed_for: Vec<Vec<At>>,
}

/// The fewest changes known to mend a conclusion that fails; none where no set of changes to the data is known to be enough.
/// `parts` are truths that fail with it.
pub fn joint<'a>(case: &Case<'a>, namers: &'a [Namer<'a>], at: At, parts: &[At]) -> Option<Joint> {
    if case.truth(at) != Truth::FALSE {
        return None;
    }
    let trial = Trial::new(case, namers);
    let enough = tried(&trial, at).into_iter().filter(|it| it.enough && it.covers);
    let Plan { steps, .. } = enough.min_by_key(|it| it.steps.len())?;
    let mended = |part: &At| trial.mends(*part, &steps) == Some(true);
    let mended: Vec<At> = parts.iter().copied().filter(mended).collect();
    let needed = |index: usize| {
        let mut fewer = steps.clone();
        fewer.remove(index);
        let holds = |part: &At| match fewer.is_empty() {
            true => case.truth(*part) == Truth::TRUE,
            false => trial.mends(*part, &fewer) == Some(true),
        };
        mended.iter().copied().filter(|it| !holds(it)).collect()
    };
    let needed_for = (0..steps.len()).map(needed).collect();
    Some(Joint { steps, needed_for })
}
