//! The steps from the data to the results, column by column: a formula where it comes to what the engine found, else that value and why.

use crate::diagnostic::Text;
use crate::ir::Constant;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::StatedPeriod;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::report::live::Told;
use crate::report::live::compute::compute;
use crate::report::live::expr;
use crate::report::live::expr::Area;
use crate::report::live::expr::Expr;
use crate::report::live::expr::Place;
use crate::report::live::expr::Value;
use crate::report::live::given;
use crate::report::live::given::Given;
use crate::report::live::grid::Cell;
use crate::report::live::grid::Grid;
use crate::report::live::grid::GridColumn;
use crate::report::live::heads;
use crate::report::live::known;
use crate::report::live::known::Known;
use crate::report::live::print;
use crate::report::live::print::helpers::Helper;
use crate::report::live::show;
use crate::report::live::words::Words;
use crate::report::words::either;
use crate::value::Number;
use crate::value::Set;
use crate::value::State;
use crate::value::Truth;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Makes the columns of steps.
pub struct Maker<'a> {
    /// The run.
    pub told: &'a Told<'a>,
    /// The cells so far.
    pub grid: Grid,
    /// Where the data stand.
    pub given: Given,
    /// The sheet of steps of each table.
    pub sheets: BTreeMap<TableId, usize>,
    /// The column of each node that has one.
    pub nodes: BTreeMap<NodeId, u16>,
    /// The column of each helper.
    pub helpers: BTreeMap<Helper, u16>,
    /// What the engine found.
    pub known: Known,
    /// The nodes that may be 不适用, whatever the data.
    pub may_be_na: BTreeSet<NodeId>,
    /// The nodes that may be 错误.
    pub may_be_error: BTreeSet<NodeId>,
    /// Words in place of values.
    pub words: Words,
}

impl Maker<'_> {
    /// The node that stands for this one: what only passes a value on has no column of its own.
    pub fn resolve(&self, id: NodeId) -> NodeId {
        match &self.told.program.node(id).kind {
            NodeKind::Narrow { of, .. } | NodeKind::Input { of, .. } => self.resolve(*of),
            NodeKind::Called { result: Some(of), .. } => self.resolve(*of),
            NodeKind::Parameter { day, versions, .. } => {
                let on = self.literal_day(*day);
                let open = |it: &&(Option<i32>, Option<i32>, NodeId)| match on {
                    Some(on) => it.0.is_none_or(|it| it <= on) && it.1.is_none_or(|it| on <= it),
                    None => (it.0, it.1) == (None, None),
                };
                match versions.iter().find(open) {
                    Some(version) => self.resolve(version.2),
                    None => id,
                }
            }
            _ => id,
        }
    }

    /// A value that is the same in every row and stands in formulas as it is.
    pub fn literal(&self, id: NodeId) -> Option<Value> {
        let program = self.told.program;
        let node = program.node(self.resolve(id));
        let whole = |it: i32| Value::Number(Number::from(i64::from(it)));
        match &node.kind {
            NodeKind::Constant(constant) => Some(match constant {
                Constant::NotApplicable => Value::Text(self.words.not_applicable.clone()),
                Constant::Truth(Truth::TRUE) => Value::Truth(true),
                Constant::Truth(Truth::FALSE) => Value::Truth(false),
                Constant::Truth(_) => return None,
                Constant::Number(it) => Value::Number(it.clone()),
                Constant::Date(at) => Value::Number(known::serial(node.ty, *at)?),
                Constant::Text(it) => Value::Text(it.clone()),
                Constant::Member(at) => {
                    let Ty::Member(list) = node.ty else { return None };
                    Value::Text(known::label(program.vocabulary(list), *at).into())
                }
            }),
            NodeKind::Parent(of) => self.literal(*of),
            NodeKind::RuleDate(_) => known::serial(Ty::Date, self.told.run.on?).map(Value::Number),
            NodeKind::DataPeriod { kind, stated, day } => {
                let given = self.told.run.periods.get(kind).copied();
                let counted = |back: i32| {
                    let on = self.literal_day((*day)?)?;
                    kind.of_day(on).map(|it| it - back)
                };
                let stated = match stated {
                    StatedPeriod::Fixed(period) => Some(*period),
                    StatedPeriod::Back(back) => counted(*back),
                };
                given.or(stated).map(whole)
            }
            NodeKind::InForce { day, from, until } => {
                let on = self.literal_day(*day)?;
                let inside = from.is_none_or(|it| it <= on) && until.is_none_or(|it| on <= it);
                Some(Value::Truth(inside))
            }
            _ => None,
        }
    }

    /// The day number of a node that is one day in every row.
    fn literal_day(&self, id: NodeId) -> Option<i32> {
        match &self.told.program.node(id).kind {
            NodeKind::RuleDate(_) => self.told.run.on,
            NodeKind::Parent(of) => self.literal_day(*of),
            NodeKind::Constant(Constant::Date(at)) => Some(*at),
            _ => None,
        }
    }

    /// The nodes that have columns, each after those it looks at.
    pub fn order(&self, roots: &[NodeId]) -> Vec<NodeId> {
        let (mut order, mut seen) = (vec![], BTreeSet::new());
        roots.iter().for_each(|it| self.visit(*it, &mut order, &mut seen));
        order
    }

    fn visit(&self, id: NodeId, order: &mut Vec<NodeId>, seen: &mut BTreeSet<NodeId>) {
        let id = self.resolve(id);
        if self.literal(id).is_some() || !seen.insert(id) {
            return;
        }
        let kind = &self.told.program.node(id).kind;
        if print::is_printed(self.told.program, kind) {
            kind.operands().into_iter().for_each(|it| self.visit(it, order, seen));
        }
        order.push(id);
    }

    /// Notes which of these nodes may be 不适用 or 错误; they stand after those they look at.
    pub fn weigh(&mut self, order: &[NodeId]) {
        for id in order {
            let node = self.told.program.node(*id);
            let any = |state: State| self.known[id].iter().any(|it| it.state() == state);
            // A case that is not in the population has no points.
            let scored = matches!(node.kind, NodeKind::Score(_));
            let passed_on = |to: &BTreeSet<NodeId>| {
                print::is_strict(&node.kind)
                    && node.kind.operands().iter().any(|it| to.contains(&self.resolve(*it)))
            };
            let na = node.may_be_na || scored || any(State::NotApplicable);
            let na = na || passed_on(&self.may_be_na);
            let error = node.may_be_error || any(State::Error) || passed_on(&self.may_be_error);
            if na {
                self.may_be_na.insert(*id);
            }
            if error {
                self.may_be_error.insert(*id);
            }
        }
    }

    /// Whether a node may be 不适用.
    pub fn may_be_na(&self, id: NodeId) -> bool {
        self.may_be_na.contains(&self.resolve(id))
    }

    /// Whether a node may be 错误.
    pub fn may_be_error(&self, id: NodeId) -> bool {
        self.may_be_error.contains(&self.resolve(id))
    }

    /// A node in a row of its table, as formulas name it.
    pub fn cell(&self, id: NodeId, row: usize) -> Expr {
        if let Some(literal) = self.literal(id) {
            return Expr::Value(literal);
        }
        let id = self.resolve(id);
        let table = self.told.program.node(id).space;
        match self.nodes.get(&id) {
            Some(&column) => {
                Expr::Cell(Place { sheet: self.sheets[&table], column, row: row as u32 })
            }
            None => Expr::Value(Value::Fault),
        }
    }

    /// A field in a row, as it was handed in.
    pub fn handed(&self, field: FieldId, row: usize) -> Expr {
        let (sheet, column) = (self.given.sheets[&field.table], self.given.fields[&field]);
        Expr::Cell(Place { sheet, column, row: row as u32 })
    }

    /// All rows of a column of the data of a table.
    pub fn all_handed(&self, table: TableId, column: u16) -> Expr {
        let last = given::rows_of(self.told, table).max(1) as u32 - 1;
        Expr::Area(Area { sheet: self.given.sheets[&table], column, first: 0, last })
    }

    /// All rows of a column of steps of a table.
    pub fn all_steps(&self, table: TableId, column: u16) -> Expr {
        let last = given::rows_of(self.told, table).max(1) as u32 - 1;
        Expr::Area(Area { sheet: self.sheets[&table], column, first: 0, last })
    }

    /// The rows of one parent in a column of steps; none where it has none.
    pub fn rows_of(&self, table: TableId, column: u16, parent: usize) -> Option<Expr> {
        let rows = self.told.facts.table(table).rows_of(parent);
        (!rows.is_empty()).then(|| {
            let (first, last) = (rows.start as u32, rows.end as u32 - 1);
            Expr::Area(Area { sheet: self.sheets[&table], column, first, last })
        })
    }

    /// Numbers the rows of a sheet of steps, as those of its data are, and names them.
    pub fn number_rows(&mut self, table: TableId) {
        let (data, steps) = (self.given.sheets[&table], self.sheets[&table]);
        let count = given::rows_of(self.told, table) as u32;
        let own = |row| Place { sheet: data, column: given::NUMBER, row };
        let cells = (0..count).map(|row| Cell {
            value: self.grid.value(own(row)).clone(),
            formula: Some(Expr::Cell(own(row))),
            why: None,
        });
        let head = self.grid.sheets[data].columns[usize::from(given::NUMBER)].head.clone();
        let column = GridColumn::plain(head, cells.collect());
        self.grid.push(steps, column);
        let keys = self.told.facts.table(table).keys.iter().take(count as usize);
        let keys = keys.map(|it| Cell::plain(Value::Text(it.clone()))).collect();
        let head = either(self.told.lang, "标识", "key");
        self.grid.push(steps, GridColumn::plain(head, keys));
    }

    /// Adds the column of a node.
    pub fn make(&mut self, id: NodeId) {
        let program = self.told.program;
        let node = program.node(id);
        self.prepare(id);
        let printed = print::is_printed(program, &node.kind);
        let count = given::rows_of(self.told, node.space);
        let cells: Vec<Cell> = (0..count)
            .map(|row| {
                let set = self.known[&id].get(row).cloned();
                let set = set.unwrap_or(Set::Truth(Truth::UNDECIDED));
                let formula = if printed { self.formula(id, row) } else { None };
                self.settled(id, &set, formula)
            })
            .collect();
        let days = node.ty == Ty::Date;
        let (head, note) = heads::of(self.told, id);
        let column = GridColumn { note, days, ..GridColumn::plain(head, cells) };
        let at = self.grid.push(self.sheets[&node.space], column);
        self.nodes.insert(id, at);
    }

    /// The formula if it comes to what the engine found, else that, and why.
    fn settled(&self, id: NodeId, set: &Set, formula: Option<Expr>) -> Cell {
        let node = self.told.program.node(id);
        let value = known::value(self.told.program, node.ty, set, &self.words);
        let Some(formula) = formula else {
            return Cell { value, formula: None, why: Some(heads::no_formula(&node.kind)) };
        };
        if !show::fits(&formula, &self.grid.names()) {
            let why = Text::new(
                "公式过长，电子表格写不下，这里是衡的结果",
                "the formula is too long for a spreadsheet: this is what heng found",
            );
            return Cell { value, formula: None, why: Some(why) };
        }
        match is_same(&compute(&self.grid, &formula), &value) {
            true => Cell { value, formula: Some(formula), why: None },
            false => {
                let why = match node.kind {
                    NodeKind::Field(_) => Text::new(
                        "这一格没有报，或所填的不能直接用，这里是衡的读法",
                        "nothing was reported here, or what is written cannot be used as it is: this is how heng reads it",
                    ),
                    _ => Text::new(
                        "规则按全部可能的情形判定，公式推不出同一结果，故直接写衡的结果",
                        "the rules weigh every possible case here, which a formula cannot: this is what heng found",
                    ),
                };
                Cell { value, formula: None, why: Some(why) }
            }
        }
    }

    /// Adds a column of formulas that no node stands for, and says where it is.
    pub fn help(&mut self, table: TableId, head: String, formulas: Vec<Result<Expr, Cell>>) -> u16 {
        let cells = formulas.into_iter().map(|it| match it {
            Ok(formula) => {
                let value = compute(&self.grid, &formula);
                Cell { value, formula: Some(formula), why: None }
            }
            Err(cell) => cell,
        });
        let column = GridColumn::plain(head, cells.collect());
        self.grid.push(self.sheets[&table], column)
    }

    /// A word in place of a value.
    pub fn word(&self, word: &Arc<str>) -> Expr {
        expr::text(word.clone())
    }
}

/// Whether two values are one; numbers may differ beyond the fifteen digits a spreadsheet keeps.
pub fn is_same(a: &Value, b: &Value) -> bool {
    let (Value::Number(x), Value::Number(y)) = (a, b) else { return a == b };
    let apart = x.subtract(y).abs();
    apart <= x.abs().multiply(&Number::scaled(1, 15))
}
