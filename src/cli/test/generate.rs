//! `heng test --generate`: proposed tests as a rule file; what was not reached goes to standard error.

use crate::cli::Exit;
use crate::cli::judge::sound;
use crate::cli::output::Output;
use crate::cli::test::Args;
use crate::diagnostic::Lang;
use crate::report::words::either;
use crate::suite::generate;

/// Proposes tests.
pub fn run(args: &Args, lang: Lang) -> Output {
    let (workspace, program) = match sound(&args.rules.rulebook, lang) {
        Ok(sound) => sound,
        Err(output) => return output,
    };
    let Some(proposal) = generate::run(&workspace, &program) else {
        let text = either(
            lang,
            "没有可以出发的案例：规则书里没有对某张数据表的规则\n",
            "there is no case to start from: no rule of the rulebook is for a table of data\n",
        );
        return Output::failed(text.to_owned(), Exit::Failed, lang);
    };
    let missed: String = proposal.missed.iter().map(|it| format!("  {it}\n")).collect();
    let count = proposal.missed.len();
    let remarks = match lang {
        Lang::Zh => format!("提出测试 {} 项，没有达到的 {count} 处\n{missed}", proposal.tests),
        Lang::En => {
            format!("{} tests proposed, {count} targets not reached\n{missed}", proposal.tests)
        }
    };
    let result = proposal.text.into();
    Output { result, remarks, exit: Exit::Clean, file: args.target.out.clone(), lang }
}
