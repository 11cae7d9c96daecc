//! The fixed tables of the random cases: 集群 with fields of every type, its child table 企业, and small vocabularies.

use crate::oracle::calendar::day;
use heng::ir::Domain;
use heng::ir::DurationUnit;
use heng::ir::Field;
use heng::ir::FieldId;
use heng::ir::FieldKind;
use heng::ir::Member;
use heng::ir::Program;
use heng::ir::Table;
use heng::ir::TableId;
use heng::ir::Ty;
use heng::ir::Vocabulary;
use heng::ir::VocabularyId;
use heng::ir::VocabularyKind;
use heng::source::FileId;
use heng::source::Span;
use heng::value::DateHull;
use heng::value::Dimension;
use heng::value::End;
use heng::value::Hull;
use heng::value::Number;

/// The case table.
pub const CASES: TableId = TableId(0);
/// Its child table.
pub const FIRMS: TableId = TableId(1);
/// An ordered enumeration of three words.
pub const LEVELS: VocabularyId = VocabularyId(0);
/// A hierarchy of three layers.
pub const PLACES: VocabularyId = VocabularyId(1);
/// Its members of the first layer.
pub const TOPS: [u32; 2] = [0, 3];
/// A list that need not be 完整.
pub const ROSTER: VocabularyId = VocabularyId(2);
/// The words a 分级 gives.
pub const GRADES: VocabularyId = VocabularyId(3);
/// The holiday table; it covers 2022, and 2023 where lists are complete.
pub const HOLIDAYS: VocabularyId = VocabularyId(4);

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Truth,
    /// Whole numbers 0 to 8.
    Whole,
    /// Numbers −2 to 2.
    Signed,
    /// Numbers from 0.
    Unbounded,
    /// Numbers between 0 and 4, neither of them.
    Open,
    /// Whole numbers 1 to 3.
    Few,
    /// A span of 0 to 14 months.
    Months,
    /// Days around the end of 2022.
    Date,
    Level,
    Place,
    Roster,
    Text,
}

/// The fields of each table, with 可无; the 多条 field of the case table comes after them.
const CASE_FIELDS: [(Holds, bool); 25] = {
    use Holds::*;
    [
        (Truth, false),
        (Truth, true),
        (Truth, false),
        (Truth, true),
        (Truth, false),
        (Whole, false),
        (Open, false),
        (Signed, true),
        (Whole, true),
        (Unbounded, false),
        (Signed, false),
        (Few, false),
        (Months, false),
        (Date, false),
        (Date, true),
        (Date, false),
        (Level, false),
        (Level, true),
        (Level, false),
        (Place, false),
        (Place, true),
        (Roster, false),
        (Roster, true),
        (Text, false),
        (Text, true),
    ]
};

const FIRM_FIELDS: [(Holds, bool); 14] = {
    use Holds::*;
    [
        (Truth, false),
        (Truth, true),
        (Truth, false),
        (Whole, false),
        (Signed, true),
        (Whole, true),
        (Open, false),
        (Unbounded, false),
        (Date, true),
        (Level, true),
        (Place, false),
        (Roster, false),
        (Text, true),
        (Text, false),
    ]
};

/// The fields of a table.
pub fn fields(table: TableId) -> &'static [(Holds, bool)] {
    if table == CASES { &CASE_FIELDS } else { &FIRM_FIELDS }
}

/// The 多条 field.
pub const LIST: FieldId = FieldId { table: CASES, index: CASE_FIELDS.len() as u32 };

/// The date field that stands as 适用时点 where no day is given.
pub const RULE_DATE: FieldId = FieldId { table: CASES, index: 13 };

/// Nowhere: the programs have no text.
pub const SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };

/// Tables and vocabularies. `complete` makes every list 完整 and closed.
pub fn program(complete: bool) -> Program {
    Program {
        tables: vec![table("集群", CASES, complete), table("企业", FIRMS, complete)],
        vocabularies: vocabularies(complete),
        case_tables: vec![CASES],
        ..Program::default()
    }
}

fn table(name: &str, id: TableId, complete: bool) -> Table {
    let mut columns: Vec<Field> = fields(id)
        .iter()
        .enumerate()
        .map(|(at, (holds, none))| {
            let (ty, domain) = holds.ty();
            let kind = FieldKind::Scalar { ty, unit: None, domain };
            Field { or_other: *holds == Holds::Roster, ..field(format!("{name}{at}"), kind, *none) }
        })
        .collect();
    if id == CASES {
        columns.push(field(
            "企业".into(),
            FieldKind::Rows { table: FIRMS, open: !complete },
            false,
        ));
    }
    let parent = (id == FIRMS).then_some(LIST);
    Table {
        name: name.into(),
        fields: columns,
        parent,
        key: None,
        name_field: None,
        periods: None,
        span: SPAN,
    }
}

fn field(name: String, kind: FieldKind, may_be_none: bool) -> Field {
    Field { optional: true, may_be_none, ..Field::new(name, kind, SPAN) }
}

impl Holds {
    /// Its type and domain.
    pub fn ty(self) -> (Ty, Domain) {
        let number = Ty::Number(Dimension::default());
        let numbers = |low: i64, high: Option<i64>, whole| {
            let end = |at: i64| Some(End { at: Number::from(at), closed: true });
            Domain::Numbers { hull: Hull { low: end(low), high: high.and_then(end) }, whole }
        };
        match self {
            Holds::Truth => (Ty::Truth, Domain::Everything),
            Holds::Whole => (number, numbers(0, Some(8), true)),
            Holds::Signed => (number, numbers(-2, Some(2), false)),
            Holds::Unbounded => (number, numbers(0, None, false)),
            Holds::Open => {
                let end = |at: i64| Some(End { at: Number::from(at), closed: false });
                (number, Domain::Numbers { hull: Hull { low: end(0), high: end(4) }, whole: false })
            }
            Holds::Few => (number, numbers(1, Some(3), true)),
            Holds::Months => (Ty::Duration(DurationUnit::Month), numbers(0, Some(14), true)),
            Holds::Date => {
                let (low, high) = dates();
                (Ty::Date, Domain::Dates(DateHull { low: Some(low), high: Some(high) }))
            }
            Holds::Level => (Ty::Member(LEVELS), Domain::Everything),
            Holds::Place => (Ty::Member(PLACES), Domain::Everything),
            Holds::Roster => (Ty::Member(ROSTER), Domain::Everything),
            Holds::Text => (Ty::Text, Domain::Everything),
        }
    }
}

/// First and last day of every date field.
pub fn dates() -> (i32, i32) {
    (day(2022, 12, 20), day(2023, 1, 10))
}

fn vocabularies(complete: bool) -> Vec<Vocabulary> {
    let ordered = VocabularyKind::Enumeration { ordered: true };
    let roster = |name| {
        vocabulary(name, VocabularyKind::Roster, &[("新材料", None), ("软件", None)], complete)
    };
    let mut calendar = vec![
        (day(2022, 1, 1), false),
        (day(2022, 12, 24), true),
        (day(2022, 12, 26), false),
        (day(2022, 12, 30), false),
    ];
    calendar.extend(complete.then(|| (day(2023, 1, 2), false)));
    vec![
        vocabulary("档次", ordered, &[("低", None), ("中", None), ("高", None)], true),
        vocabulary(
            "区划",
            VocabularyKind::Classification,
            &[
                ("湖北", None),
                ("武汉", Some(0)),
                ("洪山", Some(1)),
                ("湖南", None),
                ("长沙", Some(3)),
                ("襄阳", Some(0)),
            ],
            true,
        ),
        roster("名单"),
        vocabulary(
            "等级",
            VocabularyKind::Grades,
            &[("甲", None), ("乙", None), ("丙", None)],
            true,
        ),
        Vocabulary { calendar, members: vec![], ..roster("节假日") },
    ]
}

fn vocabulary(
    name: &str,
    kind: VocabularyKind,
    members: &[(&str, Option<u32>)],
    complete: bool,
) -> Vocabulary {
    let level = |mut at: Option<u32>| {
        let mut level = 1;
        while let Some(above) = at {
            level += 1;
            at = members[above as usize].1;
        }
        level
    };
    Vocabulary {
        name: name.into(),
        kind,
        complete,
        members: members
            .iter()
            .map(|(name, parent)| Member {
                name: (*name).into(),
                parent: *parent,
                level: level(*parent),
                ..Member::default()
            })
            .collect(),
        index: members
            .iter()
            .zip(0..)
            .map(|((name, _), at)| (name.to_string(), vec![at]))
            .collect(),
        file: None,
        calendar: vec![],
    }
}
