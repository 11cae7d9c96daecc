//! Small rulebooks made at random from a seed: indicators over child rows and periods, scores of every method, ranks of every kind. As texts, with data.

use crate::live::recalculated;
use crate::live::values;
use crate::oracle::tape::Tape;
use crate::oracle::tape::mix;
use crate::program::folder;
use crate::program::heng_in;
use calamine::Data;
use std::fmt::Write;
use std::path::PathBuf;

/// So many rulebooks are made.
const COUNT: u64 = 24;

const DATA: &str = "\
数据 单位
  编号   文本，标识
  名称   文本
  参加   是否
  类别   枚举 甲类、乙类、丙类，有序
  成立日 日期
  规模   数（0 至 1000），可缺
  产值   金额（万元，≥ 0），可无，可缺
  加项   数（0 至 5）
  企业   多条 企业
  年报   多条 年报，按 年度

数据 企业
  名称   文本
  类型   枚举 大、中、小
  收入   金额（千元，≥ 0），可缺
  人数   计量（人）
  高新   是否，可缺

数据 年报
  年度   年
  收入   金额（千元，> 0）
  研发   金额（千元，≥ 0），可缺

";

/// What an indicator is: a bare number, a ratio, or an amount that is only compared with others.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Bare,
    Ratio,
    Amount,
}

const FORMULAS: [(&str, Kind); 25] = [
    ("个数（企业 中 高新） ÷ 个数（企业）", Kind::Ratio),
    ("合计（企业 的 收入） ÷ 合计（企业 的 人数）", Kind::Amount),
    ("平均（企业 中 人数 ≥ 10 人 的 人数，空则 0）", Kind::Bare),
    ("最大（企业 的 人数，空则 0）", Kind::Bare),
    ("最小（企业 的 人数，空则 0）", Kind::Bare),
    ("中位（企业 的 人数，空则 0）", Kind::Bare),
    ("占比（企业 中 高新，空则 0）", Kind::Ratio),
    ("占比（企业 中 类型 为 大 的 人数，空则 0）", Kind::Ratio),
    ("前列合计（企业 的 人数， 2）", Kind::Bare),
    ("本期（年报 的 研发） ÷ 本期（年报 的 收入）", Kind::Ratio),
    ("同比（年报 的 收入）\n  基期非正 则 不适用", Kind::Ratio),
    ("年均增长（年报 的 收入，2 年）", Kind::Ratio),
    ("合计（年报 中 近 3 年 的 研发） ÷ 合计（年报 中 近 3 年 的 收入）", Kind::Ratio),
    ("平均（年报 中 近 2 年 的 （研发 ÷ 收入））", Kind::Ratio),
    ("若 规模 ≥ 500 则 规模 × 2 否则 规模 + 1", Kind::Bare),
    ("若 类别 不低于 乙类 则 保留（规模 ÷ 7， 2） 否则 取整（规模 ÷ 3）", Kind::Bare),
    ("最大（规模，不适用时（产值 ÷ 1 万元，0））", Kind::Bare),
    ("绝对值（规模 − 500）", Kind::Bare),
    ("幂（规模， 2） ÷ 1000", Kind::Bare),
    ("方根（规模， 2）", Kind::Bare),
    ("日数（成立日，评价日） ÷ 365", Kind::Bare),
    ("缺省（规模，100）", Kind::Bare),
    ("规模 − 平均（全部单位 的 规模，空则 0）", Kind::Bare),
    ("占比（全部单位 中 参加，空则 0）", Kind::Ratio),
    ("规模 − 中位（全部单位 中 参加 的 规模，空则 0）", Kind::Bare),
];

const COMPARED: [&str; 4] = ["极差", "功效（60， 40）", "标准分", "标准分（总体标准差）"];

fn method(tape: &mut Tape, kind: Kind) -> &'static str {
    let stated = match kind {
        Kind::Bare => [
            "极差（10， 500）",
            "极差（10， 500，不截断）",
            "功效（60， 40， 5， 100）",
            "目标（50）",
        ],
        Kind::Ratio => [
            "极差（1%， 50%）",
            "极差（1%， 50%，不截断）",
            "功效（60， 40， 1%， 30%）",
            "目标（20%）",
        ],
        Kind::Amount => COMPARED,
    };
    let from = if tape.pick(2) == 0 { COMPARED } else { stated };
    tape.choose(&from)
}

/// The rulebook of a seed.
pub fn rulebook(seed: u64) -> String {
    let choices: Vec<u16> = (0..200).map(|it| mix(seed, it) as u16).collect();
    let mut tape = Tape::new(&choices);
    let mut text = format!(
        "政策 例{seed}\n  文号 例〔2024〕{seed}号\n  施行 2020-01-01 起\n  数据期 2023年\n  条文 第一条\n\n{DATA}"
    );
    let count = 3 + tape.pick(3);
    let mut names = vec![];
    for at in 0..count {
        let (formula, kind) = tape.choose(&FORMULAS);
        let _ = write!(text, "指标 指标{at}  对 单位\n  依据 第一条\n  公式 {formula}\n\n");
        names.push((format!("指标{at}"), kind));
    }
    let _ = write!(
        text,
        "分级 档次  对 单位\n  依据 第一条\n  按 规模\n  | ≥ 600 | 高 |\n  | ≥ 200 | 中 |\n  | 其余 | 低 |\n\n"
    );
    let _ = write!(
        text,
        "判定表 加档  对 单位\n  依据 第一条\n  命中 {}\n  | 类别 | 规模 | 得 加分 |\n  | 甲类 | — | 1 |\n  | 乙类 | ≥ 300 | 2 |\n  | 乙类 | < 300 | 1.5 |\n  | 丙类 | — | 3 |\n\n",
        tape.choose(&["首行", "唯一"])
    );
    text += "评分 总评  对 单位\n  依据 第一条\n  满分 100 分\n  | 指标 | 权重 | 方向 | 标准化 |\n";
    let weights = ["30%", "50%", "20%"];
    for (at, (name, kind)) in names.iter().enumerate().take(3) {
        let (way, method) = (tape.choose(&["正向", "逆向"]), method(&mut tape, *kind));
        let _ = writeln!(text, "  | {name} | {} | {way} | {method} |", weights[at]);
    }
    let missing = ["区间", "区间，极值取已报者", "记零分", "取均值", "取中位", "分摊", "不参评"];
    let _ = writeln!(text, "  缺失 {}", tape.choose(&missing));
    let _ = writeln!(text, "  同值 {}", tape.choose(&["满分", "半分", "零分", "不适用"]));
    if tape.pick(2) == 0 {
        text += "  范围 全部单位 中 参加\n";
    }
    if tape.pick(3) == 0 {
        text += "  权重 归一\n";
    }
    if tape.pick(2) == 0 {
        text += "  加分 加项，满分 5 分\n  封顶 100 分\n";
    }
    if tape.pick(2) == 0 {
        let _ = writeln!(text, "  得分 保留 {} 位小数", tape.pick(3));
    }
    text += "  合格 ≥ 50 分\n";
    let ways = [
        "从高到低、并列同名次",
        "从高到低、并列连续",
        "从低到高、平均名次",
        "从高到低、再比 加项",
        "从低到高",
    ];
    let _ = writeln!(text, "  排名 {}", tape.choose(&ways));
    let lines = ["", "，并列 全入选", "，并列 全不选"];
    let _ = writeln!(text, "  入选 前 {} 名{}", 2 + tape.pick(6), tape.choose(&lines));
    text
}

/// Eleven units; cells are blank more often with some seeds than with others.
pub fn data(seed: u64) -> [(&'static str, String); 3] {
    let choices: Vec<u16> = (0..2000).map(|it| mix(seed ^ 0xDA7A, it) as u16).collect();
    let mut tape = Tape::new(&choices);
    let blank = [100_000, 12, 5][(seed % 3) as usize];
    let cell = |tape: &mut Tape, text: String| {
        if tape.rarely(blank) { String::new() } else { text }
    };
    let mut units = "编号,名称,参加,类别,成立日,规模,产值,加项\n".to_owned();
    let mut firms = "单位,名称,类型,收入,人数,高新\n".to_owned();
    let mut years = "单位,年度,收入,研发\n".to_owned();
    for unit in 1..=11 {
        let class = tape.choose(&["甲类", "乙类", "丙类"]);
        let in_it = if tape.rarely(5) { "否" } else { "是" };
        let day =
            format!("20{:02}-{:02}-{:02}", 5 + tape.pick(15), 1 + tape.pick(12), 1 + tape.pick(28));
        let size = ["600", "200", "13.75", "999.99", "0", "500"];
        let size = match tape.pick(3) {
            0 => tape.choose(&size).to_owned(),
            _ => format!("{}.{}", tape.pick(1000), tape.pick(10)),
        };
        let output = if tape.rarely(4) { "无".to_owned() } else { tape.pick(90_000).to_string() };
        let (size, output) = (cell(&mut tape, size), cell(&mut tape, output));
        let extra = tape.pick(6);
        let _ =
            writeln!(units, "{unit:03},单位{unit},{in_it},{class},{day},{size},{output},{extra}");
        for firm in 0..tape.pick(5) {
            let kind = tape.choose(&["大", "中", "小"]);
            let (income, people) = (tape.pick(60_000).to_string(), 1 + tape.pick(40));
            let income = cell(&mut tape, income);
            let high = tape.choose(&["是", "否"]).to_owned();
            let high = cell(&mut tape, high);
            let _ = writeln!(firms, "{unit:03},企业{unit}-{firm},{kind},{income},{people},{high}");
        }
        for year in 2020..=2023 {
            if !tape.rarely(blank) {
                let (income, spent) = (1 + tape.pick(50_000), tape.pick(3000).to_string());
                let spent = cell(&mut tape, spent);
                let _ = writeln!(years, "{unit:03},{year},{income},{spent}");
            }
        }
    }
    [("单位.csv", units), ("企业.csv", firms), ("年报.csv", years)]
}

#[test]
fn generated_rulebooks_recalculated_are_what_heng_found() {
    let mut files: Vec<PathBuf> = vec![];
    let mut refused = vec![];
    for seed in 0..COUNT {
        let here =
            folder(&format!("live_generated/{seed}"), &[("r.heng", rulebook(seed).as_bytes())]);
        std::fs::create_dir_all(here.join("data")).unwrap();
        for (name, text) in data(seed) {
            std::fs::write(here.join("data").join(name), text).unwrap();
        }
        let name = format!("g{seed}.xlsx");
        let args = [
            "eval",
            "r.heng",
            "data",
            "--on",
            "2024-03-31",
            "--format",
            "xlsx",
            "--live",
            "--out",
            &name,
        ];
        let answer = heng_in(&here, &args);
        match here.join(&name).exists() {
            true => files.push(here.join(&name)),
            false => refused.push((seed, answer.remarks)),
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
    // Where nothing is blank, every step is a formula, but for those that a score in error leaves open.
    for file in files.iter().step_by(3) {
        let guide = &values(file)["公式说明"];
        let head = guide.iter().find(|it| *it.1 == Data::String("工作表".to_owned())).unwrap().0.0;
        for (at, column) in guide.iter().filter(|it| it.0.0 > head && it.0.1 == 1) {
            let column = column.to_string();
            let ranks = ["排名用", "名次", "合格", "入选"].iter().any(|it| column.contains(it));
            assert!(ranks, "{}: row {}, {column}", file.display(), at.0);
        }
    }
    let Some(counts) = recalculated(&files) else { return };
    assert!(counts.iter().all(|it| *it > 400), "{counts:?} formulas");
}
