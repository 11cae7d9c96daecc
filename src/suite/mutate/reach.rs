//! Which items a node rests on, and the nodes of items by name. It compares programs; it runs nothing.

use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Test;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The items of a program by name, each with the nodes that are it.
pub struct Items {
    by_node: BTreeMap<NodeId, Vec<String>>,
    parameters: Vec<String>,
    functions: Vec<String>,
    tables: Vec<String>,
    policy: String,
}

impl Items {
    /// Those of a program.
    pub fn new(program: &Program) -> Items {
        let mut by_node: BTreeMap<NodeId, Vec<String>> = BTreeMap::new();
        let mut add = |node: NodeId, name: &str| {
            by_node.entry(node).or_default().push(name.to_owned());
        };
        for it in &program.criteria {
            add(it.node, &it.head.name);
            add(it.in_conclusion, &it.head.name);
        }
        program.conclusions.iter().for_each(|it| add(it.node, &it.head.name));
        program.indicators.iter().for_each(|it| add(it.node, &it.head.name));
        for it in &program.gradings {
            // A result column is named after its table.
            let name = it.head.name.split(" 的 ").next().unwrap_or_default();
            add(it.node, name);
            add(it.decision, name);
        }
        for it in &program.scores {
            it.nodes().into_iter().chain([it.node]).for_each(|node| add(node, &it.head.name));
        }
        Items {
            by_node,
            parameters: program.parameters.iter().map(|it| it.head.name.clone()).collect(),
            functions: program.functions.iter().map(|it| it.head.name.clone()).collect(),
            tables: program.tables.iter().map(|it| it.name.clone()).collect(),
            policy: program.policy.title.clone(),
        }
    }

    /// The items that these nodes rest on; nothing below what is supposed.
    pub fn below(
        &self,
        program: &Program,
        nodes: impl IntoIterator<Item = NodeId>,
        supposed: &BTreeSet<NodeId>,
    ) -> BTreeSet<&str> {
        let mut open: Vec<NodeId> = nodes.into_iter().collect();
        let mut seen = BTreeSet::new();
        let mut found = BTreeSet::new();
        while let Some(id) = open.pop() {
            if !seen.insert(id) || supposed.contains(&id) {
                continue;
            }
            found.extend(self.by_node.get(&id).into_iter().flatten().map(String::as_str));
            let node = program.node(id);
            match &node.kind {
                NodeKind::Parameter { parameter, .. } => {
                    found.insert(&self.parameters[parameter.0 as usize]);
                }
                NodeKind::Called { function, .. } => {
                    found.insert(&self.functions[function.0 as usize]);
                }
                NodeKind::Field(field) | NodeKind::Filled(field) => {
                    found.insert(&self.tables[field.table.0 as usize]);
                }
                NodeKind::InForce { .. } => {
                    found.insert(&self.policy);
                }
                _ => {}
            }
            open.extend(node.kind.operands());
        }
        found
    }

    /// The items that a test looks at, by way of others or not.
    pub fn of_test(&self, program: &Program, test: &Test) -> BTreeSet<&str> {
        let supposed = test.supposes.iter().map(|it| it.0).collect();
        self.below(program, test.expects.iter().map(|it| it.what.node()), &supposed)
    }
}

/// What a program says of a case, by name: the outcome of each item.
pub fn told(program: &Program) -> BTreeMap<String, NodeId> {
    let mut all = BTreeMap::new();
    let criteria = program.criteria.iter().map(|it| (it.head.name.clone(), it.node));
    let conclusions = program.conclusions.iter().map(|it| (it.head.name.clone(), it.node));
    let indicators = program.indicators.iter().map(|it| (it.head.name.clone(), it.node));
    let gradings = program.gradings.iter().map(|it| (it.head.name.clone(), it.node));
    all.extend(criteria.chain(conclusions).chain(indicators).chain(gradings));
    for it in &program.scores {
        let name = &it.head.name;
        all.insert(name.clone(), it.node);
        let more = [("名次", it.rank), ("合格", it.pass), ("入选", it.selected)];
        all.extend(
            more.iter().filter_map(|(word, node)| Some((format!("{word}（{name}）"), (*node)?))),
        );
    }
    all
}

/// Whether two programs compute the same, node by node.
pub fn same(a: &Program, b: &Program) -> bool {
    let kinds = |it: &Program| it.nodes.len();
    kinds(a) == kinds(b)
        && a.nodes.iter().zip(&b.nodes).all(|(a, b)| {
            a.kind == b.kind && a.ty == b.ty && a.space == b.space && a.unit == b.unit
        })
        && told(a) == told(b)
        && a.criteria.iter().zip(&b.criteria).all(|(a, b)| a.in_conclusion == b.in_conclusion)
}
