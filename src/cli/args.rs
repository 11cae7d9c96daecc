//! What may be written after `heng`, and what is said when it is written wrong. The commands themselves are elsewhere.

use crate::cli::Exit;
use crate::cli::check;
use crate::cli::diff;
use crate::cli::eval;
use crate::cli::explain;
use crate::cli::name;
use crate::cli::output::Output;
use crate::cli::template;
use crate::cli::test;
use crate::diagnostic::Lang;
use crate::report::layout::visible;
use clap::ArgAction;
use clap::Parser;
use clap::Subcommand;
use clap::error::ContextKind;
use clap::error::ContextValue;
use clap::error::ErrorKind;
use std::ffi::OsString;

/// The layout of the help of the program.
const ROOT: &str = "{about}\n\n用法 Usage：{usage}\n\n命令 Commands：\n{subcommands}\n\n选项 Options：\n{options}{after-help}\n";

/// The layout of the help of a command; clap does not hand the root's down.
pub const COMMAND: &str = "{about}\n\n用法 Usage：{usage}\n\n参数 Arguments：\n{positionals}\n\n选项 Options：\n{options}\n";

/// The whole command line.
#[derive(Parser)]
#[command(
    name = "heng",
    version,
    about = "衡：把政策条文写成规则，逐条判定并说明理由\nPolicy rules as text, verdicts with reasons",
    after_help = "退出码 Exit codes：\n  0 全部符合 met · 1 未能运行 failed · 2 有不符合 not met\n  3 规则有错 rules in error · 4 有无法判定 undetermined",
    override_usage = "heng <命令 COMMAND> [选项 OPTIONS]",
    help_template = ROOT,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    arg_required_else_help = true,
    subcommand_required = true
)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// The language of what people read.
    #[arg(long, value_name = "LANG", global = true, display_order = 90, default_value = "zh", hide_default_value = true,
        hide_possible_values = true, value_parser = lang, help = "输出语言：zh（默认）或 en · language of the output")]
    pub lang: Lang,

    #[arg(short = 'h', long, action = ArgAction::Help, global = true, display_order = 91, help = "显示帮助 · show this help")]
    help: Option<bool>,

    #[arg(short = 'V', long, action = ArgAction::Version, display_order = 92, help = "显示版本 · show the version")]
    version: Option<bool>,
}

/// Formats of what is short: for people, or for programs.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Formats of findings: for people, for programs, and for those who host the rules.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Host {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// SARIF, which code hosts show beside the lines.
    Sarif,
    /// GitHub's workflow commands.
    Github,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// `heng check`
    #[command(about = "检查规则写得对不对 · parse and check a rulebook")]
    Check(check::Args),
    /// `heng eval`
    #[command(about = "判定每个案例 · evaluate every case")]
    Eval(eval::Args),
    /// `heng explain`
    #[command(about = "说明一个案例的判定 · explain the verdict of one case")]
    Explain(explain::Args),
    /// `heng diff`
    #[command(
        about = "两版规则、两版数据的差异 · what changes between two rulebooks, and which edit did it"
    )]
    Diff(Box<diff::Args>),
    /// `heng name`
    #[command(about = "判断一个名称合不合名称规则 · judge one name by a naming rule")]
    Name(name::Args),
    /// `heng template`
    #[command(about = "生成填报用的空表，或填入已有的数据 · the form for the data, as a workbook")]
    Template(template::Args),
    /// `heng test`
    #[command(about = "运行规则自带的测试 · run the tests of a rulebook")]
    Test(test::Args),
}

/// Reads the arguments; what is wrong with them, or the help asked for, is an output of its own.
pub fn parse(args: impl Iterator<Item = OsString>) -> Result<Args, Output> {
    let args: Vec<OsString> = args.collect();
    Args::try_parse_from(&args).map_err(|error| refuse(&error, wanted(&args)))
}

/// The language asked for, as far as it can be told from arguments that are not sound.
fn wanted(args: &[OsString]) -> Lang {
    let english = args.windows(2).any(|it| it[0] == "--lang" && it[1] == "en");
    if english || args.iter().any(|it| it == "--lang=en") { Lang::En } else { Lang::Zh }
}

fn lang(text: &str) -> Result<Lang, String> {
    match text {
        "zh" => Ok(Lang::Zh),
        "en" => Ok(Lang::En),
        _ => Err("zh、en".to_owned()),
    }
}

fn refuse(error: &clap::Error, lang: Lang) -> Output {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            Output::new(error.to_string(), Exit::Clean, lang)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Output::failed(error.to_string(), Exit::Failed, lang)
        }
        _ => {
            let text = match lang {
                Lang::Zh => chinese(error),
                Lang::En => error.to_string(),
            };
            Output::failed(text, Exit::Failed, lang)
        }
    }
}

/// clap's errors in Chinese.
fn chinese(error: &clap::Error) -> String {
    let said = |kind| context(error, kind);
    let subject = said(ContextKind::InvalidArg)
        .or_else(|| said(ContextKind::InvalidSubcommand))
        .unwrap_or_default();
    let value = said(ContextKind::InvalidValue).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识的参数：{subject}"),
        ErrorKind::InvalidSubcommand => format!("没有这个命令：{subject}"),
        ErrorKind::MissingRequiredArgument => format!("还缺参数：{subject}"),
        ErrorKind::MissingSubcommand => "还缺命令".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{subject} 后面还缺一个值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{subject} 不能是“{value}”")
        }
        ErrorKind::ArgumentConflict => format!("{subject} 写了不止一次，或与别的参数冲突"),
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文字".to_owned(),
        _ => format!("参数不对：{subject}"),
    };
    let suggested =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let valid = said(ContextKind::ValidValue)
        .filter(|it| !it.is_empty())
        .map(|it| format!("可以写：{it}\n"));
    let nearest = suggested.into_iter().find_map(said).map(|it| format!("您是不是想写：{it}\n"));
    let source = std::error::Error::source(error).map(|it| format!("写法如：{it}\n"));
    let hints: String = nearest.or(valid).or(source).unwrap_or_default();
    let hints: String = hints.lines().map(|it| format!("{}\n", visible(it))).collect();
    format!("{}\n{hints}用 heng --help 查看用法\n", visible(&message))
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(it) => Some(it.clone()),
        ContextValue::Strings(all) => Some(all.join("、")),
        ContextValue::StyledStr(it) => Some(it.to_string()),
        ContextValue::StyledStrs(all) => {
            Some(all.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"))
        }
        ContextValue::Number(it) => Some(it.to_string()),
        _ => None,
    }
}
