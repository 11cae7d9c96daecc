//! Programs, tables and lists to read cells with, and sets as short texts. It holds no tests.

use crate::data::HoleKind;
use crate::data::RawTable;
use crate::data::bind;
use crate::data::csv;
use crate::data::lookup::of_names;
use crate::data::vocabulary;
use crate::data::vocabulary::Definition;
use crate::diagnostic::Diagnostics;
use crate::ir::Domain;
use crate::ir::Field;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Table;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::ir::VocabularyId;
use crate::ir::VocabularyKind;
use crate::source::FileId;
use crate::source::Span;
use crate::value::DateHull;
use crate::value::Dimension;
use crate::value::End;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::Unit;
use crate::value::day;
use crate::value::units::parse_unit;

pub(crate) fn span() -> Span {
    Span::new(FileId(0), 0, 0)
}

pub(crate) fn unit(name: &str) -> Option<Unit> {
    Some(parse_unit(name).unwrap_or_else(|| panic!("{name} is a unit")))
}

pub(crate) fn number(text: &str) -> Number {
    let (over, under) = text.split_once('/').unwrap_or((text, "1"));
    let parse = |it: &str| Number::parse(it).expect("a number");
    parse(over).checked_div(&parse(under)).expect("not zero")
}

pub(crate) fn field(name: &str, ty: Ty, unit: Option<Unit>, domain: Domain) -> Field {
    let kind = FieldKind::Scalar { ty, unit, domain };
    Field { optional: true, ..Field::new(name, kind, span()) }
}

pub(crate) fn table(name: &str, fields: Vec<Field>) -> Table {
    let at = |name: &str| fields.iter().position(|it| it.name == name).map(|it| it as u32);
    let (key, name_field) = (at("编号").or(at("名称")), at("名称"));
    Table { name: name.into(), parent: None, key, name_field, periods: None, fields, span: span() }
}

pub(crate) fn list(name: &str, child: u32) -> Field {
    let kind = FieldKind::Rows { table: TableId(child), open: false };
    Field { kind, ..field(name, Ty::Text, None, Domain::Everything) }
}

pub(crate) fn places() -> Vocabulary {
    let tsv = "code\tname\tshort\tother\tabove\n\
        11\t北京市\t北京\t\t\n1101\t海淀区\t海淀\t\t11\n1102\t朝阳区\t朝阳\t\t11\n\
        22\t吉林省\t吉林\t\t\n2201\t长春市\t长春\t\t22\n220104\t朝阳区\t朝阳\t\t长春市\n2202\t吉林市\t吉林\t江城|北国江城\t22\n\
        42\t湖北省\t湖北\t\t\n4209\t孝感市\t孝感\t\t42\n4228\t恩施州\t恩施\t\t42\n422801\t恩施市\t恩施\t\t4228\n";
    let (list, found) = vocabulary::read(
        &definition("places.tsv", "名称=name 简称=short 别称=other 代码=code 上级=above"),
        tsv.as_bytes(),
    );
    assert!(!found.has_errors(), "{found:?}");
    list
}

pub(crate) fn definition(file: &str, columns: &str) -> Definition {
    let columns = columns.split(' ').filter_map(|it| it.split_once('='));
    Definition {
        name: "行政区划".into(),
        kind: VocabularyKind::Classification,
        complete: true,
        columns: columns.map(|(role, column)| (role.into(), column.into())).collect(),
        file: file.into(),
        span: span(),
    }
}

pub(crate) const PLACES: VocabularyId = VocabularyId(0);
pub(crate) const CHAINS: VocabularyId = VocabularyId(1);
pub(crate) const SIZES: VocabularyId = VocabularyId(2);

pub(crate) fn program(tables: Vec<Table>) -> Program {
    let names = |it: &str| it.split('、').map(str::to_owned).collect::<Vec<_>>();
    let sizes = VocabularyKind::Enumeration { ordered: true };
    let mut program = Program { tables, case_tables: vec![TableId(0)], ..Program::default() };
    program.policy.na_marks = vec!["／".into(), "—".into()];
    program.vocabularies = vec![
        places(),
        of_names(
            "产业",
            VocabularyKind::Roster,
            false,
            &names(
                "新材料产业、生物产业、互联网平台服务（互联网+）、绿色环保、数字创意、新能源、新能源汽车",
            ),
        ),
        of_names("规模", sizes, true, &names("小型、中型、大型")),
    ];
    for child in 0..program.tables.len() {
        for (at, field) in program.tables[child].fields.clone().iter().enumerate() {
            if let FieldKind::Rows { table, .. } = field.kind {
                program.tables[table.0 as usize].parent =
                    Some(FieldId { table: TableId(child as u32), index: at as u32 });
            }
        }
    }
    program
}

/// The sheets of a folder, `name.csv` each.
pub(crate) fn sheets(files: &[(&str, &str)]) -> (Vec<RawTable>, Diagnostics) {
    let mut all = (vec![], Diagnostics::default());
    for (name, text) in files {
        let (table, found) = csv::read(name, &format!("{name}.csv"), text.as_bytes(), None);
        all.0.extend(table);
        all.1.extend(found);
    }
    all
}

pub(crate) fn codes(found: &Diagnostics) -> String {
    let codes: Vec<&str> = found.0.iter().map(|it| it.code.0).collect();
    codes.join(" ")
}

pub(crate) fn show_hull(hull: &Hull) -> String {
    let end = |it: &Option<End>| it.as_ref().map_or("∞".to_owned(), |it| it.at.to_string());
    let open = |it: &Option<End>| it.as_ref().is_none_or(|it| !it.closed);
    match hull.single() {
        Some(at) => at.to_string(),
        None => format!(
            "{}{}, {}{}",
            if open(&hull.low) { "(" } else { "[" },
            end(&hull.low),
            end(&hull.high),
            if open(&hull.high) { ")" } else { "]" }
        ),
    }
}

pub(crate) fn show_days(hull: DateHull) -> String {
    let side = |it: Option<i32>| it.map_or("∞".to_owned(), day::show);
    if hull.low.is_some() && hull.low == hull.high {
        side(hull.low)
    } else {
        format!("{}..{}", side(hull.low), side(hull.high))
    }
}

pub(crate) fn show(set: &Set) -> String {
    let with = |values: Option<String>, na: bool| match (values, na) {
        (Some(values), true) => format!("{values} 或 N"),
        (Some(values), false) => values,
        (None, _) => "N".to_owned(),
    };
    match set {
        Set::Truth(it) if *it == Truth::TRUE => "T".into(),
        Set::Truth(it) => format!("{it:?}").replace("{F}", "F").replace("{N}", "N"),
        Set::Number(it) => with(it.values.as_ref().map(show_hull), it.na),
        Set::Date(it) => with(it.values.map(show_days), it.na),
        Set::Member(it) => with(
            it.values.as_ref().map(|it| match (&it.members, &it.foreign) {
                (Some(members), Foreign::No) => format!("{members:?}"),
                (Some(_), Foreign::One(text)) => format!("外：{text}"),
                (None, Foreign::Any) => "任何内容".into(),
                (None, _) => "任何成员".into(),
                (Some(_), Foreign::Any) => unreachable!("no cell is like this"),
            }),
            it.na,
        ),
        Set::Text(it) => with(
            it.values.as_ref().map(|it| match it {
                TextSet::One(text) => text.to_string(),
                TextSet::Any => "任何文本".into(),
            }),
            it.na,
        ),
    }
}

/// Reads one cell of a field: its set, and `?` blank, `!` fault, `=` homonym, `~` coarse; then the findings.
pub(crate) fn read(field: Field, cell: &str) -> String {
    let program = program(vec![table("集群", vec![field])]);
    let name = program.tables[0].fields[0].name.clone();
    let mut raw = RawTable::new("集群", "集群.csv");
    raw.headers = vec![name];
    raw.push_row(2, std::iter::once(cell));
    let (facts, found) = bind(&program, &[raw]);
    let cells = facts.cells(FieldId { table: TableId(0), index: 0 });
    let hole = cells.holes.get(&0).map_or("", |it| match it.kind {
        HoleKind::Blank => " ?",
        HoleKind::Fault => " !",
        HoleKind::Homonym => " =",
        HoleKind::Coarse => " ~",
    });
    let found = codes(&found);
    format!(
        "{}{hole}{}{found}",
        show(&cells.column.get(0)),
        if found.is_empty() { "" } else { " " }
    )
}

pub(crate) fn check(field: &Field, rows: &[(&str, &str)]) {
    for (cell, expected) in rows {
        assert_eq!(read(field.clone(), cell), *expected, "{} “{cell}”", field.name);
    }
}

pub(crate) fn range(low: &str, high: &str, whole: bool) -> Domain {
    let end = |it: &str| {
        (!it.is_empty())
            .then(|| End { at: number(it.trim_matches('<')), closed: !it.contains('<') })
    };
    Domain::Numbers { hull: Hull { low: end(low), high: end(high) }, whole }
}

pub(crate) fn money(name: &str, domain: Domain) -> Field {
    field(
        "营业收入",
        Ty::Number(Dimension { money: 1, ..Dimension::default() }),
        unit(name),
        domain,
    )
}

pub(crate) fn plain(name: &str, unit: Option<Unit>, domain: Domain) -> Field {
    field(name, Ty::Number(Dimension::default()), unit, domain)
}

pub(crate) fn nullable(field: Field) -> Field {
    Field { may_be_none: true, ..field }
}
