//! Who is selected: the last one that is, the first one that is not, who is tied at the line. Ranks are told elsewhere.

use crate::analysis;
use crate::diagnostic::Text;
use crate::explain::arithmetic::plain;
use crate::explain::model::Branch;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::explain::score::peers::Peers;
use crate::explain::score::seats;
use crate::explain::score::style;
use crate::explain::show;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Scoring;
use crate::value::Number;
use crate::value::Truth;

/// 未入选：甲的名额 1 名已由 A 占满
pub fn unselected(scene: &Scene, peers: &Peers) -> Option<Branch> {
    let at = scene.at(peers.score.selected?);
    let NodeKind::Score(Scoring::Selected(it)) = scene.kind(at.node) else { return None };
    let why = seats::out(scene, at, it)?;
    let text = Text::new(format!("未入选：{}", why.zh), format!("not selected: {}", why.en));
    Some(plain(text, None))
}

/// The last one selected and the first one that is not.
pub fn line(scene: &Scene, peers: &Peers, places: u32) -> Vec<Branch> {
    let Some(selected) = peers.score.selected else { return vec![] };
    let total = peers.score.node;
    // Where seats are given out by group there is no one line.
    if matches!(scene.kind(selected), NodeKind::Score(Scoring::Selected(it)) if it.quota.is_some())
    {
        let sure = peers.rows().filter(|row| peers.truth(selected, *row) == Truth::TRUE).count();
        let open = peers.rows().filter(|row| !peers.truth(selected, *row).is_settled()).count();
        let text = match open {
            0 => Text::new(
                format!("按组分名额，入选 {sure} 例"),
                format!("seats are given by group; {sure} selected"),
            ),
            _ => Text::new(
                format!("按组分名额，已定入选 {sure} 例，未定 {open} 例"),
                format!("seats are given by group; {sure} selected, {open} open"),
            ),
        };
        let tied = tied_at_line(scene, peers, selected);
        return [plain(text, None)].into_iter().chain(tied).collect();
    }
    let of = |truth: Truth| {
        let rows = peers.rows().filter(|row| peers.truth(selected, *row) == truth);
        let mut rows: Vec<(Number, usize)> =
            rows.filter_map(|row| Some((peers.number(total, row)?, row))).collect();
        rows.sort_by(|a, b| peers.better(&a.0, &b.0));
        rows
    };
    let (inside, outside) = (of(Truth::TRUE), of(Truth::FALSE));
    let tell = |it: Option<&(Number, usize)>, all: &[(Number, usize)], zh: &str, en: &str| {
        let (points, _) = it?;
        let rows: Vec<usize> = all.iter().filter(|it| it.0 == *points).map(|it| it.1).collect();
        let names = peers.names(&rows);
        let shown = show::amount(points, style(places)).zh;
        Some(Text::new(
            format!("{zh} {} {shown} 分", names.zh),
            format!("{en} {} with {shown}", names.en),
        ))
    };
    let ranked = |it: &&(Number, usize)| {
        peers.score.rank.is_none_or(|rank| peers.number(rank, it.1).is_some())
    };
    let parts: Vec<Text> = [
        tell(inside.last(), &inside, "最后入选", "last selected"),
        tell(outside.iter().find(ranked), &outside, "第一个未入选", "first not selected"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut branches = vec![];
    if !parts.is_empty() {
        let parts = joined(&parts, "；", "; ");
        let sure = peers.rows().filter(|row| peers.truth(selected, *row) == Truth::TRUE).count();
        // The line is told by points that are known.
        let open = sure - inside.len();
        let (open_zh, open_en) = match open {
            0 => (String::new(), String::new()),
            _ => (
                format!("（其中 {open} 例得分未定）"),
                format!(" ({open} of them with open points)"),
            ),
        };
        branches.push(plain(
            Text::new(
                format!("入选 {sure} 例{open_zh}：{}", parts.zh),
                format!("{sure} selected{open_en}: {}", parts.en),
            ),
            None,
        ));
    }
    branches.extend(tied_at_line(scene, peers, selected));
    branches
}

/// 并列于线, naming the tied.
fn tied_at_line(scene: &Scene, peers: &Peers, selected: NodeId) -> Option<Branch> {
    let own = scene.case.row;
    if !peers.truth(selected, own).may(Truth::ERROR) {
        return None;
    }
    // What settles a tie, and is not known, is told as missing.
    let settles = match scene.kind(selected) {
        NodeKind::Score(Scoring::Selected(it)) => analysis::peers::settling(it).then_by,
        _ => None,
    };
    if settles.is_some() && peers.truth(selected, own) != Truth::ERROR {
        return None;
    }
    let points = peers.number(peers.score.node, own)?;
    let tied: Vec<usize> = peers
        .rows()
        .filter(|row| *row != own && peers.number(peers.score.node, *row).as_ref() == Some(&points))
        .collect();
    let names = peers.names(&tied);
    (!tied.is_empty()).then(|| {
        plain(
            Text::new(
                format!("并列于线：与 {} 同分，名额不够，规则未写并列怎么办", names.zh),
                format!("a tie at the line: {} have the same points, and the rulebook does not say who is taken", names.en),
            ),
            None,
        )
    })
}
