//! A score as text: a heading, its parts as a table whose figures align, then rank, selection and feedback. Its sentences come from `explain`.

use crate::diagnostic::Lang;
use crate::diagnostic::Text;
use crate::explain::Branch;
use crate::explain::Feedback;
use crate::explain::Outcome;
use crate::explain::PartAccount;
use crate::explain::Role;
use crate::explain::ScoreAccount;
use crate::ir::Program;
use crate::ir::Verdict;
use crate::report::layout::Rows;
use crate::report::layout::visible;
use crate::report::layout::width;
use crate::report::tree;
use crate::report::words;
use crate::report::words::either;
use crate::value::State;
use std::cmp::Ordering;

/// A score with all that is said of it.
pub fn score(out: &mut String, it: &ScoreAccount, program: &Program, lang: Lang) {
    out.push('\n');
    out.push_str(&visible(&heading(it, program, lang).join("   ")));
    out.push_str("\n│\n");
    parts(out, it, lang);
    for line in it.sum.iter().chain(&it.marks) {
        out.push_str(&visible(&format!("  {}", line.get(lang))));
        out.push('\n');
    }
    if !it.standing.is_empty() {
        let name = standing_head(it, lang);
        out.push_str(&format!("\n{name}\n│\n"));
        let standing: Vec<&Branch> = it.standing.iter().collect();
        tree::grow(out, &standing, "", true, lang);
    }
    if let Some(feedback) = &it.feedback {
        feedback_table(out, feedback, lang);
    }
}

/// 名次与入选; where nobody is ranked or selected, what else there is to say.
pub fn standing_head(it: &ScoreAccount, lang: Lang) -> &'static str {
    match it.rank.is_none() && it.selected.is_none() {
        true => either(lang, "说明", "Remarks"),
        false => either(lang, "名次与入选", "Rank and selection"),
    }
}

/// 综合指数：76.32 分; 第 11 名（共 24 例）; 未入选; its articles.
pub fn heading(it: &ScoreAccount, program: &Program, lang: Lang) -> Vec<String> {
    let head = &program.score(it.score).head;
    let points = total(it, lang);
    let lacking = it.lacking.as_ref().map_or(String::new(), |text| match lang {
        Lang::Zh => format!("（{}）", text.zh),
        Lang::En => format!(" ({})", text.en),
    });
    let mut parts = vec![format!("{}{}{points}{lacking}", head.name, either(lang, "：", ": "))];
    parts.extend(rank(it, lang));
    parts.extend(it.passed.as_ref().map(|it| passed(it, lang)));
    parts.extend(selected(it, lang));
    parts.push(words::list(&head.articles, lang));
    parts.retain(|it| !it.is_empty());
    parts
}

/// 综合指数 76.32 分，第 11 名（共 24 例）: the scores of a case in a few words.
pub fn brief(all: &[ScoreAccount], program: &Program, lang: Lang) -> String {
    let one = |it: &ScoreAccount| {
        let name = &program.score(it.score).head.name;
        let points = format!("{name} {}", total(it, lang));
        let parts: Vec<String> = std::iter::once(points).chain(rank(it, lang)).collect();
        parts.join(either(lang, "，", ", "))
    };
    let all: Vec<String> = all.iter().map(one).collect();
    all.join(either(lang, "；", "; "))
}

/// 76.32 分; 71.40 至 78.90 分
pub fn total(it: &ScoreAccount, lang: Lang) -> String {
    let shown = it.shown.get(lang);
    match (it.total.state, lang) {
        (State::NotApplicable, Lang::Zh) => "不参评".to_owned(),
        (State::NotApplicable, Lang::En) => "not scored".to_owned(),
        (_, Lang::Zh) if it.total.low.is_some() || it.total.high.is_some() => format!("{shown} 分"),
        _ => shown.to_owned(),
    }
}

/// 第 11 名（共 24 例）; 第 9 至 14 名（共 24 例）
fn rank(it: &ScoreAccount, lang: Lang) -> Option<String> {
    let rank = it.rank.as_ref()?;
    let open = match (it.open, lang) {
        (0, _) => String::new(),
        (open, Lang::Zh) => format!("，其中 {open} 例是否参评未定"),
        (open, Lang::En) => format!(", {open} of them perhaps"),
    };
    let all = it.population;
    let place = match (rank.low == rank.high, lang) {
        (true, Lang::Zh) => format!("第 {} 名（共 {all} 例{open}）", rank.low),
        (false, Lang::Zh) => format!("第 {} 至 {} 名（共 {all} 例{open}）", rank.low, rank.high),
        (true, Lang::En) => format!("No. {} of {all}{open}", rank.low),
        (false, Lang::En) => format!("No. {} to {} of {all}{open}", rank.low, rank.high),
    };
    Some(match &it.group {
        None => place,
        Some(group) => format!("{}{}{place}", group.get(lang), either(lang, "", ": ")),
    })
}

/// 入选, 未入选, 是否入选未定; none where the score selects nobody.
pub fn selected(score: &ScoreAccount, lang: Lang) -> Option<String> {
    let it = score.selected.as_ref()?;
    let words = match it.verdict {
        Verdict::Met => either(lang, "入选", "selected"),
        Verdict::NotMet => either(lang, "未入选", "not selected"),
        Verdict::NotApplicable => either(lang, "不参加入选", "not in the selection"),
        Verdict::Undetermined if in_error(it) && score.total.state == State::Error => {
            either(lang, "得分有误，未定", "open, the score is in error")
        }
        Verdict::Undetermined if in_error(it) => either(lang, "并列于线，未定", "tied at the line"),
        Verdict::Undetermined => either(lang, "是否入选未定", "selection open"),
    };
    Some(words.to_owned())
}

/// The class by which a selection is coloured.
#[cfg(feature = "html")]
pub fn class(it: &Outcome) -> &'static str {
    match it.verdict {
        Verdict::Met => "m",
        Verdict::Undetermined => "q",
        Verdict::NotMet | Verdict::NotApplicable => "n",
    }
}

/// The class by which a strength or weakness is coloured.
#[cfg(feature = "html")]
pub fn side_class(side: Ordering) -> &'static str {
    match side {
        Ordering::Greater => "m",
        Ordering::Equal => "n",
        Ordering::Less => "x",
    }
}

fn in_error(it: &Outcome) -> bool {
    it.possible == [crate::explain::Possibility::Error]
}

/// 合格, 不合格
pub fn passed(it: &Outcome, lang: Lang) -> String {
    match it.verdict {
        Verdict::Met => either(lang, "合格", "passed"),
        Verdict::NotMet => either(lang, "不合格", "not passed"),
        Verdict::NotApplicable => either(lang, "是否合格不适用", "passing does not apply"),
        Verdict::Undetermined => either(lang, "是否合格未定", "passing is open"),
    }
    .to_owned()
}

/// The parts as rows, those below another set in from it; figures stand flush right.
fn parts(out: &mut String, it: &ScoreAccount, lang: Lang) {
    let head = |zh: &str, en: &str| either(lang, zh, en).to_owned();
    let mut table: Vec<[String; 7]> = vec![[
        head("项目", "part"),
        head("数值", "value"),
        head("得分", "points"),
        head("权重", "weight"),
        head("计入", "adds"),
        head("标准化", "scale"),
        head("出处", "cells"),
    ]];
    rows(&mut table, &it.parts, "", lang);
    for column in [1, 2, 3, 4] {
        flush_right(&mut table, column);
    }
    let empty = |column: usize| table.iter().skip(1).all(|row| row[column].trim().is_empty());
    let idle: Vec<usize> = (0..7).filter(|it| empty(*it)).collect();
    let mut lines = Rows::default();
    for row in &table {
        let cells = row.iter().enumerate().filter(|it| !idle.contains(&it.0));
        lines.push("", cells.map(|it| it.1.clone()));
    }
    lines.write(out);
}

fn rows(table: &mut Vec<[String; 7]>, parts: &[PartAccount], indent: &str, lang: Lang) {
    for (at, it) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        let knot = if last { "└─ " } else { "├─ " };
        let text = |it: &Option<Text>| it.as_ref().map_or("", |it| it.get(lang)).to_owned();
        let role = match it.role {
            Role::Part => "",
            Role::Bonus => either(lang, "加分 ", "bonus: "),
            Role::Deduction => either(lang, "扣分 ", "deduction: "),
        };
        let sign = if it.role == Role::Deduction { "−" } else { "" };
        table.push([
            format!("{indent}{knot}{role}{}", it.name),
            text(&it.value),
            it.points_shown.get(lang).to_owned(),
            text(&it.share_shown),
            format!("{sign}{}", it.contribution_shown.get(lang)),
            text(&it.scale),
            text(&it.place),
        ]);
        let below = format!("{indent}{}", if last { "    " } else { "│   " });
        rows(table, &it.parts, &below, lang);
        steps(table, &it.steps, &below, lang);
    }
}

/// The arithmetic of a part that has a formula of its own.
fn steps(table: &mut Vec<[String; 7]>, steps: &[Branch], indent: &str, lang: Lang) {
    for (at, it) in steps.iter().enumerate() {
        let knot = if at + 1 == steps.len() { "└─ " } else { "├─ " };
        let mut row: [String; 7] = Default::default();
        row[0] = format!("{indent}{knot}{}", it.head.get(lang));
        table.push(row);
    }
}

/// Pads a column on the left, so that its figures stand flush right.
fn flush_right<const N: usize>(table: &mut [[String; N]], column: usize) {
    let most = table.iter().map(|row| width(&visible(&row[column]))).max().unwrap_or(0);
    for row in table {
        let own = width(&visible(&row[column]));
        row[column] = format!("{}{}", " ".repeat(most - own), row[column]);
    }
}

/// 反馈（与全体 24 例的中位相比，先列长处）
pub fn feedback_head(it: &Feedback, lang: Lang) -> String {
    let with = it.with.get(lang);
    match lang {
        Lang::Zh => format!("反馈（中位：{with}；先列长处）"),
        Lang::En => format!("Feedback (middle: that of {with}; strengths first)"),
    }
}

/// Own figures beside the middle, one part a line.
fn feedback_table(out: &mut String, it: &Feedback, lang: Lang) {
    out.push('\n');
    out.push_str(&visible(&feedback_head(it, lang)));
    out.push('\n');
    let head = |zh: &str, en: &str| either(lang, zh, en).to_owned();
    let mut table: Vec<[String; 8]> = vec![[
        String::new(),
        head("项目", "part"),
        head("本例", "this case"),
        head("上年", "last year"),
        head("中位", "middle"),
        head("计入/最多", "adds/most"),
        head("失分", "lost"),
        head("较中位", "ahead"),
    ]];
    for line in &it.lines {
        let text = |it: &Option<Text>| it.as_ref().map_or("", |it| it.get(lang)).to_owned();
        table.push([
            side(line.side, lang).to_owned(),
            line.name.clone(),
            text(&line.value),
            text(&line.before),
            text(&line.middle),
            format!("{}/{}", line.points.get(lang), line.most.get(lang)),
            line.lost.get(lang).to_owned(),
            line.ahead.get(lang).to_owned(),
        ]);
    }
    for column in 2..8 {
        flush_right(&mut table, column);
    }
    let dated = it.lines.iter().any(|it| it.before.is_some());
    let mut rows = Rows::default();
    for row in table {
        let cells = row.into_iter().enumerate().filter(|it| dated || it.0 != 3);
        rows.push("  ", cells.map(|it| it.1));
    }
    rows.write(out);
    for line in &it.summary {
        out.push_str(&visible(&format!("  {}", line.get(lang))));
        out.push('\n');
    }
}

/// 长处, 短板
pub fn side(side: Ordering, lang: Lang) -> &'static str {
    match side {
        Ordering::Greater => either(lang, "长处", "strength"),
        Ordering::Equal => either(lang, "持平", "even"),
        Ordering::Less => either(lang, "短板", "weakness"),
    }
}
