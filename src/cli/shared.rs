//! Arguments that several commands take, declared once. What a command alone takes stands with it.

use clap::Args;
use clap::ValueEnum;

/// The rulebook.
#[derive(Args)]
pub struct Rulebook {
    /// A file or a folder.
    #[arg(
        value_name = "RULEBOOK",
        help = "规则：.heng 文件或文件夹 · a rule file or a folder of them"
    )]
    pub rulebook: String,
}

/// The data that are judged.
#[derive(Args)]
pub struct Data {
    /// Files and folders.
    #[arg(
        value_name = "DATA",
        required = true,
        help = "数据：文件夹、.xlsx、.csv 或 .json · a folder, .xlsx, .csv or .json; several are read together"
    )]
    pub data: Vec<String>,
}

/// The encoding of the data.
#[derive(Args)]
pub struct Encoding {
    /// Its name.
    #[arg(
        long = "encoding",
        value_name = "NAME",
        help = "数据的编码，如 gbk（不写则自动识别）· encoding of the data"
    )]
    pub name: Option<String>,
}

/// The form of the result: one of those of a command, text where nothing is said.
#[derive(Args)]
pub struct Form<F: Choice> {
    /// Which.
    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        help = said::<F>()
    )]
    pub format: F,
}

/// The forms of a command; `text` is among them.
pub trait Choice: ValueEnum + Clone + Send + Sync + 'static {}

impl<F: ValueEnum + Clone + Send + Sync + 'static> Choice for F {}

/// 输出格式：text（默认）、json 或 sarif
fn said<F: Choice>() -> String {
    let names = F::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    let names: Vec<String> =
        names.map(|it| it.get_name().replace("text", "text（默认）")).collect();
    let (last, rest) = names.split_last().expect("a command has forms");
    // No space after a bracket.
    let rest = rest.join("、");
    let space = if rest.ends_with('）') { "" } else { " " };
    format!("输出格式：{rest}{space}或 {last} · format of the output")
}

/// Where the result goes.
#[derive(Args)]
pub struct Target {
    /// A file; none is the standard output.
    #[arg(long, value_name = "FILE", help = "结果写入文件 · write the result to a file")]
    pub out: Option<String>,
}
