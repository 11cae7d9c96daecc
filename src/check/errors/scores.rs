//! What the checker says about 评分: columns, methods, words. No fault is found here.

use super::fault;
use super::nearest;
use super::shapes::one_of_span;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::value::Number;

/// A fault of a 评分.
pub(super) fn wrong(span: Span, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    fault(code::SCORE, span, zh, en)
}

/// A number of percent, exact.
pub(super) fn percent(value: &Number) -> String {
    format!("{}%", value.multiply(&Number::from(100)))
}

pub(crate) fn score_without_parts(name: &Name) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        name.span,
        format!("评分“{}”没有项目，也没有权重表", name.text),
        format!("the score “{}” has no items and no table of weights", name.text),
    )
    .help(
        "写 项目 名称，满分 30 分，公式 …；或写表：| 指标 | 权重 | 方向 | 标准化 |",
        "add item NAME, full_marks 30, formula …; or a table of weights",
    )
}

pub(crate) fn two_score_forms(name: &Name) -> Diagnostic {
    wrong(
        name.span,
        format!("评分“{}”既有权重表，又有项目", name.text),
        format!("the score “{}” has both a table of weights and items", name.text),
    )
    .help(
        "只用一种；额外的分写 加分 或 扣分，或分成两个评分再合成",
        "use one of them; what comes on top is a bonus or deduct line",
    )
}

pub(crate) fn score_head(span: Span) -> Diagnostic {
    wrong(span, "权重表第一行写各栏的名称", "the first row of a table of weights names its columns")
        .help(
            "例如：| 一级 | 权重 | 二级 | 权重 | 方向 | 标准化 |",
            "for example: | part | weight | indicator | weight | direction | normalise |",
        )
}

pub(crate) fn score_columns(span: Span) -> Diagnostic {
    wrong(
        span,
        "权重表要有各级名称，每级后面跟一栏 权重，还要有 标准化 一栏",
        "a table of weights has levels, each followed by a column weight, and a column normalise",
    )
    .help(
        "例如：| 一级 | 权重 | 二级 | 权重 | 方向 | 标准化 |",
        "for example: | part | weight | indicator | weight | direction | normalise |",
    )
}

pub(crate) fn score_row_length(span: Span, found: usize, wanted: usize) -> Diagnostic {
    wrong(
        span,
        format!("这一行有 {found} 格，第一行有 {wanted} 格"),
        format!("this row has {found} cells, the first one {wanted}"),
    )
    .help(
        "与上一行相同的格留空，但竖线要写",
        "leave a cell blank where it is as above, but write its bar",
    )
}

pub(crate) fn score_part_name(span: Span) -> Diagnostic {
    wrong(span, "这里要写名称", "a name is needed here").help(
        "留空表示与上一行相同；最后一级写指标的名称，不能留空",
        "a blank cell repeats the one above; the last level names an indicator",
    )
}

pub(crate) fn direction_needed(span: Span) -> Diagnostic {
    wrong(span, "方向写 正向 或 逆向", "a direction is up or down")
        .help("正向：值越大分越高；逆向：值越小分越高", "up: more is better; down: less is better")
}

pub(crate) fn method_needed(span: Span, found: &str) -> Diagnostic {
    let zh = match found {
        "" => "这里要写标准化的方法".to_owned(),
        _ => format!("标准化“{found}”写得不对"),
    };
    wrong(span, zh, "a method of normalisation is needed here").help(
        "可写：极差、极差（下限，上限）、功效（60，40）、功效（60，40，不允许，满意）、标准分、目标（10%）、分档（表名）",
        "one of: min_max, min_max(low, high), effect(60, 40), z_score, target(10%), banded(TABLE)",
    )
}

pub(crate) fn target_positive(span: Span) -> Diagnostic {
    wrong(span, "目标要大于零", "a target is above 0").help(
        "目标为零的指标，用 极差（下限，上限） 或 分档（表名）",
        "use min_max(low, high) or banded(TABLE)",
    )
}

pub(crate) fn goalposts_equal(span: Span) -> Diagnostic {
    wrong(span, "下限与上限相同，分数算不出来", "the two ends are the same, so there are no points")
        .help("写两个不同的数", "write two different numbers")
}

pub(crate) fn points_written(span: Span) -> Diagnostic {
    wrong(span, "这里要写一个大于零的数", "a number above 0 is needed here")
        .help("例如：满分 100 分", "for example: full_marks 100")
}

pub(crate) fn points_needed(span: Span, found: &str) -> Diagnostic {
    let it = fault(
        code::TYPE,
        span,
        format!("这里要写分数，写的却是{found}"),
        "points are needed here: a number without a unit",
    );
    if let Some(one) = one_of_span(found) {
        return it.help(
            format!("时长除以时长是数：… ÷ {one}；每满几年几分的，写 向下取整（… ÷ 2 年）"),
            format!("a span divided by a span is a number: … / {one}"),
        );
    }
    it.help(
        "分数是不带单位的数或“分”：用公式、分级或判定表把它换成分",
        "turn it into points by a formula, a grading or a table",
    )
}

pub(crate) fn effect_full(span: Span, sum: &Number, full: &Number) -> Diagnostic {
    wrong(
        span,
        format!("功效的两个数加起来是 {sum} 分，满分却是 {full} 分"),
        format!("the two numbers of effect sum to {sum}, but full marks are {full}"),
    )
    .help(
        "例如满分 100 分时写：功效（60，40）",
        "for example with full marks of 100: effect(60, 40)",
    )
}

pub(crate) fn missing_word(word: &Name) -> Diagnostic {
    wrong(word.span, format!("缺失“{}”写得不对", word.text), format!("“{}” is no rule for missing values", word.text)).help(
        "可写：区间；区间，极值取已报者；记零分；取均值；取中位；分摊；不参评",
        "one of: interval; interval, extremes_of_reported; zero; mean; median; redistribute; excluded",
    )
}

pub(crate) fn missing_unsaid(name: &Name, part: &str) -> Diagnostic {
    wrong(
        name.span,
        format!("“{part}”可能缺数，评分没有写缺失怎么办"),
        format!("“{part}” may be missing, and the score does not say what then"),
    )
    .help(
        "加一行：缺失 区间；或 区间，极值取已报者、记零分、取均值、取中位、分摊、不参评",
        "add a line: missing interval; or zero, mean, median, redistribute, excluded",
    )
}

pub(crate) fn na_word(word: &Name) -> Diagnostic {
    wrong(
        word.span,
        format!("不适用“{}”写得不对", word.text),
        format!("“{}” is no rule for what does not apply", word.text),
    )
    .help("可写：不适用 分摊、不适用 记满分、不适用 记零分", "one of: redistribute, full, zero")
}

pub(crate) fn same_word(word: &Name) -> Diagnostic {
    wrong(
        word.span,
        format!("同值“{}”写得不对", word.text),
        format!("“{}” is no rule for equal values", word.text),
    )
    .help("可写：同值 满分、半分、零分、不适用", "one of: full, half, zero, not_applicable")
}

/// Points that depend on other cases, and no word on what they are where all cases are alike.
pub(crate) fn same_unsaid(name: &Name, part: &str) -> Diagnostic {
    fault(
        code::SAME_UNSAID,
        name.span,
        format!("没有写同值：全部案例的“{part}”一样，或只有一例时，得分是错误"),
        format!("nothing says what “{part}” is worth where all cases are alike, or there is one: its points are an error"),
    )
    .help(
        "加一行：同值 满分（或 半分、零分、不适用）；也可以写明两头：极差（下限，上限）",
        "add same_values full (half, zero, not_applicable), or state the ends: min_max(low, high)",
    )
}

pub(crate) fn composition_word(word: &Name) -> Diagnostic {
    wrong(
        word.span,
        format!("合成“{}”写得不对", word.text),
        format!("“{}” is no way to put parts together", word.text),
    )
    .help("可写：合成 加权平均、合成 加权几何", "one of: weighted_mean, weighted_geometric")
}

pub(crate) fn weights_word(word: &Name) -> Diagnostic {
    wrong(
        word.span,
        format!("权重“{}”写得不对", word.text),
        format!("“{}” says nothing about weights", word.text),
    )
    .help("可写：权重 归一", "write: weight normalised")
}

pub(crate) fn items_are_added(name: &Name) -> Diagnostic {
    wrong(
        name.span,
        format!("评分“{}”按项目相加，没有权重", name.text),
        format!("the items of “{}” are added; there are no weights", name.text),
    )
    .help("删去 合成 或 权重 一行，或改用权重表", "remove the line, or use a table of weights")
}

pub(crate) fn items_sum(span: Span, sum: &Number, full: &Number) -> Diagnostic {
    wrong(
        span,
        format!("各项目的满分之和是 {sum} 分，满分却写 {full} 分"),
        format!("the items' full marks sum to {sum}, not {full}"),
    )
    .help("改其中一处；加分不算在内", "correct one of them; bonus is not counted in")
}

pub(crate) fn item_without_full(name: &Name) -> Diagnostic {
    wrong(
        name.span,
        format!("项目“{}”没有写满分，而有项目可能不适用", name.text),
        format!("the item “{}” has no full marks, and an item may not apply", name.text),
    )
    .help("写：，满分 30 分；不适用的项目把满分按比例分给其余项目", "add: , full_marks 30")
}

pub(crate) fn population_needed(span: Span, table: &str) -> Diagnostic {
    wrong(
        span,
        format!("范围要从 全部{table} 写起"),
        format!("a population begins with all_{table}"),
    )
    .help(
        format!("例如：范围 全部{table} 中 条件"),
        format!("for example: among all_{table} where …"),
    )
}

pub(crate) fn group_of_another_field(span: Span) -> Diagnostic {
    wrong(
        span,
        "范围里分组的两边要是同一个字段",
        "a population is grouped by one field on both sides",
    )
    .help("例如：区域 为 本企业 的 区域", "for example: region is this firm 's region")
}

pub(crate) fn no_such_part(name: &Name, score: &str, known: &[String]) -> Diagnostic {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let it = wrong(
        name.span,
        format!("评分“{score}”里没有“{}”这一项", name.text),
        format!("the score “{score}” has no part “{}”", name.text),
    );
    match nearest(&name.text, &known).first() {
        Some(near) => it.help(format!("是不是“{near}”？"), format!("did you mean “{near}”?")),
        None => it.help(
            format!("它的各项是：{}", known.join("、")),
            format!("its parts are: {}", known.join(", ")),
        ),
    }
}

/// 反馈 按 a number or a day.
pub(crate) fn feedback_class(span: Span) -> Diagnostic {
    wrong(span, "反馈要按类来分，这里不是类", "feedback is given by class, and this is no class")
        .help(
            "写一个分级或枚举的名称，如 反馈 按 规模梯队",
            "write a grading or an enumeration, as in feedback by size_class",
        )
}

/// A word of 排名 that is none.
pub(crate) fn rank_word(word: &Name) -> Diagnostic {
    wrong(
        word.span,
        format!("排名里没有“{}”", word.text),
        format!("there is no way to rank called “{}”", word.text),
    )
    .help(
        "可以写：从高到低、从低到高；并列同名次、并列连续、平均名次；再比 指标",
        "write high_to_low, low_to_high; shared, dense, mean_rank; then_by indicator",
    )
}

/// 排名 按 something else than the points.
pub(crate) fn ranked_by(name: &Name) -> Diagnostic {
    let text = &name.text;
    wrong(
        name.span,
        format!("排名总是按本评分的得分，不能按“{text}”"),
        format!("ranks go by the points of this score, not by “{text}”"),
    )
    .help(
        format!("写 排名 从高到低；得分一样再比的，写 再比 {text}；要按 {text} 排，另写一个评分"),
        format!("write rank high_to_low; for ties then_by {text}; or write another score"),
    )
}

/// A word after 并列 that is none.
pub(crate) fn tied_word(word: &Name) -> Diagnostic {
    wrong(
        word.span,
        format!("并列不能“{}”", word.text),
        format!("a tie at the line cannot be “{}”", word.text),
    )
    .help(
        "可以写：并列 全入选、并列 全不选、并列 再比 指标",
        "write tied all_in, tied none_in, tied then_by indicator",
    )
}

/// 名额 without 入选.
pub(crate) fn quota_alone(span: Span) -> Diagnostic {
    wrong(span, "写了名额，没有写入选几名", "there is a quota and no selection")
        .help("加一句：入选 前 100 名", "add: select top 100")
}

/// 名次（x） of something that is no score, or of one that says nothing of it.
pub(crate) fn no_rank(span: Span, function: &str, clause: &str) -> Diagnostic {
    wrong(
        span,
        format!("“{function}”要一个写了“{clause}”的评分"),
        format!("`{function}` asks for a score with the clause {clause}"),
    )
    .help(
        format!("写评分的名称，并在评分里写“{clause}”一句"),
        format!("name a score, and write the clause {clause} in it"),
    )
}

/// How many are taken: neither a whole number nor a share. `percent` is what the number would be as a share.
pub(crate) fn whole_seats(span: Span, percent: Option<String>) -> Diagnostic {
    let it = wrong(span, "名额要是不小于零的整数", "a number of places is whole and not below 0");
    match percent {
        Some(percent) => it.help(
            format!("总数的一部分写百分数或分数：前 {percent}%、前 1/3"),
            format!("a part of all is a percentage or a fraction: top {percent}%, top 1/3"),
        ),
        None => it.help(
            "写整数；算出来的用 取整、向下取整、向上取整 说明尾数怎样；总数的一部分写：前 20%、前 1/3",
            "write a whole number, or say how it is rounded: round, floor, ceiling; a part of all: top 20%, top 1/3",
        ),
    }
}

pub(crate) fn population_elsewhere(span: Span, all: &str, here: &str) -> Diagnostic {
    fault(
        code::SCOPE,
        span,
        format!("对“{here}”的规则里不能汇总全部{all}"),
        format!("a rule for “{here}” cannot look at all_{all}"),
    )
    .help(format!("把规则写成 对 {all}"), format!("write the rule for {all}"))
}

pub(crate) fn own_in_population(span: Span, name: &str) -> Diagnostic {
    fault(
        code::ROWS,
        span,
        format!("全部{name} 里的 本{name} 只能写成：字段 为 本{name} 的 字段"),
        format!("among all_{name}, this case may only be asked for equality: field is this {name} 's field"),
    )
    .help(
        format!("要比大小，先写成指标；分组写：全部{name} 中 类别 为 本{name} 的 类别 的 值"),
        "put a comparison into an indicator of its own",
    )
}
