//! The sheets of results: indicators and grades of every row, and the points, totals and ranks of scores, each as a formula over the steps.

use crate::diagnostic::Lang;
use crate::diagnostic::Text;
use crate::ir::NodeId;
use crate::ir::Score;
use crate::ir::ScorePart;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::report::live::compute::compute;
use crate::report::live::expr::Expr;
use crate::report::live::expr::Function;
use crate::report::live::expr::Op;
use crate::report::live::expr::Place;
use crate::report::live::expr::Value;
use crate::report::live::expr::call;
use crate::report::live::expr::equal;
use crate::report::live::expr::op;
use crate::report::live::expr::text;
use crate::report::live::expr::times;
use crate::report::live::expr::when;
use crate::report::live::given;
use crate::report::live::grid::Cell;
use crate::report::live::grid::GridColumn;
use crate::report::live::grid::GridSheet;
use crate::report::live::grid::SheetKind;
use crate::report::live::heads;
use crate::report::live::known;
use crate::report::live::maker::Maker;
use crate::report::live::maker::is_same;
use crate::report::live::print::helpers::Helper;
use crate::report::words::either;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Set;
use crate::value::Unit;
use std::sync::Arc;

/// What is shown of a node.
struct Shown<'a> {
    node: NodeId,
    head: String,
    note: String,
    unit: Option<&'a Unit>,
    places: Option<u32>,
}

impl Maker<'_> {
    /// Adds the sheet of a table's indicators and grades; none where it has neither.
    pub fn indicators(&mut self, table: TableId, name: impl FnOnce() -> String) {
        let program = self.told.program;
        let mut shown: Vec<(usize, Shown<'_>)> = vec![];
        for it in program.indicators.iter().filter(|it| it.table == table) {
            let unit = it.unit.as_ref();
            let one = |node, head| Shown {
                node,
                head,
                note: heads::of(self.told, node).1,
                unit,
                places: it.show,
            };
            shown.push((it.head.order, one(it.node, in_unit(&it.head.name, unit))));
            for other in &it.others {
                let head = format!("{}（{}）", it.head.name, other.name);
                shown.push((it.head.order, one(other.node, in_unit(&head, unit))));
            }
        }
        for it in program.gradings.iter().filter(|it| it.table == table) {
            let (head, note) = (it.head.name.clone(), heads::of(self.told, it.node).1);
            shown.push((
                it.head.order,
                Shown { node: it.node, head, note, unit: None, places: None },
            ));
        }
        if shown.is_empty() {
            return;
        }
        shown.sort_by_key(|it| it.0);
        self.sheet(name(), table);
        for (_, it) in shown {
            self.show(table, it);
        }
    }

    /// Adds the sheet of a score.
    pub fn score(&mut self, score: &Score, name: String) {
        let table = score.table;
        self.sheet(name, table);
        let lang = self.told.lang;
        let total = Shown {
            node: score.node,
            head: score.head.name.clone(),
            note: heads::of(self.told, score.node).1,
            unit: None,
            places: score.keep,
        };
        self.show(table, total);
        if let Some(rank) = score.rank {
            self.show_rank(table, rank);
        }
        let pass = score.pass.map(|it| (it, either(lang, "合格", "passes")));
        let selected = score.selected.map(|it| (it, either(lang, "入选", "selected")));
        for (node, head) in pass.into_iter().chain(selected) {
            let note = heads::of(self.told, node).1;
            self.show(table, Shown { node, head: head.to_owned(), note, unit: None, places: None });
        }
        let parts = score.parts.iter().chain(&score.bonus).chain(&score.deductions);
        for part in parts {
            self.part(table, part);
        }
    }

    /// The points of a part before its weight, and what it adds.
    fn part(&mut self, table: TableId, part: &ScorePart) {
        part.parts.iter().for_each(|it| self.part(table, it));
        let lang = self.told.lang;
        let of = |node, zh: &str, en: &str| Shown {
            node,
            head: match lang {
                Lang::Zh => format!("{}：{zh}", part.name),
                Lang::En => format!("{}: {en}", part.name),
            },
            note: part.note.clone().unwrap_or_default(),
            unit: None,
            places: Some(4),
        };
        self.show(table, of(part.points, "得分", "points"));
        if part.contribution != part.points {
            self.show(table, of(part.contribution, "计入总分", "adds"));
        }
    }

    /// A new sheet with the rows of a table: number, key, name.
    fn sheet(&mut self, name: String, table: TableId) {
        let sheet = self.grid.sheets.len();
        let (facts, count) = (self.told.facts.table(table), given::rows_of(self.told, table));
        let own = |row: usize| Place {
            sheet: self.given.sheets[&table],
            column: given::NUMBER,
            row: row as u32,
        };
        let numbers = (0..count).map(|row| Cell {
            value: self.grid.value(own(row)).clone(),
            formula: Some(Expr::Cell(own(row))),
            why: None,
        });
        let texts = |all: &[Arc<str>]| {
            (0..count).map(|row| Cell::plain(Value::Text(all[row].clone()))).collect()
        };
        let lang = self.told.lang;
        let columns = vec![
            GridColumn::plain(either(lang, "序号", "no."), numbers.collect()),
            GridColumn::plain(either(lang, "标识", "key"), texts(&facts.keys)),
            GridColumn::plain(either(lang, "名称", "name"), texts(&facts.names)),
        ];
        debug_assert_eq!(sheet, self.grid.sheets.len());
        self.grid.sheets.push(GridSheet { name, kind: SheetKind::Results, columns });
    }

    fn set_of(&self, node: NodeId, row: usize) -> Option<Set> {
        let outcome = self.told.outcome.columns.get(&node).map(|it| it.get(row));
        outcome.or_else(|| self.known.get(&self.resolve(node))?.get(row).cloned())
    }

    /// Adds a column of a result.
    fn show(&mut self, table: TableId, it: Shown<'_>) {
        let program = self.told.program;
        let ty = program.node(it.node).ty;
        let turned = it.unit.and_then(|it| it.factor.reciprocal()).unwrap_or_else(Number::one);
        let count = given::rows_of(self.told, table);
        let cells: Vec<Cell> = (0..count)
            .map(|row| {
                let cell = self.cell(it.node, row);
                let formula = match turned == Number::one() {
                    true => cell,
                    false => {
                        let number = call(Function::IsNumber, [cell.clone()]);
                        when(number, times(cell.clone(), &turned), cell)
                    }
                };
                let set = self.set_of(it.node, row);
                let found = set.map(|it| known::value(program, ty, &it, &self.words));
                let wanted = match found {
                    Some(Value::Number(it)) => Value::Number(it.multiply(&turned)),
                    Some(other) => other,
                    None => compute(&self.grid, &formula),
                };
                self.checked(it.node, formula, wanted, row)
            })
            .collect();
        let sheet = self.grid.sheets.len() - 1;
        let days = ty == Ty::Date;
        let column = GridColumn { head: it.head, note: it.note, places: it.places, days, cells };
        self.grid.push(sheet, column);
    }

    /// A formula if it comes to the value, else the value; what looks at a step without a formula says why there is none.
    fn checked(&self, node: NodeId, formula: Expr, wanted: Value, row: usize) -> Cell {
        let step = self.nodes.get(&self.resolve(node)).map(|column| {
            let sheet = &self.grid.sheets[self.sheets[&self.told.program.node(node).space]];
            &sheet.columns[usize::from(*column)].cells[row]
        });
        let why = step.and_then(|it| it.why.clone());
        match is_same(&compute(&self.grid, &formula), &wanted) {
            true if why.is_some() => Cell { value: wanted, formula: None, why },
            true => Cell { value: wanted, formula: Some(formula), why },
            false => {
                let closer = Text::new(
                    "衡作了更细的推算，公式推不出同一结果，故直接写衡的结果",
                    "heng looked closer than a formula can: this is what it found",
                );
                Cell { value: wanted, formula: None, why: Some(why.unwrap_or(closer)) }
            }
        }
    }

    /// The rank, or the ranks that are possible: 3 至 5.
    fn show_rank(&mut self, table: TableId, rank: NodeId) {
        let columns =
            [false, true].map(|worst| self.helpers.get(&Helper::Rank { rank, worst }).copied());
        let sheet = self.sheets[&table];
        let between = either(self.told.lang, " 至 ", " to ");
        let count = given::rows_of(self.told, table);
        let cells: Vec<Cell> = (0..count)
            .map(|row| {
                let wanted = self.ranks(rank, between, row);
                let [Some(best), Some(worst)] = columns else { return Cell::plain(wanted) };
                let [best, worst] = [best, worst]
                    .map(|column| Expr::Cell(Place { sheet, column, row: row as u32 }));
                let span = op(Op::Join, op(Op::Join, best.clone(), text(between)), worst.clone());
                let formula = when(equal(&best, worst), best, span);
                self.checked_rank(rank, formula, wanted, row)
            })
            .collect();
        let head = either(self.told.lang, "名次", "rank");
        let at = self.grid.sheets.len() - 1;
        self.grid.push(at, GridColumn::plain(head, cells));
    }

    /// A rank is a formula wherever its ends are: the step that asks for one rank may have none.
    fn checked_rank(&self, rank: NodeId, formula: Expr, wanted: Value, row: usize) -> Cell {
        match is_same(&compute(&self.grid, &formula), &wanted) {
            true => Cell { value: wanted, formula: Some(formula), why: None },
            false => self.checked(rank, formula, wanted, row),
        }
    }

    fn ranks(&self, rank: NodeId, between: &str, row: usize) -> Value {
        let set = self.set_of(rank, row);
        let Some(Set::Number(set)) = set else { return Value::Text(self.words.unknown.clone()) };
        if set.na && set.values.is_none() {
            return Value::Text(self.words.not_applicable.clone());
        }
        let whole = set.values.as_ref().and_then(Hull::single).filter(|_| !set.na && !set.error);
        if let Some(one) = whole {
            return Value::Number(one.clone());
        }
        let ends = set.values.and_then(|it| it.low.zip(it.high));
        match ends {
            Some((low, high)) => Value::Text(format!("{}{between}{}", low.at, high.at).into()),
            None => Value::Text(self.words.error.clone()),
        }
    }
}

fn in_unit(name: &str, unit: Option<&Unit>) -> String {
    unit.map_or_else(|| name.to_owned(), |it| format!("{name}（{}）", it.name))
}
