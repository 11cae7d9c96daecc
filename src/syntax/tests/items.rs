//! Tests of items: what their clauses become.

use crate::syntax::ast::*;
use crate::syntax::tests::show;
use crate::syntax::tests::sound;

/// The lines of a table of 数据 as `name type options`.
fn fields(text: &str) -> Vec<String> {
    let items = sound(&format!("数据 甲\n{text}"));
    let [ItemKind::Data(it)] = &items[..] else { panic!("{items:?}") };
    let names = |of: &[Name]| of.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("/");
    let ty = |it: &FieldType| match it {
        FieldType::Many(it) => format!("many {}", it.text),
        FieldType::Choice(it) => format!("one of {}", names(it)),
        FieldType::Named { name, unit, domain } => {
            let unit = unit.as_ref().map_or(String::new(), |it| format!(" {}", it.value));
            let domain = domain.as_ref().map_or(String::new(), |it| format!(" {}", show(it)));
            format!("{}{unit}{domain}", name.text)
        }
    };
    let option = |it: &FieldOption| match it {
        FieldOption::Step(it) => format!("step {}", show(it)),
        FieldOption::Applies(it) => format!("applies {}", show(it)),
        FieldOption::Supplied(it) => format!("from {}", it.text),
        FieldOption::Alias(it) => format!("alias {}", names(it)),
        FieldOption::Note(it) => format!("note {}", it.value),
        FieldOption::MayBeNone { blank_is_none: true } => "BlankIsNone".to_owned(),
        FieldOption::MayBeNone { .. } => "MayBeNone".to_owned(),
        it => format!("{it:?}"),
    };
    let line = |it: &Field| {
        let options: String =
            it.options.iter().map(|it| format!(", {}", option(&it.value))).collect();
        format!("{}: {}{options}", it.name.text, ty(&it.ty))
    };
    it.fields.iter().map(line).collect()
}

#[test]
fn fields_have_types_domains_and_options() {
    let table = [
        ("编号 文本，标识，不重复", "编号: 文本, Key, Unique"),
        ("营业收入 金额（千元）", "营业收入: 金额 千元"),
        ("营业收入 金额（千元，≥ 0），可缺", "营业收入: 金额 千元 0.._, Optional"),
        ("得分 数（0 至 8）", "得分: 数 0..8"),
        ("得分 整数（0 至 6），步长 1", "得分: 整数 0..6, step 1"),
        ("占比 比率（%）", "占比: 比率 %"),
        ("占比 比率（%，0% 至 100%）", "占比: 比率 % 0%..100%"),
        ("占比 比率（％，大于 0 且 小于 100%）", "占比: 比率 % !0..!100%"),
        ("占比 比率（小数）", "占比: 比率 小数"),
        ("密度 计量（件/万人）", "密度: 计量 件/万人"),
        ("差 数（-5 至 5（不含））", "差: 数 (neg 5)..!5"),
        ("数额 数（0 以上（不含））", "数额: 数 !0.._"),
        ("申请日 日期，适用 当 a 为 b", "申请日: 日期, applies (Equal a b)"),
        (
            "评语 枚举 良好、一般、薄弱，来源 评审，有序",
            "评语: one of 良好/一般/薄弱, from 评审, Ordered",
        ),
        ("评语 枚举（良好，一般）", "评语: one of 良好/一般"),
        ("企业 多条 企业，未齐", "企业: many 企业, Incomplete"),
        (
            "高新区 高新区，可无（空白即无），可另填，可改",
            "高新区: 高新区, BlankIsNone, OrOther, Changeable",
        ),
        ("高新区 高新区，可无", "高新区: 高新区, MayBeNone"),
        (
            "营收 金额（万元），别名 JQ001、「R&D」，说明 “全年，含税”",
            "营收: 金额 万元, alias JQ001/R&D, note 全年，含税",
        ),
        ("依据 文本", "依据: 文本"),
        ("单位 文本", "单位: 文本"),
        ("「条件」 文本", "条件: 文本"),
        (
            "revenue money(yuan, >= 0), optional, alias A1",
            "revenue: money yuan 0.._, Optional, alias A1",
        ),
    ];
    for (text, wanted) in table {
        assert_eq!(fields(text), [wanted], "{text}");
    }
}

#[test]
fn vocabularies_come_from_files_or_the_line() {
    let text = "分类 产业 取自 “a.tsv”，完整\n  名称 为 name，上级 为 “parent code”\n名单 老区县：甲县、乙县，完整\n名单 区：甲、\n  乙\n";
    let items = sound(text);
    let [ItemKind::Vocabulary(a), ItemKind::Vocabulary(b), ItemKind::Vocabulary(c)] = &items[..]
    else {
        panic!()
    };
    assert!(
        a.hierarchy && a.complete && matches!(&a.members, Members::File(it) if it.value == "a.tsv")
    );
    assert_eq!(a.columns[1].1.text, "parent code");
    assert!(
        !b.hierarchy && b.complete && matches!(&b.members, Members::Written(it) if it.len() == 2)
    );
    assert!(!c.complete && matches!(&c.members, Members::Written(it) if it.len() == 2));
}

#[test]
fn cells_of_cases_are_raw() {
    let text = "案例 甲
  设 名称 为 “孝感高新区 # 1”  # 注
  设 机构 为 无
  设 金额 为 约300万
  设 空 为 未知
  设 产业 为 「1.2.1」
  设 企业
  | 名称 | 收入 | R&D 经费 | #号 |
  |------|------|------|---|
  | 甲（公司 | 1,240.5 | 2021年13月 | # |
  # 一注
  | “乙” |  | 未知 | none |

测试 乙
  给定 甲、丙
  假定 收入 为 3 万元
  评价日 2021-09-01
  期望 结果 为 不符合，因 条件一、条件二
  | 假定 收入 | 设 名称 | 评价日 | 期望 结果 | 「甲」 |
  | 1,000 亿元 | 丁 | 2021-01-01 | 千亿级 | 不适用 |
";
    let items = sound(text);
    let [ItemKind::Case(case), ItemKind::Test(test)] = &items[..] else { panic!("{items:?}") };
    let shown = |it: &Setting| match &it.value {
        SetValue::Cell(it) => it.text.clone(),
        SetValue::Rows { heads, rows } => {
            let heads: Vec<_> = heads.iter().map(|it| it.text.as_str()).collect();
            let rows: Vec<_> = rows
                .iter()
                .map(|it| it.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("|"))
                .collect();
            format!("{}\n{}", heads.join("|"), rows.join("\n"))
        }
    };
    let values: Vec<_> = case.sets.iter().map(shown).collect();
    let table = "名称|收入|R&D 经费|#号\n甲（公司|1,240.5|2021年13月|#\n乙|||无";
    assert_eq!(values, ["孝感高新区 # 1", "无", "约300万", "", "1.2.1", table]);

    assert_eq!(test.given.len(), 2);
    assert_eq!(test.supposes[0].1.text, "3 万元");
    assert_eq!(test.on.unwrap().to_string(), "2021-09-01");
    assert_eq!(
        (show(&test.expects[0].expr), test.expects[0].because.len()),
        ("(Equal 结果 不符合)".to_owned(), 2)
    );
    let table = test.table.as_ref().unwrap();
    let heads: Vec<_> =
        table.heads.iter().map(|it| format!("{:?} {}", it.kind, it.name.text)).collect();
    assert_eq!(heads, ["Suppose 收入", "Set 名称", "On 评价日", "Expect 结果", "Set 甲"]);
    assert_eq!(table.rows[0].0[0].text, "1,000 亿元");
}

#[test]
fn rows_of_a_grading_test_one_value() {
    let table = [
        ("—", "any"),
        ("-", "any"),
        ("其余", "otherwise"),
        ("不适用", "n/a"),
        ("≥ 50 人 且 < 100 人", "AtLeast 50人 & Below 100人"),
        ("< 1 或 > 9", "Below 1 | Above 9"),
        ("3 至 4", "AtLeast 3 & AtMost 4"),
        ("8,000万元（不含）至3亿元（含）", "Above 8000万元 & AtMost 3亿元"),
        ("30% 以上（含）", "AtLeast 30%"),
        ("30% 以上", "In 30%.._?"),
        ("大型、中型", "Equal 大型 | Equal 中型"),
    ];
    for (cell, wanted) in table {
        let items = sound(&format!("分级 甲\n  按 乙\n  | {cell} | 丙 |\n"));
        let [ItemKind::Decision(it)] = &items[..] else { panic!() };
        let test = |it: &CellTest| format!("{:?} {}", it.op, show(&it.right));
        let found = match &it.rows[0].cells[0].kind {
            CellKind::Any => "any".to_owned(),
            CellKind::Otherwise => "otherwise".to_owned(),
            CellKind::NotApplicable => "n/a".to_owned(),
            CellKind::Tests(it) => {
                let all = it.iter().map(|it| it.iter().map(test).collect::<Vec<_>>().join(" & "));
                all.collect::<Vec<_>>().join(" | ")
            }
        };
        assert_eq!(found, wanted, "{cell}");
    }
}

const RULES: &str = "政策 某指引（试行）
  文号 国科火字[2020]183号
  发文机关 “甲”、“乙”
  施行 2020-11-06 起
  适用时点 申请日
  本数 包含，依据 《民法典》第1259条
  不适用记号 “/”、“—”
  条文 第一条 至 第十六条，附件 未取得
  不设规则 第一条、第2条 “目的”
  代替 “旧文”

参数 下限  对 集群
  2020年 起：3%
  2024-01-01 起 2025年 止  3.5%
  例外 第五条 当 a 视同 20 家

参数 类别：甲、乙

条件 丙  对 集群
  依据 第一条、
       第四条
  适用 当 a
  应当 至少满足 2 项：
    — 企业（家）：个数（企业） ≥ 1 家，依据 第一条
    — b
  例外 第六条 于 第五条 当 c 视同 符合
  例外 第七条 优先于 第五条 当 c，视同 不适用
  不符 “值‘{a + 1}’和“{b}”不符”
  说明见 说明栏
  未说明 则 无法判定
  材料 “规划”

条件 丁
  原则上 不得 a 为 是

结论 戊
  须符合 丙、
    丁
  须符合其一 甲，乙
  一票否决 庚
";

#[test]
fn rules_keep_their_clauses() {
    let items = sound(RULES);
    let [
        ItemKind::Policy(policy),
        ItemKind::Parameter(floor),
        ItemKind::Parameter(list),
        ItemKind::Criterion(third),
        ItemKind::Criterion(fourth),
        ItemKind::Conclusion(end),
    ] = &items[..]
    else {
        panic!("{items:?}")
    };
    assert_eq!(policy.number.as_ref().unwrap().value, "国科火字〔2020〕183号");
    assert_eq!(
        (policy.outline.len(), policy.outline[1].1, policy.no_rule[0].articles.len()),
        (2, true, 2)
    );
    assert!(policy.bare_bounds.as_ref().unwrap().inclusive);
    let dates: Vec<_> = floor
        .values
        .iter()
        .map(|it| {
            it.0.as_ref()
                .map(|it| (it.from.unwrap().to_string(), it.until.map(|it| it.to_string())))
        })
        .collect();
    assert_eq!(
        dates,
        [Some(("2020-01-01".into(), None)), Some(("2024-01-01".into(), Some("2025-12-31".into())))]
    );
    assert_eq!((floor.exceptions.len(), show(&list.values[0].1).as_str()), (1, "(list 甲 乙)"));
    assert_eq!(
        (
            third.shared.basis.len(),
            third.exceptions.len(),
            third.failing.as_ref().unwrap().parts.len()
        ),
        (2, 2, 5)
    );
    let Body::List { quantifier, items } = &third.requirements[0].body else { panic!() };
    assert_eq!(
        (*quantifier, items[0].label.as_ref().unwrap().text.as_str(), items[0].basis.len()),
        (Quantifier::AtLeast(2), "企业（家）", 1)
    );
    assert_eq!(
        (fourth.requirements[0].force, fourth.requirements[0].negated),
        (Force::Should, true)
    );
    assert_eq!((end.requires.len(), end.requires_one[0].len(), end.vetoes.len()), (2, 2, 1));
}

#[test]
fn english_and_half_width_read_the_same() {
    let chinese = "条件 a  对 c\n  依据 第四条（一）\n  应当 个数（x 中 y 为 3%） 不低于 n 且 非 z\n  例外 第六条 当 q 视同 r\n";
    let english = "criterion a for c\n  basis art. 4, [甲]\n  must count(x where y is 3%) at least n and not z\n  except art. 6 when q deemed r\n";
    let shown = |text: &str| {
        let items = sound(text);
        let [ItemKind::Criterion(it)] = &items[..] else { panic!() };
        let Body::One(body) = &it.requirements[0].body else { panic!() };
        format!(
            "{} {} {}",
            it.name.text,
            show(body).replace("个数", "count"),
            show(&it.exceptions[0].guard)
        )
    };
    assert_eq!(shown(chinese), shown(english));
    let half: String = chinese
        .chars()
        .map(|it| match it {
            '（' => '(',
            '）' => ')',
            '　' => ' ',
            it => it,
        })
        .collect();
    assert_eq!(shown(chinese), shown(&half));
}
