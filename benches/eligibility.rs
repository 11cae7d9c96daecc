//! Job A: a million records against eight conditions with a quotient, a set of 200 codes, a field that may be missing
//! and an exception. The rules come from rule text; beside them stands a loop over the rows, written by hand over the
//! same columns with the same exact arithmetic. `ratio` is ours ÷ loop, both on one thread.

mod timing;

use heng::data::Facts;
use heng::data::FieldColumn;
use heng::data::TableFacts;
use heng::eval;
use heng::eval::Outcome;
use heng::eval::Run;
use heng::ir::Program;
use heng::value::Bits;
use heng::value::Column;
use heng::value::DateHull;
use heng::value::End;
use heng::value::Hull;
use heng::value::Number;
use heng::value::NumberColumn;
use heng::value::Numbers;
use heng::value::PlainColumn;
use heng::value::Possible;
use heng::value::Sparse;
use heng::value::TruthColumn;
use heng::value::day;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use timing::Random;

const RECORDS: usize = 1_000_000;

/// One failing condition each, in the order of the rules below; then the verdicts.
const CONDITIONS: usize = 8;

/// The columns as the loop reads them. Money is in units of 0.01 万元, intensity in units of 0.01%.
#[derive(Default)]
struct Records {
    enterprises: Vec<i64>,
    revenue: Vec<i64>,
    intensity: Vec<i64>,
    high_tech: Vec<i64>,
    has_high_tech: Vec<bool>,
    zone: Vec<bool>,
    penalty: Vec<bool>,
    code: Vec<u32>,
    date: Vec<i32>,
}

impl Records {
    /// The records of `workloads`; with every ratio on its bound where that is asked.
    fn new(on_the_bound: bool) -> Records {
        let mut random = Random(20_261_123);
        let mut records = Records::default();
        for _ in 0..RECORDS {
            records.enterprises.push(random.below(1001) as i64);
            let mut revenue = 1 + random.below(500_000_000) as i64;
            records.intensity.push(random.below(1201) as i64);
            let mut high_tech = revenue * (3000 + random.below(7001) as i64) / 10_000;
            if high_tech * 5 == revenue * 3 {
                high_tech += 1;
            }
            if on_the_bound {
                // Only a multiple of 5 has 60% of it exactly.
                revenue += 5 - revenue % 5;
                high_tech = revenue / 5 * 3;
            }
            records.revenue.push(revenue);
            records.high_tech.push(high_tech);
            records.has_high_tech.push(random.below(100) >= 3);
            records.zone.push(random.below(2) == 1);
            records.penalty.push(random.below(10) == 0);
            let code = random.below(600) as u32;
            records.code.push(if random.below(2) == 0 { code - code % 3 } else { code });
            let (year, month) = (2000 + random.below(26) as i32, 1 + random.below(12) as u32);
            let date = day::from_ymd(year, month, 1 + random.below(28) as u32);
            records.date.push(date.expect("a day up to the 28th"));
        }
        records
    }

    /// The same columns as heng holds them.
    fn facts(&self, program: &Program) -> Facts {
        let numbers = |values: &[i64], scale: u32, special: Sparse<Hull>| {
            let values = Numbers::Scaled { scale, mantissas: values.to_vec() };
            Column::Number(NumberColumn { values, special })
        };
        // 0.01 万元 is 100 元, and 元 is what money is held in.
        let money = |values: &[i64], special| {
            numbers(&values.iter().map(|it| it * 100).collect::<Vec<_>>(), 0, special)
        };
        let truths = |values: &[bool]| {
            Column::Truth(TruthColumn::plain(Bits::collect(values.iter().copied())))
        };
        let at_least_0 = Hull { low: Some(End::closed(Number::zero())), high: None };
        let mut missing = Sparse::default();
        for (row, _) in self.has_high_tech.iter().enumerate().filter(|it| !it.1) {
            missing.push(row as u32, Possible::values(at_least_0.clone()));
        }
        let columns = [
            ("企业数", numbers(&self.enterprises, 0, Sparse::default())),
            ("营业收入", money(&self.revenue, Sparse::default())),
            ("研发强度", numbers(&self.intensity, 4, Sparse::default())),
            ("高新收入", money(&self.high_tech, missing)),
            ("在高新区", truths(&self.zone)),
            ("受过处罚", truths(&self.penalty)),
            ("产业代码", Column::Member(plain(&self.code))),
            ("成立日期", Column::Date(plain::<i32, DateHull>(&self.date))),
        ];
        let table = &program.tables[0];
        let column = |name: &str| {
            let column = &columns.iter().find(|it| it.0 == name).expect("a field of the job").1;
            let filled = match name {
                "高新收入" => Bits::collect(self.has_high_tech.iter().copied()),
                _ => Bits::filled(RECORDS, true),
            };
            FieldColumn {
                column: column.clone(),
                header: Some(name.to_owned()),
                filled,
                holes: BTreeMap::new(),
            }
        };
        let keys: Vec<Arc<str>> = vec![];
        let table = TableFacts {
            len: RECORDS,
            columns: table.fields.iter().map(|it| Some(column(&it.name))).collect(),
            keys: keys.clone(),
            names: keys,
            ..TableFacts::default()
        };
        Facts { tables: vec![table], ..Facts::default() }
    }

    /// The loop: pass, undetermined, and the failures of each condition.
    fn count(&self, listed: &[bool], limit: i32) -> Counts {
        let mut counts = Counts::default();
        for row in 0..RECORDS {
            let (enterprises, intensity) = (self.enterprises[row], self.intensity[row]);
            let fails = [
                enterprises < 100,
                self.revenue[row] < 40_000_000,
                intensity < 300,
                self.has_high_tech[row] && self.high_tech[row] * 5 < self.revenue[row] * 3,
                !listed[self.code[row] as usize],
                self.date[row] > limit,
                !(self.zone[row] || enterprises >= 500),
                self.penalty[row] && intensity < 800,
            ];
            let unknown = !self.has_high_tech[row];
            let mut failed = false;
            for (count, fails) in counts.failures.iter_mut().zip(fails) {
                *count += fails as usize;
                failed |= fails;
            }
            counts.passed += (!failed && !unknown) as usize;
            counts.undetermined += (!failed && unknown) as usize;
        }
        counts
    }
}

fn plain<T: Copy, S>(values: &[T]) -> PlainColumn<T, S> {
    PlainColumn { values: values.to_vec(), special: Sparse::default() }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: usize,
    undetermined: usize,
    failures: [usize; CONDITIONS],
}

impl Counts {
    /// The same from what heng has kept: the verdict, and the outcome of every criterion.
    fn of(program: &Program, outcome: &Outcome) -> Counts {
        let truths = |id| match &outcome.columns[&id] {
            Column::Truth(it) => it,
            _ => panic!("a verdict is a truth"),
        };
        let verdict = truths(program.conclusions[0].node);
        let unknown = verdict.t.zip(&verdict.f, |t, f| t & f).count();
        let failures = program.criteria.iter().map(|it| {
            let truths = truths(it.node);
            truths.f.zip(&truths.t, |f, t| f & !t).count()
        });
        Counts {
            passed: verdict.t.count() - unknown,
            undetermined: unknown,
            failures: failures.collect::<Vec<_>>().try_into().expect("eight conditions"),
        }
    }
}

fn rules() -> String {
    let codes: Vec<String> = (0..600).step_by(3).map(|it| format!("C{it:03}")).collect();
    let codes = codes.join("、");
    format!(
        "政策 资格认定
数据 申报
  企业数    计量（家）
  营业收入  金额（万元，> 0）
  研发强度  比率（%，≥ 0）
  高新收入  金额（万元，≥ 0），可缺
  在高新区  是否
  受过处罚  是否
  产业代码  代码
  成立日期  日期
名单 代码 取自 “codes.tsv”，完整
  名称 为 name，代码 为 code
条件 规模  对 申报
  依据 第一条
  应当 企业数 ≥ 100 家
条件 收入  对 申报
  依据 第二条
  应当 营业收入 ≥ 400000 万元
条件 研发  对 申报
  依据 第三条
  应当 研发强度 ≥ 3%
条件 高新  对 申报
  依据 第四条
  应当 高新收入 ÷ 营业收入 ≥ 60%
条件 产业  对 申报
  依据 第五条
  应当 产业代码 属于（{codes}）
条件 年限  对 申报
  依据 第六条
  应当 成立日期 不晚于 2021-06-30
条件 区域  对 申报
  依据 第七条
  应当 在高新区 或 企业数 ≥ 500 家
条件 守法  对 申报
  依据 第八条
  不得 受过处罚
  例外 第九条 当 研发强度 ≥ 8% 视同 符合
结论 资格  对 申报
  依据 第十条
  须符合 规模、收入、研发、高新、产业、年限、区域、守法
"
    )
}

fn main() {
    let codes: String = (0..600).map(|it| format!("C{it:03}\tC{it:03}\n")).collect();
    let files = vec![("rules.heng", rules()), ("codes.tsv", format!("name\tcode\n{codes}"))];
    let workspace = timing::rulebook(files, "rules.heng");
    let program = workspace.program.as_ref().expect("a checked rulebook");
    let listed: Vec<bool> = (0..600).map(|it| it % 3 == 0).collect();
    let limit = day::from_ymd(2021, 6, 30).expect("a day");
    let run = Run::default();
    let (one, two) = (timing::threads(1), timing::threads(2));
    for on_the_bound in [false, true] {
        let records = Records::new(on_the_bound);
        let facts = records.facts(program);
        let evaluate = || eval::evaluate(program, &facts, &run);
        let counts = records.count(&listed, limit);
        assert_eq!(Counts::of(program, &evaluate()), counts, "heng and the loop agree");
        if on_the_bound {
            assert_eq!(counts.failures[3], 0, "what lies on its bound does not fail it");
            println!("every ratio on its bound: {} pass, as in the loop", counts.passed);
            continue;
        }
        assert_eq!((counts.passed, counts.undetermined), (139_764, 7_506), "as in the workload");
        let looped = || _ = black_box(records.count(black_box(&listed), limit));
        let (ours, loops) = one.install(|| timing::by_turns(|| _ = black_box(evaluate()), looped));
        let twice = two.install(|| timing::alone(|| _ = black_box(evaluate())));
        let each = |time| timing::each(time, RECORDS);
        println!("eligibility, {RECORDS} records, {counts:?}");
        println!("heng {:.1} ns a record on one thread, {:.1} on two", each(ours), each(twice));
        println!("loop {:.1} ns a record on one thread, counting only", each(loops));
        println!("ratio {:.2}", timing::ratio(ours, loops));
    }
}
