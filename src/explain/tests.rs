//! Accounts of small cases, from rule text and tables: what people read.

use crate::check;
use crate::data;
use crate::eval::recorder::Run;
use crate::explain::Branch;
use crate::explain::CaseAccount;
use crate::explain::Cause;
use crate::explain::CauseKind;
use crate::explain::Change;
use crate::explain::CriterionAccount;
use crate::explain::Extent;
use crate::explain::NoteKind;
use crate::explain::Possibility;
use crate::explain::Round;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Verdict;
use crate::source::Source;
use crate::source::Sources;
use crate::syntax;

const POLICY: &str = "政策 示例办法
  文号 示例〔2021〕1号
  施行 2020-01-01 起
  适用时点 申请日
  条文 第一条 至 第九条
  不设规则 第九条 “附则”

数据 集群
  编号     文本，标识
  申请日   日期
  规划起   日期，可改
  规划止   日期，可改
  成立日   日期
  说明文   文本，可缺，可改
  承诺     是否，可改，来源 申报
  事故     是否，来源 评审
  规模     枚举 大、中、小，可改
  园区     文本，可无
  收入     金额（万元，≥ 0），来源 统计
  投入     金额（万元，≥ 0），可改，来源 申报
  支出     金额（万元，≥ 0），来源 统计
  企业     多条 企业，可改
  机构     多条 机构，可改

数据 企业
  名称     文本
  高企     是否，来源 申报
  营收     金额（万元，≥ 0），来源 统计
  研发     金额（万元，≥ 0），可缺，来源 统计

数据 机构
  名称     文本
  类别     枚举 研发机构、服务机构
";

const HEADER: &str = "编号,申请日,规划起,规划止,成立日,说明文,承诺,事故,规模,园区,收入,投入,支出\n";
const PLAIN: &str = "甲,2021-06-01,2021-01-01,2023-12-31,2015-03-01,,是,否,中,无,25000,800,700\n";
const FIRMS: &str = "集群,名称,高企,营收,研发\n甲,一,是,100,3\n甲,二,否,200,\n甲,三,否,300,9\n";
const BODIES: &str = "集群,名称,类别\n甲,院,服务机构\n甲,所,服务机构\n";

/// The program of the policy with these rules.
fn program(rules: &str) -> (Program, Sources) {
    let mut sources = Sources::default();
    let text = format!("{POLICY}\n{rules}");
    let file = sources.add(Source::new("规则.heng", text.clone()));
    let (tree, faults) = syntax::parse(file, &text);
    assert!(!faults.has_errors(), "{faults:?}");
    let (program, faults) = check::check(&[tree], &[], vec![]);
    (program.unwrap_or_else(|| panic!("{faults:?}")), sources)
}

/// The account of the first case, with its tables as CSV.
fn case(rules: &str, row: &str, firms: &str, bodies: &str) -> CaseAccount {
    let (program, sources) = program(rules);
    let clusters = format!("{HEADER}{row}");
    let tables = [("集群", clusters.as_str()), ("企业", firms), ("机构", bodies)];
    let given = tables.iter().filter(|it| !it.1.is_empty());
    let raw: Vec<data::RawTable> = given
        .filter_map(|(name, text)| {
            data::csv::read(name, &format!("{name}.csv"), text.as_bytes(), None).0
        })
        .collect();
    let (facts, _) = data::bind(&program, &raw);
    let run = Run::default();
    Round::new(&program, &sources, &facts, &run, Extent::Trees).account(TableId(0), 0)
}

/// The first criterion's account.
fn first(rules: &str, row: &str) -> CriterionAccount {
    case(rules, row, FIRMS, BODIES).criteria.remove(0)
}

fn rule(body: &str) -> String {
    format!("条件 甲条  对 集群\n  依据 第三条\n{body}\n")
}

/// A branch and what is below it, one line each.
fn lines(branch: &Branch, depth: usize, out: &mut Vec<String>) {
    let parts = [Some(&branch.head), branch.detail.as_ref(), branch.place.as_ref()];
    let words: Vec<&str> = parts.into_iter().flatten().map(|it| it.zh.as_str()).collect();
    out.push(format!("{}{}", "  ".repeat(depth), words.join(" | ")));
    branch.children.iter().for_each(|it| lines(it, depth + 1, out));
}

fn drawn(branch: &Branch) -> String {
    let mut out = vec![];
    lines(branch, 0, &mut out);
    out.join("\n")
}

fn requests(causes: &[Cause]) -> Vec<&str> {
    causes.iter().map(|it| it.text.zh.as_str()).collect()
}

/// The message and the remedies of the first criterion.
#[track_caller]
fn check_failing(body: &str, message: &str, remedies: &[&str]) -> CriterionAccount {
    let it = first(&rule(body), PLAIN);
    assert_eq!(it.verdict, Verdict::NotMet, "{it:#?}");
    assert_eq!(it.message.zh, message);
    assert_eq!(it.remedies.iter().map(|it| it.text.zh.as_str()).collect::<Vec<_>>(), remedies);
    assert!(it.proved);
    it
}

#[test]
fn a_count_that_is_short_names_what_is_missing() {
    let body = "  应当 同时满足\n    — 研发机构：个数（机构 中 类别 为 研发机构） ≥ 1 家\n    — 企业：个数（企业） ≥ 3 家";
    let it = check_failing(
        body,
        "研发机构 0 家，要求 ≥ 1 家（机构.csv 第 2–3 行无一计入）",
        &["还差 1 家研发机构"],
    );
    assert_eq!(it.remedies[0].changes[0].field, "机构");
    assert_eq!(it.remedies[0].changes[0].to, "1");
    assert_eq!(it.causes.len(), 1);
    assert_eq!(it.causes[0].value.as_deref(), Some("0 家"));
    assert_eq!(it.causes[0].bound.as_deref(), Some("≥ 1 家"));
    assert_eq!(it.causes[0].source.as_ref().map(|it| it.file.as_str()), Some("机构.csv"));
    assert_eq!(
        drawn(&it.tree),
        "第三条 甲条（应当，同时满足）
  研发机构 | 个数（机构 中 类别 为 研发机构） = 0 家，要求 ≥ 1 家
    机构共 2 条，计入 0 条 | 机构.csv 第 2–3 行
    类别：“服务机构” 2 条 | 机构.csv 第 2–3 行
  企业 | 个数（企业） = 3 家 ≥ 3 家 | 企业.csv 第 2–4 行"
    );
    assert!(it.tree.children[0].decides && !it.tree.children[1].decides);
}

#[test]
fn failing_words_carry_figures() {
    let plain = "  应当 个数（企业） ≥ 5 家\n  不符 “企业太少”";
    check_failing(plain, "企业太少：个数（企业） = 3 家，要求 ≥ 5 家", &["还差 2 家企业"]);
    let filled = "  应当 个数（企业） ≥ 5 家\n  不符 “企业只有{个数（企业）}，园区{园区}”";
    check_failing(filled, "企业只有 3，园区无", &["还差 2 家企业"]);
}

#[test]
fn a_quotient_names_the_distance_of_its_numerator() {
    // 例 6.7
    let held = check_failing(
        "  应当 支出 ÷ 收入 ≥ 3%",
        "支出 ÷ 收入 = 2.8%，要求 ≥ 3%",
        &["支出还需增加 50.00 万元（收入不变）"],
    );
    assert_eq!(held.remedies[0].held[0].zh, "收入不变");
    assert!(held.remedies[0].changes.is_empty());
    check_failing(
        "  应当 支出 ÷ 收入 > 3%",
        "支出 ÷ 收入 = 2.8%，要求 > 3%",
        &["支出还需增加 50.01 万元（收入不变）"],
    );
    let set = check_failing(
        "  应当 投入 ÷ 收入 ≥ 3.3%",
        "投入 ÷ 收入 = 3.2%，要求 ≥ 3.3%",
        &["投入由 800 万元 改为 825 万元（收入不变）"],
    );
    assert_eq!(set.remedies[0].changes[0].to, "825");
}

#[test]
fn a_share_can_be_mended_in_two_ways() {
    let share = "  应当 占比（企业 中 高企，空则 0） ≥ 50%";
    check_failing(
        share,
        "占比（企业 中 高企，空则 0） = 约 33.33%，要求 ≥ 50%",
        &["还差 1 个企业（须：高企）", "现有成员中还需 1 个达到“高企”"],
    );
}

#[test]
fn a_counted_share_of_one_list_is_not_mended_by_new_rows_with_the_divisor_held() {
    let it = first(&rule("  应当 个数（企业 中 高企） ÷ 个数（企业） ≥ 1/2"), PLAIN);
    assert_eq!(it.remedies.len(), 1);
    assert_eq!(it.remedies[0].text.zh, "现有成员中还需 1 个达到“高企”（个数（企业）不变）");
    assert!(it.remedies[0].changes.is_empty());
}

#[test]
fn days_are_mended_on_either_side_or_by_waiting() {
    let row = PLAIN.replace("2023-12-31", "2024-12-31");
    let it = first(&rule("  应当 规划止 + 1 日 = 规划起 + 3 年"), &row);
    assert_eq!(it.message.zh, "规划止 + 1 日 = 2025-01-01，要求为 2024-01-01（规划起 + 3 年）");
    assert_eq!(it.remedies[0].text.zh, "规划止由 2024-12-31 改为 2023-12-31");
    assert_eq!(it.remedies[0].changes[0].from.as_deref(), Some("2024-12-31"));
    check_failing(
        "  应当 成立日 满 10 年",
        "申请日 = 2021-06-01，要求不早于 2025-03-01（成立日 满 10 年）",
        &["自 2025-03-01 起满足"],
    );
}

#[test]
fn several_failing_conditions_are_mended_together() {
    let it = check_failing(
        "  应当 规模 为 大\n  应当 个数（企业） ≥ 4 家",
        "规模“中”，要求为“大”；个数（企业） = 3 家，要求 ≥ 4 家",
        &["规模由 “中” 改为 “大”，并且还差 1 家企业"],
    );
    assert_eq!(it.remedies[0].changes.len(), 2);
}

#[test]
fn what_the_reviewer_fills_is_no_remedy() {
    check_failing("  不得 非 事故", "事故：否，应为“是”", &[]);
    check_failing("  应当 承诺 且 事故", "事故：否，应为“是”", &[]);
    let half = first(&rule("  应当 事故 且 规模 为 大"), PLAIN);
    assert_eq!(half.remedies[0].text.zh, "规模由 “中” 改为 “大”；其余未找到单项补救");
    assert!(half.remedies[0].changes.is_empty());
    let either = "  应当 满足之一\n    — 甲：规模 为 大\n    — 乙：事故";
    check_failing(
        either,
        "甲 规模“中”，要求为“大”；乙 事故：否，应为“是”",
        &["规模由 “中” 改为 “大”"],
    );
}

#[test]
fn what_is_missing_is_asked_for_faults_first() {
    let rules = "条件 甲条  对 集群
  依据 第三条
  应当 收入 ≥ 100 万元 或 承诺

条件 乙条  对 集群
  依据 第四条
  应当 规划止 ≥ 规划起

条件 丙条  对 集群
  依据 第五条
  应当 规模 为 中 且 合计（企业 的 研发） ≥ 20 万元

条件 丁条  对 集群
  依据 第六条
  应当 个数（机构） ≥ 2 家

结论 通过  对 集群
  依据 第七条
  须符合 丙条、乙条、甲条、丁条
";
    let row = "甲,2021-06-01,2021-01-01,2021年13月,2015-03-01,,是,否,,无,,800,700\n";
    let it = case(rules, row, FIRMS, "");
    assert_eq!(it.conclusions[0].verdict, Verdict::Undetermined);
    assert_eq!(it.conclusions[0].possible, [Possibility::Met, Possibility::NotMet]);
    assert!(!it.conclusions[0].proved);
    let texts = requests(&it.supply);
    assert!(texts[0].starts_with("请更正：规划止“2021年13月”"), "{texts:?}");
    assert_eq!(texts[1..], ["请补：规模", "请补：二 的研发", "请补：机构（未提供名单）"]);
    assert_eq!(it.supply[0].kind, CauseKind::Fault);
    assert_eq!(it.supply[0].article.as_deref(), Some("第四条"));
    assert_eq!(it.supply[1].domain.as_deref(), Some("大、中、小"));
    assert_eq!(it.supply[2].source.as_ref().and_then(|it| it.row), Some(3));
    // 收入 cannot matter: the promise decides 甲条.
    assert_eq!(requests(&it.irrelevant), ["收入未填，但不影响结论，不必补"]);
    assert_eq!(it.criteria[0].verdict, Verdict::Met);
    let open = &it.criteria[1];
    assert_eq!(open.remedies[0].text.zh, open.causes[0].text.zh);
}

#[test]
fn a_number_is_told_with_its_formula() {
    let rules = "指标 强度  对 集群
  依据 第三条
  口径 “先合计，后相除”
  公式 若 收入 = 0 万元 则 不适用 否则 支出 ÷ 收入
  单位 %，显示 1 位小数

条件 甲条  对 集群
  依据 第四条
  应当 强度 ≥ 1%

分级 档次  对 集群
  依据 第五条
  按 收入
  | ≥ 10000 万元 | 大档 |
  | 其余 | 小档 |
";
    let row = PLAIN.replace("25000", "24000");
    let it = case(rules, &row, FIRMS, BODIES);
    let number = &it.indicators[0];
    assert_eq!((number.value.as_deref(), number.exact.as_deref()), (Some("2.9"), Some("35/12")));
    assert_eq!(
        drawn(&number.tree),
        "强度 = 2.9% | 第三条；口径：先合计，后相除
  = 支出 ÷ 收入
  = 700 万元 ÷ 24,000 万元 | 集群.csv 第 2 行
  = 2.9%（精确值 35/12 %），显示 1 位小数"
    );
    assert_eq!(it.criteria[0].message.zh, "强度 = 2.9% ≥ 1%");
    assert_eq!(it.grades[0].value.as_deref(), Some("大档"));

    let none = case(rules, &PLAIN.replace("25000", "0"), FIRMS, BODIES);
    assert_eq!(
        drawn(&none.indicators[0].tree),
        "强度：不适用 | 第三条；口径：先合计，后相除\n  因 收入 = 0 万元"
    );
    assert_eq!(none.criteria[0].verdict, Verdict::NotApplicable);

    let open = case(rules, &PLAIN.replace("25000", ""), FIRMS, BODIES);
    assert_eq!(open.grades[0].possible, ["小档", "大档"]);
    assert_eq!(open.indicators[0].low.as_deref(), Some("0.0"));
    assert_eq!(open.indicators[0].high, None);
}

#[test]
fn a_value_near_its_bound_is_shown_on_its_side() {
    let rules = "指标 强度  对 集群
  依据 第三条
  公式 支出 ÷ 10000 万元
  单位 %，显示 1 位小数

条件 甲条  对 集群
  依据 第四条
  应当 强度 ≥ 7%
";
    let it = case(rules, &PLAIN.replace("700", "699.9"), FIRMS, BODIES);
    assert_eq!(it.criteria[0].message.zh, "强度 = 6.999%，要求 ≥ 7%");
}

#[test]
fn errors_say_where_they_arise() {
    let it = first(&rule("  应当 支出 ÷ 收入 ≥ 3%"), &PLAIN.replace("25000", "0"));
    assert_eq!((it.verdict, it.proved), (Verdict::Undetermined, false));
    assert_eq!(it.possible, [Possibility::Error]);
    assert_eq!(it.causes[0].kind, CauseKind::Error);
    assert_eq!(it.message.zh, "收入为零，不能作除数：支出 ÷ 收入");

    let conflict = rule(
        "  应当 承诺\n  例外 第五条 当 规模 为 中 视同 符合\n  例外 第六条 当 非 事故 视同 不符合",
    );
    let it = first(&conflict, PLAIN);
    assert_eq!(it.message.zh, "例外冲突：第五条、第六条同时成立而结果不同");
    assert_eq!(it.causes[0].article.as_deref(), Some("第五条、第六条"));
}

#[test]
fn exceptions_that_stand_decide() {
    let body = "  应当 规模 为 大\n  例外 第五条 当 承诺 视同 符合";
    let it = first(&rule(body), PLAIN);
    assert_eq!(it.verdict, Verdict::Met);
    assert_eq!(
        drawn(&it.tree),
        "第三条 甲条（应当）
  例外（第五条） | 承诺：是，视为符合 | 集群.csv 第 2 行
  规模“中”，要求为“大” | 集群.csv 第 2 行"
    );
    assert!(it.tree.children[0].decides && !it.tree.children[1].decides);
}

#[test]
fn notes_of_departures_defaults_and_empty_lists() {
    let should = "  原则上 规模 为 大\n  说明见 说明文\n  不符 “规模应为大型”";
    let it = first(&rule(should), PLAIN);
    assert_eq!(it.notes[0].kind, NoteKind::Departure);
    assert_eq!(it.notes[0].text.zh, "规模应为大型：规模“中”，要求为“大”（原则上，待说明）");
    let it = first(&rule(should), &PLAIN.replace("2015-03-01,,", "2015-03-01,另有理由,"));
    assert!(it.notes[0].answered);

    let it = first(&rule("  应当 合计（企业 的 缺省（研发，1 万元）） ≥ 13 万元"), PLAIN);
    assert_eq!(it.notes[0].text.zh, "研发（二）未填，按缺省 1 万元 计");
    assert_eq!(it.causes[0].kind, CauseKind::Default);

    let it = case(&rule("  应当 全部（企业 中 营收 > 900 万元 的 高企）"), PLAIN, FIRMS, BODIES);
    let it = &it.criteria[0];
    assert_eq!((it.verdict, it.notes[0].kind), (Verdict::Met, NoteKind::EmptyList));
}

#[test]
fn what_does_not_apply_says_why() {
    let it = first(&rule("  适用 当 园区 不为 无\n  应当 承诺"), PLAIN);
    assert_eq!(it.verdict, Verdict::NotApplicable);
    assert_eq!(it.message.zh, "不适用（园区：无）");
    assert_eq!(it.causes[0].kind, CauseKind::NotApplicable);
    let it = first(&rule("  应当 承诺"), &PLAIN.replace("2021-06-01", "2019-06-01"));
    assert_eq!(it.message.zh, "不适用（未施行：2020-01-01 起施行，申请日为 2019-06-01）");
}

#[test]
fn rows_that_break_a_rule_are_named() {
    let it = first(&rule("  应当 全部（企业 的 高企）"), PLAIN);
    assert_eq!(
        drawn(&it.tree),
        "第三条 甲条（应当） | 全部（企业 的 高企）：否，应为“是” | 企业.csv 第 2–4 行
  高企：否 2 条 | 企业.csv 第 3–4 行"
    );
}

#[test]
fn conclusions_name_the_criteria_that_decide() {
    let rules = "条件 甲条  对 集群
  依据 第三条
  应当 承诺

条件 乙条  对 集群
  依据 第四条
  应当 规模 为 大

条件 丙条  对 集群
  依据 第五条
  应当 个数（企业） ≥ 3 家

条件 重大事故  对 集群
  依据 第六条
  应当 事故

结论 通过  对 集群
  依据 第七条
  须符合 甲条
  须符合其一 乙条、丙条
  一票否决 重大事故
";
    let names = |it: &CaseAccount| {
        let (program, _) = program(rules);
        let deciding = it.conclusions[0].decisive.iter();
        deciding.map(|id| program.criterion(*id).head.name.clone()).collect::<Vec<_>>().join(" ")
    };
    let met = case(rules, PLAIN, FIRMS, BODIES);
    assert_eq!(
        (met.conclusions[0].verdict, names(&met)),
        (Verdict::Met, "甲条 丙条 重大事故".to_owned())
    );
    assert_eq!(met.on, crate::value::day::from_ymd(2021, 6, 1));
    let vetoed = case(rules, &PLAIN.replace(",是,否,中", ",是,是,中"), FIRMS, BODIES);
    assert_eq!(
        (vetoed.conclusions[0].verdict, names(&vetoed)),
        (Verdict::NotMet, "重大事故".to_owned())
    );
    let drawn = drawn(&vetoed.conclusions[0].tree);
    assert!(drawn.contains("一票否决 第六条 重大事故（应当） | 事故：是，应为“否”"), "{drawn}");
    let open = case(rules, &PLAIN.replace(",是,否,中", ",,否,中"), FIRMS, BODIES);
    assert_eq!(names(&open), "甲条");
}

#[test]
fn parameters_say_since_when() {
    let rules = format!(
        "参数 下限\n  依据 第四条\n  2020-01-01 起 3%\n  2021-01-01 起 3.5%\n\n{}",
        rule("  应当 支出 ÷ 收入 ≥ 下限")
    );
    let it = first(&rules, PLAIN);
    assert_eq!(it.message.zh, "支出 ÷ 收入 = 2.8%，要求 ≥ 3.5%（下限，2021-01-01 起）");
    assert_eq!(it.message.en, "支出 ÷ 收入 = 2.8%; must be ≥ 3.5% (下限 from 2021-01-01)");
}

#[test]
fn a_step_that_would_move_another_part_is_not_proposed() {
    // 规模 is asked about twice: no value of it is known to be right.
    let twice = first(&rule("  应当 规模 为 大\n  应当 非 （规模 为 大 且 承诺）"), PLAIN);
    assert!(twice.remedies.is_empty(), "{:?}", twice.remedies);
    // A bound that moves with the value.
    let both = first(&rule("  应当 投入 ≥ 投入 × 2 + 1 万元"), PLAIN);
    assert!(both.remedies.is_empty(), "{:?}", both.remedies);
    // A new row may break the share, so the distance is told without a change.
    let share = first(
        &rule("  应当 个数（企业） ≥ 4 家\n  应当 占比（企业 中 高企，空则 0） ≥ 1/3"),
        PLAIN,
    );
    assert_eq!(share.remedies[0].text.zh, "还差 1 家企业");
    assert!(share.remedies[0].changes.is_empty());
}

/// The row with these changes made.
fn changed(row: &str, changes: &[Change]) -> String {
    let headers: Vec<&str> = HEADER.trim_end().split(',').collect();
    let mut cells: Vec<String> = row.trim_end().split(',').map(str::to_owned).collect();
    for change in changes {
        let index = headers.iter().position(|it| *it == change.field);
        cells[index.expect("a field of the row")] = change.to.clone();
    }
    format!("{}\n", cells.join(","))
}

/// L7: all the changes of a remedy fulfil the criterion; without any one of them it is not fulfilled.
#[test]
fn a_printed_remedy_mends_and_nothing_in_it_is_spare() {
    let bodies = [
        "  应当 规模 为 大",
        "  应当 投入 ≥ 900.005 万元",
        "  应当 投入 > 800 万元",
        "  应当 投入 < 700 万元",
        "  应当 投入 ÷ 收入 ≥ 1/3",
        "  应当 规划止 + 1 日 = 规划起 + 5 年",
        "  应当 规划止 + 2 月 ≥ 2024-04-30",
        "  应当 2024-02-29 < 规划止",
        "  不得 承诺",
        "  应当 规模 为 大 且 非 承诺 且 投入 = 850 万元",
        "  应当 满足之一\n    — 甲：规模 为 大 且 投入 ≥ 900 万元\n    — 乙：非 承诺",
        "  应当 至少满足 2 项\n    — 甲：规模 为 大\n    — 乙：承诺\n    — 丙：投入 ≥ 900 万元",
        "  应当 若 收入 > 0 万元 则 投入 ÷ 收入 ≥ 4% 否则 规模 为 大",
        "  应当 规模 属于 （大）",
    ];
    for body in bodies {
        let failing = first(&rule(body), PLAIN);
        assert_eq!(failing.verdict, Verdict::NotMet, "{body}");
        assert!(
            failing.remedies.iter().any(|it| !it.changes.is_empty()),
            "{body}: {:?}",
            failing.remedies
        );
        for remedy in failing.remedies.iter().filter(|it| !it.changes.is_empty()) {
            let mended = first(&rule(body), &changed(PLAIN, &remedy.changes));
            assert_eq!(mended.verdict, Verdict::Met, "{body}: {remedy:?}");
            for spare in 0..remedy.changes.len() {
                let mut rest = remedy.changes.clone();
                rest.remove(spare);
                let not = first(&rule(body), &changed(PLAIN, &rest));
                assert_eq!(
                    not.verdict,
                    Verdict::NotMet,
                    "{body} without {:?}",
                    remedy.changes[spare]
                );
            }
        }
    }
}
