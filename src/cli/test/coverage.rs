//! `heng test --coverage`: what the tests, and the data given, have seen of the rulebook; and whether that is enough.

use crate::cli::Exit;
use crate::cli::findings;
use crate::cli::judge;
use crate::cli::judge::refuse;
use crate::cli::output::Output;
use crate::cli::output::paint_of_remarks;
use crate::cli::test::args::Args;
use crate::cli::test::args::Form;
use crate::cli::test::show;
use crate::cli::test::trial::Trial;
use crate::diagnostic::Lang;
use crate::ir::Test;
use crate::source::Files;
use crate::suite::coverage;
use crate::suite::coverage::Cases;
use crate::suite::coverage::Coverage;
use crate::suite::coverage::Share;
use crate::suite::coverage::json;
use crate::suite::coverage::page;
use crate::suite::coverage::text;

/// A share that is asked for: so many of `of`.
#[derive(Clone, Copy, Debug)]
pub struct Floor {
    share: u64,
    of: u64,
}

/// Reads 90, 90% or 87.5%.
pub fn floor(text: &str) -> Result<Floor, String> {
    let wrong = || "90%".to_owned();
    let number = text.trim().trim_end_matches(['%', '％']).trim_end();
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = [whole, part].concat();
    let sound =
        !whole.is_empty() && part.len() <= 6 && digits.bytes().all(|it| it.is_ascii_digit());
    let share: u64 = digits.parse().ok().filter(|_| sound).ok_or_else(wrong)?;
    let of = 100 * 10u64.pow(part.len() as u32);
    if share > of { Err(wrong()) } else { Ok(Floor { share, of }) }
}

impl Floor {
    fn is_reached(self, by: Share) -> bool {
        u128::from(self.share) * by.all as u128 <= u128::from(self.of) * by.seen as u128
    }
}

/// Measures, and says what was never seen. Tests that fail are said aside.
pub fn run(args: &Args, trial: &Trial, files: &dyn Files, lang: Lang) -> Output {
    let (program, workspace) = (&trial.program, &trial.workspace);
    let wanted =
        |it: &&Test| args.filter.as_deref().is_none_or(|part| it.name.contains(part.trim()));
    let (tests, unconfirmed): (Vec<&Test>, Vec<&Test>) =
        program.tests.iter().filter(wanted).partition(|it| it.confirmed);
    let mut remarks = trial.remarks.clone();
    if !unconfirmed.is_empty() {
        remarks += &left_out(unconfirmed.len(), lang);
    }
    let measured = match args.data.is_empty() {
        true => coverage::measure(program, &workspace.sources, &tests, &trial.drawn, None),
        false => {
            let data = match judge::bound(files, program, &args.data, &args.how) {
                Ok(data) => data,
                Err(fault) => return refuse(fault, lang),
            };
            let rows = match judge::chosen(program, &data.facts, None) {
                Ok(rows) => rows,
                Err(fault) => return refuse(fault, lang),
            };
            remarks += &findings::text(&data.found, &workspace.sources, paint_of_remarks(), lang);
            let cases = Cases { facts: &data.facts, run: &data.run, rows: &rows };
            coverage::measure(program, &workspace.sources, &tests, &trial.drawn, Some(&cases))
        }
    };
    let clean = trial.is_clean(false);
    if !clean {
        remarks += &show::failures(trial, paint_of_remarks(), lang);
        remarks += &show::summary(trial, lang);
    }
    let enough = args.floor.is_none_or(|it| it.is_reached(measured.of_tests()));
    if let Some(floor) = args.floor.filter(|_| !enough) {
        remarks += &short(floor, &measured, lang);
    }
    let result = result(args.form.format, &measured, trial, lang);
    let exit = if clean && enough { Exit::Clean } else { Exit::NotMet };
    Output { result: result.into(), remarks, exit, file: args.target.out.clone(), lang }
}

fn result(form: Form, measured: &Coverage, trial: &Trial, lang: Lang) -> String {
    let (program, workspace) = (&trial.program, &trial.workspace);
    let policy = &program.policy;
    let title = format!("{}   {}", policy.title, policy.number);
    match form {
        Form::Json => json::json(measured, workspace, program, lang),
        Form::Html => page::page(title.trim(), measured, &workspace.sources, lang),
        _ => text::text(title.trim(), measured, &workspace.sources, lang),
    }
}

/// Tests that do not count.
fn left_out(unconfirmed: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{unconfirmed} 条待确认的测试没有计入\n"),
        Lang::En => format!("{unconfirmed} unconfirmed tests do not count\n"),
    }
}

/// How much less than asked for was seen.
fn short(floor: Floor, measured: &Coverage, lang: Lang) -> String {
    let share = measured.of_tests();
    let places = floor.of / 100;
    let fraction = format!("{:0width$}", floor.share % places, width = places.ilog10() as usize);
    let mut asked = (floor.share / places).to_string();
    if places > 1 {
        asked += &format!(".{fraction}");
    }
    match lang {
        Lang::Zh => format!("测试只见过 {}，要求至少 {asked}%\n", share.shown()),
        Lang::En => {
            format!("tests have seen only {}; at least {asked}% is asked for\n", share.shown())
        }
    }
}
