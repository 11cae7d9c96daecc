//! Calls of 函数 in words: one step with its inputs and its result, and what stopped a script.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::rests;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Text;
use crate::diagnostic::code;
use crate::eval::functions::Failure;
use crate::explain::arithmetic::plain;
use crate::explain::model::Branch;
use crate::explain::model::CaseAccount;
use crate::explain::place;
use crate::explain::scene::Scene;
use crate::explain::scene::articles;
use crate::explain::scene::joined;
use crate::explain::scene::same;
use crate::explain::show;
use crate::ir::FunctionId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::script::Fault;
use crate::source::Span;
use crate::value::State;
use indexmap::IndexMap;

/// The calls an outcome is made of, outermost first, those inside of other rules left to them.
pub fn calls(scene: &Scene, at: At) -> Vec<Branch> {
    let named = |node: NodeId| scene.case.program.indicators.iter().any(|it| it.node == node);
    let next = |case: &Case, it: At| match &case.program.node(it.node).kind {
        NodeKind::Aggregate(_) => vec![],
        _ if it != at && named(it.node) => vec![],
        // What lies in a formula is no step of its own; what an argument is made of may be.
        NodeKind::Called { arguments, .. } => {
            arguments.iter().map(|node| At { node: *node, row: it.row }).collect()
        }
        _ => rests::below(case, it),
    };
    let found = rests::reach(&scene.case, at, next).into_iter();
    let found = found.filter(|it| matches!(scene.kind(it.node), NodeKind::Called { .. }));
    found.map(|it| step(scene, it)).collect()
}

/// 函数 超额累进（基数 12,000.00 千元，比例 5%）= 100.00 千元，第七条
fn step(scene: &Scene, at: At) -> Branch {
    let NodeKind::Called { function, arguments, .. } = scene.kind(at.node) else {
        unreachable!("only a call is told as one")
    };
    let it = scene.case.program.function(*function);
    let given = it.inputs.iter().zip(arguments).map(|(slot, node)| {
        let value = show::value(scene, At { node: *node, row: at.row });
        let gap = if value.zh.starts_with('“') { "" } else { " " };
        Text::new(format!("{}{gap}{}", slot.name, value.zh), format!("{} {}", slot.name, value.en))
    });
    let given = joined(&given.collect::<Vec<_>>(), "，", ", ");
    let value = show::value(scene, at);
    let known = scene.case.set(at).is_some_and(|it| it.state() == State::Value);
    let (zh, en) = if known { (" = ", " = ") } else { ("：", ": ") };
    let name = &it.head.name;
    let head = Text::new(
        format!("函数 {name}（{}）{zh}{}", given.zh, value.zh),
        format!("function {name}({}){en}{}", given.en, value.en),
    );
    let mut branch = plain(head, place::of_outcome(scene, at));
    branch.detail = articles(&it.head.articles).map(same);
    branch
}

/// Why a call is in error.
pub fn failed(scene: &Scene, function: FunctionId, failure: &Failure, at: At) -> Text {
    let it = scene.case.program.function(function);
    let name = &it.head.name;
    match (failure, scene.kind(at.node)) {
        (Failure::Input(place), NodeKind::Called { arguments, .. }) => {
            let value = show::value(scene, At { node: arguments[*place], row: at.row });
            let input = &it.inputs[*place].name;
            Text::new(
                format!("函数“{name}”的输入“{input}”不能是 {}", value.zh),
                format!("the input “{input}” of the function “{name}” may not be {}", value.en),
            )
        }
        (Failure::Script(fault), _) => stopped(name, fault),
        _ => Text::new(
            format!("函数“{name}”的结果超出所说的范围"),
            format!("the result of the function “{name}” lies outside of its range"),
        ),
    }
}

/// 函数“超额累进”的脚本第 2 行：除数为零
fn stopped(name: &str, fault: &Fault) -> Text {
    let (zh, en) = match fault.line {
        Some(line) => (format!("的脚本第 {line} 行"), format!(", line {line} of its script")),
        None => ("的脚本".to_owned(), ", in its script".to_owned()),
    };
    Text::new(
        format!("函数“{name}”{zh}：{}", fault.text.zh),
        format!("function “{name}”{en}: {}", fault.text.en),
    )
}

/// The scripts that stopped in a run, one finding for each reason, with the first case it stopped in.
pub fn stopped_scripts(program: &Program, cases: &[CaseAccount]) -> Diagnostics {
    let mut found: IndexMap<(FunctionId, &Fault), (&str, usize)> = IndexMap::new();
    for case in cases {
        for (function, fault) in &case.stopped {
            found.entry((*function, fault)).or_insert((&case.name, 0)).1 += 1;
        }
    }
    let told = found.into_iter().map(|((function, fault), (case, count))| {
        let it = program.function(function);
        let text = stopped(&it.head.name, fault);
        let place = it.script.as_ref().zip(fault.at.as_ref());
        let span = place.map_or(it.head.span, |(script, at)| inside(script.span, at));
        Diagnostic::new(
            code::SCRIPT_STOPPED,
            format!("{}（{count} 例，如“{case}”）", text.zh),
            format!("{} ({count} cases, such as “{case}”)", text.en),
        )
        .at(span)
    });
    Diagnostics(told.collect())
}

/// A place inside a script.
fn inside(script: Span, at: &std::ops::Range<usize>) -> Span {
    let start = script.start as usize;
    Span::new(script.file, start + at.start, start + at.end)
}
