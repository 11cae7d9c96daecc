//! A name in words: its segments, why each is right or not, what is to be known of it, and corrected names.

use crate::analysis::At;
use crate::analysis::remedy::is_changeable;
use crate::diagnostic::Text;
use crate::explain::line::Line;
use crate::explain::line::Standing;
use crate::explain::line::cell_of;
use crate::explain::line::field_at;
use crate::explain::model::Branch;
use crate::explain::model::Change;
use crate::explain::model::ChangeOp;
use crate::explain::model::Mark;
use crate::explain::model::Note;
use crate::explain::model::NoteKind;
use crate::explain::model::Remedy;
use crate::explain::place;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::explain::scene::same;
use crate::explain::scene::written;
use crate::explain::tree;
use crate::ir::Criterion;
use crate::ir::Force;
use crate::ir::Naming;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::naming::Case;
use crate::naming::FindingKind;
use crate::naming::Given;
use crate::naming::Judgement;
use crate::naming::Namer;
use crate::naming::Part;
use crate::value::MemberSet;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::text;

/// Corrected names told of one name.
const NAMES: usize = 3;

/// A name that was read: what its rule is, what was said of it, and whether some name is as it must be.
struct Read<'a> {
    naming: &'a Naming,
    it: Judgement,
    /// Whether each corrected name is as the 应 parts ask.
    mends: Vec<bool>,
}

/// Reads the name that a node judges; none where it is not known.
fn read<'a>(scene: &Scene<'a>, at: At) -> Option<Read<'a>> {
    let program = scene.case.program;
    let NodeKind::Naming { naming: id, .. } = &program.node(at.node).kind else { return None };
    let (naming, namer) = (program.naming(*id), scene.namers.get(id.0 as usize)?);
    let name = known_name(scene, At { node: naming.name, row: at.row })?;
    let set = |node: &Option<NodeId>| node.map(|node| members(scene, At { node, row: at.row }));
    let places: Vec<_> = naming.places.iter().map(set).collect();
    let industry = set(&naming.industry);
    let places: Vec<Given<'_>> = places.iter().map(given).collect();
    let case = Case { places: &places, industry: given(&industry) };
    let it = namer.judge(&name, &case);
    let mends = it.proposals.iter().map(|it| is_mended(namer, &it.name, &case)).collect();
    Some(Read { naming, it, mends })
}

fn given(set: &Option<Possible<MemberSet>>) -> Given<'_> {
    set.as_ref().map_or(Given::NotAsked, Given::of)
}

fn is_mended(namer: &Namer<'_>, name: &str, case: &Case<'_>) -> bool {
    namer.verdict(name, case).truth == Truth::TRUE
}

/// The name as it was written, where it is known.
fn known_name(scene: &Scene, at: At) -> Option<String> {
    let Some(Set::Text(Possible { values: Some(TextSet::One(name)), na: false, error: false })) =
        scene.case.set(at)
    else {
        return None;
    };
    // The cell holds the folded name; the name of the row is as it was written.
    let as_written = field_at(scene, at).and_then(|(field, row)| {
        let table = scene.case.program.table(field.table);
        let names = &scene.case.facts.table(field.table).names;
        names.get(row).filter(|it| table.name_field == Some(field.index) && text::fold(it) == *name)
    });
    Some(as_written.unwrap_or(&name).to_string())
}

fn members(scene: &Scene, at: At) -> Possible<MemberSet> {
    match scene.case.set(at) {
        Some(Set::Member(set)) => set,
        Some(set) if set.is_settled() && !set.may_be_error() => Possible::not_applicable(),
        _ => Possible::error(),
    }
}

/// 甲市高新区 ┃ 高性能纤维及制品制造 ┃ 创新型产业集群
pub fn segments(it: &Judgement) -> Text {
    let shown = |it: &Part| match it.text.trim() {
        "" => "—".to_owned(),
        text => text.to_owned(),
    };
    same([&it.place, &it.industry, &it.suffix].map(shown).join(" ┃ "))
}

/// The parts of a name: what the rulebook calls each, the part, and its force. An empty industry breaks the rule
/// either way.
pub fn parts<'j>(naming: &Naming, it: &'j Judgement) -> [(Text, &'j Part, Force); 3] {
    let [place, industry] = &naming.parts;
    let empty = it.industry.text.trim().is_empty();
    let industry_force = if empty { Force::Must } else { naming.rule.industry_force };
    [
        (same(place), &it.place, naming.rule.place_force),
        (same(industry), &it.industry, industry_force),
        (Text::new("后缀", "ending"), &it.suffix, Force::Must),
    ]
}

/// The 应 parts that are not as they must be, in words.
fn wrong(naming: &Naming, it: &Judgement) -> Vec<Text> {
    let wrong = |it: &&(Text, &Part, Force)| it.2 == Force::Must && it.1.truth != Truth::TRUE;
    let parts = parts(naming, it);
    let worst = parts.iter().any(|it| it.2 == Force::Must && it.1.truth == Truth::FALSE);
    let told = parts.iter().filter(wrong).filter(|it| !worst || it.1.truth == Truth::FALSE);
    told.map(|(name, part, _)| account(name, part)).collect()
}

/// A line for each part of a name, then what is to be known of it besides departures, which the parts tell.
pub fn lines(naming: &Naming, it: &Judgement) -> Vec<Branch> {
    let part = |(name, part, force): (Text, &Part, Force)| {
        let mark = match force {
            Force::Should if part.truth != Truth::TRUE => Mark::Noted,
            _ => tree::mark(part.truth, true),
        };
        plain(mark, name, Some(part.account.clone()))
    };
    let told = it.findings.iter().filter(|it| !is_departure(it.kind));
    let told = told.map(|it| plain(Mark::Plain, it.text.clone(), None));
    parts(naming, it).into_iter().map(part).chain(told).collect()
}

/// 地名“甲市高新区”：…
fn account(name: &Text, part: &Part) -> Text {
    let segment = part.text.trim();
    if segment.is_empty() || part.account.zh.starts_with(&format!("“{segment}”")) {
        return Text::new(
            format!("{}：{}", name.zh, part.account.zh),
            format!("{}: {}", name.en, part.account.en),
        );
    }
    Text::new(
        format!("{}“{segment}”：{}", name.zh, part.account.zh),
        format!("{} “{segment}”: {}", name.en, part.account.en),
    )
}

/// A name in one line: what is wrong with it, else its segments. None where it is not known.
pub fn line(scene: &Scene, at: At, standing: Standing) -> Option<Line> {
    let read = read(scene, at)?;
    let name = At { node: read.naming.name, row: at.row };
    let wrong = wrong(read.naming, &read.it);
    let text = match standing {
        Standing::Right => segments(&read.it),
        _ if wrong.is_empty() => segments(&read.it),
        _ => joined(&wrong, "；", "; "),
    };
    Some(Line {
        text,
        subject: written(scene, name.node),
        value: Some(Text::new(format!("“{}”", read.it.written), format!("“{}”", read.it.written))),
        bound: None,
        cell: cell_of(scene, name),
    })
}

/// The branch of a name: its segments, a line for each, what is to be known of it. None where it is not known.
pub fn branch(scene: &Scene, at: At, want: bool, label: Option<&str>) -> Option<Branch> {
    let read = read(scene, at)?;
    let mut children = lines(read.naming, &read.it);
    let departs = read.it.soft() != Truth::TRUE && read.it.truth() != Truth::FALSE;
    if departs {
        let names: Vec<Text> =
            read.it.proposals.iter().take(NAMES).map(|it| same(format!("“{}”", it.name))).collect();
        let names = joined(&names, "、", ", ");
        if !names.zh.is_empty() {
            let head = Text::new("可改为", "it might be");
            children.push(plain(Mark::Plain, head, Some(names)));
        }
    }
    Some(Branch {
        mark: tree::mark(scene.case.truth(at), want),
        head: label.map_or_else(|| same(written(scene, read.naming.name)), same),
        detail: Some(segments(&read.it)),
        place: place::of_outcome(scene, at),
        decides: true,
        children,
    })
}

fn plain(mark: Mark, head: Text, detail: Option<Text>) -> Branch {
    Branch { mark, head, detail, place: None, decides: true, children: vec![] }
}

fn is_departure(kind: FindingKind) -> bool {
    matches!(kind, FindingKind::Departure | FindingKind::MaybeDeparture)
}

/// The outcome of the 应 parts of a 名称规则.
fn must(criterion: &Criterion, row: usize) -> Option<At> {
    criterion.naming?;
    criterion.clauses.first().map(|it| At { node: it.node, row })
}

/// The outcome of the 应 parts where they are what a criterion fails by.
pub fn at_fault(scene: &Scene, criterion: &Criterion, row: usize) -> Option<At> {
    must(criterion, row).filter(|it| scene.case.truth(*it) == Truth::FALSE)
}

/// Whether the 原则上 parts of a 名称规则 are departed from, or may be.
pub fn departs(scene: &Scene, criterion: &Criterion) -> bool {
    let truth = criterion.departs.map(|it| scene.case.truth(scene.at(it)));
    criterion.naming.is_some()
        && truth.is_some_and(|it| it.may(Truth::FALSE) || it.may(Truth::ERROR))
}

/// What the name departs from, in words; none where it is not known.
pub fn departure(scene: &Scene, criterion: &Criterion, row: usize) -> Option<Text> {
    let read = read(scene, must(criterion, row)?)?;
    let found = read.it.findings.iter().find(|it| is_departure(it.kind));
    found.map(|it| it.text.clone())
}

/// What the reader of the verdict must know of the name: how it is spelled, a former name of a place.
pub fn notes(scene: &Scene, criterion: &Criterion, row: usize) -> Vec<Note> {
    let Some(at) = must(criterion, row) else { return vec![] };
    if scene.case.truth(At { node: criterion.node, row }) != Truth::TRUE {
        return vec![];
    }
    let told = [
        FindingKind::ListMark,
        FindingKind::Width,
        FindingKind::Blanks,
        FindingKind::Traditional,
        FindingKind::Former,
    ];
    let findings = read(scene, at).map(|it| it.it.findings).unwrap_or_default();
    let told = findings.into_iter().filter(|it| told.contains(&it.kind));
    told.map(|it| Note { kind: NoteKind::Name, answered: false, text: it.text }).collect()
}

/// Corrected names. One that is not known to be enough has no change.
pub fn remedies(scene: &Scene, at: At) -> Vec<Remedy> {
    let Some(read) = read(scene, at) else { return vec![] };
    let field = field_at(scene, At { node: read.naming.name, row: at.row })
        .filter(|it| is_changeable(&scene.case, it.0));
    let subject = written(scene, read.naming.name);
    let remedy = |(it, mends): (&crate::naming::Proposal, &bool)| {
        let change = field.filter(|_| *mends).map(|(field, _)| Change {
            op: ChangeOp::Set,
            field: scene.case.program.field(field).name.clone(),
            of: None,
            from: Some(read.it.written.clone()),
            to: it.name.clone(),
        });
        Remedy {
            text: Text::new(
                format!("{subject}改为“{}”", it.name),
                format!("change {subject} to “{}”", it.name),
            ),
            changes: change.into_iter().collect(),
            held: vec![],
        }
    };
    read.it.proposals.iter().zip(&read.mends).take(NAMES).map(remedy).collect()
}
