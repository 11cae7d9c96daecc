//! A million CSV rows and two hundred thousand rows of a workbook to typed columns, beside the csv crate and calamine
//! finding the cells of the same files; and the most memory that takes, beside the columns. It judges nothing.

mod timing;

use calamine::Data;
use calamine::Reader;
use calamine::Xlsx;
use csv::ByteRecord;
use csv::ReaderBuilder;
use heng::data;
use heng::data::Facts;
use heng::ir::Program;
use heng::source::Files;
use heng::workspace;
use peak_alloc::PeakAlloc;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::XlsxError;
use std::fs;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use timing::Random;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const CSV_RECORDS: usize = 1_000_000;
const XLSX_RECORDS: usize = 200_000;
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

const HEADS: [&str; 8] =
    ["集群", "名称", "营业收入", "研发强度", "从业人员", "类型", "高新", "成立日期"];

/// One row: texts as a CSV file has them.
fn row(random: &mut Random, at: usize, count: usize, grouped: bool) -> [String; 8] {
    let mixed = random.below(PARENTS as u64) as usize;
    let parent = if grouped { at * PARENTS / count } else { mixed };
    let revenue = random.below(500_000_000);
    let intensity = match random.below(100) {
        0..3 => String::new(),
        _ => format!("{}.{:02}", random.below(12), random.below(100)),
    };
    let kind = ["微型", "小型", "中型", "大型"][random.below(4) as usize];
    let high_tech = ["是", "否"][random.below(2) as usize];
    let (year, month, day) = (2000 + random.below(26), 1 + random.below(12), 1 + random.below(28));
    [
        format!("集群{parent:05}"),
        format!("企业{at:07}"),
        format!("{}.{:02}", revenue / 100, revenue % 100),
        intensity,
        random.below(1001).to_string(),
        kind.to_owned(),
        high_tech.to_owned(),
        format!("{year}-{month:02}-{day:02}"),
    ]
}

/// The disk.
struct Disk;

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        fs::read(path).map_err(|why| why.to_string())
    }

    fn list(&self, path: &str) -> Result<Vec<String>, String> {
        Ok(vec![path.to_owned()])
    }
}

/// What `heng eval` does before it evaluates: read, find headers, bind.
fn load(program: &Program, paths: &[String]) -> Facts {
    let mut read = workspace::read_data(&Disk, paths, None).unwrap_or_else(|_| panic!("{paths:?}"));
    data::settle(program, &mut read.tables);
    data::bind(program, &read.tables).0
}

/// Prints what loading takes, with one thread.
fn measure(program: &Program, paths: &[String], count: usize) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let facts = timing::threads(1).install(|| load(program, paths));
    let (peak, columns) = (MEMORY.peak_usage() - before, MEMORY.current_usage() - before);
    let rows = &facts.tables[1];
    assert_eq!((rows.len, rows.parents.len()), (count, count), "every row has its parent");
    let plain = rows.columns[1].as_ref().expect("a column of numbers");
    assert!(plain.holes.is_empty(), "every number is read");
    let mega = |bytes: usize| bytes as f64 / 1e6;
    println!(
        "heng memory: {:.0} MB at most, {:.0} MB of columns: {:.2}",
        mega(peak),
        mega(columns),
        peak as f64 / columns as f64
    );
}

/// Prints our time and another's, taken by turns.
fn beside(name: &str, count: usize, ours: impl FnMut() + Send, other: impl FnMut() + Send) {
    let (ours, other) = timing::threads(1).install(|| timing::by_turns(ours, other));
    let each = |time| timing::each(time, count);
    println!(
        "heng {:.0} ns a row, {name} {:.0} ns a row, ratio {:.2}",
        each(ours),
        each(other),
        timing::ratio(ours, other)
    );
}

fn cells_of_csv(path: &Path) {
    let mut reader = ReaderBuilder::new().from_path(path).expect("the file is there");
    let (mut record, mut cells) = (ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record).expect("a sound CSV") {
        cells += record.len();
    }
    assert_eq!(cells, CSV_RECORDS * HEADS.len());
}

fn cells_of_calamine(path: &Path) {
    let mut book: Xlsx<_> = calamine::open_workbook(path).expect("a sound workbook");
    let range = book.worksheet_range("企业").expect("its sheet");
    assert_eq!(range.height(), XLSX_RECORDS + 1);
    let filled = range.used_cells().filter(|it| *it.2 != Data::Empty).count();
    assert!(filled > XLSX_RECORDS * (HEADS.len() - 1));
}

fn csv_file(place: &Path, grouped: bool) -> PathBuf {
    let path = place.join("企业.csv");
    let mut random = Random(7);
    let mut out = std::io::BufWriter::new(fs::File::create(&path).expect("room on the disk"));
    writeln!(out, "{}", HEADS.join(",")).expect("room on the disk");
    for at in 0..CSV_RECORDS {
        let cells = row(&mut random, at, CSV_RECORDS, grouped);
        writeln!(out, "{}", cells.join(",")).expect("room on the disk");
    }
    path
}

/// Numbers and days are numbers, as a spreadsheet program writes them.
fn xlsx_file(place: &Path) -> Result<PathBuf, XlsxError> {
    let mut random = Random(7);
    let mut book = Workbook::new();
    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet();
    sheet.set_name("集群")?.write(0, 0, "名称")?;
    for (at, name) in (1..).zip((0..PARENTS).map(|it| format!("集群{it:05}"))) {
        sheet.write(at, 0, name)?;
    }
    let sheet = book.add_worksheet();
    sheet.set_name("企业")?;
    for (column, head) in (0..).zip(HEADS) {
        sheet.write(0, column, head)?;
    }
    for at in 0..XLSX_RECORDS {
        let cells = row(&mut random, at, XLSX_RECORDS, true);
        for (column, cell) in (0..).zip(&cells) {
            let line = at as u32 + 1;
            match column {
                2..=4 if !cell.is_empty() => {
                    sheet.write(line, column, cell.parse::<f64>().expect("a number"))?;
                }
                7 => {
                    let day = rust_xlsxwriter::ExcelDateTime::parse_from_str(cell)?;
                    sheet.write_with_format(line, column, &day, &date)?;
                }
                _ => _ = sheet.write(line, column, cell)?,
            }
        }
    }
    let path = place.join("材料.xlsx");
    book.save(&path)?;
    Ok(path)
}

fn main() {
    let workspace = timing::rulebook(vec![("rules.heng", RULES.to_owned())], "rules.heng");
    let program = workspace.program.as_ref().expect("a checked rulebook");
    let place = std::env::temp_dir().join(format!("heng-load-{}", std::process::id()));
    fs::create_dir_all(&place).expect("room on the disk");
    let shown = |path: &Path| path.to_str().expect("a path of text").to_owned();
    let parents: String = (0..PARENTS).map(|it| format!("集群{it:05}\n")).collect();
    let above = place.join("集群.csv");
    fs::write(&above, format!("名称\n{parents}")).expect("room on the disk");
    for (name, grouped) in [("mixed up", false), ("grouped by parent", true)] {
        let path = csv_file(&place, grouped);
        let paths = [shown(&above), shown(&path)];
        println!("load, {CSV_RECORDS} CSV rows, {name}");
        measure(program, &paths, CSV_RECORDS);
        let ours = || _ = black_box(load(program, &paths));
        beside("csv crate", CSV_RECORDS, ours, || cells_of_csv(&path));
    }
    let path = xlsx_file(&place).expect("a workbook");
    let paths = [shown(&path)];
    println!("load, {XLSX_RECORDS} rows of a workbook");
    measure(program, &paths, XLSX_RECORDS);
    let ours = || _ = black_box(load(program, &paths));
    beside("calamine", XLSX_RECORDS, ours, || cells_of_calamine(&path));
    let _ = fs::remove_dir_all(&place);
}
