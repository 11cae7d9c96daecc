//! A rank: the neighbours above and below with the difference item by item. Who is selected is told elsewhere.

use crate::analysis::errors::number;
use crate::diagnostic::Text;
use crate::explain::arithmetic::because;
use crate::explain::arithmetic::plain;
use crate::explain::model::Branch;
use crate::explain::place;
use crate::explain::scene::Scene;
use crate::explain::scene::same;
use crate::explain::scene::written;
use crate::explain::score::chance;
use crate::explain::score::model::Rank;
use crate::explain::score::peers::Peers;
use crate::explain::score::peers::leaves;
use crate::explain::score::selection;
use crate::explain::score::style;
use crate::explain::show;
use crate::ir::Composition;
use crate::ir::Missing;
use crate::ir::NodeId;
use crate::ir::ScorePart;
use crate::value::Number;
use crate::value::Set;
use crate::value::Truth;
use std::cmp::Ordering;
use std::cmp::Reverse;

/// More decimal places than this are not taken on for a difference to be seen.
const TELLING: u32 = 6;

/// The ranks that are possible; none where the case has none.
pub fn span(scene: &Scene, node: NodeId) -> Option<Rank> {
    let Some(Set::Number(set)) = scene.case.set(scene.at(node)) else { return None };
    let hull = set.values?;
    let end = |number: &Number| number.to_fixed(number.decimal_places().unwrap_or(1));
    Some(Rank { low: end(&hull.low?.at), high: end(&hull.high?.at) })
}

/// All that is to be said of the case among the others.
pub fn standing(scene: &Scene, peers: &Peers, places: u32) -> Vec<Branch> {
    let mut all = struck(scene, peers);
    if !peers.is_in() {
        all.extend(outside(scene, peers));
        return all;
    }
    // Where nobody is ranked or selected, no other case is named.
    if peers.score.rank.is_none() && peers.score.selected.is_none() {
        return all;
    }
    all.extend(selection::unselected(scene, peers).filter(|_| !is_struck(scene, peers)));
    let total = number(&scene.case, scene.at(peers.score.node));
    match total {
        Some(_) if is_struck(scene, peers) => {}
        Some(total) => all.extend(neighbours(scene, peers, &total, places)),
        None => all.extend(chance::overlaps(scene, peers)),
    }
    all.extend(selection::line(scene, peers, places));
    all.extend(chance::of(scene, peers));
    all
}

/// 一票否决：失信：是. The points stay.
fn struck(scene: &Scene, peers: &Peers) -> Vec<Branch> {
    let mut all = vec![];
    for veto in &peers.score.vetoes {
        let at = scene.at(veto.node);
        let truth = scene.case.truth(at);
        if !truth.may(Truth::TRUE) {
            continue;
        }
        let why = because(scene, at);
        let text = match truth == Truth::TRUE {
            true => {
                let effects = effects(peers);
                Text::new(
                    format!("一票否决：{}；得分照列{}", why.zh, effects.zh),
                    format!("vetoed, {}: the points stand{}", why.en, effects.en),
                )
            }
            false => Text::new(
                format!("是否一票否决未定：{}", why.zh),
                format!("whether a veto strikes is open: {}", why.en),
            ),
        };
        all.push(plain(text, place::of_outcome(scene, at)));
    }
    all
}

/// ，不合格，不排名，不入选: what a veto does where the rulebook asks for it.
fn effects(peers: &Peers) -> Text {
    let score = peers.score;
    let all = [
        (score.pass.is_some(), "不合格", "it does not pass"),
        (score.rank.is_some(), "不排名", "is not ranked"),
        (score.selected.is_some(), "不入选", "is not selected"),
    ];
    let all = all.into_iter().filter(|it| it.0);
    let (zh, en): (String, Vec<&str>) = all.map(|it| (format!("，{}", it.1), it.2)).unzip();
    let en = if en.is_empty() { String::new() } else { format!(", but {}", en.join(", ")) };
    Text::new(zh, en)
}

fn is_struck(scene: &Scene, peers: &Peers) -> bool {
    let mut vetoes = peers.score.vetoes.iter();
    vetoes.any(|it| scene.case.truth(scene.at(it.node)) == Truth::TRUE)
}

/// Why the case is not compared.
fn outside(scene: &Scene, peers: &Peers) -> Option<Branch> {
    let among = scene.at(peers.score.among?);
    if peers.score.missing == Some(Missing::Excluded)
        && let Some(lacking) = chance::lacking(peers, scene.case.row)
    {
        return Some(plain(
            Text::new(
                format!("{}；规则定为不参评", lacking.zh),
                format!("{}; by the rule it is not scored", lacking.en),
            ),
            None,
        ));
    }
    let why = because(scene, among);
    Some(plain(
        Text::new(format!("不参评，{}", why.zh), format!("not scored, {}", why.en)),
        place::of_outcome(scene, among),
    ))
}

/// The next case above and the next below, each with the difference item by item.
fn neighbours(scene: &Scene, peers: &Peers, total: &Number, places: u32) -> Vec<Branch> {
    let own = scene.case.row;
    // Also where the rank is open, because others' points are: then among those whose points are known.
    let ranked = |row: &usize| peers.score.rank.is_none_or(|rank| peers.hull(rank, *row).is_some());
    let open = peers.score.rank.is_some_and(|rank| peers.number(rank, own).is_none());
    let mut others: Vec<(Number, usize)> = peers
        .sorted(peers.score.node)
        .iter()
        .filter(|it| it.1 != own && ranked(&it.1))
        .cloned()
        .collect();
    if !ranked(&own) {
        return vec![];
    }
    // 再比 parts those of equal points.
    let rank = |row: usize| peers.score.rank.and_then(|it| peers.number(it, row));
    others.sort_by(|a, b| match (rank(a.1), rank(b.1)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => peers.better(&a.0, &b.0),
    });
    let stands = |it: &(Number, usize)| standing_of(peers, it, total, own);
    let above = others.iter().rev().find(|it| stands(it) == Ordering::Less);
    let below = others.iter().find(|it| stands(it) == Ordering::Greater);
    let tied: Vec<usize> =
        others.iter().filter(|it| stands(it) == Ordering::Equal).map(|it| it.1).collect();
    let mut branches = vec![];
    if !tied.is_empty() {
        let names = peers.names(&tied);
        let settles = peers.score.then_by.filter(|_| open).map(|it| written(scene, it));
        branches.push(plain(
            match settles {
                Some(by) => Text::new(
                    format!("与 {} 同分，先后看再比 {by}，未定", names.zh),
                    format!("the same points as {}; {by} settles it and is open", names.en),
                ),
                None => Text::new(
                    format!("与 {} 同分，名次并列", names.zh),
                    format!("tied with {}", names.en),
                ),
            },
            None,
        ));
    }
    for (other, above) in [(above, true), (below, false)] {
        let Some((score, row)) = other else { continue };
        branches.push(difference(scene, peers, (score, *row), total, (above, open), places));
    }
    branches
}

/// How another case stands to this one in rank: by its rank where that is known, else by points.
fn standing_of(peers: &Peers, other: &(Number, usize), total: &Number, own: usize) -> Ordering {
    let ranks = peers.score.rank.map(|it| (peers.number(it, other.1), peers.number(it, own)));
    match ranks {
        Some((Some(other), Some(own))) => other.cmp(&own),
        _ => peers.better(&other.0, total),
    }
}

/// 第 10 名 乙集群 76.40 分，高 0.08 分, and below it the parts in which they differ.
fn difference(
    scene: &Scene,
    peers: &Peers,
    (score, row): (&Number, usize),
    total: &Number,
    (above, open): (bool, bool),
    places: u32,
) -> Branch {
    let gap = total.subtract(score);
    let places = telling(&gap, places);
    let shown = |it: &Number| show::amount(it, style(places)).zh;
    let rank = peers.score.rank.and_then(|rank| peers.number(rank, row));
    let rank = rank.map_or(Text::default(), |it| {
        let digits = it.to_fixed(it.decimal_places().unwrap_or(1));
        Text::new(format!("第 {digits} 名 "), format!("No. {digits} "))
    });
    let name = peers.names(&[row]);
    let (zh, en) = match (gap.is_zero(), gap.is_negative()) {
        (true, _) => ("同分".to_owned(), "the same points".to_owned()),
        (_, true) => (
            format!("比本例高 {} 分", shown(&gap.abs())),
            format!("{} above this case", shown(&gap.abs())),
        ),
        (_, false) => (
            format!("比本例低 {} 分", shown(&gap.abs())),
            format!("{} below this case", shown(&gap.abs())),
        ),
    };
    let (word, word_en) = match (above, open) {
        (true, false) => ("前一名：", "next above: "),
        (false, false) => ("后一名：", "next below: "),
        (true, true) => ("得分已定者中的前一例：", "next above of those whose points are known: "),
        (false, true) => ("得分已定者中的后一例：", "next below of those whose points are known: "),
    };
    let head = Text::new(
        format!("{word}{}{} {} 分，{zh}", rank.zh, name.zh, shown(score)),
        format!("{word_en}{}{} with {}, {en}", rank.en, name.en, shown(score)),
    );
    let children = match settled_by(scene, peers, row).filter(|_| gap.is_zero()) {
        Some(branch) => vec![branch],
        None => by_part(scene, peers, row, &gap, places),
    };
    Branch { children, ..plain(head, None) }
}

/// 再比 税收：本例 1，其 9: what parts two cases with the same points.
fn settled_by(scene: &Scene, peers: &Peers, row: usize) -> Option<Branch> {
    let program = scene.case.program;
    let node = peers.score.then_by?;
    let value = |row: usize| {
        let set = peers.set(node, row)?;
        Some(show::set_text(program, program.node(node).ty, &set, show::style(scene, node)))
    };
    let (mine, other, name) = (value(scene.case.row)?, value(row)?, written(scene, node));
    let text = Text::new(
        format!("再比 {name}：本例 {}，其 {}", mine.zh, other.zh),
        format!("then by {name}: {} here against {}", mine.en, other.en),
    );
    Some(plain(text, None))
}

/// The difference of the totals, part by part, greatest first; what the parts leave is told too.
fn by_part(scene: &Scene, peers: &Peers, row: usize, gap: &Number, places: u32) -> Vec<Branch> {
    if peers.score.composition == Composition::Geometric {
        let text = Text::new(
            "加权几何，差距不能逐项相加",
            "a geometric mean: the difference is no sum of parts",
        );
        return vec![plain(text, None)];
    }
    let mut items = differing(scene, peers, row, places);
    items.sort_by_key(|it| Reverse(it.1.abs()));
    let sum = items.iter().fold(Number::zero(), |sum, it| sum.add(&it.1));
    let rest = gap.subtract(&sum);
    let places = telling(&rest, places);
    let mut branches: Vec<Branch> = items
        .iter()
        .map(|(name, difference, detail)| Branch {
            detail: Some(same(signed(difference, places))),
            place: Some(detail.clone()),
            ..plain(same(name.clone()), None)
        })
        .collect();
    if !rest.is_zero() {
        let name = match (peers.score.cap, peers.score.keep) {
            (Some(_), None) => Text::new("封顶", "cap"),
            (None, _) => Text::new("保留小数", "rounding"),
            _ => Text::new("封顶、保留小数", "cap and rounding"),
        };
        branches.push(Branch { detail: Some(same(signed(&rest, places))), ..plain(name, None) });
    }
    let shown = items
        .iter()
        .map(|it| &it.1)
        .chain([&rest])
        .fold(Number::zero(), |sum, it| sum.add(&it.round(places)));
    let rounding = (shown != gap.round(places)).then(|| {
        Text::new(
            format!("所列各数各自四舍五入，相加为 {}", signed(&shown, places)),
            format!(
                "the figures shown are rounded one by one and add to {}",
                signed(&shown, places)
            ),
        )
    });
    branches.push(Branch {
        detail: Some(same(signed(gap, places))),
        place: rounding,
        ..plain(Text::new("合计", "together"), None)
    });
    branches
}

/// The parts that add another number in the two cases: the name, the difference, and what each adds.
fn differing(scene: &Scene, peers: &Peers, row: usize, places: u32) -> Vec<(String, Number, Text)> {
    let own = scene.case.row;
    let mut items: Vec<(String, Number, Text)> = vec![];
    for (sign, part) in leaves(peers.score) {
        let Some([mine, other]) = [own, row]
            .map(|row| peers.added(part, row))
            .into_iter()
            .collect::<Option<Vec<_>>>()
            .and_then(|it| <[Number; 2]>::try_from(it).ok())
        else {
            continue;
        };
        let difference = match sign {
            true => mine.subtract(&other),
            false => other.subtract(&mine),
        };
        if !difference.is_zero() {
            let of = |number: &Number, row: usize| {
                let points = show::amount(number, style(places)).zh;
                let value = value(scene, peers, part, row).unwrap_or_default();
                Text::new(format!("{points}{}", value.zh), format!("{points}{}", value.en))
            };
            let (mine, other) = (of(&mine, own), of(&other, row));
            let detail = Text::new(
                format!("本例 {}，其 {}", mine.zh, other.zh),
                format!("{} against {}", mine.en, other.en),
            );
            items.push((part.name.clone(), difference, detail));
        }
    }
    items
}

/// （3.27%）: what was scored in any case, where it is more than the points.
fn value(scene: &Scene, peers: &Peers, part: &ScorePart, row: usize) -> Option<Text> {
    let of = part.of.filter(|_| part.indicator.is_some() || part.method.is_some())?;
    let program = scene.case.program;
    let set = peers.set(of, row)?;
    let value = show::set_text(program, program.node(of).ty, &set, show::style(scene, of));
    Some(Text::new(format!("（{}）", value.zh), format!(" ({})", value.en)))
}

/// As many decimal places as it takes for a number that is not zero to be seen.
pub fn telling(number: &Number, places: u32) -> u32 {
    let seen = |it: &u32| number.is_zero() || !number.round(*it).is_zero();
    (places..=places + TELLING).find(seen).unwrap_or(places)
}

/// +0.35, −0.61
pub fn signed(number: &Number, places: u32) -> String {
    let digits = show::amount(number, style(places)).zh;
    if number.is_positive() { format!("+{digits}") } else { digits }
}
