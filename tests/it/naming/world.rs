//! The naming rule of 第七条 over the reference tables, for tests and benches. It judges nothing.

use heng::data::vocabulary;
use heng::data::vocabulary::Definition;
use heng::ir::Force;
use heng::ir::Vocabulary;
use heng::ir::VocabularyId;
use heng::ir::VocabularyKind;
use heng::ir::naming::Ending;
use heng::ir::naming::Former;
use heng::ir::naming::Forms;
use heng::ir::naming::IndustrySource;
use heng::ir::naming::PlaceSource;
use heng::ir::naming::Rule;
use heng::ir::naming::Suffix;

/// The divisions.
pub const DIVISIONS: VocabularyId = VocabularyId(0);
/// The zones.
pub const ZONES: VocabularyId = VocabularyId(1);
/// The industries.
pub const INDUSTRIES: VocabularyId = VocabularyId(2);
/// The former divisions.
pub const FORMER: VocabularyId = VocabularyId(3);

/// A list from text.
pub fn list(
    name: &str,
    kind: VocabularyKind,
    complete: bool,
    columns: &[(&str, &str)],
    text: &str,
) -> Vocabulary {
    let definition = Definition {
        name: name.to_owned(),
        kind,
        complete,
        columns: columns
            .iter()
            .map(|(role, column)| (role.to_string(), column.to_string()))
            .collect(),
        file: format!("{name}.tsv"),
        span: heng::source::Span { file: heng::source::FileId(0), start: 0, end: 0 },
    };
    let (list, found) = vocabulary::read(&definition, text.as_bytes());
    let found: Vec<String> = found.0.into_iter().map(|it| it.message.zh).collect();
    assert!(found.is_empty(), "{name}: {found:?}");
    list
}

/// The lists of the reference tables.
pub fn lists() -> Vec<Vocabulary> {
    use VocabularyKind::Classification;
    let text = |file: &str| {
        let path = format!("{}/rules/reference/{file}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&path).expect(&path)
    };
    let division = [
        ("名称", "name"),
        ("简称", "short"),
        ("代码", "code"),
        ("上级", "parent_code"),
        ("层级", "level"),
    ];
    let zone = [
        ("名称", "name"),
        ("简称", "short"),
        ("别称", "aliases"),
        ("代码", "code"),
        ("所在", "host_code"),
    ];
    let industry = [("名称", "name"), ("代码", "code"), ("上级", "parent_code"), ("层级", "level")];
    let former = [
        ("名称", "name"),
        ("简称", "short"),
        ("代码", "code"),
        ("所在", "path"),
        ("止年", "last_year"),
        ("后继", "successor"),
    ];
    vec![
        list("行政区划", Classification, true, &division, &text("divisions.tsv")),
        list("高新区", VocabularyKind::Roster, false, &zone, &text("hightech_zones.tsv")),
        list("战略性新兴产业", Classification, true, &industry, &text("sei2018.tsv")),
        list("曾用行政区划", Classification, false, &former, &text("divisions_former.tsv")),
    ]
}

/// 第七条.
pub fn rule() -> Rule {
    Rule {
        places: vec![
            PlaceSource { list: DIVISIONS, forms: Forms { full: true, short: true, alias: false } },
            PlaceSource { list: ZONES, forms: Forms { full: true, short: true, alias: true } },
        ],
        former: vec![Former { list: FORMER, of: 0 }],
        place_force: Force::Must,
        industry: IndustrySource { list: INDUSTRIES, levels: vec![3, 2] },
        industry_force: Force::Should,
        suffix: Suffix::new("创新型产业集群"),
        endings: Ending::usual(Some(1)),
    }
}
