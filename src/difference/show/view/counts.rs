//! The counts as tables: from what to what, and by place and class. It counts nothing itself.

use crate::diagnostic::Lang;
use crate::difference::figures::Figures;
use crate::difference::figures::Kind;
use crate::difference::figures::Value;
use crate::difference::show::Frame;
use crate::difference::show::view::Table;
use crate::difference::show::words;
use crate::difference::summary::Cross;
use crate::difference::summary::Group;
use crate::ir::Constant;
use crate::ir::DecisionRow;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::report::words::either;

/// From what to what, of each item that changes.
pub fn crosses(frame: &Frame, lang: Lang) -> Vec<Table> {
    frame.difference.crosses().iter().map(|it| crossed(frame, it, lang)).collect()
}

/// Before down, after across.
fn crossed(frame: &Frame, cross: &Cross, lang: Lang) -> Table {
    let diff = frame.difference;
    let show = |it: &Value| words::brief(diff, &cross.item, it, lang);
    let mut names: Vec<String> = vec![];
    for (a, b, _) in &cross.counts {
        for it in [show(a), show(b)] {
            if !names.contains(&it) {
                names.push(it);
            }
        }
    }
    let order = order(frame, cross);
    names.sort_by_key(|it| order.iter().position(|known| known == it).unwrap_or(order.len()));
    let corner =
        format!("{}（{}）", words::item(&cross.item, lang), either(lang, "旧↓ 新→", "old↓ new→"));
    let row = |before: &String| {
        let cell = |after: &String| {
            let pair =
                |it: &&(Value, Value, usize)| show(&it.0) == *before && show(&it.1) == *after;
            let count: usize = cross.counts.iter().filter(pair).map(|it| it.2).sum();
            match count {
                0 => ("·".to_owned(), false),
                count => (count.to_string(), before != after),
            }
        };
        std::iter::once((before.clone(), false)).chain(names.iter().map(cell)).collect()
    };
    Table {
        rows: names.iter().map(row).collect(),
        heads: std::iter::once(corner).chain(names.iter().cloned()).collect(),
    }
}

/// The words of an item in the order its rules give them; those of a verdict with the good one first.
fn order(frame: &Frame, cross: &Cross) -> Vec<String> {
    let diff = frame.difference;
    if cross.item.kind != Kind::Grade {
        let first = ["符合", "合格", "入选", "met", "passed", "selected"];
        return first.map(str::to_owned).to_vec();
    }
    let words = |it: &Figures| -> Vec<String> {
        let (program, node) = (&it.program, it.node(&cross.item));
        let grading = program.gradings.iter().find(|grading| Some(grading.node) == node);
        let decision = grading.map(|it| &program.node(it.decision).kind);
        let Some(NodeKind::Decide(decision)) = decision else { return vec![] };
        let word = |row: &DecisionRow| {
            let result = program.node(row.result);
            match (&result.kind, result.ty) {
                (NodeKind::Constant(Constant::Member(at)), Ty::Member(list)) => {
                    Some(program.vocabulary(list).members[*at as usize].name.to_string())
                }
                _ => None,
            }
        };
        decision.rows.iter().filter_map(word).collect()
    };
    [words(&diff.new), words(&diff.old)].concat()
}

/// Counts by place and class, where there is more than one group.
pub fn groups(frame: &Frame, lang: Lang) -> Vec<Table> {
    let diff = frame.difference;
    if diff.effects.is_empty() {
        return vec![];
    }
    let mut tables = vec![];
    for (field, groups) in diff.groups(&frame.by) {
        let changes = |it: &Group| it.better + it.worse + it.other;
        let mut shown: Vec<_> = groups.iter().filter(|it| changes(it.1) > 0).collect();
        if shown.is_empty() || groups.len() < 2 && frame.by.is_empty() {
            continue;
        }
        shown.sort_by_key(|it| std::cmp::Reverse(changes(it.1)));
        let row = |(name, group): (&String, &Group)| {
            let name = match name.is_empty() {
                true => either(lang, "（未填或未定）", "(blank or open)"),
                false => name.as_str(),
            };
            let numbers = [group.cases, group.better, group.worse, group.other];
            let cells =
                numbers.iter().enumerate().map(|(at, it)| (it.to_string(), at > 0 && *it > 0));
            std::iter::once((name.to_owned(), false)).chain(cells).collect()
        };
        let heads = [
            field.as_str(),
            either(lang, "案例", "cases"),
            either(lang, "变好", "better"),
            either(lang, "变差", "worse"),
            either(lang, "其他", "other"),
        ];
        tables.push(Table {
            heads: heads.map(str::to_owned).to_vec(),
            rows: shown.into_iter().map(row).collect(),
        });
    }
    tables
}
