//! Scores, ranks and selection of small populations (`semantics` §9): what is reported holds the truth, the order of rows and the
//! scale of weights change nothing, better data lower no points, and without gaps it is what plain counting says. No wording is tested.

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

指标 平均 对 集群
  公式 平均（全部集群 的 甲）

指标 同组中位 对 集群
  公式 中位（全部集群 中 组 为 本集群 的 组 的 甲）

指标 同组个数 对 集群
  公式 个数（全部集群 中 乙 ≥ 2 且 组 为 本集群 的 组）
";

/// Numbers that look random and are the same in every run.
struct Tape(u64);

impl Tape {
    fn pick(&mut self, below: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// A case: its name, and the cells of 甲, 乙, 组, 失信; a blank one is not known.
type Case = [String; 5];

fn whole(tape: &mut Tape) -> Vec<Case> {
    let count = 1 + tape.pick(5);
    let case = |name: u64| {
        let group = if tape.pick(2) == 0 { "东" } else { "西" };
        let veto = if tape.pick(5) == 0 { "是" } else { "否" };
        let (a, b) = (tape.pick(5), tape.pick(5));
        [format!("例{name}"), a.to_string(), b.to_string(), group.to_owned(), veto.to_owned()]
    };
    (0..count).map(case).collect()
}

fn with_gaps(cases: &[Case], tape: &mut Tape, chance: u64) -> Vec<Case> {
    let mut cases = cases.to_vec();
    for cell in cases.iter_mut().flat_map(|it| &mut it[1..]) {
        if tape.pick(100) < chance {
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

#[test]
fn what_is_reported_holds_the_truth_and_narrows() {
    let judge = Judge::new();
    let (mut tape, mut settled, mut open) = (Tape(5), 0, 0);
    for round in 0..400 {
        let cases = whole(&mut tape);
        let some = with_gaps(&cases, &mut tape, 15);
        let fewer = with_gaps(&some, &mut tape, 5 + 10 * (round % 5));
        let known = [&cases, &some, &fewer].map(|it| judge.outcomes(it));
        let [truths, somes, fewers] = &known;
        for (row, ((truths, somes), fewers)) in truths.iter().zip(somes).zip(fewers).enumerate() {
            for (at, (name, _)) in judge.nodes.iter().enumerate() {
                let (truth, some, fewer_sets) = (&truths[at], &somes[at], &fewers[at]);
                assert!(truth.is_settled(), "{round} {name}: {truth:?} of {cases:?}");
                for (wide, narrow) in [(some, truth), (fewer_sets, truth)] {
                    assert!(
                        wide.union(narrow) == *wide,
                        "{round} {name} of row {row}: {wide:?} does not hold {narrow:?}\n{fewer:?}\n{cases:?}"
                    );
                }
                match fewer_sets.is_settled() {
                    true => settled += 1,
                    false => open += 1,
                }
            }
        }
    }
    assert!(settled > 500 && open > 500, "{settled} settled, {open} open");
}

#[test]
fn rows_in_another_order_come_to_the_same() {
    let judge = Judge::new();
    let mut tape = Tape(7);
    for _ in 0..100 {
        let cases = whole(&mut tape);
        let cases = with_gaps(&cases, &mut tape, 20);
        let reversed: Vec<Case> = cases.iter().rev().cloned().collect();
        let mut turned = judge.outcomes(&reversed);
        turned.reverse();
        assert_eq!(judge.outcomes(&cases), turned, "{cases:?}");
    }
}

#[test]
fn the_scale_of_weights_changes_nothing() {
    let judge = Judge::new();
    let mut tape = Tape(11);
    for _ in 0..100 {
        let cases = whole(&mut tape);
        let cases = with_gaps(&cases, &mut tape, 20);
        for row in judge.outcomes(&cases) {
            for of in ["", "名次", "入选"] {
                let (a, b) =
                    (judge.place(&format!("极差分{of}")), judge.place(&format!("归一分{of}")));
                assert_eq!(row[a], row[b], "{of} {cases:?}");
            }
        }
    }
}

#[test]
fn better_data_lower_no_points() {
    let judge = Judge::new();
    let place = judge.place("极差分");
    let mut tape = Tape(13);
    let low = |set: &Set| match set {
        Set::Number(it) => it.values.clone().expect("a score").low.expect("a bound").at,
        other => panic!("{other:?}"),
    };
    for _ in 0..200 {
        let cases = whole(&mut tape);
        let cases = with_gaps(&cases, &mut tape, 10);
        let Ok(value) = cases[0][1].parse::<u64>() else { continue };
        let mut better = cases.clone();
        better[0][1] = (value + 1).min(4).to_string();
        let (before, after) = (judge.outcomes(&cases), judge.outcomes(&better));
        // Where all are equal the score says what 同值 says; better data part them.
        assert!(low(&after[0][place]) >= low(&before[0][place]), "{cases:?}");
    }
}

#[test]
fn without_gaps_it_is_what_counting_says() {
    let judge = Judge::new();
    let mut tape = Tape(17);
    let number = |at: i64, below: i64| {
        Set::Number(Possible::number(Number::fraction(at.into(), below.into()).expect("a number")))
    };
    for _ in 0..200 {
        let cases = whole(&mut tape);
        let value = |case: &Case| case[1].parse::<i64>().expect("a number");
        let second = |case: &Case| case[2].parse::<i64>().expect("a number");
        let known = judge.outcomes(&cases);
        for (row, case) in cases.iter().enumerate() {
            let above = |it: &&Case| value(it) > value(case);
            let got = |name: &str| known[row][judge.place(name)].clone();
            let mut higher: Vec<i64> = cases.iter().filter(above).map(value).collect();
            let first = higher.len() as i64;
            higher.sort_unstable();
            higher.dedup();
            assert_eq!(got("分组名次"), number(first + 1, 1), "{cases:?}");
            assert_eq!(got("分组未说名次"), number(higher.len() as i64 + 1, 1), "{cases:?}");
            // 从低到高, then the lower 乙.
            let before = |it: &&Case| (value(it), second(it)) < (value(case), second(case));
            let lower = cases.iter().filter(before).count();
            assert_eq!(got("再比名次"), number(lower as i64 + 1, 1), "{cases:?}");
            let fits = Truth::of(lower < cases.len() / 2);
            assert_eq!(got("再比入选"), Set::Truth(fits), "{cases:?}");
            if case[4] == "是" {
                assert_eq!(got("直接名次"), Set::Number(Possible::not_applicable()), "{cases:?}");
                assert_eq!(got("直接入选"), Set::Truth(Truth::FALSE), "{cases:?}");
                continue;
            }
            let rivals = || cases.iter().filter(|it| it[4] == "否");
            let over = rivals().filter(above).count() as i64;
            let equal = rivals().filter(|it| value(it) == value(case)).count() as i64;
            assert_eq!(got("直接名次"), number(2 * over + equal + 1, 2), "{cases:?}");
            let expected = match (over + equal <= 2, over >= 2) {
                (true, _) => Truth::TRUE,
                (_, true) => Truth::FALSE,
                _ => Truth::ERROR,
            };
            assert_eq!(got("直接入选"), Set::Truth(expected), "{cases:?}");
        }
    }
}
