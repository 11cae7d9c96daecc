//! The naming rule: the examples of `semantics` §10, its table row by row, bad input, and every reviewed name.

mod names;
mod rows;
pub mod world;

use heng::diagnostic::Lang;
use heng::ir::Force;
use heng::ir::Vocabulary;
use heng::ir::VocabularyId;
use heng::ir::VocabularyKind;
use heng::ir::naming::Ending;
use heng::ir::naming::Forms;
use heng::ir::naming::IndustrySource;
use heng::ir::naming::PlaceSource;
use heng::ir::naming::Rule;
use heng::ir::naming::Suffix;
use heng::naming::Case;
use heng::naming::FindingKind;
use heng::naming::Given;
use heng::naming::Judgement;
use heng::naming::Namer;
use heng::value::Foreign;
use heng::value::MemberSet;
use heng::value::Possible;

/// A case in words: blank, 无, a name of the list, or any other text.
fn possible(list: &Vocabulary, written: &str) -> Possible<MemberSet> {
    match written {
        "" => Possible::values(MemberSet { members: None, foreign: Foreign::No }),
        "无" => Possible::not_applicable(),
        _ => match list.index.get(written) {
            Some(members) => Possible::values(MemberSet::any_of(members.clone())),
            None => Possible::values(MemberSet::foreign(written.into())),
        },
    }
}

/// The rule of 第七条 over the reference tables.
struct World {
    lists: Vec<Vocabulary>,
    rule: Rule,
}

impl World {
    fn new() -> World {
        World { lists: world::lists(), rule: world::rule() }
    }

    fn judge(&self, name: &str, place: &str, zone: &str, industry: &str) -> Judgement {
        judge(&Namer::new(&self.rule, &self.lists), &self.lists, name, [place, zone, industry])
    }
}

fn judge(namer: &Namer<'_>, lists: &[Vocabulary], name: &str, case: [&str; 3]) -> Judgement {
    let [place, zone, industry] = [0, 1, 2].map(|at| possible(&lists[at], case[at]));
    let places = [Given::of(&place), Given::of(&zone)];
    let case = Case { places: &places, industry: Given::of(&industry) };
    let it = namer.judge(name, &case);
    let quick = namer.verdict(name, &case);
    assert_eq!(
        (quick.truth, quick.soft, quick.rank_key()),
        (it.truth(), it.soft(), it.shown().rank_key()),
        "{name}"
    );
    assert!(
        it.findings
            .iter()
            .all(|it| !it.text.get(Lang::Zh).is_empty() && !it.text.get(Lang::En).is_empty())
    );
    it
}

/// The segments, then 真 假 as in `semantics`: of the whole, of the 原则上 part.
fn shown(it: &Judgement) -> String {
    format!(
        "{}┃{}┃{} {:?} {:?}",
        it.place.text,
        it.industry.text,
        it.suffix.text,
        it.truth(),
        it.soft()
    )
}

fn kinds(it: &Judgement) -> Vec<FindingKind> {
    it.findings.iter().map(|it| it.kind).collect()
}

/// A small world: flat divisions, zones and classes by name.
fn small(
    divisions: &str,
    zones: &str,
    zones_complete: bool,
    classes: &[&str],
) -> (Vec<Vocabulary>, Rule) {
    let columns = [("名称", "名称"), ("上级", "上级")];
    let zone_columns = [("名称", "名称"), ("所在", "所在")];
    let class_columns = [("名称", "名称")];
    let lists = vec![
        world::list(
            "行政区划",
            VocabularyKind::Classification,
            true,
            &columns,
            &format!("名称\t上级\n{divisions}"),
        ),
        world::list(
            "高新区",
            VocabularyKind::Roster,
            zones_complete,
            &zone_columns,
            &format!("名称\t所在\n{zones}"),
        ),
        world::list(
            "产业",
            VocabularyKind::Classification,
            true,
            &class_columns,
            &format!("名称\n{}", classes.join("\n")),
        ),
    ];
    let forms = Forms { full: true, short: true, alias: true };
    let rule = Rule {
        places: vec![
            PlaceSource { list: VocabularyId(0), forms },
            PlaceSource { list: VocabularyId(1), forms },
        ],
        former: vec![],
        place_force: Force::Must,
        industry: IndustrySource { list: VocabularyId(2), levels: vec![1] },
        industry_force: Force::Should,
        suffix: Suffix::new("创新型产业集群"),
        endings: Ending::usual(Some(1)),
    };
    (lists, rule)
}
