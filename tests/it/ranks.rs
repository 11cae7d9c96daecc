//! Scores, ranks and selection of small populations (`semantics` §9): what is reported holds the truth, the order of rows and the
//! scale of weights change nothing, better data lower no points, and without gaps it is what plain counting says. No wording is tested.

use crate::laws::times;
use heng::data;
use heng::data::RawTable;
use heng::eval;
use heng::eval::Run;
use heng::ir::NodeId;
use heng::ir::Program;
use heng::source::Files;
use heng::value::Number;
use heng::value::Possible;
use heng::value::Set;
use heng::value::Truth;
use heng::workspace;
use proptest::collection::vec;
use proptest::prelude::Strategy;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;
use std::sync::LazyLock;

const RULES: &str = "\
政策 名次
  文号 “试”
  条文 第一条

数据 集群
  名称   文本
  甲     整数（0 至 4）
  乙     整数（0 至 4）
  组     枚举 东、西
  失信   是否

评分 极差分 对 集群
  | 指标 | 权重 | 方向 | 标准化 |
  | 甲   | 60%  | 正向 | 极差   |
  | 乙   | 40%  | 逆向 | 极差   |
  同值 零分
  缺失 区间
  排名 从高到低
  入选 前 2 名，并列 全入选

评分 归一分 对 集群
  | 指标 | 权重 | 方向 | 标准化 |
  | 甲   | 6    | 正向 | 极差   |
  | 乙   | 4    | 逆向 | 极差   |
  权重 归一
  同值 零分
  缺失 区间
  排名 从高到低
  入选 前 2 名，并列 全入选

评分 单项 对 集群
  | 指标 | 权重 | 标准化 |
  | 甲   | 100% | 极差   |
  同值 零分
  缺失 区间
  排名 从高到低、并列连续
  入选 前 2 名，并列 全不选

评分 直接 对 集群
  项目 甲，满分 4 分
  一票否决 失信
  缺失 区间
  排名 从高到低、平均名次
  入选 前 2 名

评分 再比 对 集群
  项目 甲，满分 4 分
  缺失 区间
  排名 从低到高、再比 乙
  入选 前 50%，并列 全入选

评分 分组 对 集群
  项目 甲，满分 4 分
  缺失 区间
  排名 从高到低
  入选 前 3 名，并列 全不选
  名额 按 组，每组 2 名

评分 分组未说 对 集群
  项目 甲，满分 4 分
  缺失 区间
  排名 从高到低、并列连续
  入选 前 3 名
  名额 按 组，每组 1 名

评分 并列未说 对 集群
  | 指标 | 权重 | 标准化       |
  | 甲   | 1/2  | 功效（60，40） |
  | 乙   | 1/2  | 目标（3）     |
  同值 半分
  缺失 区间
  排名 从高到低
  入选 前 2 名
  名额 按 组，每组 2 名

评分 标准 对 集群
  | 指标 | 权重 | 标准化             |
  | 甲   | 1/2  | 标准分             |
  | 乙   | 1/2  | 标准分（总体标准差） |
  同值 零分
  缺失 区间
  排名 从高到低
  入选 前 1 名，并列 全入选
  名额 按 组，每组 1 名

指标 平均 对 集群
  公式 平均（全部集群 的 甲）

指标 同组中位 对 集群
  公式 中位（全部集群 中 组 为 本集群 的 组 的 甲）

指标 同组个数 对 集群
  公式 个数（全部集群 中 乙 ≥ 2 且 组 为 本集群 的 组）
";

/// A case: its name, and the cells of 甲, 乙, 组, 失信; a blank one is not known.
type Case = [String; 5];

/// What one to five cases hold.
fn cases() -> impl Strategy<Value = Vec<Case>> {
    let values = (0..5u8, 0..5u8, any::<bool>(), 0..5u8);
    vec(values, 1..6).prop_map(|all| {
        let case = |(name, (a, b, east, veto)): (usize, (u8, u8, bool, u8))| {
            let group = if east { "东" } else { "西" };
            let veto = if veto == 0 { "是" } else { "否" };
            [format!("例{name}"), a.to_string(), b.to_string(), group.into(), veto.into()]
        };
        all.into_iter().enumerate().map(case).collect()
    })
}

/// How likely each cell is to be blanked, of 100.
fn chances() -> impl Strategy<Value = Vec<u8>> {
    vec(0..100u8, 20)
}

/// The cases with each cell blanked whose chance is below `below`.
fn with_gaps(cases: &[Case], chances: &[u8], below: u8) -> Vec<Case> {
    let mut cases = cases.to_vec();
    for (cell, chance) in cases.iter_mut().flat_map(|it| &mut it[1..]).zip(chances) {
        if *chance < below {
            cell.clear();
        }
    }
    cases
}

/// What a rulebook says of every case.
struct Judge {
    program: Program,
    nodes: Vec<(String, NodeId)>,
}

impl Judge {
    fn new() -> Judge {
        let workspace =
            workspace::load(&Rules, "名次.heng").unwrap_or_else(|why| panic!("{}", why.message.zh));
        let faults: Vec<String> =
            workspace.findings.0.iter().map(|it| it.message.zh.clone()).collect();
        let program = workspace.program.unwrap_or_else(|| panic!("{faults:?}"));
        let mut nodes = vec![];
        for score in &program.scores {
            let name = &score.head.name;
            nodes.push((name.clone(), score.node));
            nodes.push((format!("{name}名次"), score.rank.expect("a rank")));
            nodes.push((format!("{name}入选"), score.selected.expect("a selection")));
        }
        nodes.extend(program.indicators.iter().map(|it| (it.head.name.clone(), it.node)));
        Judge { program, nodes }
    }

    /// By case, in the order of the nodes.
    fn outcomes(&self, cases: &[Case]) -> Vec<Vec<Set>> {
        let mut table = RawTable::new("集群", "集群.csv");
        table.headers = ["名称", "甲", "乙", "组", "失信"].map(str::to_owned).to_vec();
        for (place, case) in (2u32..).zip(cases) {
            table.push_row(place, case.iter().map(String::as_str));
        }
        let (facts, _) = data::bind(&self.program, &[table]);
        let outcome = eval::evaluate(&self.program, &facts, &Run::default());
        let of_row = |row| self.nodes.iter().map(|it| outcome.get(it.1, row)).collect();
        (0..cases.len()).map(of_row).collect()
    }

    fn place(&self, name: &str) -> usize {
        self.nodes.iter().position(|it| it.0 == name).unwrap_or_else(|| panic!("no {name}"))
    }
}

/// The one rule file.
struct Rules;

impl Files for Rules {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(RULES.as_bytes().to_vec())
    }

    fn list(&self, path: &str) -> Result<Vec<String>, String> {
        Ok(vec![path.to_owned()])
    }
}

/// The rulebook, read once.
static JUDGE: LazyLock<Judge> = LazyLock::new(Judge::new);

/// The two bounds of a number; none where it is none.
fn bounds(set: &Set) -> Option<[Option<Number>; 2]> {
    let Set::Number(Possible { values: Some(hull), na: false, error: false }) = set else {
        return None;
    };
    Some([&hull.low, &hull.high].map(|end| end.as_ref().map(|it| it.at.clone())))
}

proptest! {
    #![proptest_config(times(400))]

    /// L2 and L3: filling a hole lands inside what was reported, scores, ranks, selections and all, and never widens it.
    #[test]
    fn what_is_reported_holds_the_truth_and_narrows(
        cases in cases(), chances in chances(), few in 5..40u8, more in 0..60u8,
    ) {
        let some = with_gaps(&cases, &chances, few);
        let fewer = with_gaps(&cases, &chances, few + more);
        let [truths, somes, fewers] = [&cases, &some, &fewer].map(|it| JUDGE.outcomes(it));
        for row in 0..cases.len() {
            for (at, (name, _)) in JUDGE.nodes.iter().enumerate() {
                let [truth, some, few] = [&truths, &somes, &fewers].map(|it| &it[row][at]);
                prop_assert!(truth.is_settled(), "{name} of {row}: {truth:?}");
                for (wide, narrow) in [(some, truth), (few, some)] {
                    prop_assert!(
                        wide.union(narrow) == *wide,
                        "{name} of {row}: {wide:?} does not hold {narrow:?} in {fewer:?}"
                    );
                }
            }
        }
    }

    /// L8: the order of rows never matters.
    #[test]
    fn rows_in_another_order_come_to_the_same(
        cases in cases(), chances in chances(), turn in 0..5usize,
    ) {
        let cases = with_gaps(&cases, &chances, 20);
        let mut turned: Vec<Case> = cases.iter().rev().cloned().collect();
        let by = turn % cases.len();
        turned.rotate_left(by);
        let mut outcomes = JUDGE.outcomes(&turned);
        outcomes.rotate_right(by);
        outcomes.reverse();
        prop_assert_eq!(JUDGE.outcomes(&cases), outcomes);
    }

    /// Weights 6 and 4 with 权重 归一 are the weights 60% and 40%.
    #[test]
    fn the_scale_of_weights_changes_nothing(cases in cases(), chances in chances()) {
        let cases = with_gaps(&cases, &chances, 20);
        for row in JUDGE.outcomes(&cases) {
            for of in ["", "名次", "入选"] {
                let places = ["极差分", "归一分"].map(|it| JUDGE.place(&format!("{it}{of}")));
                prop_assert_eq!(&row[places[0]], &row[places[1]], "{}", of);
            }
        }
    }

    /// A better value of a positive indicator lowers no bound of the own points and worsens no bound of the own rank.
    #[test]
    fn better_data_lower_no_points(cases in cases(), chances in chances(), by in 1..4u8) {
        let cases = with_gaps(&cases, &chances, 10);
        let Ok(value) = cases[0][1].parse::<u8>() else { return Ok(()) };
        let mut better = cases.clone();
        better[0][1] = (value + by).min(4).to_string();
        let (before, after) = (JUDGE.outcomes(&cases), JUDGE.outcomes(&better));
        let moved = |of: &str| {
            let at = JUDGE.place(of);
            bounds(&before[0][at]).zip(bounds(&after[0][at]))
        };
        for name in ["极差分", "单项", "直接", "分组"] {
            if let Some((was, is)) = moved(name) {
                prop_assert!(is[0] >= was[0] && is[1] >= was[1], "{name}: {was:?} to {is:?}");
            }
            if let Some((was, is)) = moved(&format!("{name}名次")) {
                prop_assert!(is[0] <= was[0] && is[1] <= was[1], "{name}名次: {was:?} to {is:?}");
            }
        }
    }

    /// Without gaps a rank is what plain counting says, and so is who is selected.
    #[test]
    fn without_gaps_it_is_what_counting_says(cases in cases()) {
        let number = |at: i64, below: i64| {
            let number = Number::fraction(at.into(), below.into()).expect("a number");
            Set::Number(Possible::number(number))
        };
        let value = |case: &Case| case[1].parse::<i64>().expect("a number");
        let second = |case: &Case| case[2].parse::<i64>().expect("a number");
        let known = JUDGE.outcomes(&cases);
        for (row, case) in cases.iter().enumerate() {
            let above = |it: &&Case| value(it) > value(case);
            let got = |name: &str| known[row][JUDGE.place(name)].clone();
            let mut higher: Vec<i64> = cases.iter().filter(above).map(value).collect();
            let first = higher.len() as i64;
            higher.sort_unstable();
            higher.dedup();
            prop_assert_eq!(got("分组名次"), number(first + 1, 1));
            prop_assert_eq!(got("分组未说名次"), number(higher.len() as i64 + 1, 1));
            // 从低到高, then the lower 乙.
            let before = |it: &&Case| (value(it), second(it)) < (value(case), second(case));
            let lower = cases.iter().filter(before).count();
            prop_assert_eq!(got("再比名次"), number(lower as i64 + 1, 1));
            let fits = Truth::of(lower < cases.len() / 2);
            prop_assert_eq!(got("再比入选"), Set::Truth(fits));
            if case[4] == "是" {
                prop_assert_eq!(got("直接名次"), Set::Number(Possible::not_applicable()));
                prop_assert_eq!(got("直接入选"), Set::Truth(Truth::FALSE));
                continue;
            }
            let rivals = || cases.iter().filter(|it| it[4] == "否");
            let over = rivals().filter(above).count() as i64;
            let equal = rivals().filter(|it| value(it) == value(case)).count() as i64;
            prop_assert_eq!(got("直接名次"), number(2 * over + equal + 1, 2));
            let expected = match (over + equal <= 2, over >= 2) {
                (true, _) => Truth::TRUE,
                (_, true) => Truth::FALSE,
                _ => Truth::ERROR,
            };
            prop_assert_eq!(got("直接入选"), Set::Truth(expected));
        }
    }
}
