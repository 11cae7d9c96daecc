//! What may stand at a place, in words people know: pest's rules become keywords and a few plain nouns.

use crate::diagnostic::Text;
use crate::syntax::grammar::Rule;
use crate::syntax::keywords;

/// Most words that one message lists.
const SHOWN: usize = 8;

/// Possible wherever a formula is, and no help to anybody.
const UNSAID: [Rule; 4] = [Rule::kw_not, Rule::negative, Rule::kw_last, Rule::kw_if];

/// A list of words in both tongues.
pub fn listed(words: &[Text]) -> Text {
    let shown = &words[..words.len().min(SHOWN)];
    let join = |pick: fn(&Text) -> &str, between: &str| {
        shown.iter().map(pick).collect::<Vec<_>>().join(between)
    };
    let more = words.len() > SHOWN;
    let zh = join(|it| it.zh.as_str(), "、") + if more { " 等" } else { "" };
    let en = join(|it| it.en.as_str(), ", ") + if more { " …" } else { "" };
    Text::new(zh, en)
}

/// The rules as words: keywords first, then kinds of things, each once.
pub fn words(rules: &[Rule]) -> Vec<Text> {
    const STEPS: [Rule; 5] =
        [Rule::kw_to, Rule::kw_among, Rule::kw_of, Rule::kw_as_of, Rule::open_bracket];
    let mut exact = Vec::new();
    let mut kinds = Vec::new();
    // After a complete operand these are possible everywhere and would only crowd the list.
    let after_operand = wants_operator(rules);
    let comparing = rules.contains(&Rule::kw_at_least);
    let unsaid = |it: &Rule| UNSAID.contains(it) || (after_operand && STEPS.contains(it));
    for &rule in rules.iter().filter(|it| !unsaid(it)) {
        let (word, list) = match kind(rule).filter(|_| rule != Rule::kw_is || comparing) {
            Some((zh, en)) => (Text::new(zh, en), &mut kinds),
            None => match keywords::spelling(rule) {
                Some(word) => (word, &mut exact),
                None => continue,
            },
        };
        if !list.contains(&word) {
            list.push(word);
        }
    }
    exact.append(&mut kinds);
    exact
}

/// Whether a name, number or text may stand.
pub fn wants_operand(rules: &[Rule]) -> bool {
    rules.iter().any(|it| {
        matches!(
            it,
            Rule::name
                | Rule::plain_name
                | Rule::reference
                | Rule::term
                | Rule::expression
                | Rule::operation
        )
    })
}

/// Whether an operator may stand: an operand is complete.
pub fn wants_operator(rules: &[Rule]) -> bool {
    rules.iter().any(|it| {
        matches!(it, Rule::kw_and | Rule::plus | Rule::kw_is | Rule::times | Rule::at_least)
    })
}

/// Whether only a limit may stand: a comparison without a verb, as in 从业人员 50人及以上.
pub fn wants_limit(rules: &[Rule]) -> bool {
    rules.contains(&Rule::kw_or_more) && !wants_operator(rules)
}

/// The family of a rule that is no keyword of its own.
fn kind(rule: Rule) -> Option<(&'static str, &'static str)> {
    Some(match rule {
        Rule::equal
        | Rule::not_equal
        | Rule::at_least
        | Rule::at_most
        | Rule::above
        | Rule::below => COMPARISON,
        Rule::kw_is | Rule::kw_is_not | Rule::kw_at_least | Rule::kw_at_most | Rule::kw_above => {
            COMPARISON
        }
        Rule::kw_below | Rule::kw_in | Rule::kw_not_in | Rule::kw_between | Rule::kw_within => {
            COMPARISON
        }
        Rule::kw_reaches | Rule::relation | Rule::bounds => COMPARISON,
        Rule::plus | Rule::minus | Rule::times | Rule::divide | Rule::power => {
            ("+ − × ÷", "+ - * /")
        }
        Rule::kw_and | Rule::kw_or => ("且、或", "and, or"),
        Rule::kw_or_more | Rule::kw_or_less | Rule::kw_more | Rule::kw_less => LIMIT,
        Rule::kw_bare_more
        | Rule::kw_bare_less
        | Rule::kw_included
        | Rule::kw_excluded
        | Rule::measured => LIMIT,
        Rule::quantity
        | Rule::fraction
        | Rule::decimal
        | Rule::grouped
        | Rule::whole
        | Rule::fixed => ("数", "a number"),
        Rule::plain_name | Rule::quoted_name | Rule::name | Rule::reference => ("名称", "a name"),
        Rule::text | Rule::template => ("“文字”", "\"text\""),
        Rule::close_quote | Rule::half_quote | Rule::inner_close => ("”", "\""),
        Rule::open_bracket | Rule::group => ("（", "("),
        Rule::close_bracket => ("）", ")"),
        Rule::close_hole => ("}", "}"),
        Rule::comma => ("逗号", "a comma"),
        Rule::pause => ("顿号", "a comma"),
        Rule::colon => ("冒号", "a colon"),
        Rule::bar => ("|", "|"),
        Rule::dash => ("— 开头的一行", "a line that begins with -"),
        Rule::expression
        | Rule::operation
        | Rule::condition
        | Rule::amount
        | Rule::term
        | Rule::value => ("式子", "a formula"),
        Rule::date | Rule::period | Rule::validity => ("日期", "a date"),
        Rule::article | Rule::annex | Rule::place | Rule::citation | Rule::citations => {
            ("条号（如 第四条）", "an article (such as art. 4)")
        }
        Rule::document_number => ("文号（如 国科火字〔2020〕183号）", "a document number"),
        Rule::percent | Rule::unit => ("单位", "a unit"),
        Rule::raw_value => ("要填的值", "the value to fill in"),
        Rule::field_type => {
            ("类型（如 文本、金额（千元）、日期）", "a type (such as text, money(yuan))")
        }
        Rule::field_option => {
            ("可缺、可无、来源、别名、说明 等", "optional, may_be_none, supplied_by, alias, note …")
        }
        Rule::head_cell => {
            ("这一列看什么，或“得”和名称", "what the column looks at, or yields and a name")
        }
        Rule::cell => ("≥ 50 人、3 至 4、其余 等", ">= 50, 3 to 4, otherwise …"),
        Rule::quantifier => ("同时满足、满足之一、至少满足 2 项", "all_of, any_of, at_least 2 of"),
        Rule::force => ("应当、不得、原则上、可以", "must, must_not, in_principle, may"),
        _ => return None,
    })
}

const COMPARISON: (&str, &str) =
    ("比较（不低于、为、属于 等）", "a comparison (at least, is, in …)");
const LIMIT: (&str, &str) = ("以上（含）、以下（含）", "or more, or less");
