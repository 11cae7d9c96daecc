//! What `heng test` says to people: failures with their reasons, snapshots with what changed, the counts.

use crate::cli::findings;
use crate::cli::findings::Paint;
use crate::cli::paint;
use crate::cli::test::difference;
use crate::cli::test::trial::Folder;
use crate::cli::test::trial::Trial;
use crate::cli::test::trial::sentence;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Lang;
use crate::report::layout::visible;
use crate::report::words::either;
use crate::suite::Standing;
use crate::suite::snapshot::Compared;
use crate::suite::snapshot::State;
use std::fmt::Write;

/// So many changed snapshots are shown in full.
const MOST: usize = 20;

/// The tests that fail and the snapshots that do not fit.
pub fn failures(trial: &Trial, paint: Paint, lang: Lang) -> String {
    let mut text = String::new();
    for (outcome, reasons) in trial.tests.iter().filter(|it| !it.0.failures.is_empty()) {
        let head = match (outcome.confirmed, lang) {
            (true, _) => format!("✗ {}\n", visible(&outcome.name)),
            (false, Lang::Zh) => format!("– {}（待确认）\n", visible(&outcome.name)),
            (false, Lang::En) => format!("– {} (unconfirmed)\n", visible(&outcome.name)),
        };
        text += &paint::signs(&head, paint);
        for (failure, reasons) in outcome.failures.iter().zip(reasons) {
            let one = Diagnostics(vec![failure.clone()]);
            let found = findings::text(&one, &trial.workspace.sources, paint, lang);
            text += found.trim_end();
            text.push('\n');
            for (item, tree) in reasons {
                let _ = writeln!(text, "  {}{}", visible(item), either(lang, "：", ":"));
                for line in tree.lines() {
                    text += &paint::signs(&format!("  {line}\n"), paint);
                }
            }
            text.push('\n');
        }
    }
    for folder in &trial.folders {
        snapshots(&mut text, folder, paint, lang);
    }
    text
}

fn snapshots(text: &mut String, folder: &Folder, paint: Paint, lang: Lang) {
    let differing = folder.files.iter().filter(|it| it.state != State::Same);
    for (at, it) in differing.enumerate() {
        *text += &paint::signs(&format!("{}\n", heading(&folder.path, it, lang)), paint);
        if let (State::Changed(before), Some(now)) = (&it.state, &it.now)
            && at < MOST
        {
            *text += &difference::show(before, &now.body, paint, lang);
            text.push('\n');
        }
    }
}

/// ✗ 甲集群（A1） 快照/数据/A1.snap 与这次的结果不同
pub fn heading(folder: &str, it: &Compared, lang: Lang) -> String {
    let (zh, en) = sentence(&it.state);
    let sign = match it.state {
        State::Same => '✓',
        State::Missing | State::LeftOver => '–',
        State::Changed(_) | State::Faulty(_) => '✗',
    };
    let title = it.now.as_ref().map(|it| format!("{}   ", it.title)).unwrap_or_default();
    visible(&format!("{sign} {title}{folder}/{} {}", it.file, either(lang, &zh, &en)))
}

/// 3 条待确认，其中 1 条与现在的结果不同; empty where there is none.
fn unconfirmed(same: usize, other: usize, lang: Lang) -> String {
    let all = same + other;
    match (all, other, lang) {
        (0, ..) => String::new(),
        (_, 0, Lang::Zh) => format!("{all} 条待确认，都与现在的结果一致\n"),
        (_, 0, Lang::En) => format!("{all} unconfirmed, all as it comes out now\n"),
        (.., Lang::Zh) => format!("{all} 条待确认，其中 {other} 条与现在的结果不同\n"),
        (.., Lang::En) => format!("{all} unconfirmed, {other} of them not as it comes out now\n"),
    }
}

/// The counts of tests and of snapshots, and what was not looked at.
pub fn summary(trial: &Trial, lang: Lang) -> String {
    let count = |of: Standing| trial.tests.iter().filter(|it| it.0.standing() == of).count();
    let (passed, failed) = (count(Standing::Passed), count(Standing::Failed));
    let mut text = match lang {
        Lang::Zh => format!("测试 {} 项：通过 {passed}，未通过 {failed}\n", passed + failed),
        Lang::En => format!("{} tests: {passed} passed, {failed} failed\n", passed + failed),
    };
    text += &unconfirmed(count(Standing::Unconfirmed), count(Standing::Outdated), lang);
    for folder in &trial.folders {
        let count = |of: fn(&State) -> bool| folder.files.iter().filter(|it| of(&it.state)).count();
        let counts = [
            (either(lang, "一致", "the same"), count(|it| *it == State::Same)),
            (either(lang, "改变", "changed"), count(|it| matches!(it, State::Changed(_)))),
            (either(lang, "未存", "not kept"), count(|it| *it == State::Missing)),
            (either(lang, "多余", "left over"), count(|it| *it == State::LeftOver)),
            (either(lang, "读不出", "not readable"), count(|it| matches!(it, State::Faulty(_)))),
        ];
        let counts = counts.iter().enumerate().filter(|(at, it)| *at < 2 || it.1 > 0);
        let counts: Vec<String> = counts
            .map(|(_, (word, count))| match lang {
                Lang::Zh => format!("{word} {count}"),
                Lang::En => format!("{count} {word}"),
            })
            .collect();
        let path = visible(&folder.path);
        let _ = match lang {
            Lang::Zh => writeln!(text, "快照 {path}：{}", counts.join("，")),
            Lang::En => writeln!(text, "snapshots {path}: {}", counts.join(", ")),
        };
    }
    for path in &trial.unseen {
        let path = visible(path);
        let _ = match lang {
            Lang::Zh => writeln!(text, "快照 {path}：没有比对（没有给出它的数据）"),
            Lang::En => {
                writeln!(text, "snapshots {path}: not compared (their data were not given)")
            }
        };
    }
    text
}
