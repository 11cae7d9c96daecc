//! `heng test --mutate`: the rulebook changed in small ways, and what its tests notice of it.

use crate::cli::Exit;
use crate::cli::findings;
use crate::cli::judge::refuse;
use crate::cli::output::Output;
use crate::cli::output::paint_of_remarks;
use crate::cli::test::Args;
use crate::cli::test::args::Form;
use crate::diagnostic::Lang;
use crate::report::words::either;
use crate::source::Files;
use crate::suite;
use crate::suite::mutate;
use crate::suite::mutate::Fate;
use crate::suite::mutate::Plan;
use crate::workspace;

/// Runs the changes. What survives is no failure; tests that fail beforehand are, for they notice everything.
pub fn run(args: &Args, files: &dyn Files, lang: Lang) -> Output {
    let loaded = match args.with.as_deref() {
        Some(with) => workspace::load_with(files, &args.rules.rulebook, with),
        None => workspace::load(files, &args.rules.rulebook),
    };
    let mut workspace = match loaded {
        Ok(it) => it,
        Err(fault) => return refuse(fault, lang),
    };
    let Some(program) = workspace.program.take() else {
        let (found, sources) = (&workspace.findings, &workspace.sources);
        let text = findings::with_count(found, sources, paint_of_remarks(), lang);
        return Output::failed(text, Exit::Faulty, lang);
    };
    let drawn = workspace::read_drawn(files, &program, &workspace.sources);
    let failing = suite::run(&program, &drawn).into_iter().find(|it| !it.failures.is_empty());
    if let Some(it) = failing {
        let text = match lang {
            Lang::Zh => format!("测试“{}”现在就不通过；先用 heng test 查清\n", it.name),
            Lang::En => format!("test “{}” fails as it is; see heng test first\n", it.name),
        };
        return Output::failed(text, Exit::NotMet, lang);
    }
    let generated = args.with.as_deref().and_then(|with| {
        let same = |it: &str| it.trim_start_matches("./") == with.trim_start_matches("./");
        workspace.sources.iter().find(|it| same(&it.1.name)).map(|it| it.0)
    });
    let report = mutate::run(&workspace, &program, &drawn, Plan { sample: args.sample, generated });
    let sources = &workspace.sources;
    let text = match args.form.format {
        Form::Json => mutate::json::show(&report, sources, lang),
        _ => mutate::text::show(&report, sources, lang),
    };
    let mut remarks = String::new();
    if report.killable() == report.count(|it| matches!(it, Fate::Survived(None))) {
        remarks += either(
            lang,
            "没有测试用到这些规则：先用 heng test --generate 提出案例\n",
            "no test rests on these rules: try heng test --generate first\n",
        );
    }
    Output { result: text.into(), remarks, exit: Exit::Clean, file: args.target.out.clone(), lang }
}
