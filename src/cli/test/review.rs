//! `heng test --review`: every snapshot that does not fit, before and after; on a terminal each may be accepted or skipped.

use crate::cli::Exit;
use crate::cli::output::Output;
use crate::cli::output::paint_of_output;
use crate::cli::paint;
use crate::cli::test::difference;
use crate::cli::test::show;
use crate::cli::test::store;
use crate::cli::test::trial::Trial;
use crate::diagnostic::Lang;
use crate::report::words::either;
use crate::suite::snapshot::Compared;
use crate::suite::snapshot::State;
use std::io;
use std::io::BufRead;
use std::io::IsTerminal;
use std::io::Write;

/// What is done with one change.
enum Answer {
    Accept,
    Skip,
    Quit,
}

/// Shows every change; asks where there is somebody to ask.
pub fn run(trial: &mut Trial, lang: Lang) -> Output {
    let asks = io::stdin().is_terminal() && io::stdout().is_terminal();
    let mut text = String::new();
    let all: usize = trial.compared().filter(|it| it.1.state != State::Same).count();
    let mut number = 0;
    'folders: for folder in &mut trial.folders {
        let mut at = 0;
        while at < folder.files.len() {
            let it = &folder.files[at];
            if it.state == State::Same {
                at += 1;
                continue;
            }
            number += 1;
            let shown = change(&folder.path, it, (number, all), lang);
            if !asks {
                text += &shown;
                at += 1;
                continue;
            }
            match ask(&shown, lang) {
                Answer::Quit => break 'folders,
                Answer::Skip => at += 1,
                Answer::Accept => match store::accept_one(folder, at, lang) {
                    Ok(done) => {
                        text += &done.map(|it| it + "\n").unwrap_or_default();
                        let stays = folder.files.get(at).is_some_and(|it| it.state == State::Same);
                        at += usize::from(stays);
                    }
                    Err(fault) => return Output::failed(fault, Exit::Failed, lang),
                },
            }
        }
    }
    text += &show::summary(trial, lang);
    let exit = if trial.is_clean(true) { Exit::Clean } else { Exit::NotMet };
    Output::new(text, exit, lang)
}

/// One change: whose it is, and the lines before and after.
fn change(folder: &str, it: &Compared, (number, all): (usize, usize), lang: Lang) -> String {
    let paint = paint_of_output();
    let heading = show::heading(folder, it, lang);
    let mut text = paint::signs(&format!("{heading}   {number}/{all}\n"), paint);
    let now = it.now.as_ref().map_or("", |it| it.body.as_str());
    text += &match &it.state {
        State::Changed(before) => difference::show(before, now, paint, lang),
        State::Missing => difference::show("", now, paint, lang),
        _ => String::new(),
    };
    text.push('\n');
    text
}

/// Shows one change and takes one key; what is no answer is asked again, the end of input is an end.
fn ask(shown: &str, lang: Lang) -> Answer {
    let question = either(lang, "a 接受，s 跳过，q 结束：", "a accept, s skip, q quit: ");
    let mut out = io::stdout().lock();
    let _ = out.write_all(shown.as_bytes());
    loop {
        let _ = out.write_all(question.as_bytes()).and_then(|()| out.flush());
        let mut line = String::new();
        match io::stdin().lock().read_line(&mut line) {
            Ok(0) | Err(_) => return Answer::Quit,
            Ok(_) => {}
        }
        match line.trim() {
            "a" | "A" | "接受" => return Answer::Accept,
            "s" | "S" | "跳过" => return Answer::Skip,
            "q" | "Q" | "结束" => return Answer::Quit,
            _ => {}
        }
    }
}
