//! Why a case is not among those selected: its group or the whole has no seat left, a tie, a veto. Who stands where is told elsewhere.

use crate::analysis::At;
use crate::analysis::errors::number;
use crate::analysis::peers;
use crate::diagnostic::Text;
use crate::explain::line::Standing;
use crate::explain::population;
use crate::explain::scene::Scene;
use crate::explain::scene::written;
use crate::explain::score::PLACES;
use crate::explain::score::places;
use crate::explain::score::style;
use crate::explain::show;
use crate::ir::AtLine;
use crate::ir::NodeId;
use crate::ir::Ranking;
use crate::ir::Selection;
use crate::value::Number;
use crate::value::Set;
use crate::value::State;
use crate::value::Truth;
use std::cmp::Ordering;

/// 入选（综合评价）：否，前 2 名已满 …; none where there is no more to say than the truth itself.
pub fn told(scene: &Scene, at: At, it: &Selection, standing: Standing) -> Option<Text> {
    let name = written(scene, at.node);
    match scene.case.truth(at) {
        Truth::TRUE if standing == Standing::Right => {
            let top = top(scene, at, it);
            Some(Text::new(
                format!("{name}：是（{}）", top.zh),
                format!("{name}: yes ({})", top.en),
            ))
        }
        Truth::FALSE if standing == Standing::Wrong => {
            let why = out(scene, at, it)?;
            Some(Text::new(format!("{name}：否，{}", why.zh), format!("{name}: no, {}", why.en)))
        }
        _ => None,
    }
}

/// Why a case is surely not selected; none where no one thing is known to be the reason.
pub fn out(scene: &Scene, at: At, it: &Selection) -> Option<Text> {
    if scene.case.truth(at) != Truth::FALSE {
        return None;
    }
    let seats = Seats { scene, at, ranking: peers::settling(it), it };
    seats.struck().or_else(|| seats.without_group()).or_else(|| seats.group_full()).or_else(|| {
        let tied = seats.tied();
        tied.or_else(|| seats.all_full()).or_else(|| seats.behind())
    })
}

/// 前 2 名; 前 30%
fn top(scene: &Scene, at: At, it: &Selection) -> Text {
    let value = show::value(scene, At { node: it.top, row: at.row });
    let (zh, en) = (value.zh.trim_end_matches(" 名"), value.en.trim_end_matches(" 名"));
    match it.share {
        true => Text::new(format!("前 {zh}"), format!("the first {en}")),
        false => Text::new(format!("前 {zh} 名"), format!("the first {en}")),
    }
}

/// The seats of a selection, seen from a case that has none.
struct Seats<'s> {
    scene: &'s Scene<'s>,
    at: At,
    ranking: Ranking,
    it: &'s Selection,
}

impl Seats<'_> {
    fn set(&self, node: NodeId, row: usize) -> Option<Set> {
        self.scene.case.set(At { node, row })
    }

    fn points(&self, row: usize) -> Option<Number> {
        number(&self.scene.case, At { node: self.ranking.of, row })
    }

    fn names(&self, rows: &[usize]) -> Text {
        let table = self.scene.case.program.node(self.at.node).space;
        population::names(self.scene, table, rows)
    }

    /// 80.00
    fn shown(&self, points: &Number) -> String {
        let mut scores = self.scene.case.program.scores.iter();
        let score = scores.find(|it| it.selected == Some(self.at.node));
        show::amount(points, style(score.map_or(PLACES, places))).zh
    }

    /// The other cases that are compared with this one.
    fn others(&self) -> impl Iterator<Item = usize> {
        let table = self.scene.case.program.node(self.at.node).space;
        let alike = |row: &usize| {
            let of = |node: &NodeId| self.set(*node, *row) == self.set(*node, self.at.row);
            *row != self.at.row && self.ranking.groups.iter().all(of)
        };
        (0..self.scene.case.facts.table(table).len).filter(alike)
    }

    /// The cases that are surely selected, best first.
    fn selected(&self) -> Vec<usize> {
        let is_in = |row: &usize| {
            self.scene.case.truth(At { node: self.at.node, row: *row }) == Truth::TRUE
        };
        let mut rows: Vec<usize> = self.others().filter(is_in).collect();
        rows.sort_by(|a, b| match (self.points(*a), self.points(*b)) {
            (Some(a), Some(b)) if self.ranking.ascending => a.cmp(&b),
            (Some(a), Some(b)) => b.cmp(&a),
            _ => Ordering::Equal,
        });
        rows
    }

    /// How many seats there are.
    fn room(&self) -> Option<Number> {
        let top = number(&self.scene.case, At { node: self.it.top, row: self.at.row })?;
        if !self.it.share {
            return Some(top.floor());
        }
        let is_ranked = |row: &usize| {
            let among = |node| self.scene.case.truth(At { node, row: *row }) == Truth::TRUE;
            self.ranking.among.is_none_or(among) && self.points(*row).is_some()
        };
        let ranked = self.others().chain([self.at.row]).filter(is_ranked).count();
        Some(top.multiply(&Number::from(ranked as i64)).floor())
    }

    /// 一票否决
    fn struck(&self) -> Option<Text> {
        let among = At { node: self.ranking.among?, row: self.at.row };
        (self.scene.case.truth(among) == Truth::FALSE)
            .then(|| Text::new("一票否决，不参加入选", "a veto keeps it out"))
    }

    /// 市不适用，没有名额
    fn without_group(&self) -> Option<Text> {
        let (group, _) = self.it.quota?;
        let none = self.set(group, self.at.row)?.state() == State::NotApplicable;
        let name = written(self.scene, group);
        none.then(|| {
            Text::new(
                format!("{name}不适用，没有名额"),
                format!("{name} is not applicable: it has no seat"),
            )
        })
    }

    /// 甲的名额 1 名已由 A 占满
    fn group_full(&self) -> Option<Text> {
        let (group, seats) = self.it.quota?;
        let program = self.scene.case.program;
        let own = self.set(group, self.at.row).filter(Set::is_settled)?;
        let room = number(&self.scene.case, At { node: seats, row: self.at.row })?;
        let of_group = |row: &usize| self.set(group, *row).as_ref() == Some(&own);
        let rows: Vec<usize> = self.selected().into_iter().filter(of_group).collect();
        let value =
            show::set_text(program, program.node(group).ty, &own, show::style(self.scene, group));
        let bare = |text: &str| text.replace(['“', '”'], "");
        let (zh, en) = (bare(&value.zh), bare(&value.en));
        let count = show::amount(&room.floor(), show::Style::default()).zh;
        let full = |rows: &[usize]| Number::from(rows.len() as i64) >= room.floor();
        if !full(&rows) {
            let before: Vec<usize> = self.before().into_iter().filter(of_group).collect();
            let names = self.names(&before);
            return full(&before).then(|| {
                Text::new(
                    format!("{zh}的名额 {count} 名，必在其前的有 {}", names.zh),
                    format!("{en} has {count} seats; surely before it: {}", names.en),
                )
            });
        }
        if rows.is_empty() {
            return Some(Text::new(format!("{zh}没有名额"), format!("{en} has no seat")));
        }
        let names = self.names(&rows);
        Some(Text::new(
            format!("{zh}的名额 {count} 名已由 {} 占满", names.zh),
            format!("the seats of {en} ({count}) are taken by {}", names.en),
        ))
    }

    /// 与 B 同分，名额不够，规则定为全不选
    fn tied(&self) -> Option<Text> {
        let place = |row: usize| {
            [Some(self.ranking.of), self.ranking.then_by].map(|node| self.set(node?, row))
        };
        let own = place(self.at.row);
        let rows: Vec<usize> = self.others().filter(|row| place(*row) == own).collect();
        let names = self.names(&rows);
        let free = Number::from(self.selected().len() as i64) < self.room()?;
        (self.it.line == AtLine::Nobody && free && !rows.is_empty()).then(|| {
            Text::new(
                format!("与 {} 同分，名额不够，规则定为全不选", names.zh),
                format!(
                    "tied with {}, with too few seats for all: by the rule none is taken",
                    names.en
                ),
            )
        })
    }

    /// 前 2 名已满：末位 C 50.00 分，本例 40.00 分
    fn all_full(&self) -> Option<Text> {
        let room = self.room()?;
        let rows = self.selected();
        let last = *rows.last().filter(|_| Number::from(rows.len() as i64) >= room)?;
        let (own, least) = (self.points(self.at.row)?, self.points(last)?);
        let worse = if self.ranking.ascending { own >= least } else { own <= least };
        let top = top(self.scene, self.at, self.it);
        let (name, own, least) = (self.names(&[last]), self.shown(&own), self.shown(&least));
        worse.then(|| {
            Text::new(
                format!("{}已满：最后入选 {} {least} 分，本例 {own} 分", top.zh, name.zh),
                format!(
                    "{} are taken: the last is {} with {least}, against {own} here",
                    top.en, name.en
                ),
            )
        })
    }

    /// 前 2 名：必在其前的已有 A、B、C
    fn behind(&self) -> Option<Text> {
        let (rows, top) = (self.before(), top(self.scene, self.at, self.it));
        let names = self.names(&rows);
        (Number::from(rows.len() as i64) >= self.room()?).then(|| {
            Text::new(
                format!("只取{}，必在其前的已有 {}", top.zh, names.zh),
                format!("only {} are; surely before it: {}", top.en, names.en),
            )
        })
    }

    /// The cases whose points are surely better.
    fn before(&self) -> Vec<usize> {
        let hull = |row: usize| match self.set(self.ranking.of, row) {
            Some(Set::Number(set)) => set.values,
            _ => None,
        };
        let Some(own) = hull(self.at.row) else { return vec![] };
        let is_before = |row: &usize| {
            let among = |node| self.scene.case.truth(At { node, row: *row }) == Truth::TRUE;
            let better = hull(*row).is_some_and(|it| match self.ranking.ascending {
                true => peers::below(&it, &own),
                false => peers::below(&own, &it),
            });
            better && self.ranking.among.is_none_or(among)
        };
        self.others().filter(is_before).collect()
    }
}
