//! Which clause words stand in which items. How words are spelt is elsewhere.

use crate::diagnostic::Text;
use crate::syntax::grammar::Rule;
use crate::syntax::keywords::rules_of;
use crate::syntax::keywords::spelling;

/// Clause words with the items they stand in; the shared ones come last.
const CLAUSES: &[(Rule, &[Rule])] = &[
    (Rule::kw_must, &[Rule::criterion, Rule::conclusion]),
    (Rule::kw_must_not, &[Rule::criterion, Rule::conclusion]),
    (Rule::kw_in_principle, &[Rule::criterion, Rule::conclusion]),
    (Rule::kw_may, &[Rule::criterion, Rule::conclusion]),
    (Rule::kw_composed, &[Rule::naming]),
    (Rule::kw_part, &[Rule::naming]),
    (Rule::kw_former, &[Rule::naming]),
    (Rule::kw_failing, &[Rule::criterion, Rule::naming, Rule::conclusion]),
    (Rule::kw_exception, &[Rule::criterion, Rule::naming, Rule::parameter]),
    (Rule::kw_answered_in, &[Rule::criterion, Rule::naming]),
    (Rule::kw_unanswered, &[Rule::criterion, Rule::naming]),
    (Rule::kw_formula, &[Rule::indicator, Rule::function]),
    (Rule::kw_script, &[Rule::function]),
    (Rule::kw_unit, &[Rule::indicator]),
    (Rule::kw_show, &[Rule::indicator]),
    (Rule::kw_keep, &[Rule::indicator]),
    (Rule::kw_by, &[Rule::grading]),
    (Rule::kw_hit, TABLES),
    (Rule::kw_judged, TABLES),
    (Rule::kw_as_written, &[Rule::grading, Rule::decision, Rule::conclusion]),
    (Rule::kw_full_marks, &[Rule::score]),
    (Rule::kw_item, &[Rule::score]),
    (Rule::kw_bonus, &[Rule::score]),
    (Rule::kw_deduct, &[Rule::score]),
    (Rule::kw_cap, &[Rule::score]),
    (Rule::kw_missing, &[Rule::score]),
    (Rule::not_applicable, &[Rule::criterion, Rule::naming, Rule::score]),
    (Rule::kw_same_values, &[Rule::score]),
    (Rule::kw_weight, &[Rule::score]),
    (Rule::kw_composition, &[Rule::score]),
    (Rule::kw_population, &[Rule::score]),
    (Rule::kw_points, &[Rule::score]),
    (Rule::kw_pass, &[Rule::score]),
    (Rule::kw_rank, &[Rule::score]),
    (Rule::kw_select, &[Rule::score]),
    (Rule::kw_quota, &[Rule::score]),
    (Rule::kw_feedback, &[Rule::score]),
    (Rule::kw_need, &[Rule::conclusion]),
    (Rule::kw_need_one, &[Rule::conclusion]),
    (Rule::kw_veto, &[Rule::conclusion, Rule::score]),
    (Rule::kw_given, &[Rule::test]),
    (Rule::kw_set, &[Rule::case, Rule::test]),
    (Rule::kw_suppose, &[Rule::test]),
    (Rule::kw_on_day, &[Rule::test]),
    (Rule::kw_expect, &[Rule::test]),
    (Rule::kw_snapshot, &[Rule::test]),
    (Rule::kw_unconfirmed, &[Rule::test]),
    (Rule::kw_number, &[Rule::policy]),
    (Rule::kw_issuer, &[Rule::policy]),
    (Rule::kw_outline, &[Rule::policy]),
    (Rule::kw_no_rule, &[Rule::policy]),
    (Rule::kw_rule_date, &[Rule::policy]),
    (Rule::kw_data_period, &[Rule::policy, Rule::test]),
    (Rule::kw_other_reading, &[Rule::indicator]),
    (Rule::kw_no_growth_base, &[Rule::indicator, Rule::criterion]),
    (Rule::kw_bare, &[Rule::policy]),
    (Rule::kw_na_marks, &[Rule::policy]),
    (Rule::kw_cites, &[Rule::policy]),
    (Rule::kw_replaces, &[Rule::policy]),
    (Rule::kw_builds_on, &[Rule::policy]),
    (
        Rule::kw_basis,
        &[
            Rule::policy,
            Rule::vocabulary,
            Rule::measuring,
            Rule::data,
            Rule::parameter,
            Rule::indicator,
            Rule::criterion,
            Rule::naming,
            Rule::grading,
            Rule::decision,
            Rule::score,
            Rule::conclusion,
            Rule::function,
            Rule::test,
            Rule::repeal,
        ],
    ),
    (
        Rule::kw_note,
        &[
            Rule::policy,
            Rule::vocabulary,
            Rule::measuring,
            Rule::data,
            Rule::parameter,
            Rule::indicator,
            Rule::criterion,
            Rule::naming,
            Rule::grading,
            Rule::decision,
            Rule::score,
            Rule::conclusion,
            Rule::function,
            Rule::case,
            Rule::test,
            Rule::repeal,
        ],
    ),
    (Rule::kw_effective, SHARED),
    (Rule::kw_applies, SHARED),
    (Rule::kw_reading, EXPLAINED),
    (Rule::kw_evidence, EXPLAINED),
    (Rule::kw_add, AMENDED),
];

/// Items that say how they are to be read, and what proves them.
const EXPLAINED: &[Rule] = &[
    Rule::policy,
    Rule::vocabulary,
    Rule::parameter,
    Rule::indicator,
    Rule::criterion,
    Rule::naming,
    Rule::grading,
    Rule::conclusion,
    Rule::function,
];

/// Items that hold a table with a head row.
const TABLES: &[Rule] = &[Rule::decision, Rule::conclusion];

/// Items that take every shared clause.
const SHARED: &[Rule] = &[
    Rule::policy,
    Rule::vocabulary,
    Rule::parameter,
    Rule::indicator,
    Rule::criterion,
    Rule::naming,
    Rule::grading,
    Rule::decision,
    Rule::score,
    Rule::conclusion,
];

/// Items whose clauses may be written with 增加.
const AMENDED: &[Rule] = &[
    Rule::policy,
    Rule::data,
    Rule::parameter,
    Rule::indicator,
    Rule::criterion,
    Rule::naming,
    Rule::grading,
    Rule::score,
    Rule::conclusion,
    Rule::case,
];

/// Item words with the items they begin.
const ITEMS: &[(Rule, Rule)] = &[
    (Rule::kw_policy, Rule::policy),
    (Rule::kw_classification, Rule::vocabulary),
    (Rule::kw_roster, Rule::vocabulary),
    (Rule::kw_measuring, Rule::measuring),
    (Rule::kw_data, Rule::data),
    (Rule::kw_parameter, Rule::parameter),
    (Rule::kw_indicator, Rule::indicator),
    (Rule::kw_criterion, Rule::criterion),
    (Rule::kw_naming, Rule::naming),
    (Rule::kw_grading, Rule::grading),
    (Rule::kw_decision, Rule::decision),
    (Rule::kw_score, Rule::score),
    (Rule::kw_conclusion, Rule::conclusion),
    (Rule::kw_function, Rule::function),
    (Rule::kw_case, Rule::case),
    (Rule::kw_test, Rule::test),
    (Rule::kw_amend, Rule::amendment),
    (Rule::kw_repeal, Rule::repeal),
];

/// Words people write for clause and item words.
const MEANT: &[(&str, Rule)] = &[
    ("必须", Rule::kw_must),
    ("应该", Rule::kw_must),
    ("要求", Rule::kw_must),
    ("禁止", Rule::kw_must_not),
    ("不应", Rule::kw_must_not),
    ("计算", Rule::kw_formula),
    ("算法", Rule::kw_formula),
    ("根据", Rule::kw_basis),
    ("颁布", Rule::kw_effective),
    ("生效", Rule::kw_effective),
    ("备注", Rule::kw_note),
    ("注", Rule::kw_note),
    ("规则", Rule::kw_criterion),
    ("标准", Rule::kw_criterion),
    ("变量", Rule::kw_data),
    ("常量", Rule::kw_parameter),
    ("示例", Rule::kw_case),
    ("决定", Rule::kw_conclusion),
];

/// The items a clause word stands in; none if no clause begins with it.
pub fn owners(word: &str) -> Vec<Rule> {
    let rules = rules_of(word);
    let found = CLAUSES.iter().filter(|it| rules.contains(&it.0));
    found.flat_map(|it| it.1).copied().collect()
}

/// Whether an item begins with this word.
pub fn begins_item(word: &str) -> bool {
    rules_of(word).iter().any(|rule| ITEMS.iter().any(|it| it.0 == *rule))
}

/// The word of an item; of 分类 and 名单 the first.
pub fn item_word(kind: Rule) -> Text {
    let found = ITEMS.iter().find(|it| it.1 == kind).and_then(|it| spelling(it.0));
    found.unwrap_or_default()
}

/// The words of all items.
pub fn item_words() -> Vec<Text> {
    ITEMS.iter().filter_map(|it| spelling(it.0)).collect()
}

/// The words of the clauses of an item.
pub fn clause_words(kind: Rule) -> Vec<Text> {
    CLAUSES.iter().filter(|it| it.1.contains(&kind)).filter_map(|it| spelling(it.0)).collect()
}

/// The word nearest to another among some, if one is near. A word in Latin letters is answered in English.
pub fn nearest(word: &str, words: &[Text]) -> Option<Text> {
    const LONGEST: usize = 24;
    const NEAR: f64 = 0.5;
    if word.chars().count() > LONGEST {
        return None;
    }
    if let Some(meant) = MEANT.iter().find(|it| it.0 == word).and_then(|it| spelling(it.1))
        && words.contains(&meant)
    {
        return Some(meant);
    }
    let near = |it: &str| strsim::normalized_damerau_levenshtein(word, it);
    let scored = words.iter().map(|it| (near(&it.zh).max(near(&it.en)), it));
    let best = scored.filter(|it| it.0 >= NEAR).max_by(|a, b| a.0.total_cmp(&b.0))?.1;
    Some(if word.is_ascii() { Text::new(&best.en, &best.en) } else { best.clone() })
}

/// The longest of some words that another word begins with: 依据第三条 → 依据.
pub fn leading(word: &str, words: &[Text]) -> Option<String> {
    let found = words.iter().map(|it| &it.zh).filter(|it| word.starts_with(it.as_str()));
    found.max_by_key(|it| it.len()).cloned()
}
