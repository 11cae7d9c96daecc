//! Cases in which as many verdicts as possible are met at once: there a conclusion hangs on each of them. Made from what the search found.

use crate::ir::NodeId;
use crate::suite::generate::draft::Draft;
use crate::suite::generate::lab::Came;
use crate::suite::generate::lab::Lab;
use crate::suite::generate::search::Probe;
use crate::value::Set;
use crate::value::Truth;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// So many bases are climbed from.
const MOST: usize = 3;

/// From each base, the changes by which single verdicts came to be met, one after another as long as more are met by it;
/// bases from which nothing is gained are left out.
pub fn all(lab: &Lab, verdicts: &[NodeId], probes: &[(Vec<Draft>, Probe)]) -> Vec<Draft> {
    let nodes: BTreeSet<NodeId> = verdicts.iter().copied().collect();
    let mut steps: BTreeMap<usize, Vec<&Draft>> = BTreeMap::new();
    for draft in probes.iter().flat_map(|it| it.1.met.values()) {
        steps.entry(draft.base).or_default().push(draft);
    }
    let starts: Vec<Draft> =
        steps.keys().map(|base| Draft { base: *base, edits: vec![] }).collect();
    let met = |it: &Option<Came>| {
        let sets = it.iter().flat_map(Came::values);
        sets.filter(|it| **it == Set::Truth(Truth::TRUE)).count()
    };
    let mut ranked: Vec<(usize, Draft)> =
        lab.all(&starts, &nodes).iter().map(met).zip(starts).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.base.cmp(&b.1.base)));
    let mut climbed = vec![];
    for (mut best, mut at) in ranked.into_iter().take(MOST) {
        let steps = &steps[&at.base];
        let start = at.clone();
        loop {
            let tries: Vec<Draft> = steps
                .iter()
                .map(|it| it.edits.iter().cloned().fold(at.clone(), |at, edit| at.with(edit)))
                .collect();
            let counts: Vec<usize> = lab.all(&tries, &nodes).iter().map(met).collect();
            // The first of those that gain most.
            let gain = counts.iter().copied().max().unwrap_or(0);
            if gain <= best {
                break;
            }
            let first = counts.iter().position(|it| *it == gain).unwrap_or(0);
            (best, at) = (gain, tries[first].clone());
        }
        if at != start {
            climbed.push(at);
        }
    }
    climbed
}
