//! Which rules look at a field or a table, with their articles. What they ask of it is not told.

use crate::ir::Field;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Head;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::TableId;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Names of rules by their articles, in the order of the document.
pub type Cited<'p> = IndexMap<String, Vec<&'p str>>;

/// The rules that use each field and each table, by article.
pub struct Uses<'p> {
    rules: Vec<&'p Head>,
    of_field: BTreeMap<FieldId, Vec<usize>>,
    of_table: BTreeMap<TableId, Vec<usize>>,
    guards: BTreeMap<FieldId, Vec<&'p str>>,
}

impl<'p> Uses<'p> {
    /// Of a whole program.
    pub fn of(program: &'p Program) -> Uses<'p> {
        let mut items = items(program);
        // By the article they stand under; a table of several result columns is one rule a column.
        items.sort_by_key(|it| it.0.order);
        let mut uses = Uses {
            rules: items.iter().map(|it| it.0).collect(),
            of_field: BTreeMap::new(),
            of_table: BTreeMap::new(),
            guards: BTreeMap::new(),
        };
        for (at, (_, roots)) in items.iter().enumerate() {
            let (fields, tables) = seen_from(program, roots);
            fields.into_iter().for_each(|it| uses.of_field.entry(it).or_default().push(at));
            tables.into_iter().for_each(|it| uses.of_table.entry(it).or_default().push(at));
        }
        for field in program.tables.iter().flat_map(|it| &it.fields) {
            let (seen, _) = seen_from(program, &Vec::from_iter(field.applies));
            seen.into_iter()
                .for_each(|it| uses.guards.entry(it).or_default().push(field.name.as_str()));
        }
        uses
    }

    /// The names of the rules that use a field, by the articles they stand under.
    pub fn of_field(&self, field: FieldId) -> Cited<'p> {
        self.cited(self.of_field.get(&field))
    }

    /// The same of the rules that look through the rows of a table.
    pub fn of_table(&self, table: TableId) -> Cited<'p> {
        self.cited(self.of_table.get(&table))
    }

    /// The fields that are asked for only as this one says.
    pub fn guarded_by(&self, field: FieldId) -> &[&'p str] {
        self.guards.get(&field).map_or(&[], Vec::as_slice)
    }

    fn cited(&self, rules: Option<&Vec<usize>>) -> Cited<'p> {
        let mut cited = Cited::new();
        for at in rules.into_iter().flatten() {
            let head = self.rules[*at];
            cited.entry(head.articles.join("、")).or_default().push(&head.name);
        }
        cited
    }
}

/// The rules a reader knows by name, with the nodes they come to.
fn items(program: &Program) -> Vec<(&Head, Vec<NodeId>)> {
    let criteria = program.criteria.iter().map(|it| (&it.head, vec![it.node]));
    let indicators = program.indicators.iter().map(|it| {
        let others = it.others.iter().map(|it| it.node);
        (&it.head, others.chain([it.node]).collect())
    });
    let gradings = program.gradings.iter().map(|it| (&it.head, vec![it.node]));
    let scores = program.scores.iter().map(|it| (&it.head, it.nodes()));
    let conclusions = program.conclusions.iter().map(|it| {
        let vetoes = it.vetoes.iter().filter(|it| it.criterion.is_none()).map(|it| it.node);
        let own = it.clauses.iter().map(|it| it.node).chain(vetoes).chain(it.applies);
        (&it.head, own.collect())
    });
    criteria.chain(indicators).chain(gradings).chain(scores).chain(conclusions).collect()
}

/// The fields and the lists that these nodes rest on.
fn seen_from(program: &Program, roots: &[NodeId]) -> (BTreeSet<FieldId>, BTreeSet<TableId>) {
    let (mut fields, mut tables) = (BTreeSet::new(), BTreeSet::new());
    let mut open = roots.to_vec();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let kind = &program.node(id).kind;
        match kind {
            NodeKind::Field(field) | NodeKind::Filled(field) => _ = fields.insert(*field),
            NodeKind::Aggregate(it) => tables.extend(rows_of(program.field(it.rows))),
            // Which version of a rule holds is asked of the day by every rule.
            NodeKind::RuleDate(_) => continue,
            NodeKind::InPeriod { rows, .. } => tables.extend(rows_of(program.field(*rows))),
            _ => {}
        }
        open.extend(kind.operands());
    }
    (fields, tables)
}

fn rows_of(field: &Field) -> Option<TableId> {
    match field.kind {
        FieldKind::Rows { table, .. } => Some(table),
        FieldKind::Scalar { .. } => None,
    }
}
