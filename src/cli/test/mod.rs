//! `heng test`: run the tests a rulebook brings with it and compare its snapshots; show what comes out otherwise.

mod args;
mod coverage;
mod difference;
mod generate;
mod junit;
mod mutate;
mod review;
mod show;
mod store;
mod trial;
mod watch;

pub use args::Args;

use crate::cli::Disk;
use crate::cli::Exit;
use crate::cli::findings::Paint;
use crate::cli::output;
use crate::cli::output::Output;
use crate::cli::paint;
use crate::cli::test::args::Form;
use crate::cli::test::trial::Trial;
use crate::diagnostic::Lang;
use crate::report;
use crate::source::Files;
use crate::suite::json;
use std::fmt::Write;

/// Runs the command.
pub fn run(args: &Args, lang: Lang) -> Output {
    match args.watch {
        true => watch::run(args, lang),
        false => once(args, &Disk(lang), lang),
    }
}

/// One run; everything is read through `files`.
fn once(args: &Args, files: &dyn Files, lang: Lang) -> Output {
    if let Some(refused) = args.refused(lang) {
        return refused;
    }
    if args.generate {
        return generate::run(args, lang);
    }
    if args.mutate {
        return mutate::run(args, files, lang);
    }
    let mut trial = match Trial::new(args, files, lang) {
        Ok(trial) => trial,
        Err(output) => return output,
    };
    if args.coverage {
        return coverage::run(args, &trial, files, lang);
    }
    if args.review {
        return review::run(&mut trial, lang);
    }
    let mut written = vec![];
    if args.update {
        match store::accept(&mut trial.folders, lang) {
            Ok(it) => written = it,
            Err(fault) => return Output::failed(fault, Exit::Failed, lang),
        }
    }
    let exit = if trial.is_clean(args.check) { Exit::Clean } else { Exit::NotMet };
    if let Some(path) = &args.junit {
        let text = junit::report(&trial, args.check, lang);
        if let Err(fault) = store::put(path, text.as_bytes(), lang) {
            return Output::failed(fault, Exit::Failed, lang);
        }
    }
    let paint = paint::of(args.target.out.as_deref());
    let result = text(args, &trial, &written, paint, lang);
    let remarks = trial.remarks.clone();
    Output { result: result.into(), remarks, exit, file: args.target.out.clone(), lang }
}

fn text(args: &Args, trial: &Trial, written: &[String], paint: Paint, lang: Lang) -> String {
    let sources = &trial.workspace.sources;
    let root = output::root();
    match args.form.format {
        Form::Json => json::tests(&trial.told(), &trial.workspace, &trial.program, lang),
        Form::Sarif => report::sarif(&trial.findings(args.check), sources, root.as_deref(), lang),
        Form::Github => {
            let all = trial.findings(args.check);
            let mut text = report::annotations(&all, sources, root.as_deref(), lang);
            text += &show::summary(trial, lang);
            text
        }
        Form::Text | Form::Html => {
            let mut text = show::failures(trial, paint, lang);
            for line in written {
                let _ = writeln!(text, "{line}");
            }
            text += &show::summary(trial, lang);
            text
        }
    }
}
