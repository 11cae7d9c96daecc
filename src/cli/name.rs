//! `heng name`: one name judged at the prompt by a 名称规则.

use crate::cli::Exit;
use crate::cli::args::Format;
use crate::cli::faults;
use crate::cli::judge::refuse;
use crate::cli::judge::sound;
use crate::cli::output::Output;
use crate::cli::output::paint_of_output;
use crate::cli::paint;
use crate::cli::shared::Form;
use crate::cli::shared::Rulebook;
use crate::data::lookup;
use crate::data::lookup::Lookup;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::ir::Criterion;
use crate::ir::Naming;
use crate::ir::Program;
use crate::ir::Vocabulary;
use crate::naming::Case;
use crate::naming::Given;
use crate::naming::Judgement;
use crate::naming::Namer;
use crate::report;
use crate::report::Named;
use crate::value::Foreign;
use crate::value::MemberSet;
use crate::value::Possible;
use crate::value::Truth;

/// `heng name RULEBOOK NAME`
#[derive(clap::Args)]
#[command(help_template = crate::cli::args::COMMAND, override_usage = "heng name [选项 OPTIONS] <RULEBOOK> <NAME>")]
pub struct Args {
    #[command(flatten)]
    rules: Rulebook,

    #[arg(value_name = "NAME", allow_hyphen_values = true, help = "名称 · the name")]
    name: String,

    #[arg(
        long,
        value_name = "DIVISION",
        help = "案例在哪里：行政区划、高新区等的名称或代码，可写几次 · where the case lies; may be repeated"
    )]
    at: Vec<String>,

    #[arg(
        long,
        value_name = "RULE",
        help = "用哪一条名称规则（只有一条时不必写）· which naming rule, where there are several"
    )]
    rule: Option<String>,

    #[command(flatten)]
    form: Form<Format>,
}

/// Runs the command.
pub fn run(args: &Args, lang: Lang) -> Output {
    let (_, program) = match sound(&args.rules.rulebook, lang) {
        Ok(sound) => sound,
        Err(output) => return output,
    };
    let (criterion, naming) = match chosen(&program, args.rule.as_deref()) {
        Ok(found) => found,
        Err(fault) => return refuse(fault, lang),
    };
    let places = match given(&program, naming, &args.at) {
        Ok(places) => places,
        Err(fault) => return refuse(fault, lang),
    };
    let it = judge(&program, naming, &args.name, &places);
    let named = Named { criterion, naming, it: &it, placed: !args.at.is_empty() };
    let text = match args.form.format {
        Format::Json => report::name_json(&named, lang),
        Format::Text => paint::signs(&report::name_text(&named, lang), paint_of_output()),
    };
    let exit = match it.truth() {
        Truth::TRUE => Exit::Clean,
        Truth::FALSE => Exit::NotMet,
        _ => Exit::Undetermined,
    };
    Output::new(text, exit, lang)
}

fn judge(program: &Program, naming: &Naming, name: &str, places: &[Option<u32>]) -> Judgement {
    let blank = Possible::values(MemberSet { members: None, foreign: Foreign::No });
    let nothing = places.iter().all(Option::is_none);
    // Where the place is given, a list it is not of is not asked; else nothing is known of the case.
    let given = |it: &Option<u32>| match it {
        Some(member) => Given::One(*member),
        None if nothing => Given::Set(&blank),
        None => Given::NotAsked,
    };
    let places: Vec<Given<'_>> = places.iter().map(given).collect();
    // No case, no industry to agree with.
    let case = Case { places: &places, industry: Given::NotAsked };
    Namer::new(&naming.rule, &program.vocabularies).judge(name, &case)
}

/// The 名称规则 asked for, else the only one.
fn chosen<'p>(
    program: &'p Program,
    asked: Option<&str>,
) -> Result<(&'p Criterion, &'p Naming), Diagnostic> {
    let all: Vec<(&Criterion, &Naming)> =
        program.criteria.iter().filter_map(|it| Some((it, program.naming(it.naming?)))).collect();
    let fits =
        |it: &&(&Criterion, &Naming)| asked.is_none_or(|asked| it.0.head.name == asked.trim());
    match all.iter().filter(fits).collect::<Vec<_>>()[..] {
        [only] => Ok(*only),
        _ => {
            let names: Vec<&str> = all.iter().map(|it| it.0.head.name.as_str()).collect();
            Err(faults::no_naming(asked, &names))
        }
    }
}

/// What the case says of each source of places: what was given, and the place in which a zone lies.
fn given(
    program: &Program,
    naming: &Naming,
    asked: &[String],
) -> Result<Vec<Option<u32>>, Diagnostic> {
    let lists: Vec<&Vocabulary> =
        naming.rule.places.iter().map(|it| program.vocabulary(it.list)).collect();
    let mut found: Vec<Option<u32>> = vec![None; lists.len()];
    for text in asked {
        let mut several = vec![];
        let named = lists.iter().enumerate().find_map(|(at, list)| {
            match lookup::lookup(list, text.trim()) {
                Lookup::One(member) => Some((at, member)),
                Lookup::Several(members) => {
                    several.extend(members.into_iter().map(|it| chain(list, it)));
                    None
                }
                Lookup::None => None,
            }
        });
        let Some((at, member)) = named else {
            let near = lists.iter().flat_map(|list| {
                lookup::nearest(list, text, 3).into_iter().map(|it| chain(list, it))
            });
            let near = near.collect::<Vec<_>>();
            return Err(faults::no_such_place(text, &several, &near));
        };
        found[at] = Some(member);
    }
    for at in 0..lists.len() {
        let host = found[at].and_then(|it| lists[at].members[it as usize].host.as_deref());
        for other in 0..lists.len() {
            if let (Some(host), None) = (host, found[other])
                && let Lookup::One(member) = lookup::lookup(lists[other], host)
            {
                found[other] = Some(member);
            }
        }
    }
    Ok(found)
}

/// The names from the top down to a member.
fn chain(list: &Vocabulary, member: u32) -> String {
    let names: Vec<&str> =
        list.upwards(member).map(|it| list.members[it as usize].name.as_ref()).collect();
    names.into_iter().rev().collect()
}
