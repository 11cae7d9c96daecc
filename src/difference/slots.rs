//! The clauses of an item, each by its word, so that two items can be compared and mixed clause by clause. It compares nothing.

use crate::syntax::ast::Body;
use crate::syntax::ast::DecisionForm;
use crate::syntax::ast::DecisionRow;
use crate::syntax::ast::Entry;
use crate::syntax::ast::Exception;
use crate::syntax::ast::Expr;
use crate::syntax::ast::Field;
use crate::syntax::ast::Hit;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::ListItem;
use crate::syntax::ast::Members;
use crate::syntax::ast::Name;
use crate::syntax::ast::Requirement;
use crate::syntax::ast::ScoreRow;
use crate::syntax::ast::Shared;
use crate::syntax::ast::Validity;
use std::any::Any;
use std::fmt::Debug;

/// The word of a clause in both tongues, and whether an outcome can depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
    /// Whether it may change what a case comes to; 说明, 口径 and the like do not.
    pub decides: bool,
}

/// A clause that may decide.
const fn deciding(zh: &'static str, en: &'static str) -> Label {
    Label { zh, en, decides: true }
}

/// A clause for the reader.
const fn wording(zh: &'static str, en: &'static str) -> Label {
    Label { zh, en, decides: false }
}

/// The name of an item.
pub const NAME: Label = deciding("名称", "name");

/// A clause that is kept or replaced as a whole.
pub trait Clause: Debug {
    /// A copy of it.
    fn copy(&self) -> Box<dyn Any>;
    /// Puts a copy of a clause of the same kind in its place.
    fn put(&mut self, from: Box<dyn Any>);
}

impl<T: Clone + Debug + 'static> Clause for T {
    fn copy(&self) -> Box<dyn Any> {
        Box::new(self.clone())
    }

    fn put(&mut self, from: Box<dyn Any>) {
        if let Ok(it) = from.downcast::<T>() {
            *self = *it;
        }
    }
}

/// Something of which a clause holds several.
pub trait Part: Clone + Debug + 'static {
    /// What makes it the same part in another version, where that can be told.
    fn key(&self) -> String;
    /// How much of it is alike in another version: what it tests, what it gives.
    fn halves(&self) -> [String; 2] {
        [self.key(), String::new()]
    }
}

/// A clause of several parts.
pub trait List {
    /// The parts, to be read.
    fn parts(&self) -> Vec<&dyn Debug>;
    /// [`Part::halves`] of each.
    fn halves(&self) -> Vec<[String; 2]>;
    /// A copy of one.
    fn copy(&self, at: usize) -> Box<dyn Any>;
    /// Puts parts of the same kind in the place of all.
    fn put(&mut self, parts: Vec<Box<dyn Any>>);
}

impl<T: Part> List for Vec<T> {
    fn parts(&self) -> Vec<&dyn Debug> {
        self.iter().map(|it| it as &dyn Debug).collect()
    }

    fn halves(&self) -> Vec<[String; 2]> {
        self.iter().map(Part::halves).collect()
    }

    fn copy(&self, at: usize) -> Box<dyn Any> {
        Box::new(self[at].clone())
    }

    fn put(&mut self, parts: Vec<Box<dyn Any>>) {
        *self = parts.into_iter().filter_map(|it| it.downcast::<T>().ok()).map(|it| *it).collect();
    }
}

/// A clause of an item.
pub struct Slot<'a> {
    /// Its word.
    pub label: Label,
    /// What stands there.
    pub place: Place<'a>,
}

/// What stands in a clause.
pub enum Place<'a> {
    /// One thing.
    One(&'a mut dyn Clause),
    /// Several, whose order says something or not.
    List(&'a mut dyn List, Order),
}

/// Whether the order of parts says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// It does: the first that holds counts.
    Read,
    /// It does not.
    Free,
}

fn one<'a>(label: Label, it: &'a mut dyn Clause) -> Slot<'a> {
    Slot { label, place: Place::One(it) }
}

fn free<'a>(label: Label, it: &'a mut dyn List) -> Slot<'a> {
    Slot { label, place: Place::List(it, Order::Free) }
}

fn read<'a>(label: Label, it: &'a mut dyn List) -> Slot<'a> {
    Slot { label, place: Place::List(it, Order::Read) }
}

/// The clauses of an item in one fixed order. Two items of one [`shape`] have the same clauses.
#[expect(clippy::too_many_lines, reason = "a list of all clauses of all items, one line each")]
pub fn slots(kind: &mut ItemKind, lists: bool) -> Vec<Slot<'_>> {
    const SCOPE: Label = deciding("对", "for");
    let (mut found, common) = match kind {
        ItemKind::Policy(it) => (
            vec![
                one(wording("标题", "title"), &mut it.title),
                one(wording("文号", "number"), &mut it.number),
                one(wording("发文机关", "issuer"), &mut it.issuers),
                one(wording("条文", "outline"), &mut it.outline),
                one(wording("不设规则", "no_rule"), &mut it.no_rule),
                one(deciding("适用时点", "rule_date"), &mut it.rule_date),
                one(deciding("数据期", "data_period"), &mut it.data_periods),
                one(deciding("本数", "bare_bounds"), &mut it.bare_bounds),
                one(deciding("不适用记号", "na_marks"), &mut it.na_marks),
                one(wording("引用、代替", "cites, replaces"), &mut it.related),
                one(wording("沿用", "builds_on"), &mut it.builds_on),
            ],
            &mut it.shared,
        ),
        ItemKind::Vocabulary(it) => {
            let members = match &mut it.members {
                Members::Written(names) => free(deciding("成员", "member"), names),
                Members::File(file) => one(deciding("取自", "from"), file),
            };
            let found = vec![
                one(NAME, &mut it.name),
                one(deciding("分类", "classification"), &mut it.hierarchy),
                members,
                one(deciding("完整", "complete"), &mut it.complete),
                one(deciding("各栏", "columns"), &mut it.columns),
            ];
            (found, &mut it.shared)
        }
        ItemKind::Measuring(it) => (
            vec![one(NAME, &mut it.name), one(deciding("为", "is"), &mut it.value)],
            &mut it.shared,
        ),
        ItemKind::Data(it) => (
            vec![one(NAME, &mut it.name), free(deciding("字段", "field"), &mut it.fields)],
            &mut it.shared,
        ),
        ItemKind::Parameter(it) => (
            vec![
                one(NAME, &mut it.name),
                one(SCOPE, &mut it.scope),
                free(deciding("值", "value"), &mut it.values),
                free(deciding("例外", "except"), &mut it.exceptions),
            ],
            &mut it.shared,
        ),
        ItemKind::Indicator(it) => (
            vec![
                one(NAME, &mut it.name),
                one(SCOPE, &mut it.scope),
                one(deciding("公式", "formula"), &mut it.formula),
                one(deciding("单位", "unit"), &mut it.unit),
                one(wording("显示", "show"), &mut it.show),
                one(deciding("保留", "keep"), &mut it.keep),
                one(wording("另一口径", "other_reading"), &mut it.other_readings),
                one(deciding("基期非正", "no_growth_base"), &mut it.no_growth_base),
            ],
            &mut it.shared,
        ),
        ItemKind::Criterion(it) => {
            let mut found = vec![one(NAME, &mut it.name), one(SCOPE, &mut it.scope)];
            found.extend(requirements(&mut it.requirements, lists));
            found.extend([
                one(deciding("组成", "composed_of"), &mut it.naming),
                one(wording("不符", "failing"), &mut it.failing),
                free(deciding("例外", "except"), &mut it.exceptions),
                one(deciding("说明见", "answered_in"), &mut it.answered_in),
                one(deciding("未说明", "unanswered"), &mut it.unanswered),
                one(deciding("不适用", "not_applicable"), &mut it.not_applicable),
                one(deciding("基期非正", "no_growth_base"), &mut it.no_growth_base),
            ]);
            (found, &mut it.shared)
        }
        ItemKind::Decision(it) => {
            let first = it.hit.as_ref().is_some_and(|it| it.value == Hit::First);
            let order = match it.form {
                DecisionForm::Grading => Order::Read,
                _ if first => Order::Read,
                _ => Order::Free,
            };
            let rows = Place::List(&mut it.rows, order);
            let found = vec![
                one(NAME, &mut it.name),
                one(SCOPE, &mut it.scope),
                one(deciding("表头", "heads"), &mut it.heads),
                one(deciding("得", "yields"), &mut it.results),
                one(deciding("命中", "hit"), &mut it.hit),
                one(deciding("评审值", "judged"), &mut it.judged),
                one(wording("照原文", "as_written"), &mut it.as_written),
                Slot { label: deciding("表行", "row"), place: rows },
            ];
            (found, &mut it.shared)
        }
        ItemKind::Score(it) => {
            let it = &mut **it;
            let found = vec![
                one(NAME, &mut it.name),
                one(SCOPE, &mut it.scope),
                one(deciding("满分", "full_marks"), &mut it.full),
                read(deciding("权重表行", "row of weights"), &mut it.rows),
                free(deciding("项目", "item"), &mut it.entries),
                one(deciding("封顶", "cap"), &mut it.cap),
                one(deciding("合格", "pass"), &mut it.pass),
                free(deciding("一票否决", "veto"), &mut it.vetoes),
                one(deciding("缺失", "missing"), &mut it.missing),
                one(deciding("不适用", "not_applicable"), &mut it.not_applicable),
                one(deciding("同值", "same_values"), &mut it.same),
                one(deciding("权重", "weight"), &mut it.weights),
                one(deciding("合成", "compose"), &mut it.composition),
                one(deciding("范围", "among"), &mut it.population),
                one(deciding("排名", "rank"), &mut it.rank),
                one(deciding("入选", "select"), &mut it.select),
                one(deciding("名额", "quota"), &mut it.quota),
                one(deciding("得分", "points"), &mut it.keep),
                one(wording("反馈", "feedback"), &mut it.feedback),
            ];
            (found, &mut it.shared)
        }
        ItemKind::Conclusion(it) => {
            let mut found = vec![
                one(NAME, &mut it.name),
                one(SCOPE, &mut it.scope),
                free(deciding("须符合", "requires"), &mut it.requires),
                one(deciding("须符合其一", "requires_one"), &mut it.requires_one),
                free(deciding("一票否决", "veto"), &mut it.vetoes),
            ];
            found.extend(requirements(&mut it.requirements, lists));
            found.push(one(wording("不符", "failing"), &mut it.failing));
            (found, &mut it.shared)
        }
        ItemKind::Function(it) => (
            vec![
                one(NAME, &mut it.name),
                one(deciding("参数", "inputs"), &mut it.signature),
                one(deciding("公式", "formula"), &mut it.formula),
                one(deciding("脚本", "script"), &mut it.script),
            ],
            &mut it.shared,
        ),
        ItemKind::Case(_) | ItemKind::Test(_) => return vec![],
    };
    found.extend(shared(common));
    found
}

fn shared(it: &mut Shared) -> [Slot<'_>; 6] {
    [
        one(wording("依据", "basis"), &mut it.basis),
        one(deciding("施行", "effective"), &mut it.effective),
        one(deciding("适用", "applies"), &mut it.applies),
        one(wording("说明", "note"), &mut it.note),
        one(wording("口径", "reading"), &mut it.readings),
        one(wording("材料", "evidence"), &mut it.evidence),
    ]
}

/// Clauses of force: each by itself, lists line by line, where both sides have the same ones.
fn requirements(all: &mut Vec<Requirement>, lists: bool) -> Vec<Slot<'_>> {
    const CLAUSE: Label = deciding("要求", "requirement");
    if !lists {
        return vec![free(CLAUSE, all)];
    }
    let mut found = vec![];
    for it in all {
        found.push(one(deciding("应当、原则上、可以", "force"), &mut it.force));
        found.push(one(deciding("不得", "must_not"), &mut it.negated));
        match &mut it.body {
            Body::One(expr) => found.push(one(CLAUSE, expr)),
            Body::List { quantifier, items } => {
                found.push(one(deciding("满足几项", "how many of the list"), quantifier));
                found.push(free(deciding("列项", "line"), items));
            }
        }
    }
    found
}

/// What two items must have in common so that their clauses can be put beside each other one by one.
pub fn shape(kind: &ItemKind) -> Vec<u8> {
    let of = |all: &[Requirement]| {
        let list = |it: &Requirement| u8::from(matches!(it.body, Body::List { .. }));
        all.iter().map(list).collect()
    };
    match kind {
        ItemKind::Criterion(it) => of(&it.requirements),
        ItemKind::Conclusion(it) => of(&it.requirements),
        ItemKind::Vocabulary(it) => vec![u8::from(matches!(it.members, Members::File(_)))],
        _ => vec![],
    }
}

impl Part for Requirement {
    fn key(&self) -> String {
        String::new()
    }
}

impl Part for ListItem {
    fn key(&self) -> String {
        self.label.as_ref().map_or_else(String::new, |it| it.text.clone())
    }
}

impl Part for Exception {
    fn key(&self) -> String {
        self.article.place.clone()
    }
}

impl Part for (Option<Validity>, Expr) {
    fn key(&self) -> String {
        let day = |it: Option<chrono::NaiveDate>| it.map_or_else(String::new, |it| it.to_string());
        self.0.as_ref().map_or_else(String::new, |it| format!("{}/{}", day(it.from), day(it.until)))
    }

    /// Its days, and what it is worth.
    fn halves(&self) -> [String; 2] {
        [self.key(), format!("{:?}", self.1)]
    }
}

impl Part for DecisionRow {
    fn key(&self) -> String {
        format!("{:?}", self.cells)
    }

    fn halves(&self) -> [String; 2] {
        [self.key(), format!("{:?}", self.results)]
    }
}

impl Part for ScoreRow {
    fn key(&self) -> String {
        format!("{:?}", self.cells.get(2).or(self.cells.first()))
    }
}

impl Part for Entry {
    fn key(&self) -> String {
        self.name.text.clone()
    }
}

impl Part for Field {
    fn key(&self) -> String {
        self.name.text.clone()
    }
}

impl Part for Name {
    fn key(&self) -> String {
        self.text.clone()
    }
}

impl Part for Expr {
    fn key(&self) -> String {
        String::new()
    }
}
