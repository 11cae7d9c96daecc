//! Why a table gives what it gives: the row, each of its cells with its value, the way to the next row, and what is still possible.

use crate::analysis::At;
use crate::analysis::tables;
use crate::diagnostic::Text;
use crate::explain::line;
use crate::explain::line::Standing;
use crate::explain::line::compared;
use crate::explain::line::standing;
use crate::explain::model::Branch;
use crate::explain::model::Mark;
use crate::explain::place;
use crate::explain::scene::Scene;
use crate::explain::scene::folded;
use crate::explain::scene::joined;
use crate::explain::scene::written;
use crate::explain::show;
use crate::ir::CellTest;
use crate::ir::Decision;
use crate::ir::Grading;
use crate::ir::Hit;
use crate::ir::NodeKind;
use crate::value::Truth;

/// The rows that give the result of a table, or may.
pub fn rows(scene: &Scene, rule: &Grading, row: usize) -> Vec<Branch> {
    let NodeKind::Decide(decision) = scene.kind(rule.decision) else { return vec![] };
    let reached = tables::reached(&scene.case, decision, row);
    let truths = tables::cells(&scene.case, decision, row);
    let table = Table { scene, rule, decision, truths, row };
    let possible: Vec<usize> = (0..reached.rows.len()).filter(|it| reached.rows[*it]).collect();
    match (possible.as_slice(), reached.error) {
        ([], _) => vec![table.none()],
        ([only], false) => {
            let mut all = vec![table.taken(*only)];
            all.extend(table.next(*only));
            all
        }
        (several, _) if decision.hit == Hit::Every => {
            several.iter().map(|it| table.taken(*it)).collect()
        }
        (several, _) => several.iter().map(|it| table.possible(*it)).collect(),
    }
}

struct Table<'a> {
    scene: &'a Scene<'a>,
    rule: &'a Grading,
    decision: &'a Decision,
    truths: Vec<Vec<Truth>>,
    row: usize,
}

impl Table<'_> {
    /// 取第 2 行：乙
    fn taken(&self, index: usize) -> Branch {
        let result = self.result(index);
        let (zh, en) = match self.decision.hit {
            Hit::Every => ("计入", "counted:"),
            _ => ("取", "taken:"),
        };
        let number = index + 1;
        let head = Text::new(
            format!("{zh}第 {number} 行：{}", result.zh),
            format!("{en} row {number}: {}", result.en),
        );
        Branch { children: self.cells(index, |_| true), ..plain(head) }
    }

    /// 可能是第 2 行：乙
    fn possible(&self, index: usize) -> Branch {
        let (result, number) = (self.result(index), index + 1);
        let head = Text::new(
            format!("可能是第 {number} 行：{}", result.zh),
            format!("perhaps row {number}: {}", result.en),
        );
        Branch { mark: Mark::Undetermined, children: self.cells(index, |_| true), ..plain(head) }
    }

    fn none(&self) -> Branch {
        let holding = tables::holding(&self.scene.case, self.decision, self.row);
        let head = match holding.is_empty() {
            true => Text::new("没有一行符合", "no row holds"),
            false => {
                let rows: Vec<String> = holding.iter().map(|it| (it + 1).to_string()).collect();
                Text::new(
                    format!("第 {} 行都符合，只能有一行", rows.join("、")),
                    format!("rows {} hold, where one may", rows.join(", ")),
                )
            }
        };
        Branch { mark: Mark::Error, ..plain(head) }
    }

    /// What keeps the case from the rows beside the one taken: of a table read from the top, from the one above.
    fn next(&self, taken: usize) -> Vec<Branch> {
        let above = (0..taken).rev().find(|it| self.differs(*it, taken));
        let below = (taken + 1..self.decision.rows.len()).find(|it| self.differs(*it, taken));
        let rows = match self.decision.hit {
            Hit::First => vec![above],
            Hit::Only => vec![above, below],
            Hit::Every => vec![],
        };
        let failing = |index: usize| {
            let cells = self.cells(index, |truth| truth == Truth::FALSE);
            let (result, number) = (self.result(index), index + 1);
            let head = Text::new(
                format!("不是第 {number} 行（{}）", result.zh),
                format!("not row {number} ({})", result.en),
            );
            Branch { children: cells, ..plain(head) }
        };
        let rows = rows.into_iter().flatten().map(failing);
        rows.filter(|it| !it.children.is_empty()).collect()
    }

    fn differs(&self, a: usize, b: usize) -> bool {
        self.decision.rows[a].result != self.decision.rows[b].result
    }

    fn result(&self, index: usize) -> Text {
        let at = At { node: self.decision.rows[index].result, row: self.row };
        let text = show::value(self.scene, at);
        Text::new(text.zh.replace(['“', '”'], ""), text.en.replace(['“', '”'], ""))
    }

    /// The cells of a row that say anything.
    fn cells(&self, index: usize, wanted: impl Fn(Truth) -> bool) -> Vec<Branch> {
        let mut branches = vec![];
        let cells = self.decision.rows[index].cells.iter().enumerate();
        for (column, cell) in cells {
            let truth = self.truths[index][column];
            if *cell != CellTest::Any && wanted(truth) {
                branches.push(self.cell(index, column, cell, truth));
            }
        }
        branches
    }

    fn cell(&self, index: usize, column: usize, cell: &CellTest, truth: Truth) -> Branch {
        let head = At { node: self.decision.heads[column], row: self.row };
        let scene = self.scene;
        let text = match cell {
            CellTest::Tests(any) if any.len() == 1 && !any[0].is_empty() => {
                let one = |(op, bound): &(crate::ir::Comparison, crate::ir::NodeId)| {
                    let bound = At { node: *bound, row: self.row };
                    compared(scene, *op, head, bound, self.of_test(*op, head, bound))
                };
                self.tests(&any[0], one)
            }
            _ => self.as_written(index, column, head, truth),
        };
        Branch {
            mark: crate::explain::tree::mark(truth, true),
            place: place::of_outcome(scene, head),
            ..plain(text)
        }
    }

    /// Of several comparisons those that fail; of a cell that holds the first, with the others as bounds.
    fn tests(
        &self,
        all: &[(crate::ir::Comparison, crate::ir::NodeId)],
        one: impl Fn(&(crate::ir::Comparison, crate::ir::NodeId)) -> (Standing, line::Line),
    ) -> Text {
        let lines: Vec<(Standing, line::Line)> = all.iter().map(one).collect();
        let wrong: Vec<Text> =
            lines.iter().filter(|it| it.0 == Standing::Wrong).map(|it| it.1.text.clone()).collect();
        if !wrong.is_empty() {
            return joined(&wrong, "；", "; ");
        }
        let mut text = lines[0].1.text.clone();
        for (_, line) in &lines[1..] {
            if let Some(bound) = &line.bound {
                text.zh.push_str(&format!(" 且 {}", bound.zh));
                text.en.push_str(&format!(" and {}", bound.en));
            }
        }
        text
    }

    fn of_test(&self, op: crate::ir::Comparison, head: At, bound: At) -> Standing {
        let sets = self.scene.case.set(head).zip(self.scene.case.set(bound));
        let truth = sets.map_or(Truth::UNDECIDED, |(a, b)| {
            crate::eval::decision::compare(self.scene.case.program, op, head.node, &a, &b)
        });
        standing(truth, true)
    }

    /// 所在地“孝感市”，要求：省会、副中心
    fn as_written(&self, index: usize, column: usize, head: At, truth: Truth) -> Text {
        let scene = self.scene;
        let subject = written(scene, head.node);
        // A blank cell is the one above.
        let cells = (0..=index).rev().map(|it| folded(scene.sources, self.rule.cells[it][column]));
        let mut written_cells = cells.filter(|it| !matches!(it.as_str(), "" | "|"));
        let cell = written_cells.next().unwrap_or_default();
        let value = line::unknown(scene, head).unwrap_or_else(|| {
            let value = show::value(scene, head);
            Text::new(format!("{subject}：{}", value.zh), format!("{subject}: {}", value.en))
        });
        match standing(truth, true) {
            Standing::Right => Text::new(
                format!("{}，符合“{cell}”", value.zh),
                format!("{}, as “{cell}”", value.en),
            ),
            _ => Text::new(
                format!("{}，要求“{cell}”", value.zh),
                format!("{}; must be “{cell}”", value.en),
            ),
        }
    }
}

fn plain(head: Text) -> Branch {
    Branch { head, decides: true, ..Branch::default() }
}
