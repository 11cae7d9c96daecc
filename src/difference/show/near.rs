//! Cases that stay what they are and came close to something else: to a bound, to the line of a selection. Nothing is laid out.

use crate::diagnostic::Lang;
use crate::difference::Difference;
use crate::difference::bounds::Bounds;
use crate::difference::bounds::Moved;
use crate::difference::bounds::Standing;
use crate::difference::figures::CaseKey;
use crate::difference::figures::Figures;
use crate::difference::figures::Item;
use crate::difference::figures::Kind;
use crate::difference::figures::Value;
use crate::difference::show::reasons::arrow;
use crate::difference::show::reasons::bound;
use crate::difference::show::reasons::shown;
use crate::difference::show::words;
use crate::explain::show;
use crate::ir::Ty;
use crate::report::words::either;
use crate::value::Number;
use crate::value::Set;
use crate::value::Truth;
use std::collections::BTreeMap;

/// Cases that are named for each bound or line.
const NEAR: usize = 8;

/// One line a bound, then one a selection.
pub fn near(diff: &Difference, bounds: &Bounds, lang: Lang) -> Vec<String> {
    let selections = diff.new.items().filter(|it| it.kind == Kind::Selected && diff.old.has(it));
    let at_lines = selections.filter_map(|it| at_line(diff, it, lang));
    at_bounds(diff, bounds, lang).into_iter().chain(at_lines).collect()
}

/// The cases whose item stays what it is and that are no farther from the new bound than they moved against it.
fn at_bounds(diff: &Difference, bounds: &Bounds, lang: Lang) -> Vec<String> {
    let mut lines = vec![];
    for it in &bounds.moved {
        let mut close: Vec<(&CaseKey, Standing)> = vec![];
        for case in diff.new.cases.keys().filter(|at| at.table == it.item.table) {
            let Some(at) = bounds.standing(it, &diff.old, &diff.new, case) else { continue };
            let same = diff.old.value(&it.item, case) == diff.new.value(&it.item, case);
            let moves = !at.stays() || it.ops[0] != it.ops[1];
            if same && moves && at.margin() <= at.step() {
                close.push((case, at));
            }
        }
        close.sort_by(|a, b| a.1.margin().cmp(&b.1.margin()).then_with(|| a.0.cmp(b.0)));
        let Some((_, first)) = close.first() else { continue };
        let names = close.iter().take(NEAR);
        let names: Vec<String> =
            names.map(|(case, at)| beside(diff, bounds, it, case, at, lang)).collect();
        let rest = match close.len() > NEAR {
            true => format!("{} {}", either(lang, " 等", " of"), close.len()),
            false => String::new(),
        };
        lines.push(format!(
            "{}{}{}{}{}{}{rest}",
            it.item.name,
            either(lang, "：", ": "),
            it.subject,
            bound(diff, bounds, it, first, lang),
            either(lang, "；未变而接近的：", "; unchanged and close: "),
            names.join(either(lang, "、", ", "))
        ));
    }
    lines
}

/// 甲集群（4 家，低 1 家）
fn beside(
    diff: &Difference,
    bounds: &Bounds,
    it: &Moved,
    case: &CaseKey,
    at: &Standing,
    lang: Lang,
) -> String {
    let far = at.margin();
    let date = diff.new.program.node(bounds.node(it)).ty == Ty::Date;
    let far = match (date, lang) {
        (true, Lang::Zh) => format!("{far} 天"),
        (true, Lang::En) => format!("{far} days"),
        (false, _) => shown(diff, bounds, it, &far, lang),
    };
    let side = match at.values[1].cmp(&at.bounds[1]) {
        std::cmp::Ordering::Less => format!("{}{far}", either(lang, "低 ", "below by ")),
        std::cmp::Ordering::Equal => either(lang, "恰在界上", "exactly on it").to_owned(),
        std::cmp::Ordering::Greater => format!("{}{far}", either(lang, "高 ", "above by ")),
    };
    let values = at.values.each_ref().map(|number| shown(diff, bounds, it, number, lang));
    format!("{}（{}，{side}）", diff.name_of(case), arrow(&values))
}

/// The cases that stay in or out of a selection and lost at least half of their distance to its line.
fn at_line(diff: &Difference, item: &Item, lang: Lang) -> Option<String> {
    let [old, new] = [&diff.old, &diff.new].map(|it| Line::of(it, item));
    let mut close: Vec<(Number, &CaseKey)> = vec![];
    for (case, it) in &new.chosen {
        let Some(was) = old.chosen.get(case).filter(|was| was.0 == it.0) else { continue };
        let (Some(before), Some(after)) = (old.distance(was), new.distance(it)) else { continue };
        if after < before && after <= before.subtract(&after) {
            close.push((after, case));
        }
    }
    if close.is_empty() {
        return None;
    }
    close.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)));
    let style = diff.new.style(&Item { kind: Kind::Score, ..item.clone() });
    let style = show::Style { unit: style.unit.as_ref(), ..show::Style::default() };
    let name = |(far, case): &(Number, &CaseKey)| {
        let verdict = diff.new.value(item, case).map(|it| words::value(diff, item, &it, lang));
        format!(
            "{}（{}，{}{}）",
            diff.name_of(case),
            verdict.unwrap_or_default(),
            either(lang, "离线 ", "from the line by "),
            show::amount(far, style).get(lang)
        )
    };
    let names: Vec<String> = close.iter().take(NEAR).map(name).collect();
    let rest = match close.len() > NEAR {
        true => format!("{} {}", either(lang, " 等", " of"), close.len()),
        false => String::new(),
    };
    Some(format!(
        "{}{}{}{rest}",
        words::item(item, lang),
        either(lang, "：未变而接近入选线的：", ": unchanged and close to the line: "),
        names.join(either(lang, "、", ", "))
    ))
}

/// A selection: the cases of which both the verdict and the points are settled.
struct Line<'a> {
    /// Whether a case is selected, and its points.
    chosen: BTreeMap<&'a CaseKey, (bool, Number)>,
    /// The points of those that are not selected, and of those that are; ascending.
    sides: [Vec<Number>; 2],
}

impl<'a> Line<'a> {
    fn of(figures: &'a Figures, item: &Item) -> Line<'a> {
        let score = Item { kind: Kind::Score, ..item.clone() };
        let of = |case: &'a CaseKey| {
            let selected = match figures.value(item, case)? {
                Value::Verdict(Truth::TRUE, _) => true,
                Value::Verdict(Truth::FALSE, _) => false,
                _ => return None,
            };
            let Value::Set(Set::Number(set)) = figures.value(&score, case)? else { return None };
            Some((case, (selected, set.values.as_ref()?.single().cloned()?)))
        };
        let cases = figures.cases.keys().filter(|it| it.table == item.table);
        let chosen: BTreeMap<&CaseKey, (bool, Number)> = cases.filter_map(of).collect();
        let side = |selected: bool| {
            let mut points: Vec<Number> =
                chosen.values().filter(|it| it.0 == selected).map(|it| it.1.clone()).collect();
            points.sort();
            points
        };
        Line { sides: [side(false), side(true)], chosen }
    }

    /// How far a case is from the nearest one on the other side.
    fn distance(&self, (selected, points): &(bool, Number)) -> Option<Number> {
        let others = &self.sides[usize::from(!selected)];
        let above = others.partition_point(|it| it < points);
        let near = [above.checked_sub(1), Some(above)].into_iter().flatten();
        near.filter_map(|at| Some(others.get(at)?.subtract(points).abs())).min()
    }
}
