//! Memberships in one line, with the chain of the classification that shows them.

use crate::analysis::At;
use crate::diagnostic::Text;
use crate::explain::line::Line;
use crate::explain::line::Standing;
use crate::explain::line::cell_of;
use crate::explain::line::unknown;
use crate::explain::scene::Scene;
use crate::explain::scene::written;
use crate::explain::show;
use crate::ir::Belonging;
use crate::ir::NodeId;
use crate::ir::Ty;
use crate::ir::VocabularyId;
use crate::ir::VocabularyKind;
use crate::value::MemberSet;
use crate::value::Set;

/// Names listed before the rest is counted.
const LISTED: usize = 4;

/// 主导产业“先进钢铁材料”属于 战略性新兴产业 › 新材料产业 › 先进钢铁材料（第二层）
pub(super) fn line(scene: &Scene, of: At, to: &Belonging, want: bool, standing: Standing) -> Line {
    let subject = written(scene, of.node);
    let cell = cell_of(scene, of);
    let list = asked(scene, of, to);
    let bound = match want {
        true => Text::new(format!("属于 {}", list.zh), format!("to belong to {}", list.en)),
        false => Text::new(format!("不属于 {}", list.zh), format!("not to belong to {}", list.en)),
    };
    if let Some(gap) = unknown(scene, of) {
        let text = Text::new(
            format!("{}，应{}", gap.zh, bound.zh),
            format!("{}; has {}", gap.en, bound.en),
        );
        return Line { text, subject, value: None, bound: Some(bound), cell };
    }
    let value = show::value(scene, of);
    let belongs = (standing == Standing::Right) == want;
    let quoted = matches!(scene.case.program.node(of.node).ty, Ty::Member(_) | Ty::Text)
        && scene.case.is_settled(of);
    let is = match quoted && !scene.case.set(of).is_some_and(|it| it.may_be_na()) {
        true => Text::new(format!("{subject}{}", value.zh), format!("{subject} {}", value.en)),
        false => Text::new(format!("{subject}：{}", value.zh), format!("{subject}: {}", value.en)),
    };
    let text = match standing {
        Standing::Other
            if scene.case.set(of).is_some_and(|it| it.is_settled() && it.may_be_na()) =>
        {
            is
        }
        Standing::Other => Text::new(
            format!("{}，是否{}尚不能定", is.zh, bound.zh),
            format!("{}: not settled whether it belongs to {}", is.en, list.en),
        ),
        _ if belongs => {
            let way = way(scene, of).unwrap_or_else(|| list.clone());
            Text::new(
                format!("{}属于 {}", is.zh, way.zh),
                format!("{} belongs to {}", is.en, way.en),
            )
        }
        _ => Text::new(
            format!("{}不属于 {}", is.zh, list.zh),
            format!("{} does not belong to {}", is.en, list.en),
        ),
    };
    Line { text, subject, value: Some(value), bound: Some(bound), cell }
}

/// The chain above a member of a classification.
fn way(scene: &Scene, of: At) -> Option<Text> {
    let (vocabulary, member) = member(scene, of)?;
    let classification =
        scene.case.program.vocabulary(vocabulary).kind == VocabularyKind::Classification;
    classification.then(|| show::chain(scene.case.program, vocabulary, member))
}

/// The single member a value is.
pub(super) fn member(scene: &Scene, of: At) -> Option<(VocabularyId, u32)> {
    let Ty::Member(vocabulary) = scene.case.program.node(of.node).ty else { return None };
    match scene.case.set(of)? {
        Set::Member(set) if !set.na && !set.error => match set.values?.members?.as_slice() {
            [one] => Some((vocabulary, *one)),
            _ => None,
        },
        _ => None,
    }
}

/// What it should belong to, in words.
fn asked(scene: &Scene, of: At, to: &Belonging) -> Text {
    let program = scene.case.program;
    match to {
        Belonging::Vocabulary(vocabulary) => {
            let name = &program.vocabulary(*vocabulary).name;
            Text::new(name, name)
        }
        Belonging::Nodes(members) => {
            let Ty::Member(vocabulary) = program.node(of.node).ty else { return Text::default() };
            match members.as_slice() {
                [one] => show::members_text(program, vocabulary, &MemberSet::one(*one)),
                _ => listed(members.iter().map(|it| {
                    program.vocabulary(vocabulary).members[*it as usize].name.to_string()
                })),
            }
        }
        Belonging::Node(node) => {
            let value = show::value(scene, At { node: *node, row: of.row });
            let name = written(scene, *node);
            Text::new(format!("{}（{name}）", value.zh), format!("{} ({name})", value.en))
        }
        Belonging::Values(nodes) => {
            let value = |node: &NodeId| show::value(scene, At { node: *node, row: of.row }).zh;
            listed(nodes.iter().map(value))
        }
    }
}

fn listed(names: impl ExactSizeIterator<Item = String>) -> Text {
    let all = names.len();
    let shown: Vec<String> = names.take(LISTED).collect();
    match all > LISTED {
        true => Text::new(
            format!("{}等 {all} 项", shown.join("、")),
            format!("{} … ({all} in all)", shown.join(", ")),
        ),
        false => Text::new(shown.join("、"), shown.join(", ")),
    }
}
