//! Why a verdict is what it is: the values that decide, what to supply or correct, where an error lies, what made it 不适用.

use crate::analysis::At;
use crate::analysis::decisive;
use crate::analysis::errors;
use crate::analysis::errors::Origin;
use crate::analysis::errors::OriginKind;
use crate::analysis::gaps;
use crate::analysis::gaps::Gap;
use crate::diagnostic::Text;
use crate::explain::functions;
use crate::explain::line;
use crate::explain::line::Line;
use crate::explain::line::Standing;
use crate::explain::model::Cause;
use crate::explain::model::CauseKind;
use crate::explain::note;
use crate::explain::note::Assumed;
use crate::explain::place;
use crate::explain::population;
use crate::explain::proof;
use crate::explain::request;
use crate::explain::scene::Scene;
use crate::explain::scene::articles;
use crate::explain::scene::joined;
use crate::explain::scene::written;
use crate::explain::scene::written_at;
use crate::explain::show;
use crate::ir::Criterion;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::value::Truth;
use crate::value::day;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// The causes of a criterion's verdict.
pub fn of_criterion(scene: &Scene, criterion: &Criterion, row: usize) -> Vec<Cause> {
    let at = At { node: criterion.node, row };
    match scene.case.truth(at) {
        Truth::TRUE => vec![],
        Truth::FALSE => failing(scene, criterion, at, true),
        Truth::NOT_APPLICABLE => not_applicable(scene, criterion, at),
        _ => open(scene, at, &criterion.head.articles),
    }
}

/// What keeps an outcome open: errors, then faults, then what is missing.
pub fn open(scene: &Scene, at: At, list: &[String]) -> Vec<Cause> {
    let article = articles(list);
    let errors = errors::errors(&scene.case, at);
    let mut causes: Vec<Cause> =
        errors.iter().map(|it| error(scene, it, article.clone())).collect();
    let mut gaps = gaps::gaps(&scene.case, at);
    gaps.retain(|it| !proof::is_needless(scene, at.node, it));
    gaps.sort_by_key(|it| !gaps::is_fault(&scene.case, it));
    causes.extend(gaps.iter().map(|it| request::cause(scene, it, article.clone())));
    causes
}

/// The atoms that decide a criterion that is not as wanted.
pub fn failing(scene: &Scene, criterion: &Criterion, at: At, want: bool) -> Vec<Cause> {
    let own: BTreeMap<NodeId, &[String]> = criterion
        .clauses
        .iter()
        .filter_map(|it| it.list.as_ref())
        .flat_map(|(_, items)| items)
        .filter(|it| !it.articles.is_empty())
        .map(|it| (it.node, it.articles.as_slice()))
        .collect();
    let cause = |(atom, want): (At, bool)| {
        let line = line::line(scene, atom, want);
        let list = own.get(&atom.node).copied().unwrap_or(&criterion.head.articles);
        value(scene, atom, line, articles(list))
    };
    polar_atoms(scene, at, want).into_iter().map(cause).collect()
}

fn value(scene: &Scene, atom: At, line: Line, article: Option<String>) -> Cause {
    Cause {
        kind: CauseKind::Value,
        field: line.subject,
        of: None,
        value: line.value.map(|it| with_exact_form(scene, atom, it.zh)),
        bound: line.bound.map(|it| it.zh),
        article,
        domain: None,
        source: line.cell,
        cells: place::cells(scene, atom),
        text: line.text,
    }
}

/// 约 33.33%（精确值 1/3）
fn with_exact_form(scene: &Scene, atom: At, value: String) -> String {
    let NodeKind::Compare(_, a, _) = scene.kind(atom.node) else { return value };
    let at = At { node: *a, row: atom.row };
    match errors::number(&scene.case, at) {
        Some(number) if number.decimal_places().is_none() => {
            let style = show::style(scene, at.node);
            let unit = style.unit.map_or_else(String::new, |it| format!(" {it}"));
            format!("{value}（精确值 {}{unit}）", show::in_unit(&number, style.unit).to_fraction())
        }
        _ => value,
    }
}

/// The guard, or the date, that made a criterion 不适用; else its parts that are.
fn not_applicable(scene: &Scene, criterion: &Criterion, at: At) -> Vec<Cause> {
    let article = articles(&criterion.head.articles);
    let cause = |line: Line| Cause {
        kind: CauseKind::NotApplicable,
        ..value(scene, at, line, article.clone())
    };
    guard_lines(scene, criterion, at).into_iter().map(cause).collect()
}

/// What made a criterion 不适用, in lines.
pub fn guard_lines(scene: &Scene, criterion: &Criterion, at: At) -> Vec<Line> {
    let case = &scene.case;
    let holds = |node: Option<NodeId>| {
        node.is_none_or(|node| case.truth(At { node, row: at.row }) == Truth::TRUE)
    };
    if let Some(node) = criterion.in_force.filter(|it| !holds(Some(*it))) {
        return in_force(scene, At { node, row: at.row }).into_iter().collect();
    }
    if let Some(node) = criterion.applies.filter(|it| !holds(Some(*it))) {
        return as_it_is(scene, At { node, row: at.row });
    }
    as_it_is(scene, at)
}

/// The atoms an outcome rests on, in lines that say what is and ask for nothing.
pub fn as_it_is(scene: &Scene, at: At) -> Vec<Line> {
    lines(scene, at, scene.case.truth(at) == Truth::TRUE)
}

/// 未施行：2020-11-09 起施行，申请日为 2020-10-01
fn in_force(scene: &Scene, at: At) -> Option<Line> {
    let NodeKind::InForce { day, from, until } = scene.kind(at.node) else { return None };
    let day_at = At { node: *day, row: at.row };
    let (value, subject) = (show::value(scene, day_at), written(scene, *day));
    let from = from.map(|it| {
        Text::new(format!("{} 起施行", day::show(it)), format!("in force from {}", day::show(it)))
    });
    let until = until
        .map(|it| Text::new(format!("{} 止", day::show(it)), format!("until {}", day::show(it))));
    let span: Vec<Text> = from.into_iter().chain(until).collect();
    let bound = joined(&span, "、", ", ");
    let (zh, en) = match scene.case.truth(at) {
        Truth::FALSE | Truth::NOT_APPLICABLE => ("未施行", "not in force"),
        _ => ("是否施行未定", "whether it is in force is open"),
    };
    let text = Text::new(
        format!("{zh}：{}，{subject}为 {}", bound.zh, value.zh),
        format!("{en}: {}; {subject} is {}", bound.en, value.en),
    );
    Some(Line {
        text,
        subject,
        value: Some(value),
        bound: Some(bound),
        cell: line::cell_of(scene, day_at),
    })
}

/// The atoms an outcome rests on, each with whether it is wanted to hold.
pub fn polar_atoms(scene: &Scene, at: At, want: bool) -> Vec<(At, bool)> {
    let case = &scene.case;
    let mut found: IndexMap<At, bool> = IndexMap::new();
    let mut waiting = vec![(at, want)];
    while let Some((at, want)) = waiting.pop() {
        if decisive::is_atom(case.program, at.node) {
            found.entry(at).or_insert(want);
            continue;
        }
        if let Some((condition, want)) = at_fault(scene, at, want) {
            waiting.push((condition, want));
            continue;
        }
        let parts = decisive::parts(case.program, case.recording, at);
        for node in parts.into_iter().rev() {
            waiting.push((At { node, row: at.row }, wanted(scene, at, node, want)));
        }
    }
    found.into_iter().collect()
}

/// Where 若 led to a plain 是 or 否 that is not wanted, its condition ought to be the other way.
fn at_fault(scene: &Scene, at: At, want: bool) -> Option<(At, bool)> {
    let NodeKind::If { condition, then, otherwise, .. } = scene.kind(at.node) else { return None };
    let here = |node: NodeId| At { node, row: at.row };
    let (taken, holds) = match scene.case.truth(here(*condition)) {
        Truth::TRUE => (*then, true),
        Truth::FALSE => (*otherwise, false),
        _ => return None,
    };
    let plain = matches!(scene.kind(taken), NodeKind::Constant(_));
    let wrong = scene.case.truth(here(taken)) == Truth::of(!want);
    (plain && wrong).then_some((here(*condition), !holds))
}

/// Those of the atoms that are not as they should be; all of them where there is none.
pub fn failing_atoms(scene: &Scene, at: At, want: bool) -> Vec<(At, bool)> {
    let all = polar_atoms(scene, at, want);
    let wrong = |it: &&(At, bool)| line::standing(scene.case.truth(it.0), it.1) != Standing::Right;
    let failing: Vec<(At, bool)> = all.iter().filter(wrong).copied().collect();
    if failing.is_empty() { all } else { failing }
}

/// Whether an operand is wanted to hold where what it belongs to is wanted so.
pub fn wanted(scene: &Scene, of: At, operand: NodeId, want: bool) -> bool {
    use crate::ir::Count;
    match scene.kind(of.node) {
        NodeKind::Not(_) | NodeKind::Quantified(Count::None | Count::AtMost(_), _) => !want,
        // A condition is neither wanted nor not: it is shown as it is.
        NodeKind::If { condition, .. } if *condition == operand => {
            scene.case.truth(At { node: operand, row: of.row }) != Truth::FALSE
        }
        NodeKind::Exceptions { exceptions, .. }
            if exceptions.iter().any(|it| it.guard == operand) =>
        {
            true
        }
        _ => want,
    }
}

/// The atoms an outcome rests on, in lines.
pub fn lines(scene: &Scene, at: At, want: bool) -> Vec<Line> {
    let line = |(atom, want): (At, bool)| match scene.kind(atom.node) {
        NodeKind::InForce { .. } => {
            in_force(scene, atom).unwrap_or_else(|| line::line(scene, atom, want))
        }
        _ => line::line(scene, atom, want),
    };
    polar_atoms(scene, at, want).into_iter().map(line).collect()
}

fn error(scene: &Scene, origin: &Origin, article: Option<String>) -> Cause {
    let subject = match &origin.kind {
        OriginKind::DivisionByZero { divisor: Some(node) }
        | OriginKind::BaseNotPositive { base: node }
        | OriginKind::NegativeRoot { of: node } => {
            written_at(scene, At { node: *node, row: origin.at.row })
        }
        _ => written(scene, origin.at.node),
    };
    let article = match &origin.kind {
        OriginKind::Conflict { articles } => Some(articles.join("、")),
        OriginKind::NoValue { parameter, .. } => {
            articles(&scene.case.program.parameter(*parameter).head.articles)
        }
        _ => None,
    }
    .or(article);
    let space = scene.case.program.node(origin.at.node).space;
    Cause {
        kind: CauseKind::Error,
        field: subject,
        of: place::owner(scene, space, origin.at.row),
        value: None,
        bound: None,
        article,
        domain: None,
        source: line::source_of(scene, origin.at),
        cells: place::cells(scene, origin.at),
        text: error_text(scene, origin),
    }
}

/// 营业收入为零，不能作除数
pub fn error_text(scene: &Scene, origin: &Origin) -> Text {
    let here = |node: NodeId| At { node, row: origin.at.row };
    let what = written(scene, origin.at.node);
    match &origin.kind {
        OriginKind::DivisionByZero { divisor: Some(node) } => {
            let name = written(scene, *node);
            Text::new(
                format!("{name}为零，不能作除数：{what}"),
                format!("{name} is zero and cannot divide: {what}"),
            )
        }
        OriginKind::DivisionByZero { divisor: None } => {
            Text::new(format!("除数为零：{what}"), format!("division by zero: {what}"))
        }
        OriginKind::Nothing => Text::new(
            format!("没有可计的行，无从计算：{what}"),
            format!("no rows to compute from: {what}"),
        ),
        OriginKind::Elsewhere { .. }
        | OriginKind::SameValue { .. }
        | OriginKind::Tie { .. }
        | OriginKind::SeatsDiffer
        | OriginKind::NegativePoints => population::error_text(scene, origin),
        OriginKind::Conflict { articles } => Text::new(
            format!("例外冲突：{}同时成立而结果不同", articles.join("、")),
            format!("exceptions in conflict: {} hold together and differ", articles.join(", ")),
        ),
        OriginKind::NoValue { day, .. } => {
            let day = show::value(scene, here(*day));
            Text::new(
                format!("{what}在 {} 没有值", day.zh),
                format!("{what} has no value on {}", day.en),
            )
        }
        OriginKind::NoRow { heads } => no_row(scene, origin.at, heads),
        OriginKind::TwoRows { rows } => two_rows(scene, origin.at, rows),
        OriginKind::Call { function, failure } => {
            functions::failed(scene, *function, failure, origin.at)
        }
        OriginKind::BaseNotPositive { base } => {
            let (name, value) = (written_at(scene, here(*base)), show::value(scene, here(*base)));
            Text::new(
                format!("基期不为正（{name} {}），没有增长率：{what}", value.zh),
                format!("the base is not above zero ({name} {}): no growth for {what}", value.en),
            )
        }
        OriginKind::NegativeRoot { of } => {
            let (name, value) = (written_at(scene, here(*of)), show::value(scene, here(*of)));
            Text::new(
                format!("负数不能开方（{name} {}）：{what}", value.zh),
                format!("a negative number has no root ({name} {}): {what}", value.en),
            )
        }
        OriginKind::TooLarge => {
            Text::new(format!("数过大，无法计算：{what}"), format!("too large to compute: {what}"))
        }
    }
}

/// 表“定档”没有一行适合营业收入 30 亿元
fn no_row(scene: &Scene, at: At, heads: &[NodeId]) -> Text {
    let what = written(scene, at.node);
    let value = |head: &NodeId| {
        let value = show::value(scene, At { node: *head, row: at.row });
        let name = written(scene, *head);
        Text::new(format!("{name} {}", value.zh), format!("{name} {}", value.en))
    };
    let values = joined(&heads.iter().map(value).collect::<Vec<_>>(), "、", ", ");
    Text::new(
        format!("表“{what}”没有一行适合{}", values.zh),
        format!("no row of the table “{what}” fits {}", values.en),
    )
}

fn two_rows(scene: &Scene, at: At, rows: &[usize]) -> Text {
    let what = written(scene, at.node);
    let rows: Vec<String> = rows.iter().map(|it| (it + 1).to_string()).collect();
    Text::new(
        format!("表“{what}”第 {} 行同时符合，只能有一行", rows.join("、")),
        format!("rows {} of the table “{what}” hold together; only one may", rows.join(", ")),
    )
}

/// Gaps in a few lines, each with its place: cells of one field in several rows are one line.
pub fn folded(scene: &Scene, gaps: &[Gap]) -> Vec<(Text, Option<Text>)> {
    let mut fields: IndexMap<crate::ir::FieldId, Vec<usize>> = IndexMap::new();
    let mut lines = vec![];
    for gap in gaps {
        match gap {
            Gap::Cell { field, row } => fields.entry(*field).or_default().push(*row),
            other => lines.push((request::cause(scene, other, None).text, None)),
        }
    }
    let cells = fields.into_iter().map(|(field, rows)| {
        let place = place::rows(scene, field.table, &rows);
        (request::cells_text(scene, field, &rows), place)
    });
    cells.chain(lines).collect()
}

/// Values assumed for blanks that a settled outcome rests on.
pub fn assumed(scene: &Scene, criterion: &Criterion, at: At) -> Vec<Cause> {
    let cause = |it: &Assumed| Cause {
        kind: CauseKind::Default,
        field: scene.case.program.field(it.field).name.clone(),
        of: (it.field.table != scene.case.table)
            .then(|| place::names(scene, it.field.table, &it.rows).zh),
        value: Some(show::value(scene, At { node: it.value, row: it.rows[0] }).zh),
        bound: None,
        article: articles(&criterion.head.articles),
        domain: None,
        source: place::cell(scene, it.field, it.rows[0]),
        cells: vec![],
        text: note::assumed_text(scene, it),
    };
    let settled = scene.case.is_settled(at);
    note::assumed(scene, at).iter().filter(|_| settled).map(cause).collect()
}
