//! Job C: a million enterprises in a thousand clusters; of each cluster the revenue of its high-tech firms, their
//! count, the share of the five largest and the mean of R&D. heng holds the rows of a cluster together, because that
//! is what loading makes of them; the loops stand beside it over rows that lie so, and over rows in random order.
//! `ratio` is ours ÷ loop, both on one thread, both exact.

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
use heng::value::Number;
use heng::value::NumberColumn;
use heng::value::Numbers;
use heng::value::Possible;
use heng::value::Set;
use heng::value::Sparse;
use heng::value::TruthColumn;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use timing::Random;

const ENTERPRISES: usize = 1_000_000;
const CLUSTERS: usize = 1_000;
/// Enterprises of which the share is asked.
const LARGEST: usize = 5;

const RULES: &str = "政策 汇总
数据 集群
  名称    文本
  企业    多条 企业
数据 企业
  营业收入  金额（万元，≥ 0）
  研发经费  金额（万元，≥ 0）
  高新      是否
指标 高新收入  对 集群
  依据 第一条
  公式 合计（企业 中 高新 的 营业收入）
指标 高新个数  对 集群
  依据 第一条
  公式 个数（企业 中 高新）
指标 集中度  对 集群
  依据 第一条
  公式 前列合计（企业 的 营业收入，5） ÷ 合计（企业 的 营业收入）
指标 平均研发  对 集群
  依据 第一条
  公式 平均（企业 的 研发经费）
条件 有规模  对 集群
  依据 第一条
  应当 高新收入 ≥ 0 万元
结论 合格  对 集群
  依据 第一条
  须符合 有规模
";

/// The enterprises, in the order of their clusters. Money is in units of 0.01 万元.
struct Enterprises {
    cluster: Vec<u32>,
    revenue: Vec<i64>,
    research: Vec<i64>,
    high_tech: Vec<bool>,
    /// Where each enterprise stands in a random order.
    order: Vec<u32>,
}

/// What is asked of a cluster: high-tech revenue, high-tech firms, the five largest, all revenue, R&D, firms.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
struct Sums {
    high_tech: i64,
    count: i64,
    largest: i64,
    revenue: i64,
    research: i64,
    firms: i64,
}

impl Enterprises {
    fn new() -> Enterprises {
        let mut random = Random(7);
        let mut it = Enterprises {
            cluster: (0..ENTERPRISES).map(|_| random.below(CLUSTERS as u64) as u32).collect(),
            revenue: vec![],
            research: vec![],
            high_tech: vec![],
            order: (0..ENTERPRISES as u32).collect(),
        };
        it.cluster.sort_unstable();
        for _ in 0..ENTERPRISES {
            let revenue = 1 + random.below(500_000_000) as i64;
            it.revenue.push(revenue);
            it.research.push(revenue * random.below(1201) as i64 / 10_000);
            it.high_tech.push(random.below(2) == 1);
        }
        for at in (1..ENTERPRISES).rev() {
            it.order.swap(at, random.below(at as u64 + 1) as usize);
        }
        it
    }

    /// The same columns as heng holds them.
    fn facts(&self, program: &Program) -> Facts {
        let money = |values: &[i64]| {
            let mantissas = values.iter().map(|it| it * 100).collect();
            let values = Numbers::Scaled { scale: 0, mantissas };
            Column::Number(NumberColumn { values, special: Sparse::default() })
        };
        let high_tech = Bits::collect(self.high_tech.iter().copied());
        let columns = [
            ("营业收入", money(&self.revenue)),
            ("研发经费", money(&self.research)),
            ("高新", Column::Truth(TruthColumn::plain(high_tech))),
        ];
        let field = |name: &str| {
            let (_, column) = columns.iter().find(|it| it.0 == name)?;
            Some(FieldColumn {
                column: column.clone(),
                header: Some(name.to_owned()),
                filled: Bits::filled(ENTERPRISES, true),
                holes: BTreeMap::new(),
            })
        };
        let mut offsets = vec![0u32; CLUSTERS + 1];
        for cluster in &self.cluster {
            offsets[*cluster as usize + 1] += 1;
        }
        for at in 0..CLUSTERS {
            offsets[at + 1] += offsets[at];
        }
        let names: Vec<Arc<str>> = (0..CLUSTERS).map(|it| it.to_string().into()).collect();
        let clusters = TableFacts {
            len: CLUSTERS,
            columns: vec![None, None],
            keys: names.clone(),
            names,
            ..TableFacts::default()
        };
        let enterprises = TableFacts {
            len: ENTERPRISES,
            columns: program.tables[1].fields.iter().map(|it| field(&it.name)).collect(),
            parents: self.cluster.clone(),
            offsets,
            ..TableFacts::default()
        };
        Facts { tables: vec![clusters, enterprises], ..Facts::default() }
    }

    /// The loop over rows that lie cluster by cluster.
    fn grouped(&self, offsets: &[u32]) -> Vec<Sums> {
        let mut all = Vec::with_capacity(CLUSTERS);
        for range in offsets.windows(2) {
            let mut sums = Sums::default();
            let mut largest = [0; LARGEST];
            for row in range[0] as usize..range[1] as usize {
                self.add(row, &mut sums, &mut largest);
            }
            sums.largest = largest.iter().sum();
            all.push(sums);
        }
        all
    }

    /// The loop over rows in random order, each with the number of its cluster.
    fn scattered(&self, shuffled: &Enterprises) -> Vec<Sums> {
        let mut all = vec![(Sums::default(), [0; LARGEST]); CLUSTERS];
        for row in 0..ENTERPRISES {
            let (sums, largest) = &mut all[shuffled.cluster[row] as usize];
            shuffled.add(row, sums, largest);
        }
        let sums = |(sums, largest): &(Sums, [i64; LARGEST])| Sums {
            largest: largest.iter().sum(),
            ..*sums
        };
        all.iter().map(sums).collect()
    }

    #[inline]
    fn add(&self, row: usize, sums: &mut Sums, largest: &mut [i64; LARGEST]) {
        let revenue = self.revenue[row];
        sums.firms += 1;
        sums.revenue += revenue;
        sums.research += self.research[row];
        if self.high_tech[row] {
            sums.high_tech += revenue;
            sums.count += 1;
        }
        // Ascending; the least gives way.
        if revenue > largest[0] {
            let mut at = 0;
            while at + 1 < LARGEST && largest[at + 1] < revenue {
                largest[at] = largest[at + 1];
                at += 1;
            }
            largest[at] = revenue;
        }
    }

    fn shuffled(&self) -> Enterprises {
        let take = |it: &[i64]| self.order.iter().map(|at| it[*at as usize]).collect();
        Enterprises {
            cluster: self.order.iter().map(|at| self.cluster[*at as usize]).collect(),
            revenue: take(&self.revenue),
            research: take(&self.research),
            high_tech: self.order.iter().map(|at| self.high_tech[*at as usize]).collect(),
            order: vec![],
        }
    }
}

/// Whether heng comes to the same: numbers that are equal, not near.
fn agree(program: &Program, outcome: &Outcome, sums: &[Sums]) {
    let money = |it: i64| Number::scaled(it.into(), 2).multiply(&Number::from(10_000));
    for (row, it) in sums.iter().enumerate() {
        let expected = [
            money(it.high_tech),
            Number::from(it.count),
            Number::fraction(it.largest.into(), it.revenue.into()).expect("revenue is above 0"),
            money(it.research).checked_div(&Number::from(it.firms)).expect("there are firms"),
        ];
        for (indicator, expected) in program.indicators.iter().zip(expected) {
            let set = Set::Number(Possible::number(expected));
            assert_eq!(outcome.get(indicator.node, row), set, "{}, {row}", indicator.head.name);
        }
    }
}

fn main() {
    let workspace = timing::rulebook(vec![("rules.heng", RULES.to_owned())], "rules.heng");
    let program = workspace.program.as_ref().expect("a checked rulebook");
    let run = Run::default();
    let (one, two) = (timing::threads(1), timing::threads(2));
    let enterprises = Enterprises::new();
    let facts = enterprises.facts(program);
    let offsets = facts.tables[1].offsets.clone();
    let shuffled = enterprises.shuffled();
    let evaluate = || eval::evaluate(program, &facts, &run);
    let sums = enterprises.grouped(&offsets);
    assert_eq!(sums, enterprises.scattered(&shuffled), "both loops agree");
    agree(program, &evaluate(), &sums);
    let ours = || _ = black_box(evaluate());
    let grouped = || _ = black_box(enterprises.grouped(black_box(&offsets)));
    let scattered = || _ = black_box(enterprises.scattered(black_box(&shuffled)));
    let (heng, grouped) = one.install(|| timing::by_turns(ours, grouped));
    let (again, scattered) = one.install(|| timing::by_turns(ours, scattered));
    let twice = two.install(|| timing::alone(ours));
    let each = |time| timing::each(time, ENTERPRISES);
    println!(
        "aggregates, {ENTERPRISES} enterprises in {CLUSTERS} clusters, four indicators, exact"
    );
    println!("heng {:.1} ns an enterprise on one thread, {:.1} on two", each(heng), each(twice));
    println!("loop {:.1} ns grouped, {:.1} in random order", each(grouped), each(scattered));
    println!("ratio {:.2} to grouped", timing::ratio(heng, grouped));
    println!("ratio {:.2} to random order", timing::ratio(again, scattered));
}
