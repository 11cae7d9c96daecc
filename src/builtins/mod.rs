//! The functions of the language: names in both tongues, how to call them, what they mean, an example. Their bodies are not here.

/// A function of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// 个数
    Count,
    /// 合计
    Sum,
    /// 平均
    Mean,
    /// 中位
    Median,
    /// 最大
    Max,
    /// 最小
    Min,
    /// 占比
    Share,
    /// 不同个数
    Distinct,
    /// 前列合计
    Top,
    /// 全部
    All,
    /// 任一
    Any,
    /// 没有
    NotAny,
    /// 唯一
    Sole,
    /// 名次
    Position,
    /// 入选
    Selected,
    /// 合格
    Passed,
    /// 绝对值
    Absolute,
    /// 取整
    Integer,
    /// 向下取整
    Floor,
    /// 向上取整
    Ceiling,
    /// 保留
    Round,
    /// 幂
    Power,
    /// 缺省
    Default,
    /// 不适用时
    WhenNotApplicable,
    /// 已填
    Filled,
    /// 日数
    Days,
    /// 满年数
    WholeYears,
    /// 满月数
    WholeMonths,
    /// 工作日后
    WorkdayAfter,
    /// 含
    Contains,
    /// 开头为
    StartsWith,
    /// 连接
    Join,
    /// 截取
    Part,
    /// 长度
    Length,
    /// 本期
    ThisPeriod,
    /// 上年
    YearBefore,
    /// 上期
    PeriodBefore,
    /// 同比
    YearGrowth,
    /// 环比
    PeriodGrowth,
    /// 年均增长
    MeanGrowth,
    /// 复合增长
    CompoundGrowth,
    /// 方根
    Root,
}

/// What is known of a function.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    /// Which.
    pub function: Function,
    /// Chinese name.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// How to call it.
    pub call: &'static str,
    /// What it gives, in Chinese.
    pub meaning: &'static str,
    /// What it gives, in English.
    pub meaning_en: &'static str,
    /// A sentence that uses it.
    pub example: &'static str,
}

/// The function of a name, in either tongue.
pub fn find(name: &str) -> Option<&'static Builtin> {
    ALL.iter().find(|it| it.zh == name || it.en == name)
}

macro_rules! builtins {
    ($($function:ident $zh:literal $en:literal $call:literal $meaning:literal $meaning_en:literal $example:literal;)*) => {
        /// Every function.
        pub const ALL: &[Builtin] = &[$(Builtin {
            function: Function::$function, zh: $zh, en: $en, call: $call,
            meaning: $meaning, meaning_en: $meaning_en, example: $example,
        }),*];
    };
}

builtins! {
    Count "个数" "count" "个数（行）、个数（行 中 条件）" "行数" "number of rows" "个数（企业 中 高新技术企业） ≥ 3 家";
    Sum "合计" "sum" "合计（行 的 值）、合计（甲，乙）" "各行之和；或所列各数之和，不适用的不计" "sum over rows, or of listed numbers; what does not apply is left out" "合计（企业 的 营业收入） ≥ 100 亿元";
    Mean "平均" "mean" "平均（行 的 值，空则 0）" "各行的平均数；一行也没有时为错误，除非写空则" "mean over rows; of nothing it is an error unless 空则 says otherwise" "平均（企业 的 从业人员） ≥ 50 人";
    Median "中位" "median" "中位（行 的 值，空则 0）" "各行的中位数" "median over rows" "中位（企业 的 从业人员） ≥ 20 人";
    Max "最大" "max" "最大（行 的 值）、最大（甲，乙）" "各行或所列各数中最大的" "greatest over rows, or of listed values" "最大（企业 的 营业收入） ≥ 10 亿元";
    Min "最小" "min" "最小（行 的 值）、最小（甲，乙）" "各行或所列各数中最小的" "least over rows, or of listed values" "最小（企业 的 从业人员） ≥ 1 人";
    Share "占比" "share" "占比（行 中 条件）、占比（行 中 条件 的 值）" "合条件的行（或其值）在全部行（或其值）中所占的比例" "share of rows, or of their values, that meet the condition" "占比（企业 中 高新技术企业） ≥ 30%";
    Distinct "不同个数" "distinct" "不同个数（行 的 值）" "不同的值有几个" "number of different values" "不同个数（企业 的 所在地） ≥ 2 个";
    Top "前列合计" "sum_of_top" "前列合计（行 的 值，几）" "最大的几个之和" "sum of so many greatest" "前列合计（项目 的 经费，2） = 100 万元";
    All "全部" "all" "全部（行 的 条件）、全部（甲、乙）" "都成立" "all hold" "全部（企业 的 高新技术企业）";
    Any "任一" "any" "任一（行 的 条件）、任一（甲、乙）" "至少一个成立" "at least one holds" "任一（企业 的 高新技术企业）";
    NotAny "没有" "not_any" "没有（行 的 条件）" "一个也不成立" "none holds" "没有（企业 的 重大事故）";
    Sole "唯一" "sole" "唯一（字段）" "本次运行中没有另一个案件有同样的值" "no other case of the run has the same value" "唯一（所在高新区）";
    Position "名次" "position" "名次（评分）" "评分的名次；未定的是几个名次之间" "the rank by a score" "名次（综合评价） ≤ 100";
    Selected "入选" "selected" "入选（评分）" "评分是否入选" "whether the score selects the case" "入选（综合评价）";
    Passed "合格" "passed" "合格（评分）" "评分是否合格" "whether the score passes" "合格（综合评价）";
    Absolute "绝对值" "abs" "绝对值（数）" "去掉负号" "magnitude" "绝对值（增减额） ≤ 1 万元";
    Integer "取整" "round" "取整（数）" "四舍五入到整数（按该数的单位）" "rounded to a whole number of its unit, half away from zero" "取整（得分） ≥ 60";
    Round "保留" "keep" "保留（数，位数）" "四舍五入到若干位小数（按该数的单位）" "rounded to decimal places of its unit, half away from zero" "保留（研发占比，2） ≥ 3%";
    Floor "向下取整" "floor" "向下取整（数）、向下取整（数，位数）" "不大于它的最大整数（按该数的单位），或若干位小数" "the greatest whole number of its unit not above it, or with decimal places" "向下取整（工龄 ÷ 2 年） ≥ 1";
    Ceiling "向上取整" "ceiling" "向上取整（数）、向上取整（数，位数）" "不小于它的最小整数（按该数的单位），或若干位小数" "the least whole number of its unit not below it, or with decimal places" "向上取整（总数 ÷ 3） ≥ 4";
    Power "幂" "pow" "幂（数，整数）" "连乘" "a whole power" "幂（系数，2） ≥ 4";
    Default "缺省" "default" "缺省（字段，值）" "字段空白时取此值，并注明按缺省计" "the value where the field is blank, marked as assumed" "缺省（研发经费，0 万元） ≥ 10 万元";
    WhenNotApplicable "不适用时" "when_not_applicable" "不适用时（值，替代值）" "不适用时取替代值" "the second where the first does not apply" "不适用时（研发占比，0%） ≥ 3%";
    Filled "已填" "filled" "已填（字段）" "单元格不是空白" "the cell is not blank" "已填（规划起）";
    Days "日数" "days" "日数（起，止）、日数（起，止，首尾均计）" "从起到止的天数，首日不计；首尾均计则加一" "days from one to the other, the first not counted" "日数（成立日，评价日） ≥ 365 日";
    WholeYears "满年数" "whole_years" "满年数（起，止）" "从起到止满几年，周年当天算满" "whole years from one day to another; the anniversary counts" "满年数（成立日，评价日） ≥ 3 年";
    WholeMonths "满月数" "whole_months" "满月数（起，止）" "从起到止满几个月" "whole months from one day to another" "满月数（开工日，评价日） ≥ 18 个月";
    WorkdayAfter "工作日后" "workdays_after" "工作日后（日，天数）、工作日后（日，天数，含首日）" "此日之后第几个工作日，依节假日名单" "the n-th working day after a day, by the list of holidays" "公示止 ≥ 工作日后（公示起，5）";
    Contains "含" "contains" "含（文本，段）" "文本里有这一段" "the text has the part in it" "含（名称，“集群”）";
    StartsWith "开头为" "starts_with" "开头为（文本，段）" "文本以这一段开头" "the text begins with the part" "开头为（代码，“42”）";
    Join "连接" "join" "连接（文本，文本 …）" "接成一段" "the texts one after another" "连接（姓，名） = “张三”";
    Part "截取" "part" "截取（文本，起，长）" "从第几个字起的若干个字" "characters from a place on" "截取（代码，1，2） = “42”";
    Length "长度" "length" "长度（文本）" "字数" "number of characters" "长度（名称） ≤ 40";
    ThisPeriod "本期" "this_period" "本期（年报 的 值）" "数据期那一期的值" "the value of the data period" "本期（年报 的 营业收入） ≥ 1 亿元";
    YearBefore "上年" "last_year" "上年（年报 的 值）；在年报的一行里：上年（值）" "早一年的值" "the value one year before" "本期（年报 的 营业收入） ≥ 上年（年报 的 营业收入）";
    PeriodBefore "上期" "last_period" "上期（季报 的 值）；在季报的一行里：上期（值）" "前一期的值" "the value of the period before" "本期（季报 的 产值） ≥ 上期（季报 的 产值）";
    YearGrowth "同比" "on_year" "同比（年报 的 值）；在年报的一行里：同比（值）" "与上年同期相比的增长率" "growth on the same period a year before" "同比（年报 的 营业收入） ≥ 5%";
    PeriodGrowth "环比" "on_period" "环比（季报 的 值）；在季报的一行里：环比（值）" "与前一期相比的增长率" "growth on the period before" "环比（季报 的 产值） ≥ 2%";
    MeanGrowth "年均增长" "yearly_growth" "年均增长（年报 的 值，3 年）、年均增长（年报 的 值，2019年，2022年）" "起止两年之间平均每年的增长率，只看起止两年" "mean yearly growth between two years; only these two count" "年均增长（年报 的 营业收入，3 年） ≥ 10%";
    CompoundGrowth "复合增长" "compound" "复合增长（起值，止值，期数）" "从起值到止值平均每期的增长率" "mean growth a period from one value to another" "复合增长（期初产值，期末产值，3） ≥ 10%";
    Root "方根" "root" "方根（数，次数）" "开几次方" "the n-th root" "方根（增长倍数，3） ≥ 1.1";
}

#[cfg(test)]
mod tests;
