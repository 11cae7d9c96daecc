//! One atom in one line: what is, and where it is not as it should be, what is required. Trees and causes share these lines.

mod belongs;
mod compare;

pub use compare::beside_bound;

use crate::ir::Comparison;

use crate::analysis::At;
use crate::analysis::gaps;
use crate::analysis::rests;
use crate::data::HoleKind;
use crate::diagnostic::CellRef;
use crate::diagnostic::Text;
use crate::explain::absent;
use crate::explain::naming;
use crate::explain::place;
use crate::explain::scene::Scene;
use crate::explain::scene::child_of;
use crate::explain::scene::written;
use crate::explain::score::seats;
use crate::explain::show;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Scoring;
use crate::value::Truth;

/// An atom in words, and its parts.
#[derive(Clone, Debug)]
pub struct Line {
    /// The whole line.
    pub text: Text,
    /// What it is about.
    pub subject: String,
    /// What that comes to.
    pub value: Option<Text>,
    /// What it has to be.
    pub bound: Option<Text>,
    /// The cell, where it is about one.
    pub cell: Option<CellRef>,
}

/// How an atom stands to what is wanted of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As it should be.
    Right,
    /// Not as it should be.
    Wrong,
    /// Neither, or not known.
    Other,
}

/// Whether a truth is what is wanted.
pub fn standing(truth: Truth, want: bool) -> Standing {
    match truth {
        Truth::TRUE | Truth::FALSE if truth == Truth::of(want) => Standing::Right,
        Truth::TRUE | Truth::FALSE => Standing::Wrong,
        _ => Standing::Other,
    }
}

/// An atom in one line. `want` is whether it has to hold, or must not.
pub fn line(scene: &Scene, at: At, want: bool) -> Line {
    let line = as_asked(scene, at, want);
    match absent::why(scene, at) {
        Some(text) => Line { text, ..line },
        None => line,
    }
}

fn as_asked(scene: &Scene, at: At, want: bool) -> Line {
    let case = &scene.case;
    let standing = standing(case.truth(at), want);
    let here = |node: NodeId| At { node, row: at.row };
    match scene.kind(at.node) {
        NodeKind::Parent(of) => {
            let row = case.parent_row(case.program.node(at.node).space, at.row);
            line(scene, At { node: *of, row }, want)
        }
        NodeKind::Compare(op, a, b) => compare::line(
            scene,
            if want { *op } else { op.opposite() },
            here(*a),
            here(*b),
            standing,
        ),
        NodeKind::Belongs { of, to } => belongs::line(scene, here(*of), to, want, standing),
        NodeKind::IsNone(of) => is_none(scene, here(*of), want, standing),
        NodeKind::Filled(field) => filled(scene, *field, at.row, want, standing),
        NodeKind::Naming { .. } => {
            naming::line(scene, at, standing).unwrap_or_else(|| truth(scene, at, want, standing))
        }
        NodeKind::Unique(key) => unique(scene, here(*key), standing),
        NodeKind::Score(Scoring::Selected(it)) => {
            let mut line = truth(scene, at, want, standing);
            line.text = seats::told(scene, at, it, standing).unwrap_or(line.text);
            line
        }
        NodeKind::Aggregate(aggregate) => {
            let mut line = truth(scene, at, want, standing);
            line.cell = place::list(scene, aggregate, at.row);
            if let Some(table) = child_of(scene, aggregate.rows)
                && case.facts.table(table).submitted_of(at.row).next().is_none()
            {
                let name = &case.program.table(table).name;
                line.text.zh.push_str(&format!("（没有{name}）"));
                line.text.en.push_str(&format!(" (no {name})"));
            }
            line
        }
        _ => truth(scene, at, want, standing),
    }
}

/// A comparison that a table makes, and how it stands.
pub fn compared(
    scene: &Scene,
    op: Comparison,
    a: At,
    b: At,
    standing: Standing,
) -> (Standing, Line) {
    (standing, compare::line(scene, op, a, b, standing))
}

/// 分工协作：否，应为“是”
fn truth(scene: &Scene, at: At, want: bool, standing: Standing) -> Line {
    let subject = written(scene, at.node);
    let cell = cell_of(scene, at);
    if let Some(gap) = unknown(scene, at) {
        return Line { text: gap, subject, value: None, bound: None, cell };
    }
    let value = show::value(scene, at);
    let bound = show::truth_text(Truth::of(want));
    let text = match standing {
        Standing::Wrong => Text::new(
            format!("{subject}：{}，应为“{}”", value.zh, bound.zh),
            format!("{subject}: {}; must be “{}”", value.en, bound.en),
        ),
        _ => Text::new(format!("{subject}：{}", value.zh), format!("{subject}: {}", value.en)),
    };
    let bound = (standing == Standing::Wrong).then_some(bound);
    Line { text, subject, value: Some(value), bound, cell }
}

/// 所在高新区：无
fn is_none(scene: &Scene, of: At, want: bool, standing: Standing) -> Line {
    let subject = written(scene, of.node);
    let cell = cell_of(scene, of);
    if let Some(gap) = unknown(scene, of) {
        return Line { text: gap, subject, value: None, bound: None, cell };
    }
    let none =
        scene.case.set(of).is_some_and(|it| it.state() == crate::value::State::NotApplicable);
    let value = if none { Text::new("无", "none") } else { show::value(scene, of) };
    let bound = if want {
        Text::new("应为无", "must be none")
    } else {
        Text::new("不能为无", "must not be none")
    };
    let text = match standing {
        Standing::Wrong => Text::new(
            format!("{subject}：{}，{}", value.zh, bound.zh),
            format!("{subject}: {}; {}", value.en, bound.en),
        ),
        _ => Text::new(format!("{subject}：{}", value.zh), format!("{subject}: {}", value.en)),
    };
    Line {
        text,
        subject,
        value: Some(value),
        bound: (standing == Standing::Wrong).then_some(bound),
        cell,
    }
}

/// 区域说明：已填
fn filled(scene: &Scene, field: FieldId, row: usize, want: bool, standing: Standing) -> Line {
    let subject = scene.case.program.field(field).name.clone();
    let is = (standing == Standing::Right) == want;
    let value =
        if is { Text::new("已填", "filled in") } else { Text::new("未填", "not filled in") };
    let text = Text::new(format!("{subject}{}", value.zh), format!("{subject}: {}", value.en));
    let text = match standing {
        Standing::Wrong if want => {
            Text::new(format!("{}，应填写", text.zh), format!("{}; must be filled in", text.en))
        }
        Standing::Wrong => {
            Text::new(format!("{}，应留空", text.zh), format!("{}; must be blank", text.en))
        }
        _ => text,
    };
    Line { text, subject, value: Some(value), bound: None, cell: place::cell(scene, field, row) }
}

/// 所在高新区“孝感高新区”：与丙集群相同，应各不相同
fn unique(scene: &Scene, key: At, standing: Standing) -> Line {
    let subject = written(scene, key.node);
    let cell = cell_of(scene, key);
    if let Some(gap) = unknown(scene, key) {
        return Line { text: gap, subject, value: None, bound: None, cell };
    }
    let value = show::value(scene, key);
    let others = holders(scene, key);
    let table = scene.case.program.node(key.node).space;
    let names = place::names(scene, table, &others);
    let text = match (standing, others.is_empty()) {
        (Standing::Wrong, false) => Text::new(
            format!("{subject}{}与{}相同，应只有一例", value.zh, names.zh),
            format!("{subject} {} is also that of {}; only one may have it", value.en, names.en),
        ),
        (Standing::Wrong, true) => Text::new(
            format!("{subject}{}另有案例相同，应只有一例", value.zh),
            format!("{subject} {} is also that of another case; only one may have it", value.en),
        ),
        (Standing::Right, _) => Text::new(
            format!("{subject}{}没有别的案例相同", value.zh),
            format!("{subject} {}: no other case has it", value.en),
        ),
        (Standing::Other, _) => Text::new(
            format!("{subject}{}是否与别的案例相同，尚不能定", value.zh),
            format!("{subject} {}: whether another case has it is not settled", value.en),
        ),
    };
    Line { text, subject, value: Some(value), bound: None, cell }
}

/// The other rows that surely hold the same key.
fn holders(scene: &Scene, key: At) -> Vec<usize> {
    let case = &scene.case;
    let Some(field) = gaps::field_of(case, key.node) else { return vec![] };
    let cells = case.facts.cells(field);
    let own = cells.column.get(key.row);
    let same = |row: &usize| *row != key.row && cells.column.get(*row) == own;
    (0..cells.column.len()).filter(same).collect()
}

/// The cell a node shows, guards and parents followed.
pub fn cell_of(scene: &Scene, at: At) -> Option<CellRef> {
    let (field, row) = field_at(scene, at)?;
    place::cell(scene, field, row)
}

/// The first cell that a node takes its value from; of several rows their file.
pub fn source_of(scene: &Scene, at: At) -> Option<CellRef> {
    let cells = place::cells(scene, at);
    let Some(first) = cells.first().cloned() else { return list_of(scene, at) };
    let elsewhere = cells.iter().any(|it| it.file == first.file && it.row != first.row);
    Some(match elsewhere {
        true => CellRef { row: None, column: None, ..first },
        false => first,
    })
}

/// The file of the rows that a function looks at, where it counts none of them.
fn list_of(scene: &Scene, at: At) -> Option<CellRef> {
    let reached = rests::reach(&scene.case, at, rests::below);
    reached.into_iter().find_map(|it| match scene.kind(it.node) {
        NodeKind::Aggregate(aggregate) => place::list(scene, aggregate, it.row),
        _ => None,
    })
}

/// The field and row whose cell a node shows.
pub fn field_at(scene: &Scene, at: At) -> Option<(FieldId, usize)> {
    match scene.kind(at.node) {
        NodeKind::Field(field) => Some((*field, at.row)),
        NodeKind::Applies { body: of, .. }
        | NodeKind::Narrow { of, .. }
        | NodeKind::Default { of, .. }
        | NodeKind::RuleDate(Some(of))
        | NodeKind::WhenNotApplicable { of, .. } => field_at(scene, At { node: *of, row: at.row }),
        NodeKind::Parent(of) => {
            let row = scene.case.parent_row(scene.case.program.node(at.node).space, at.row);
            field_at(scene, At { node: *of, row })
        }
        _ => None,
    }
}

/// 公示起未填; 省级推荐日“2021年13月”不是日期. None where the node is no cell, or its value is known.
pub fn unknown(scene: &Scene, at: At) -> Option<Text> {
    if scene.case.is_settled(at) {
        return None;
    }
    let (field, row) = field_at(scene, at)?;
    let hole = scene.case.facts.cells(field).holes.get(&(row as u32))?;
    let name = &scene.case.program.field(field).name;
    Some(match hole.kind {
        HoleKind::Blank => Text::new(format!("{name}未填"), format!("{name} is not filled in")),
        HoleKind::Fault | HoleKind::Homonym | HoleKind::Coarse => Text::new(
            format!("{name}“{}”{}", hole.raw, hole.why.zh),
            format!("{name} “{}” {}", hole.raw, hole.why.en),
        ),
    })
}
