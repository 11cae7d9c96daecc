//! `heng test --generate`: proposed tests as a rule file; what was not reached goes to standard error.

use crate::cli::Disk;
use crate::cli::Exit;
use crate::cli::disk;
use crate::cli::findings;
use crate::cli::judge;
use crate::cli::judge::refuse;
use crate::cli::judge::sound;
use crate::cli::output::Output;
use crate::cli::output::paint_of_remarks;
use crate::cli::test::Args;
use crate::cli::test::args::Form;
use crate::diagnostic::Lang;
use crate::report::words::either;
use crate::suite::generate;
use crate::suite::generate::Real;

/// Proposes tests, from the rulebook's own cases or from rows of the data given.
pub fn run(args: &Args, lang: Lang) -> Output {
    let (workspace, program) = match sound(&args.rules.rulebook, lang) {
        Ok(sound) => sound,
        Err(output) => return output,
    };
    let mut remarks = String::new();
    let proposal = match args.data.as_slice() {
        [] => generate::run(&workspace, &program, None),
        [path] => {
            let data = match judge::bound(&Disk(lang), &program, &args.data, &args.how) {
                Ok(data) => data,
                Err(fault) => return refuse(fault, lang),
            };
            let rows = match judge::chosen(&program, &data.facts, None) {
                Ok(rows) => rows,
                Err(fault) => return refuse(fault, lang),
            };
            remarks += &findings::text(&data.found, &workspace.sources, paint_of_remarks(), lang);
            let from = args.target.out.as_deref().unwrap_or(&args.rules.rulebook);
            let path = disk::seen_from(from, path);
            let real = Real {
                path,
                tables: &data.tables,
                facts: &data.facts,
                run: &data.run,
                rows: &rows,
            };
            generate::run(&workspace, &program, Some(&real))
        }
        _ => {
            let text = either(
                lang,
                "--generate 只从一个数据文件夹或文件出发：取自 只能写一处\n",
                "--generate starts from one folder or file of data\n",
            );
            return Output::failed(text.to_owned(), Exit::Failed, lang);
        }
    };
    let Some(proposal) = proposal else {
        let text = either(
            lang,
            "没有可以出发的案例：规则书里没有对某张数据表的规则，或者数据里没有案例\n",
            "there is no case to start from: no rule is for a table of data, or the data hold no case\n",
        );
        return Output::failed(text.to_owned(), Exit::Failed, lang);
    };
    let missed: String = proposal.missed.iter().map(|it| format!("  {it}\n")).collect();
    let (tests, count) = (proposal.tests.len(), proposal.missed.len());
    remarks += &match lang {
        Lang::Zh => format!("提出测试 {tests} 项，没有达到的 {count} 处\n{missed}"),
        Lang::En => {
            format!("{tests} tests proposed, {count} targets not reached\n{missed}")
        }
    };
    let result = match args.form.format {
        Form::Json => generate::json::show(&proposal, &workspace, &program),
        _ => proposal.text,
    };
    let result = result.into();
    Output { result, remarks, exit: Exit::Clean, file: args.target.out.clone(), lang }
}
