//! What depends on what: loops, and rules that nothing uses. The graph is petgraph's.

use crate::check::Checker;
use crate::check::errors;
use crate::check::symbols::Symbol;
use crate::ir::Force;
use crate::source::Span;
use indexmap::IndexSet;
use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use petgraph::visit::Dfs;

impl Checker<'_> {
    fn graph(&self) -> DiGraphMap<Symbol, ()> {
        let mut graph = DiGraphMap::new();
        for symbol in self.symbols.progress.keys() {
            graph.add_node(*symbol);
        }
        for (from, to, _) in &self.edges {
            graph.add_edge(*from, *to, ());
        }
        graph
    }

    /// Items that refer to themselves, by way of others or not, each loop printed once.
    pub(super) fn cycles(&mut self) {
        let graph = self.graph();
        for component in tarjan_scc(&graph) {
            let first = *component.iter().min().expect("a component has members");
            let alone = component.len() == 1 && !graph.contains_edge(first, first);
            if !alone {
                let steps = self.walk(&graph, &component, first);
                self.faults.push(errors::cycle(&steps));
            }
        }
    }

    /// One way round a loop: the items in order, each with the place where it names the next.
    fn walk(
        &self,
        graph: &DiGraphMap<Symbol, ()>,
        component: &[Symbol],
        first: Symbol,
    ) -> Vec<(String, Span)> {
        let mut path = vec![first];
        let mut seen = IndexSet::from([first]);
        loop {
            let here = *path.last().expect("the path begins with the first item");
            let next = graph.neighbors(here).filter(|it| component.contains(it));
            let mut next: Vec<_> = next.collect();
            next.sort_unstable();
            if path.len() > 1 && next.contains(&first) || next.contains(&here) && here == first {
                break;
            }
            match next.into_iter().find(|it| seen.insert(*it)) {
                Some(it) => path.push(it),
                // A dead end of the walk: step back and try another way.
                None => {
                    path.pop();
                    if path.is_empty() {
                        path.push(first);
                        break;
                    }
                }
            }
        }
        let target = |at: usize| path.get(at + 1).copied().unwrap_or(first);
        let steps = path.iter().enumerate().map(|(at, symbol)| {
            let edge = self.edges.iter().find(|it| it.0 == *symbol && it.1 == target(at));
            (self.title(*symbol), edge.map_or_else(|| self.place(*symbol), |it| it.2))
        });
        steps.collect()
    }

    fn title(&self, symbol: Symbol) -> String {
        match symbol {
            Symbol::Guard(field) => format!("{} 的适用", self.program.field(field).name),
            other => self.symbols.name_of(other).map(|it| it.text.clone()).unwrap_or_default(),
        }
    }

    fn place(&self, symbol: Symbol) -> Span {
        match symbol {
            Symbol::Guard(field) => self.program.field(field).span,
            other => self.symbols.name_of(other).expect("every rule has a name").span,
        }
    }

    /// Criteria that no conclusion comes to, and parameters that no rule uses.
    pub(super) fn unused(&mut self) {
        use Symbol::*;
        let graph = self.graph();
        let conclusions: Vec<Symbol> =
            (0..self.symbols.conclusions.len() as u32).map(Symbol::Conclusion).collect();
        let mut reached = IndexSet::new();
        let roots = self
            .symbols
            .progress
            .keys()
            .filter(|it| !matches!(it, Criterion(_) | Parameter(_) | Function(_)));
        for root in roots.copied() {
            let mut walk = Dfs::new(&graph, root);
            while let Some(symbol) = walk.next(&graph) {
                reached.insert(symbol);
            }
        }
        let informs = |index: u32| self.program.criteria[index as usize].force == Force::May;
        let mut used_by_criteria = IndexSet::new();
        for (from, to, _) in &self.edges {
            if matches!(from, Symbol::Criterion(_)) && from != to {
                used_by_criteria.insert(*to);
            }
        }
        let symbols: Vec<Symbol> = self.symbols.progress.keys().copied().collect();
        for symbol in symbols {
            let Some(name) = self.symbols.name_of(symbol) else { continue };
            match symbol {
                Symbol::Criterion(index)
                    if !conclusions.is_empty() && !reached.contains(&symbol) && !informs(index) =>
                {
                    self.faults.push(errors::criterion_unused(name));
                }
                Symbol::Parameter(_)
                    if !reached.contains(&symbol) && !used_by_criteria.contains(&symbol) =>
                {
                    self.faults.push(errors::parameter_unused(name));
                }
                Symbol::Function(_)
                    if !reached.contains(&symbol) && !used_by_criteria.contains(&symbol) =>
                {
                    self.faults.push(errors::function_unused(name));
                }
                _ => {}
            }
        }
    }
}
