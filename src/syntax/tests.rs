//! Tests of the parser: here sentences and their trees; items and faults have files of their own.

mod faults;
mod items;

use crate::diagnostic::Diagnostics;
use crate::source::FileId;
use crate::source::Source;
use crate::syntax::ast::*;
use crate::syntax::grammar::Grammar;
use crate::syntax::keywords;
use pest::Parser;

fn parse(text: &str) -> (File, Diagnostics) {
    crate::syntax::parse(FileId(0), text)
}

/// The items of a text without faults.
fn sound(text: &str) -> Vec<ItemKind> {
    let (file, faults) = parse(text);
    assert!(faults.0.is_empty(), "{text}\n{:?}", places(text, &faults));
    file.items.into_iter().map(|it| it.kind).collect()
}

/// Every fault as `line:column code`.
fn places(text: &str, faults: &Diagnostics) -> Vec<String> {
    let source = Source::new("x", text);
    let place = |it: &crate::diagnostic::Diagnostic| {
        let span = it.labels.first().expect("every fault has a place").span;
        assert!(text.get(span.range()).is_some(), "{it:?}");
        let (line, column) = source.position(span.start as usize);
        format!("{line}:{column} {}", it.code.0)
    };
    faults.0.iter().map(place).collect()
}

/// A sentence on its own, as an S-expression.
fn tree(text: &str) -> String {
    let items = sound(&format!("指标 甲\n  公式 {text}\n"));
    let [ItemKind::Indicator(it)] = &items[..] else { panic!("{items:?}") };
    show(it.formula.as_ref().unwrap())
}

/// A tree as an S-expression.
fn show(expr: &Expr) -> String {
    let list = |head: &str, of: &[Expr]| {
        format!("({head}{})", of.iter().map(|it| format!(" {}", show(it))).collect::<String>())
    };
    let end = |it: &Option<(Box<Expr>, bool)>| match it {
        None => "_".to_owned(),
        Some((it, true)) => show(it),
        Some((it, false)) => format!("!{}", show(it)),
    };
    match &expr.kind {
        ExprKind::Text(it) => format!("“{it}”"),
        ExprKind::Number { value, unit } => {
            format!("{value}{}", unit.as_ref().map_or("", |it| &it.value))
        }
        ExprKind::Date(it) => it.to_string(),
        ExprKind::Period(it) => it.clone(),
        ExprKind::Recent { count, unit } => {
            format!("近{count}{}", unit.as_ref().map_or("", |it| &it.value))
        }
        ExprKind::Truth(it) => if *it { "yes" } else { "no" }.to_owned(),
        ExprKind::NotApplicable => "n/a".to_owned(),
        ExprKind::None => "none".to_owned(),
        ExprKind::Unknown => "unknown".to_owned(),
        ExprKind::Name(it) => it.text.clone(),
        ExprKind::Call { name, args, if_empty } => {
            let args: String = args.iter().map(|it| format!(" {}", show(it))).collect();
            let empty =
                if_empty.as_ref().map_or(String::new(), |it| format!(" :empty {}", show(it)));
            format!("({}{args}{empty})", name.text)
        }
        ExprKind::List(it) => list("list", it),
        ExprKind::Bracket(it) => format!("[{}]", show(it)),
        ExprKind::Not(it) => format!("(not {})", show(it)),
        ExprKind::Negate(it) => format!("(neg {})", show(it)),
        ExprKind::And(it) => list("and", it),
        ExprKind::Or(it) => list("or", it),
        ExprKind::Compare { op, left, right, .. } => {
            format!("({op:?} {} {})", show(left), show(right))
        }
        ExprKind::Within { subject, range } => {
            format!("(within {} {})", show(subject), show(range))
        }
        ExprKind::Range { low, high, bare } => {
            format!("{}..{}{}", end(low), end(high), if *bare { "?" } else { "" })
        }
        ExprKind::Arithmetic { op, operands } => list(&format!("{op:?}"), operands),
        ExprKind::Where { rows, condition } => {
            format!("(where {} {})", show(rows), show(condition))
        }
        ExprKind::Of { base, member } => format!("(of {} {})", show(base), show(member)),
        ExprKind::Own { scope, field } => format!("(own {} {})", scope.text, field.text),
        ExprKind::AsOf { base, day } => format!("(as-of {} {})", show(base), show(day)),
        ExprKind::If { arms, otherwise, if_not_applicable } => {
            let arms: String =
                arms.iter().map(|it| format!("{} {} ", show(&it.0), show(&it.1))).collect();
            let third = if_not_applicable
                .as_ref()
                .map_or(String::new(), |it| format!(" :n/a {}", show(it)));
            format!("(if {arms}{}{third})", show(otherwise))
        }
    }
}

#[test]
fn every_spelling_of_a_keyword_is_reached() {
    let mut count = 0;
    for keyword in keywords::KEYWORDS.iter() {
        assert!(!keyword.spellings.is_empty(), "{keyword:?}");
        for spelling in &keyword.spellings {
            let read = Grammar::parse(keyword.rule, spelling)
                .map(|mut it| it.next().unwrap().as_str().to_owned());
            assert_eq!(read.ok().as_ref(), Some(spelling), "{:?}", keyword.rule);
            count += 1;
        }
    }
    assert!(count > 200, "{count}");
}

#[test]
fn operators_bind_as_the_language_says() {
    let table = [
        ("a + b × c", "(Add a (Multiply b c))"),
        ("a - b - c", "(Subtract (Subtract a b) c)"),
        ("a + b + c", "(Add a b c)"),
        ("a ÷ b ÷ c", "(Divide (Divide a b) c)"),
        ("2 ^ 3 ^ 2", "(Power 2 (Power 3 2))"),
        ("2 ** 3", "(Power 2 3)"),
        ("- 2 ^ 2", "(neg (Power 2 2))"),
        ("a × -b", "(Multiply a (neg b))"),
        ("a - b > -1", "(Above (Subtract a b) (neg 1))"),
        ("非 a 且 b", "(and (not a) b)"),
        ("非 a = b", "(not (Equal a b))"),
        ("a 且 b 且 c", "(and a b c)"),
        ("a 或 b 或者 c", "(or a b c)"),
        ("a 且 （b 或 c）", "(and a [(or b c)])"),
        ("a + b ≥ c × d 且 e", "(and (AtLeast (Add a b) (Multiply c d)) e)"),
        ("a 的 b ÷ c", "(Divide (of a b) c)"),
        ("甲 介于 1 至 2 + 3", "(within 甲 1..(Add 2 3))"),
        ("甲 在 800万元（不含）至1亿元（含）", "(within 甲 !800万元..1亿元)"),
        ("甲 在 300万元以上（含）", "(within 甲 300万元.._)"),
        ("甲 在 300万元以下（不含）", "(within 甲 _..!300万元)"),
        ("甲 在 （1 至 2）", "(within 甲 1..2)"),
        (
            "从业人员 50人及以上 且 收入 600万元及以上",
            "(and (within 从业人员 50人.._) (within 收入 600万元.._))",
        ),
        ("从业人员 50人以上", "(within 从业人员 50人.._?)"),
        ("从业人员 50人以内", "(within 从业人员 _..50人?)"),
        ("12%（含）以上", "12%.._"),
        ("甲 为 不适用", "(Equal 甲 n/a)"),
        ("规划止 + 1 日 = 规划起 + 规划年限", "(Equal (Add 规划止 1日) (Add 规划起 规划年限))"),
    ];
    for (text, wanted) in table {
        assert_eq!(tree(text), wanted, "{text}");
    }
}

#[test]
fn filters_members_calls_and_choices() {
    let table = [
        ("企业 中 规模 为 大型 的 营业收入", "(of (where 企业 (Equal 规模 大型)) 营业收入)"),
        (
            "合计（企业 中 所在地 属于 本集群 的 所在地 的 营业收入）",
            "(合计 (of (where 企业 (In 所在地 (own 集群 所在地))) 营业收入))",
        ),
        (
            "个数（企业 中 （所在地 的 省 为 湖北省） 的 法人） ≥ 20",
            "(AtLeast (个数 (of (where 企业 [(Equal (of 所在地 省) 湖北省)]) 法人)) 20)",
        ),
        (
            "平均（企业 的 （研发 ÷ 收入），空则 0）",
            "(平均 (of 企业 [(Divide 研发 收入)]) :empty 0)",
        ),
        ("下限 于 2023-12-31", "(as-of 下限 2023-12-31)"),
        ("类别 属于 （甲、乙，丙）", "(In 类别 (list 甲 乙 丙))"),
        ("若 a > 0 则 1 否则若 a = 0 则 2 否则 3", "(if (Above a 0) 1 (Equal a 0) 2 3)"),
        ("若 a 则 1 否则 若 b 则 2 否则 3", "(if a 1 b 2 3)"),
        ("若 a 则 是 否则 否 不适用则 未知", "(if a yes no :n/a unknown)"),
        ("日数（a，b）", "(日数 a b)"),
        ("签发日 满 3 年", "(Completes 签发日 3年)"),
        ("「R&D 经费（内部）」 + [b c]", "(Add R&D 经费（内部） b c)"),
        ("主导产业 属于 《产业分类（2018）》", "(In 主导产业 《产业分类（2018）》)"),
        ("「本地」 的 x", "(of 本地 x)"),
        ("不超过投资额 + 所属于地", "(Add 不超过投资额 所属于地)"),
        ("合计（企业 的\n  研发，\n  1）\n  ÷ 2", "(Divide (合计 (of 企业 研发) 1) 2)"),
        ("a where b is c's d", "(of (where a (Equal b c)) d)"),
        ("if this cluster's x is none then 1 else 2", "(if (Equal (own cluster x) none) 1 2)"),
    ];
    for (text, wanted) in table {
        assert_eq!(tree(text), wanted, "{text}");
    }
}

#[test]
fn every_operator_in_both_tongues_and_widths() {
    let table: [(&str, &[&str]); 13] = [
        (
            "(AtLeast a 3)",
            &["≥", ">=", "≧", "＞＝", "不低于", "不少于", "不小于", "达到", "不早于", "at least"],
        ),
        (
            "(AtMost a 3)",
            &["≤", "<=", "≦", "＜＝", "不超过", "不高于", "不多于", "不大于", "不晚于", "at most"],
        ),
        ("(Above a 3)", &[">", "＞", "高于", "超过", "大于", "多于", "晚于", "above"]),
        ("(Below a 3)", &["<", "＜", "低于", "不足", "不满", "小于", "少于", "早于", "below"]),
        ("(Equal a 3)", &["=", "==", "＝", "为", "等于", "is"]),
        ("(NotEqual a 3)", &["≠", "!=", "<>", "不为", "不等于", "is not", "is  not"]),
        ("(In a 3)", &["属于", "in"]),
        ("(NotIn a 3)", &["不属于", "not in"]),
        ("(Add a 3)", &["+", "＋"]),
        ("(Subtract a 3)", &["-", "−", "－"]),
        ("(Multiply a 3)", &["×", "*", "＊"]),
        ("(Divide a 3)", &["÷", "/", "／"]),
        ("(and a 3)", &["且", "并且", "and"]),
    ];
    for (wanted, spellings) in table {
        for spelling in spellings {
            assert_eq!(tree(&format!("a {spelling} 3")), wanted, "{spelling}");
        }
    }
}

#[test]
fn literals_are_exact() {
    let table = [
        ("３．５％", "3.5%"),
        ("1,240.5 千元", "1240.5千元"),
        ("1/3", "1/3"),
        ("20 件/万人", "20件/万人"),
        ("5 个工作日", "5个工作日"),
        ("2020年11月6日", "2020-11-06"),
        ("2020-2-29", "2020-02-29"),
        ("2021年第3季度", "2021年第3季度"),
        ("2021年8月", "2021年8月"),
        ("Ａ１ + 1", "(Add A1 1)"),
        ("“甲‘乙’和\"丙\"“丁”。”", "“甲‘乙’和\"丙\"“丁”。”"),
        ("\"a “b” c\"", "“a “b” c”"),
        ("0.000000000000000001", "0.000000000000000001"),
    ];
    for (text, wanted) in table {
        assert_eq!(tree(text), wanted, "{text}");
    }
}

#[test]
fn citations_have_one_spelling() {
    let table = [
        ("第四条", "第四条"),
        ("第4条", "第四条"),
        ("第１６条", "第十六条"),
        ("第四条第二款第（一）项", "第四条第二款第（一）项"),
        ("第4条第2款（1）", "第四条第二款第（一）项"),
        ("第四条第二款第一项第2目", "第四条第二款第（一）项第二目"),
        ("第六条之一", "第六条之一"),
        ("第一百一十六条", "第一百一十六条"),
        ("第105条", "第一百零五条"),
        ("art. 4(2)(1)", "第四条第二款第（一）项"),
        ("art. 12", "第十二条"),
        ("附件", "附件"),
        ("附件2", "附件二"),
        ("annex 1", "附件一"),
        ("附件一第（一）项", "附件一第（一）项"),
        ("附件1 第一条第（二）项", "附件一第一条第（二）项"),
        ("附件2 第3款", "附件二第三款"),
        ("附件（三）", "附件第（三）项"),
        ("附件一第2款第（3）项第一目", "附件一第二款第（三）项第一目"),
        ("annex 2(3)(1)", "附件二第三款第（一）项"),
        ("annex 2 art. 4(1)", "附件二第四条第一款"),
        ("附件一 至 附件四", "附件一..附件四"),
        ("国科发火〔2016〕195号", "国科发火〔2016〕195号/"),
        ("国科发火〔2016〕195号 附件一第一条", "国科发火〔2016〕195号/附件一第一条"),
        ("「摘要一」", "摘要一"),
        ("第一条 至 第十六条", "第一条..第十六条"),
        ("国科火字[2020]183号 第四条", "国科火字〔2020〕183号/第四条"),
        ("《民法典》第1259条", "《民法典》/第一千二百五十九条"),
    ];
    for (text, wanted) in table {
        let items = sound(&format!("条件 甲\n  依据 {text}\n  应当 乙\n"));
        let [ItemKind::Criterion(it)] = &items[..] else { panic!() };
        let [it] = &it.shared.basis[..] else { panic!("{text}: {:?}", it.shared.basis) };
        let document = it.document.as_ref().map_or(String::new(), |it| format!("{it}/"));
        let through = it.through.as_ref().map_or(String::new(), |it| format!("..{it}"));
        assert_eq!(format!("{document}{}{through}", it.place), wanted, "{text}");
    }
}
