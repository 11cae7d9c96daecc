//! Which clauses each kind of item has, in one fixed order. What marks their parts is elsewhere.

use crate::difference::slots::Label;
use crate::difference::slots::NAME;
use crate::difference::slots::Order;
use crate::difference::slots::Place;
use crate::difference::slots::Slot;
use crate::difference::slots::deciding;
use crate::difference::slots::free;
use crate::difference::slots::one;
use crate::difference::slots::read;
use crate::difference::slots::wording;
use crate::syntax::ast::Body;
use crate::syntax::ast::Conclusion;
use crate::syntax::ast::Criterion;
use crate::syntax::ast::Decision;
use crate::syntax::ast::DecisionForm;
use crate::syntax::ast::Hit;
use crate::syntax::ast::Indicator;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::Members;
use crate::syntax::ast::Naming;
use crate::syntax::ast::Policy;
use crate::syntax::ast::Requirement;
use crate::syntax::ast::Score;
use crate::syntax::ast::Shared;
use crate::syntax::ast::Vocabulary;

/// 对 集群
const SCOPE: Label = deciding("对", "for");

/// The clauses of an item in one fixed order. Two items of one [`shape`] have the same clauses; of others, with `lists`
/// false, clauses of force are not told apart.
pub fn slots(kind: &mut ItemKind, lists: bool) -> Vec<Slot<'_>> {
    match kind {
        ItemKind::Policy(it) => policy(it),
        ItemKind::Vocabulary(it) => vocabulary(it),
        ItemKind::Measuring(it) => {
            let own = vec![one(NAME, &mut it.name), one(deciding("为", "is"), &mut it.value)];
            with(own, &mut it.shared)
        }
        ItemKind::Data(it) => {
            let fields = free(deciding("字段", "field"), &mut it.fields);
            with(vec![one(NAME, &mut it.name), fields], &mut it.shared)
        }
        ItemKind::Parameter(it) => {
            let own = vec![
                one(NAME, &mut it.name),
                one(SCOPE, &mut it.scope),
                free(deciding("值", "value"), &mut it.values),
                free(deciding("例外", "except"), &mut it.exceptions),
            ];
            with(own, &mut it.shared)
        }
        ItemKind::Indicator(it) => indicator(it),
        ItemKind::Criterion(it) => criterion(it, lists),
        ItemKind::Decision(it) => decision(it),
        ItemKind::Score(it) => score(it),
        ItemKind::Conclusion(it) => conclusion(it, lists),
        ItemKind::Function(it) => {
            let own = vec![
                one(NAME, &mut it.name),
                one(deciding("参数", "inputs"), &mut it.signature),
                one(deciding("公式", "formula"), &mut it.formula),
                one(deciding("脚本", "script"), &mut it.script),
            ];
            with(own, &mut it.shared)
        }
        ItemKind::Case(_) | ItemKind::Test(_) => vec![],
    }
}

/// An item's own clauses, and those that every item may have.
fn with<'a>(mut own: Vec<Slot<'a>>, it: &'a mut Shared) -> Vec<Slot<'a>> {
    own.extend([
        one(wording("依据", "basis"), &mut it.basis),
        one(deciding("施行", "effective"), &mut it.effective),
        one(deciding("适用", "applies"), &mut it.applies),
        one(wording("说明", "note"), &mut it.note),
        one(wording("口径", "reading"), &mut it.readings),
        one(wording("材料", "evidence"), &mut it.evidence),
    ]);
    own
}

fn policy(it: &mut Policy) -> Vec<Slot<'_>> {
    let own = vec![
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
    ];
    with(own, &mut it.shared)
}

fn vocabulary(it: &mut Vocabulary) -> Vec<Slot<'_>> {
    let members = match &mut it.members {
        Members::Written(names) => free(deciding("成员", "member"), names),
        Members::File(file) => one(deciding("取自", "from"), file),
    };
    let own = vec![
        one(NAME, &mut it.name),
        one(deciding("分类", "classification"), &mut it.hierarchy),
        members,
        one(deciding("完整", "complete"), &mut it.complete),
        one(deciding("各栏", "columns"), &mut it.columns),
    ];
    with(own, &mut it.shared)
}

fn indicator(it: &mut Indicator) -> Vec<Slot<'_>> {
    let own = vec![
        one(NAME, &mut it.name),
        one(SCOPE, &mut it.scope),
        one(deciding("公式", "formula"), &mut it.formula),
        one(deciding("单位", "unit"), &mut it.unit),
        one(wording("显示", "show"), &mut it.show),
        one(deciding("保留", "keep"), &mut it.keep),
        one(wording("另一口径", "other_reading"), &mut it.other_readings),
        one(deciding("基期非正", "no_growth_base"), &mut it.no_growth_base),
    ];
    with(own, &mut it.shared)
}

fn criterion(it: &mut Criterion, lists: bool) -> Vec<Slot<'_>> {
    let mut own = vec![one(NAME, &mut it.name), one(SCOPE, &mut it.scope)];
    own.extend(requirements(&mut it.requirements, lists));
    if !lists || it.naming.is_none() {
        own.push(one(deciding("组成", "composed_of"), &mut it.naming));
    } else if let Some(naming) = &mut it.naming {
        own.extend(naming_rule(naming));
    }
    own.extend([
        one(wording("不符", "failing"), &mut it.failing),
        free(deciding("例外", "except"), &mut it.exceptions),
        one(deciding("说明见", "answered_in"), &mut it.answered_in),
        one(deciding("未说明", "unanswered"), &mut it.unanswered),
        one(deciding("不适用", "not_applicable"), &mut it.not_applicable),
        one(deciding("基期非正", "no_growth_base"), &mut it.no_growth_base),
    ]);
    with(own, &mut it.shared)
}

fn naming_rule(it: &mut Naming) -> [Slot<'_>; 4] {
    [
        one(deciding("名称一栏", "field of the name"), &mut it.field),
        one(deciding("组成", "composed_of"), &mut it.pieces),
        free(deciding("其中", "where"), &mut it.parts),
        one(deciding("曾用名", "former_names"), &mut it.former),
    ]
}

fn decision(it: &mut Decision) -> Vec<Slot<'_>> {
    let first = it.hit.as_ref().is_some_and(|it| it.value == Hit::First);
    let order = match it.form {
        DecisionForm::Grading => Order::Read,
        _ if first => Order::Read,
        _ => Order::Free,
    };
    let own = vec![
        one(NAME, &mut it.name),
        one(SCOPE, &mut it.scope),
        one(deciding("表头", "heads"), &mut it.heads),
        one(deciding("得", "yields"), &mut it.results),
        one(deciding("命中", "hit"), &mut it.hit),
        one(deciding("评审值", "judged"), &mut it.judged),
        one(wording("照原文", "as_written"), &mut it.as_written),
        Slot { label: deciding("表行", "row"), place: Place::List(&mut it.rows, order) },
    ];
    with(own, &mut it.shared)
}

fn score(it: &mut Score) -> Vec<Slot<'_>> {
    let own = vec![
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
    with(own, &mut it.shared)
}

fn conclusion(it: &mut Conclusion, lists: bool) -> Vec<Slot<'_>> {
    let mut own = vec![
        one(NAME, &mut it.name),
        one(SCOPE, &mut it.scope),
        free(deciding("须符合", "requires"), &mut it.requires),
        one(deciding("须符合其一", "requires_one"), &mut it.requires_one),
        free(deciding("一票否决", "veto"), &mut it.vetoes),
    ];
    own.extend(requirements(&mut it.requirements, lists));
    own.push(one(wording("不符", "failing"), &mut it.failing));
    with(own, &mut it.shared)
}

/// Clauses of force: each by itself, lists line by line, where both sides have the same ones.
fn requirements(all: &mut Vec<Requirement>, lists: bool) -> Vec<Slot<'_>> {
    const CLAUSE: Label = deciding("要求", "requirement");
    if !lists {
        return vec![free(CLAUSE, all)];
    }
    let mut found = vec![];
    for it in all {
        found.push(one(deciding("力度", "force"), &mut it.force));
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
    let of = |all: &[Requirement]| -> Vec<u8> {
        let list = |it: &Requirement| u8::from(matches!(it.body, Body::List { .. }));
        all.iter().map(list).collect()
    };
    match kind {
        ItemKind::Criterion(it) => {
            let mut shape: Vec<u8> = of(&it.requirements);
            shape.push(u8::from(it.naming.is_some()));
            shape
        }
        ItemKind::Conclusion(it) => of(&it.requirements),
        ItemKind::Vocabulary(it) => vec![u8::from(matches!(it.members, Members::File(_)))],
        _ => vec![],
    }
}
