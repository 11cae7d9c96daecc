//! A million CSV rows of eight columns to typed columns, by heng's own reading; beside it the csv crate alone, which finds
//! the cells and types none of them. `ratio` is ours ÷ csv crate, both on one thread.

mod timing;

use csv::ByteRecord;
use csv::ReaderBuilder;
use heng::data;
use heng::data::csv as tables;
use heng::value::Column;
use std::hint::black_box;
use timing::Random;

const RECORDS: usize = 1_000_000;
const PARENTS: usize = 10_000;

const RULES: &str = "政策 读取
数据 集群
  名称      文本，标识
  企业      多条 企业
数据 企业
  名称      文本
  营业收入  金额（万元，≥ 0）
  研发强度  比率（%，≥ 0），可缺
  从业人员  计量（人）
  类型      枚举 微型、小型、中型、大型
  高新      是否
  成立日期  日期
条件 规模  对 集群
  依据 第一条
  应当 个数（企业 中 高新） ≥ 1 家
结论 资格  对 集群
  依据 第二条
  须符合 规模
";

/// The rows, each parent's together or all mixed up.
fn rows(grouped: bool) -> String {
    let mut random = Random(7);
    let mut text = String::from("集群,名称,营业收入,研发强度,从业人员,类型,高新,成立日期\n");
    for row in 0..RECORDS {
        let mixed = random.below(PARENTS as u64) as usize;
        let parent = if grouped { row * PARENTS / RECORDS } else { mixed };
        let revenue = random.below(500_000_000);
        let intensity = match random.below(100) {
            0..3 => String::new(),
            _ => format!("{}.{:02}", random.below(12), random.below(100)),
        };
        let kind = ["微型", "小型", "中型", "大型"][random.below(4) as usize];
        let high_tech = ["是", "否"][random.below(2) as usize];
        let (year, month, day) =
            (2000 + random.below(26), 1 + random.below(12), 1 + random.below(28));
        text += &format!(
            "集群{parent:05},企业{row:07},{}.{:02},{intensity},{},{kind},{high_tech},{year}-{month:02}-{day:02}\n",
            revenue / 100,
            revenue % 100,
            random.below(1001),
        );
    }
    text
}

fn main() {
    let workspace = timing::rulebook(vec![("rules.heng", RULES.to_owned())], "rules.heng");
    let program = workspace.program.as_ref().expect("a checked rulebook");
    let parents: String = (0..PARENTS).map(|it| format!("集群{it:05}\n")).collect();
    let parents = format!("名称\n{parents}");
    let one = timing::threads(1);
    for (name, grouped) in [("mixed up", false), ("grouped by parent", true)] {
        let rows = rows(grouped);
        let load = || {
            let read = |name: &str, text: &str| {
                let (table, found) =
                    tables::read(name, &format!("{name}.csv"), text.as_bytes(), None);
                assert!(found.0.is_empty(), "{found:?}");
                table.expect("a table with a header")
            };
            let raw = [read("集群", &parents), read("企业", &rows)];
            data::bind(program, &raw).0
        };
        let facts = load();
        let attached = facts.tables[1].parents.len();
        assert_eq!((facts.tables[1].len, attached), (RECORDS, RECORDS), "every row has its parent");
        let numbers = facts.tables[1].columns[1].as_ref().expect("a column of numbers");
        assert!(matches!(numbers.column, Column::Number(_)) && numbers.holes.is_empty());
        drop(facts);
        let cells = || {
            let mut reader = ReaderBuilder::new().from_reader(rows.as_bytes());
            let (mut record, mut cells) = (ByteRecord::new(), 0);
            while reader.read_byte_record(&mut record).expect("a sound CSV") {
                cells += record.len();
            }
            assert_eq!(cells, RECORDS * 8, "eight cells a row");
        };
        let (ours, csv) = one.install(|| timing::by_turns(|| _ = black_box(load()), cells));
        let each = |time| timing::each(time, RECORDS);
        println!("load, {RECORDS} rows, {name}");
        println!("heng {:.0} ns a row to typed columns", each(ours));
        println!("csv crate {:.0} ns a row to cells", each(csv));
        println!("ratio {:.2}", timing::ratio(ours, csv));
    }
}
