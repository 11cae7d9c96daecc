//! Windows and growth over years of which some are missing (`semantics` §§5, 8.4): what is reported holds the truth, a filled
//! gap never widens it, and without gaps it is what plain arithmetic says. No wording is tested.

use heng::data;
use heng::data::RawTable;
use heng::eval;
use heng::eval::Run;
use heng::ir::Program;
use heng::source::Files;
use heng::value::Number;
use heng::value::Possible;
use heng::value::Set;
use heng::value::Truth;
use heng::workspace;
use std::collections::BTreeMap;

const RULES: &str = "\
政策 期间
  文号 “试”
  条文 第一条
  数据期 上年
  适用时点 申请日

数据 企业
  名称     文本
  申请日   日期
  成立日   日期
  年报     多条 年报，按 年度，自 成立日

数据 年报
  年度     年
  收入     金额（元，0 至 9）
  利润     金额（元，−9 至 9）
  达标     是否

指标 合计 对 企业
  公式 合计（年报 中 近 3 年 的 收入）

指标 平均 对 企业
  公式 平均（年报 中 近 3 年 的 收入，空则 不适用）

指标 最大 对 企业
  公式 最大（年报 中 近 2 年 的 利润，空则 不适用）

指标 中位 对 企业
  公式 中位（年报 中 近 3 年 的 利润，空则 不适用）

指标 强度 对 企业
  公式 合计（年报 中 近 3 年 的 利润） ÷ 合计（年报 中 近 3 年 的 收入）

指标 达标数 对 企业
  公式 个数（年报 中 近 3 年 中 达标）

指标 达标占比 对 企业
  公式 占比（年报 中 近 3 年 中 达标，空则 0）

指标 本期收入 对 企业
  公式 本期（年报 的 收入）

指标 上年收入 对 企业
  公式 上年（年报 的 收入）

指标 增长 对 企业
  公式 同比（年报 的 收入）

指标 利润增长 对 企业
  公式 同比（年报 的 利润）
  基期非正 则 不适用

指标 逐年 对 企业
  公式 平均（年报 中 近 3 年 的 年增，空则 0%）

指标 年增 对 年报
  公式 同比（收入）
  基期非正 则 0%

指标 年均 对 企业
  公式 年均增长（年报 的 收入，3 年）

指标 累乘 对 企业
  公式 方根（合计（年报 中 近 2 年 的 收入） × 合计（年报 中 近 2 年 的 收入），2）

条件 连增 对 企业
  应当 全部（年报 中 近 3 年 的（收入 ≥ 上年（收入）））

条件 快增 对 企业
  应当 年均增长（年报 的 收入，3 年） ≥ 10%

条件 够多 对 企业
  应当 合计（年报 中 近 3 年 的 收入） ≥ 12 元
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

/// The rows of one firm: its two days, and by year the cells of 收入, 利润, 达标; none of the last is blank.
#[derive(Clone)]
struct Firm {
    applied: Option<i32>,
    founded: String,
    /// The year as written, blank where it is not known, and the three cells.
    years: Vec<(Option<i32>, [String; 3])>,
}

const FIRST: i32 = 2016;
const LAST: i32 = 2024;

impl Firm {
    /// A firm of which everything is known: every year from its founding on has a row.
    fn whole(tape: &mut Tape) -> Firm {
        let founded = 2013 + tape.pick(9) as i32;
        let years = (founded.max(FIRST)..=LAST).map(|year| {
            let income = tape.pick(10).to_string();
            let profit = (tape.pick(19) as i64 - 9).to_string();
            let met = if tape.pick(2) == 0 { "是" } else { "否" };
            (Some(year), [income, profit, met.to_owned()])
        });
        let years = years.collect();
        Firm {
            applied: Some(2022 + tape.pick(3) as i32),
            founded: format!("{founded}-07-01"),
            years,
        }
    }

    /// The same with some of it not known.
    fn with_gaps(&self, tape: &mut Tape, chance: u64) -> Firm {
        let mut firm = self.clone();
        let mut lost = |of: u64| tape.pick(100) < chance / of;
        if lost(3) {
            firm.applied = None;
        }
        if !firm.founded.is_empty() && lost(3) {
            firm.founded = firm.founded[..4].to_owned() + "年";
        } else if lost(3) {
            firm.founded.clear();
        }
        let mut years = vec![];
        for (mut year, mut cells) in firm.years {
            // A row without its year fills no gap, so leaving it out makes none.
            if year.is_some() && lost(1) {
                continue;
            }
            if lost(4) {
                year = None;
            }
            for cell in &mut cells {
                if lost(2) {
                    cell.clear();
                }
            }
            years.push((year, cells));
        }
        firm.years = years;
        firm
    }

    fn tables(&self) -> Vec<RawTable> {
        let mut firms = RawTable::new("企业", "企业.csv");
        firms.headers = ["名称", "申请日", "成立日"].map(str::to_owned).to_vec();
        let applied = self.applied.map(|it| format!("{it}-05-01")).unwrap_or_default();
        firms.push_row(2, ["甲", &applied, &self.founded].into_iter());
        let mut years = RawTable::new("年报", "年报.csv");
        years.headers = ["企业", "年度", "收入", "利润", "达标"].map(str::to_owned).to_vec();
        for (place, (year, [a, b, c])) in (2u32..).zip(&self.years) {
            let year = year.map(|it| it.to_string()).unwrap_or_default();
            years.push_row(place, ["甲", &year, a, b, c].into_iter());
        }
        vec![firms, years]
    }

    /// What every indicator and condition comes to, in the order written.
    fn outcomes(&self, program: &Program) -> Vec<(String, Set)> {
        let run = Run::default();
        let (facts, _) = data::bind(program, &self.tables());
        let facts = eval::with_expected_rows(program, facts, &run);
        let outcome = eval::evaluate(program, &facts, &run);
        let home = program.case_tables[0];
        let indicators =
            program.indicators.iter().filter(|it| it.table == home).map(|it| (&it.head, it.node));
        let criteria = program.criteria.iter().map(|it| (&it.head, it.node));
        indicators
            .chain(criteria)
            .map(|(head, node)| (head.name.clone(), outcome.get(node, 0)))
            .collect()
    }

    /// The income of a year.
    fn income(&self, year: i32) -> Option<i64> {
        let row = self.years.iter().find(|it| it.0 == Some(year))?;
        row.1[0].parse().ok()
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

fn program() -> Program {
    let workspace =
        workspace::load(&Rules, "期间.heng").unwrap_or_else(|why| panic!("{}", why.message.zh));
    let faults = workspace.findings.0.iter().map(|it| it.message.zh.clone());
    let faults: Vec<String> = faults.collect();
    workspace.program.unwrap_or_else(|| panic!("{faults:?}"))
}

/// Whether every outcome of one set is in another.
fn holds(wide: &Set, narrow: &Set) -> bool {
    wide.union(narrow) == *wide
}

#[test]
fn what_is_reported_holds_the_truth_and_narrows() {
    let program = program();
    let (mut tape, mut settled, mut open) = (Tape(8), 0, 0);
    for round in 0..400 {
        let whole = Firm::whole(&mut tape);
        let some = whole.with_gaps(&mut tape, 20);
        let chance = 10 + 10 * (round % 6);
        let fewer = some.with_gaps(&mut tape, chance);
        let known = [&whole, &some, &fewer].map(|it| it.outcomes(&program));
        for ((truth, some), fewer) in known[0].iter().zip(&known[1]).zip(&known[2]) {
            assert!(truth.1.is_settled(), "{round} {}: {:?}", truth.0, truth.1);
            for (wide, narrow) in [(some, truth), (fewer, truth), (fewer, some)] {
                assert!(
                    holds(&wide.1, &narrow.1),
                    "{round} {}: {:?} does not hold {:?}",
                    wide.0,
                    wide.1,
                    narrow.1
                );
            }
            match fewer.1.is_settled() {
                true => settled += 1,
                false => open += 1,
            }
        }
    }
    assert!(settled > 500 && open > 500, "{settled} settled, {open} open");
}

#[test]
fn rows_in_another_order_come_to_the_same() {
    let program = program();
    let mut tape = Tape(13);
    for _ in 0..60 {
        let firm = Firm::whole(&mut tape).with_gaps(&mut tape, 30);
        let mut other = firm.clone();
        other.years.reverse();
        assert_eq!(firm.outcomes(&program), other.outcomes(&program));
    }
}

#[test]
fn without_gaps_it_is_what_arithmetic_says() {
    let program = program();
    let mut tape = Tape(21);
    for _ in 0..200 {
        let firm = Firm::whole(&mut tape);
        let last = firm.applied.expect("a whole firm") - 1;
        let founded: i32 = firm.founded[..4].parse().expect("a year");
        let years: Vec<i64> = (last - 2..=last).filter_map(|it| firm.income(it)).collect();
        let outcomes: BTreeMap<String, Set> = firm.outcomes(&program).into_iter().collect();
        let expected = |above: i64, below: i64| {
            Set::Number(match Number::fraction(above.into(), below.into()) {
                Some(number) => Possible::number(number),
                None => Possible::error(),
            })
        };
        let none = Set::Number(Possible::not_applicable());
        let sum: i64 = years.iter().sum();
        let count = years.len() as i64;
        assert_eq!(outcomes["合计"], if count == 0 { none.clone() } else { expected(sum, 1) });
        assert_eq!(outcomes["平均"], if count == 0 { none.clone() } else { expected(sum, count) });
        let (now, base) = (firm.income(last), firm.income(last - 1));
        assert_eq!(
            outcomes["增长"],
            match (now, base) {
                (Some(now), Some(base)) => expected(now - base, base),
                _ => none.clone(),
            }
        );
        let start = firm.income(last - 3);
        // now ÷ start ≥ 1.1³, in whole numbers.
        let fast = match (now, start) {
            (Some(_), Some(0)) => Truth::ERROR,
            (Some(now), Some(start)) => Truth::of(now * 1000 >= start * 1331),
            _ => Truth::NOT_APPLICABLE,
        };
        assert_eq!(outcomes["快增"], Set::Truth(fast), "{now:?} {start:?} {founded}");
    }
}
