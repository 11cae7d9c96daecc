//! What many cases wait for, grouped by item: how many need it, and for how many it is the only thing open. One case is in `block`.

use crate::diagnostic::Lang;
use crate::explain::CaseAccount;
use crate::explain::CauseKind;
use crate::report::layout::Rows;
use crate::report::words;
use crate::report::words::either;
use indexmap::IndexMap;
use std::cmp::Reverse;

/// Fewer waiting cases than this are read one by one.
const WORTH: usize = 3;
/// More items than this are counted, not listed.
const ITEMS: usize = 12;
/// Cases named beside an item.
const NAMED: usize = 4;

/// A field, by the article that asks for it.
#[derive(PartialEq, Eq, Hash)]
struct Item<'a> {
    article: &'a str,
    field: &'a str,
}

/// The cases that wait for an item.
#[derive(Default)]
struct Demand<'a> {
    /// Those that must supply it.
    missing: Vec<&'a str>,
    /// Those that must correct it.
    faulty: Vec<&'a str>,
    /// How many of them wait for nothing else.
    alone: usize,
}

impl Demand<'_> {
    fn cases(&self) -> usize {
        self.missing.len() + self.faulty.len()
    }
}

/// Writes the block; nothing where few cases wait.
pub fn wanted(out: &mut String, cases: &[CaseAccount], lang: Lang) {
    let own = |it: &&CaseAccount| it.supply.iter().any(|it| it.kind != CauseKind::Elsewhere);
    let waiting: Vec<&CaseAccount> = cases.iter().filter(own).collect();
    if waiting.len() < WORTH {
        return;
    }
    out.push('\n');
    let mut rows = Rows::default();
    let head = match lang {
        Lang::Zh => format!("待补正 {} 例，按项归并，先列最能见效的：", waiting.len()),
        Lang::En => {
            format!("{} cases wait for data; by item, most useful first:", waiting.len())
        }
    };
    rows.push("", [head]);
    let mut items: Vec<(Item, Demand)> = demands(&waiting).into_iter().collect();
    items.sort_by_key(|(_, it)| Reverse((it.alone, it.cases())));
    for (item, demand) in items.iter().take(ITEMS) {
        rows.push("   ", row(item, demand, lang));
    }
    if items.len() > ITEMS {
        let more = items.len() - ITEMS;
        let text = match lang {
            Lang::Zh => format!("另有 {more} 项，见各例"),
            Lang::En => format!("{more} more items: see each case"),
        };
        rows.push("   ", [text]);
    }
    rows.write(out);
}

/// Each item once a case; a case that must correct it somewhere counts as faulty.
fn demands<'a>(waiting: &[&'a CaseAccount]) -> IndexMap<Item<'a>, Demand<'a>> {
    let mut demands: IndexMap<Item, Demand> = IndexMap::new();
    for case in waiting {
        let mut own: IndexMap<Item, bool> = IndexMap::new();
        for cause in case.supply.iter().filter(|it| it.kind != CauseKind::Elsewhere) {
            let article = cause.article.as_deref().unwrap_or_default();
            let faulty = own.entry(Item { article, field: &cause.field }).or_default();
            *faulty |= cause.kind == CauseKind::Fault;
        }
        let alone = usize::from(own.len() == 1);
        for (item, faulty) in own {
            let demand = demands.entry(item).or_default();
            let of = if faulty { &mut demand.faulty } else { &mut demand.missing };
            of.push(&case.id);
            demand.alone += alone;
        }
    }
    demands
}

/// 第九条   公示止   待补 3 例   只差此项 1 例   JQ03、JQ20、JQ21
fn row(item: &Item, demand: &Demand, lang: Lang) -> [String; 5] {
    let count = |number: usize, zh: &str, en: &str| match (number, lang) {
        (0, _) => None,
        (_, Lang::Zh) => Some(format!("{zh} {number} 例")),
        (_, Lang::En) => Some(format!("{en} {number}")),
    };
    let todo = [
        count(demand.missing.len(), "待补", "missing in"),
        count(demand.faulty.len(), "待更正", "faulty in"),
    ];
    let todo: Vec<String> = todo.into_iter().flatten().collect();
    let alone = count(demand.alone, "只差此项", "nothing else open in").unwrap_or_default();
    let ids: Vec<&str> = demand.missing.iter().chain(&demand.faulty).copied().collect();
    let mut named = words::list(&ids[..ids.len().min(NAMED)], lang);
    if ids.len() > NAMED {
        named += either(lang, "等", " …");
    }
    [
        item.article.to_owned(),
        item.field.to_owned(),
        todo.join(either(lang, "，", ", ")),
        alone,
        named,
    ]
}
