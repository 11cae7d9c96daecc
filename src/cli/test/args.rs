//! What may be written after `heng test`, and what does not go together.

use crate::cli::Exit;
use crate::cli::judge::How;
use crate::cli::output::Output;
use crate::cli::shared;
use crate::cli::shared::Rulebook;
use crate::cli::shared::Target;
use crate::cli::test::coverage::Floor;
use crate::cli::test::coverage::floor;
use crate::diagnostic::Lang;

/// `heng test RULEBOOK [DATA…]`
#[derive(clap::Args)]
#[command(help_template = crate::cli::args::COMMAND, override_usage = "heng test [选项 OPTIONS] <RULEBOOK> [DATA]…")]
pub struct Args {
    /// The rulebook.
    #[command(flatten)]
    pub rules: Rulebook,

    /// Data whose explanations are compared with their snapshots.
    #[arg(
        value_name = "DATA",
        help = "数据：每个案例的说明与它的快照比对 · data: each case's explanation is compared with its snapshot"
    )]
    pub data: Vec<String>,

    /// How the data are evaluated.
    #[command(flatten)]
    pub how: How,

    /// Only some tests and cases.
    #[arg(
        long,
        value_name = "NAME",
        help = "只跑名称里有这几个字的测试和案例 · only tests and cases whose names contain this"
    )]
    pub filter: Option<String>,

    /// Everything must be as it is kept.
    #[arg(long, conflicts_with_all = ["update", "review"],
        help = "只比对：快照有改变、缺少或多余，都算不通过 · compare only; a changed, missing or left-over snapshot fails")]
    pub check: bool,

    /// Accept what came out.
    #[arg(
        long,
        conflicts_with = "review",
        help = "以这次的结果为准，写入快照 · accept what came out as the new snapshots"
    )]
    pub update: bool,

    /// Look at each change.
    #[arg(
        long,
        help = "逐个看快照的改变，接受或跳过 · look at each change of a snapshot, accept or skip it"
    )]
    pub review: bool,

    /// Run again on changes.
    #[arg(long, conflicts_with_all = ["review", "update", "junit", "out"],
        help = "文件一改就再跑，Ctrl-C 结束 · run again whenever a file changes")]
    pub watch: bool,

    /// Propose tests.
    #[arg(long, conflicts_with_all = ["check", "update", "review", "watch", "junit", "filter", "mutate"],
        help = "提出测试，期望待人确认；给了数据，从数据的案例出发；用 --out 写入文件 · propose tests, for a person to confirm, from rows of the data where they are given; --out writes a file")]
    pub generate: bool,

    /// Change the rules and see what the tests notice.
    #[arg(long, conflicts_with_all = ["check", "update", "review", "watch", "junit", "data", "filter"],
        help = "把规则逐处改动一点，看测试发现不发现 · change the rules in small ways and see what the tests notice")]
    pub mutate: bool,

    /// One more rule file with tests.
    #[arg(
        long,
        value_name = "FILE",
        requires = "mutate",
        help = "连同这个文件里的测试，如 --generate 所写的 · with the tests of this file too, as --generate writes them"
    )]
    pub with: Option<String>,

    /// No more changes than these.
    #[arg(
        long,
        value_name = "N",
        requires = "mutate",
        help = "只改 N 处，均匀抽取 · only N changes, spread evenly"
    )]
    pub sample: Option<usize>,

    /// What has been seen of the rulebook.
    #[arg(long, conflicts_with_all = ["check", "update", "review", "junit"],
        help = "看测试（和数据）见过每条规则的哪些结果 · which outcomes of each rule the tests, and the data, have seen")]
    pub coverage: bool,

    /// How much must have been seen by tests.
    #[arg(long, value_name = "SHARE", requires = "coverage", value_parser = floor,
        help = "测试至少要见过这么多，如 90% · tests must have seen at least this much")]
    pub floor: Option<Floor>,

    /// The form of the result.
    #[command(flatten)]
    pub form: shared::Form<Form>,

    /// A report for CI.
    #[arg(long, value_name = "FILE", help = "另写一份 JUnit XML · write a JUnit report too")]
    pub junit: Option<String>,

    /// Where the result goes.
    #[command(flatten)]
    pub target: Target,
}

/// Forms of the result.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For code hosts.
    Sarif,
    /// For GitHub's logs.
    Github,
    /// A page, of coverage.
    Html,
}

impl Args {
    /// What is said where options do not go together.
    pub fn refused(&self, lang: Lang) -> Option<Output> {
        let (zh, en) = match self.form.format {
            form if self.generate && !matches!(form, Form::Text | Form::Json) => (
                "--generate 的格式是 text（规则文件）或 json",
                "--generate has the formats text, a rule file, and json",
            ),
            Form::Html | Form::Sarif | Form::Github if self.mutate => {
                ("--mutate 的格式是 text 或 json", "--mutate has the formats text and json")
            }
            Form::Sarif | Form::Github if self.coverage => (
                "--coverage 的格式是 text、html 或 json",
                "the format of --coverage is text, html or json",
            ),
            Form::Html if !self.coverage => {
                ("html 格式只用于 --coverage", "the format html is of --coverage only")
            }
            Form::Json | Form::Sarif | Form::Github if self.review => {
                ("--review 只有文字格式", "--review has no format but text")
            }
            _ => return None,
        };
        let text = match lang {
            Lang::Zh => format!("{zh}\n用 heng test --help 查看用法\n"),
            Lang::En => format!("{en}\nsee heng test --help\n"),
        };
        Some(Output::failed(text, Exit::Failed, lang))
    }
}
