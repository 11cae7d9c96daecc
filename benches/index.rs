//! Job B: an index of ten thousand clusters and twelve indicators, each a quotient of its own; the range of each sets its
//! scale, and the weighted sums are ranked. heng keeps values, points, contributions and totals in enclosures, each worked
//! out as an exact fraction when somebody asks for it or a rank turns on it; ranks are exact.
//! The loop beside it computes the same in fixed point with a bound on its error, and turns to exact fractions
//! only where two totals lie within it: its ranks are exact, its totals are not kept. `ratio` is ours ÷ loop, both on one
//! thread.

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
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::hint::black_box;
use std::sync::Arc;
use timing::Random;

const CLUSTERS: usize = 10_000;
const WEIGHTS: [i64; 12] = [12, 10, 8, 8, 10, 7, 5, 10, 8, 7, 8, 7];
/// Points of the loop are whole numbers of 10⁻²⁰ of a share.
const SCALE: i128 = 100_000_000_000_000_000_000;
/// Totals nearer than this are compared exactly: each of twelve points is cut off by less than one, times its weight.
const NEAR: i128 = 200;

/// A value: above and below the line.
type Fraction = (i64, i64);

/// The rulebook: twelve indicators by turns of three forms, and their score.
fn rules() -> String {
    let mut text = String::from("政策 指数\n数据 集群\n  名称    文本\n");
    let columns = |at: usize| [format!("现{at}"), format!("前{at}"), format!("基{at}")];
    for name in (0..WEIGHTS.len()).flat_map(columns) {
        let _ = writeln!(text, "  {name}  数（≥ 100）");
    }
    for at in 0..WEIGHTS.len() {
        let [now, before, base] = columns(at);
        let formula = match at % 3 {
            0 => format!("（{now} − {before}） ÷ {before}"),
            1 => format!("{now} ÷ {base}"),
            _ => format!("（{now} − {before}） ÷ {base}"),
        };
        let _ = writeln!(text, "指标 项{at}  对 集群\n  依据 第一条\n  公式 {formula}\n  单位 %");
    }
    text.push_str("评分 指数  对 集群\n  依据 第一条\n  | 指标 | 权重 | 标准化 |\n");
    for (at, weight) in WEIGHTS.iter().enumerate() {
        let _ = writeln!(text, "  | 项{at} | {weight}% | 极差 |");
    }
    text.push_str("  排名 从高到低\n");
    text
}

/// The data: of each indicator its current, previous and base values.
struct Clusters {
    columns: Vec<[Vec<i64>; 3]>,
}

impl Clusters {
    fn new() -> Clusters {
        let mut random = Random(42);
        let mut column = || (0..CLUSTERS).map(|_| 100 + random.below(10_000_000) as i64).collect();
        Clusters { columns: WEIGHTS.map(|_| [column(), column(), column()]).to_vec() }
    }

    /// The same columns as heng holds them.
    fn facts(&self, program: &Program) -> Facts {
        let names: Vec<Arc<str>> = (0..CLUSTERS).map(|it| it.to_string().into()).collect();
        let all = self.columns.iter().flatten().map(|values| {
            let values = Numbers::Scaled { scale: 0, mantissas: values.clone() };
            let column = Column::Number(NumberColumn { values, special: Sparse::default() });
            let filled = Bits::filled(CLUSTERS, true);
            Some(FieldColumn { column, header: None, filled, holes: BTreeMap::new() })
        });
        let columns = std::iter::once(None).chain(all).collect();
        assert_eq!(program.tables[0].fields.len(), 1 + 3 * WEIGHTS.len());
        let table = TableFacts {
            len: CLUSTERS,
            columns,
            keys: names.clone(),
            names,
            ..TableFacts::default()
        };
        Facts { tables: vec![table], ..Facts::default() }
    }

    /// The value of an indicator: above and below the line.
    fn value(&self, at: usize, row: usize) -> Fraction {
        let [now, before, base] = &self.columns[at];
        match at % 3 {
            0 => (now[row] - before[row], before[row]),
            1 => (now[row], base[row]),
            _ => (now[row] - before[row], base[row]),
        }
    }

    /// The ranks, by the loop.
    fn ranks(&self) -> Vec<u32> {
        let mut totals = vec![0i128; CLUSTERS];
        let mut extremes = vec![];
        for (at, weight) in WEIGHTS.iter().enumerate() {
            let values: Vec<Fraction> = (0..CLUSTERS).map(|row| self.value(at, row)).collect();
            let less = |a: Fraction, b: Fraction| {
                i128::from(a.0) * i128::from(b.1) < i128::from(b.0) * i128::from(a.1)
            };
            let low = values.iter().copied().reduce(|a, b| if less(b, a) { b } else { a });
            let high = values.iter().copied().reduce(|a, b| if less(a, b) { b } else { a });
            let (low, high) = (low.expect("there are clusters"), high.expect("there are clusters"));
            // (p/q − a/b) ÷ (c/d − a/b) = d (p b − a q) ÷ (q (c b − a d))
            let (a, b) = (i128::from(low.0), i128::from(low.1));
            let (c, d) = (i128::from(high.0), i128::from(high.1));
            let range = c * b - a * d;
            for (total, (p, q)) in totals.iter_mut().zip(&values) {
                let (p, q) = (i128::from(*p), i128::from(*q));
                *total += i128::from(*weight) * share(d * (p * b - a * q), q * range);
            }
            extremes.push([low, high]);
        }
        let mut order: Vec<u32> = (0..CLUSTERS as u32).collect();
        order.sort_unstable_by(|a, b| {
            let (x, y) = (totals[*a as usize], totals[*b as usize]);
            match (x - y).abs() > NEAR {
                true => y.cmp(&x),
                false => self.exactly(*b as usize, *a as usize, &extremes),
            }
        });
        let mut ranks = vec![0; CLUSTERS];
        for (place, row) in order.iter().enumerate() {
            let equal = place > 0 && {
                let before = order[place - 1] as usize;
                let near = (totals[before] - totals[*row as usize]).abs() <= NEAR;
                near && self.exactly(before, *row as usize, &extremes) == Ordering::Equal
            };
            ranks[*row as usize] =
                if equal { ranks[order[place - 1] as usize] } else { place as u32 + 1 };
        }
        ranks
    }

    /// Two totals compared as fractions.
    fn exactly(&self, a: usize, b: usize, extremes: &[[Fraction; 2]]) -> Ordering {
        self.total(a, extremes).cmp(&self.total(b, extremes))
    }

    /// A total as a fraction, of 100 points.
    fn total(&self, row: usize, extremes: &[[Fraction; 2]]) -> Number {
        let number = |(p, q): Fraction| Number::fraction(p.into(), q.into()).expect("q > 0");
        let points = WEIGHTS.iter().zip(extremes).enumerate().map(|(at, (weight, [low, high]))| {
            let (low, high) = (number(*low), number(*high));
            let share = number(self.value(at, row)).subtract(&low);
            let share = share.checked_div(&high.subtract(&low)).expect("a range above 0");
            share.multiply(&Number::from(*weight))
        });
        points.fold(Number::zero(), |sum, it| sum.add(&it))
    }
}

/// above ÷ below in units of [`SCALE`], cut off: digit by digit, for the products do not fit.
fn share(above: i128, below: i128) -> i128 {
    const STEP: i128 = 100_000;
    let (mut whole, mut rest) = (above / below, above % below);
    let mut scale = 1;
    while scale < SCALE {
        rest *= STEP;
        whole = whole * STEP + rest / below;
        rest %= below;
        scale *= STEP;
    }
    whole
}

/// Whether heng comes to the same ranks, and to the same totals in every hundredth cluster.
fn agree(program: &Program, outcome: &Outcome, clusters: &Clusters) {
    let score = &program.scores[0];
    let rank = score.rank.expect("the score is ranked");
    let number = |it: Number| Set::Number(Possible::number(it));
    for (row, place) in clusters.ranks().iter().enumerate() {
        assert_eq!(outcome.get(rank, row), number(Number::from(i64::from(*place))), "{row}");
    }
    let values = |at: usize| (0..CLUSTERS).map(move |row| clusters.value(at, row));
    let order = |a: &Fraction, b: &Fraction| {
        (i128::from(a.0) * i128::from(b.1)).cmp(&(i128::from(b.0) * i128::from(a.1)))
    };
    let extreme = |at: usize| {
        let both = [values(at).min_by(order), values(at).max_by(order)];
        both.map(|it| it.expect("there are clusters"))
    };
    let extremes: Vec<_> = (0..WEIGHTS.len()).map(extreme).collect();
    for row in (0..CLUSTERS).step_by(100) {
        assert_eq!(outcome.get(score.node, row), number(clusters.total(row, &extremes)), "{row}");
    }
}

fn main() {
    let workspace = timing::rulebook(vec![("rules.heng", rules())], "rules.heng");
    let program = workspace.program.as_ref().expect("a checked rulebook");
    let run = Run::default();
    let (one, two) = (timing::threads(1), timing::threads(2));
    let clusters = Clusters::new();
    let facts = clusters.facts(program);
    let evaluate = || eval::evaluate(program, &facts, &run);
    agree(program, &evaluate(), &clusters);
    let ours = || _ = black_box(evaluate());
    let ranks = || _ = black_box(black_box(&clusters).ranks());
    let (heng, by_loop) = one.install(|| timing::by_turns(ours, ranks));
    let twice = two.install(|| timing::alone(ours));
    let each = |time| timing::each(time, CLUSTERS) / 1_000.0;
    println!("index, {CLUSTERS} clusters, {} indicators, ranked, exact", WEIGHTS.len());
    println!("heng {:.2} µs a cluster on one thread, {:.2} on two", each(heng), each(twice));
    println!("loop {:.2} µs", each(by_loop));
    println!("ratio {:.2}", timing::ratio(heng, by_loop));
}
