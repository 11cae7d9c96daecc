//! Coverage for policy staff: the two shares, then article by article what was never seen, with its line. It measures nothing.

use crate::diagnostic::Lang;
use crate::report::layout::Rows;
use crate::report::layout::visible;
use crate::report::words::either;
use crate::source::Sources;
use crate::suite::coverage::Coverage;
use crate::suite::coverage::Item;
use crate::suite::coverage::Point;
use crate::suite::coverage::Share;
use crate::suite::coverage::Want;
use crate::suite::coverage::words;
use std::fmt::Write;

/// The whole report.
pub fn text(title: &str, it: &Coverage, sources: &Sources, lang: Lang) -> String {
    let mut out = visible(title);
    out.push('\n');
    out += &shares(it, lang);
    let mut full = 0;
    for item in &it.items {
        let open: Vec<&Point> =
            item.points.iter().filter(|it| it.wants.iter().any(unseen)).collect();
        if open.is_empty() {
            full += 1;
            continue;
        }
        one(&mut out, item, &open, it.cases.is_some(), sources, lang);
    }
    let _ = match lang {
        Lang::Zh => writeln!(out, "\n测试全部见过的规则：{full} 条（共 {} 条）", it.items.len()),
        Lang::En => {
            writeln!(out, "\nrules of which tests have seen all: {full} of {}", it.items.len())
        }
    };
    let wants = it.items.iter().flat_map(|it| &it.points).flat_map(|it| &it.wants);
    let excluded = wants.filter(|it| it.excluded.is_some()).count();
    if excluded > 0 {
        let _ = match lang {
            Lang::Zh => {
                writeln!(out, "不计 {excluded} 种不可能有的结果（--format json 说明各为什么）")
            }
            Lang::En => writeln!(
                out,
                "{excluded} outcomes that cannot arise do not count (--format json says why)"
            ),
        };
    }
    out
}

/// The two shares, one a line.
pub fn shares(it: &Coverage, lang: Lang) -> String {
    if it.of_tests().all == 0 {
        let (zh, en) = (
            "规则里没有条件、界限、例外和表的行，没有要见的结果\n",
            "there is no condition, bound, exception or row of a table to be seen\n",
        );
        return either(lang, zh, en).to_owned();
    }
    let line = |who: String, share: Share| match lang {
        Lang::Zh => format!("{who}见过 {}/{} 种结果（{}）\n", share.seen, share.all, share.shown()),
        Lang::En => {
            format!("{who}: {} of {} outcomes seen ({})\n", share.seen, share.all, share.shown())
        }
    };
    let tests = match lang {
        Lang::Zh => format!("测试 {} 项", it.tests),
        Lang::En => format!("{} tests", it.tests),
    };
    let mut out = line(tests, it.of_tests());
    if let Some(cases) = it.cases {
        let data = match lang {
            Lang::Zh => format!("数据 {cases} 例"),
            Lang::En => format!("{cases} cases of data"),
        };
        out += &line(data, it.of_data());
    }
    out
}

/// A rule, and each point of which a way was not seen by tests.
fn one(out: &mut String, item: &Item, open: &[&Point], data: bool, sources: &Sources, lang: Lang) {
    let source = sources.get(item.span.file);
    let (line, _) = source.position(item.span.start as usize);
    let _ = writeln!(
        out,
        "\n{}   {}:{line}",
        visible(&words::title(item, lang)),
        visible(&source.name)
    );
    let mut rows = Rows::default();
    for point in open {
        let (line, _) = sources.get(point.span.file).position(point.span.start as usize);
        let place = match lang {
            Lang::Zh => format!("第 {line} 行"),
            Lang::En => format!("line {line}"),
        };
        let list = |wants: Vec<&Want>| {
            let all: Vec<&str> =
                wants.iter().map(|it| words::aspect(it.aspect, point.kind, lang)).collect();
            all.join(either(lang, "、", ", "))
        };
        let (shown, never): (Vec<&Want>, Vec<&Want>) =
            point.wants.iter().filter(|it| unseen(it)).partition(|it| it.data > 0);
        let mut said = vec![];
        if !never.is_empty() {
            let word = match data {
                true => either(lang, "测试、数据都没见过：", "seen neither by tests nor in data: "),
                false => either(lang, "没见过：", "not seen: "),
            };
            said.push(format!("{word}{}", list(never)));
        }
        if !shown.is_empty() {
            said.push(format!(
                "{}{}",
                either(lang, "只在数据里见过：", "seen in data only: "),
                list(shown)
            ));
        }
        rows.push("  ", [place, words::name(point, lang), said.join(either(lang, "；", "; "))]);
    }
    rows.write(out);
}

/// Whether tests have not seen what they could.
pub fn unseen(it: &Want) -> bool {
    it.excluded.is_none() && it.tests == 0
}
