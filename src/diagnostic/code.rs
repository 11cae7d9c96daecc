//! Every code with its one-line meaning. The letter is the severity: E error, W warning, I information.

use crate::diagnostic::Severity;

/// A stable code such as `E0203`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl Code {
    /// How severe a finding of this code is.
    pub fn severity(self) -> Severity {
        match self.0.as_bytes()[0] {
            b'E' => Severity::Error,
            b'W' => Severity::Warning,
            _ => Severity::Info,
        }
    }

    /// Its meaning in one line: Chinese, English.
    pub fn meaning(self) -> Option<(&'static str, &'static str)> {
        ALL.iter().find(|(code, ..)| *code == self).map(|&(_, zh, en)| (zh, en))
    }
}

macro_rules! codes {
    ($($name:ident $code:literal $zh:literal $en:literal;)*) => {
        $(#[doc = $en] pub const $name: Code = Code($code);)*
        /// All codes: code, meaning in Chinese, meaning in English.
        pub const ALL: &[(Code, &str, &str)] = &[$((Code($code), $zh, $en)),*];
    };
}

// 00 files · 01 syntax · 02 names · 03 types and units · 04 structure of rules · 05 lists
// 06 data · 07 running · 08 tests
codes! {
    NOT_READABLE "E0001" "文件读不出" "a file cannot be read";
    BAD_ENCODING "E0002" "文件不是 UTF-8 文本" "a rule file is not UTF-8";
    NO_RULE_FILES "E0003" "没有规则文件" "there is no rule file";
    NO_DATA_FILES "E0004" "没有数据文件" "there is no data file";
    FILE_TOO_LARGE "E0005" "文件过大" "a file is too large";
    EMPTY_FILE "W0007" "规则文件是空的" "a rule file is empty";
    NOT_TAKEN "I0006" "数据文件未读" "a file among the data is not read";
    NO_DAY "E0701" "没有决定适用的日期" "no day that decides";
    NO_SUCH_CASE "E0702" "没有这个案例" "there is no such case";
    NO_SUCH_ENCODING "E0703" "不认识的编码" "an encoding that is not known";
    NO_NAMING "E0704" "没有所说的名称规则" "there is no such naming rule";
    NO_SUCH_ITEM "E0706" "规则中没有这一项" "there is no such item in the rulebook";
    NO_WORKBOOK "E0710" "写不成工作簿" "a workbook that cannot be written";
    LIVE "E0709" "公式工作簿写不成" "a live workbook that cannot be written";
    NOT_A_WORKBOOK "E0708" "不是工作簿的文件名" "a file name that is not of a workbook";
    NO_SUCH_PLACE "E0705" "没有这个地方" "there is no such place";
    UNEXPECTED "E0101" "这里写的读不懂" "what stands here cannot be read";
    UNKNOWN_ITEM "E0103" "不认识的条目词" "an unknown item word";
    UNKNOWN_CLAUSE "E0104" "不认识的句首词" "an unknown clause word";
    MISPLACED_CLAUSE "E0105" "句子不属于这类条目" "a clause of another kind of item";
    UNBALANCED_BRACKET "E0106" "括号不成对" "a bracket without its partner";
    UNCLOSED_QUOTE "E0107" "引号没有合上" "a quote that is not closed";
    TOO_DEEP "E0108" "括号嵌套过深" "brackets nested too deep";
    TOO_LONG "E0109" "一句过长" "a sentence is too long";
    GLUED_OPERATOR "E0110" "运算词与名称连写" "an operator word is glued to a name";
    WRONG_DATE "E0111" "日期或期间写法不对" "a date or period in a wrong form";
    NO_SUCH_DAY "E0112" "没有这一天" "a day that does not exist";
    GROUPED_IN_LIST "E0113" "列举中的千分位逗号" "a thousands comma inside a list";
    MIXED_AND_OR "E0114" "且与或混用" "and is mixed with or";
    CHAINED_COMPARISON "E0115" "比较连写" "comparisons are chained";
    SECOND_OF "E0116" "条件之后有两个“的”" "two 's after one where";
    MISSING_COMMA "E0117" "缺逗号" "a comma is missing";
    BAD_ROW "E0118" "表格的行不完整" "a row of a table is not complete";
    LONG_NUMBER "E0119" "数的位数过多" "a number has too many digits";
    CONTROL_CHARACTER "E0120" "看不见的控制字符" "an invisible control character";
    EMPTY_ITEM "E0121" "条目没有内容" "an item says nothing";
    TWO_FORCES "E0122" "一个条件有两种语气" "two forces in one criterion";
    REPEATED_CLAUSE "E0123" "同一句写了两次" "a clause is written twice";
    RESERVED_NAME "E0124" "保留词用作名称" "a reserved word is used as a name";
    LEFTOVER "E0125" "行末有多余的字" "something is left over at the end of the line";
    BAD_RANGE "E0126" "范围写法不对" "a range in a wrong form";
    BAD_ARTICLE "E0127" "条号写法不对" "an article number in a wrong form";
    NAMELESS_ITEM "E0128" "条目没有名称" "an item without a name";
    UNFINISHED "E0129" "句子没有写完" "a sentence is not finished";
    ZERO_DENOMINATOR "E0130" "分母为零" "a fraction with denominator zero";
    HIERARCHY_WRITTEN_OUT "E0131" "分类不能在行内列举" "a classification cannot be written out in a line";
    EXPONENT "E0132" "科学记数法" "a number written with an exponent";
    UNKNOWN_TABLE "E0201" "找不到数据项" "an unknown table";
    UNKNOWN_TYPE "E0202" "不认识的字段类型" "an unknown field type";
    UNKNOWN_NAME "E0203" "找不到名称" "an unknown name";
    UNKNOWN_FUNCTION "E0204" "没有这个函数" "an unknown function";
    UNKNOWN_CRITERION "E0205" "没有这个条件或结论" "an unknown criterion or conclusion";
    UNKNOWN_UNIT "E0206" "不认识的单位" "an unknown unit";
    UNKNOWN_MEMBER "E0207" "名单里没有" "no member of a list";
    SEVERAL_MEMBERS "E0208" "名单里有多个同名" "several members of a list bear a name";
    UNKNOWN_ARTICLE "E0209" "条文里没有" "an article that does not exist";
    UNKNOWN_EXCEPTION "E0210" "没有所说的例外" "an unknown exception";
    NAME_TWICE "E0211" "名称用了两次" "a name given twice";
    SCOPE "E0212" "所对的数据不对" "a rule for another table";
    SUPPOSE "E0213" "设与假定用错" "a field supposed, or a computed value set";
    TYPE "E0301" "种类不符" "a value of another type is needed";
    UNITS "E0302" "单位不合" "units that do not fit";
    PERCENT "E0303" "漏了百分号" "a percent sign is missing";
    DIVISION "E0304" "除数为零" "division by zero";
    NEEDS_NA_BRANCH "E0305" "没有写不适用则" "the branch for 不适用 is missing";
    NO_ORDER "E0306" "没有高低之分" "no order to compare by";
    LIST_MEANT "E0307" "列举写法不对" "a list in a wrong form";
    RANGE "E0308" "范围写法不对" "a range in a wrong form";
    BARE_BOUND "E0309" "没有说明是否包含本数" "a bound that does not say whether it is included";
    ROWS "E0310" "多行与一个值混用" "rows where a value is needed, or a value where rows are";
    ARGUMENTS "E0311" "函数用法不对" "a function used wrongly";
    CALENDAR "E0312" "节假日名单不明" "no list of holidays, or several";
    VERDICT "E0313" "要写结果" "a verdict is needed";
    POLICY "E0401" "政策不止一个或没有" "not exactly one policy";
    RULE_DATE "E0402" "适用时点不是日期字段" "the rule date is no date field";
    SCHEMA "E0403" "数据声明不对" "a table declared wrongly";
    INCOMPLETE "E0404" "条目不完整" "an item lacks what it needs";
    TWO_VALUES "E0405" "同一天有两个值" "two values in force on one day";
    COUNT "E0406" "项数不合" "more items asked for than listed";
    MAY_DECIDES "E0407" "可以的条件不能决定结论" "a 可以 criterion decides nothing";
    UNANSWERED "E0408" "未说明的写法不对" "未说明 used wrongly";
    CYCLE "E0409" "互相引用成圈" "a loop of references";
    OUTLINE "E0410" "条文列得不对" "an outline in a wrong form";
    DATA_PERIOD "E0412" "数据期不明" "no data period, or a wrong one";
    NAMING "E0411" "名称规则写得不对" "a naming rule in a wrong form";
    TABLE "E0440" "表写得不对" "a table in a wrong form";
    SCORE "E0413" "评分写得不对" "a score in a wrong form";
    FUNCTION "E0420" "函数写得不对" "a function in a wrong form";
    SCRIPT "E0421" "脚本有错" "a script with a fault";
    PERIODS "E0314" "期间用法不对" "periods used wrongly";
    TO_DATE "E0315" "累计数用错" "a figure to date used as one of a period";
    GROWTH_BASE "W0304" "基期可能不为正" "growth on a base that may be zero or below";
    BASE_CYCLE "E0430" "沿用成了一圈" "rulebooks build on each other in a loop";
    BASE "E0431" "沿用的规则书不完整" "a rulebook that is built on is not whole";
    AMEND "E0432" "修改、增加或删除写得不对" "an amendment in a wrong form";
    NOTHING_TO_AMEND "E0433" "要修改或删除的条目不存在" "there is no item to amend or repeal";
    AMEND_MEANT "E0434" "与所沿用的条目同名" "an item bears the name of one that is built on";
    AMENDED_TWICE "E0435" "同一条目改了两次" "an item is amended twice";
    REPEALED_IN_USE "E0436" "删除的条目还在用" "a repealed item is still used";
    COUNTING_WORDS "W0301" "量词不同" "different counting words";
    DIVISOR_MAY_BE_ZERO "W0302" "除数可能为零" "a divisor that may be zero";
    MAY_BE_EMPTY "W0303" "可能一行也没有" "a function of rows that may be empty";
    TABLE_GAP "W0401" "表有空隙" "a table with a gap";
    UNUSED "W0402" "没有用到" "nothing uses it";
    NO_BASIS "W0403" "没有依据" "a rule without an article";
    NO_RULE "W0404" "条文与规则不对应" "articles and rules do not match";
    NO_VALUE "W0405" "参数还没有值" "a parameter without a value on some day";
    TABLE_OVERLAP "W0406" "表的行重叠" "rows of a table overlap";
    ROW_UNREACHED "W0407" "表有轮不到的行" "a row of a table that no case comes to";
    NOTHING_ANSWERED "W0408" "没有要回答的" "an answer to a finding that is not there";
    IDLE_WEIGHT "W0409" "权重为零" "a weight of zero";
    ALWAYS_HOLDS "W0410" "总是成立" "a condition that always holds";
    NEVER_HOLDS "W0411" "从不成立" "a condition that never holds";
    PERIODS_LEFT_OUT "W0322" "近几期里可能有不计的" "periods that may be left out";
    NEVER_NONE "W0321" "问的是不会没有的" "asked whether there is what always is";
    MAY_LAPSE "W0320" "所要求的可能不适用而不算" "a requirement that may drop out of its conclusion";
    NOT_APPLICABLE_THEN "E0220" "不适用 则 的写法不对" "not_applicable then used wrongly";
    SUPERFLUOUS "W0412" "多余的条件" "a condition that another makes superfluous";
    EXCEPTIONS_CONFLICT "W0413" "例外可能冲突" "exceptions that may conflict";
    POINTS_TURN "W0414" "得分先升后降" "points that turn back";
    SAME_IN_ALL "I0402" "所给数据中结果都一样" "the same outcome in all the data";
    YEAR_BEFORE_LAST "I0302" "数据期之前的一年" "the year before the data period";
    SAME_UNSAID "I0320" "没有写同值" "nothing says what equal values are worth";
    DOUBLE_NEGATION "I0401" "双重否定" "a double negation";
    LIST_COLUMN "E0501" "名单或分类没有所说的列" "a list lacks a column it names";
    LIST_ROLE "E0502" "列的用途不认识或不齐" "a column of a list has a use that is not known, or uses are missing";
    LIST_NAME_BLANK "E0503" "名单中有一行没有名称" "a row of a list has no name";
    LIST_PARENT "E0504" "名单中的上级找不到" "a row of a list names a parent that is not there";
    LIST_CYCLE "E0505" "名单中的上级绕成一圈" "the parents of a list form a loop";
    LIST_TWICE "E0506" "名单中同一代码、名称或日期写了两次" "a code, name or day stands twice in a list";
    LIST_CALENDAR "E0507" "节假日名单的一行读不懂" "a row of a calendar cannot be read";
    LIST_FILE "E0508" "名单文件读不懂" "the file of a list cannot be read";
    LIST_LEVEL "E0509" "名单的层级读不懂" "a level of a list cannot be read";
    DATA_NOT_READABLE "E0601" "数据文件读不懂" "a data file cannot be read";
    CASES_NOT_GIVEN "E0602" "没有提供案例所在的表" "the table of the cases was not given";
    COLUMN_MISSING "E0603" "数据缺一列" "a column is missing";
    COLUMN_TWICE "E0604" "同一列出现两次" "a column stands twice";
    RAGGED_ROW "E0605" "一行的格数与表头不符" "a row has more or fewer cells than the header";
    QUOTE_OPEN "E0606" "引号没有成对" "a quotation mark is not closed";
    CELL_FAULT "E0607" "单元格读不懂或超出范围" "a cell cannot be read or is out of range";
    ROWS_DIFFER "E0608" "同一标识的两行不一致" "two rows of one key differ";
    PARENT_UNKNOWN "E0609" "一行找不到所属的上级行" "a row belongs to no parent row";
    KEY_BLANK "E0610" "一行没有标识" "a row has no key";
    VALUE_TOO_DEEP "E0611" "该填一个值的地方填了一组" "a list or object stands where one value belongs";
    TABLE_NOT_GIVEN "W0601" "没有提供一张表" "a table was not given";
    CELLS_BLANK "W0602" "一列有未填的格" "a column has blank cells";
    HEADER_BLANK "W0603" "一列有数据而没有表头" "a column holds data under no header";
    NOT_UNIQUE "W0604" "不应重复的内容重复了" "a value that must be unique stands twice";
    PLAIN_RATIO "W0605" "比率的数值少见，请核对" "a ratio is unusual: check whether it was written as meant";
    NOT_IN_LIST "W0606" "名称不在名单中" "a name is not in the list";
    HOMONYM "W0607" "名称有多个同名者" "several members bear the name";
    ROW_TWICE "W0608" "同一行出现两次，只计一次" "a row stands twice and is counted once";
    COARSE_DATE "W0609" "日期不够具体" "a date is coarser than a day";
    OTHER_COUNT_WORD "W0610" "量词与本栏不同" "a cell has another counting word than its field";
    SUSPECT_UNIT "W0611" "单位可能写错" "a unit that may be wrong";
    LINKED_WORKBOOK "W0612" "公式引用了别的工作簿" "formulas that look into another workbook";
    SHEET_NAMES "W0620" "工作表名称相同" "sheets called alike";
    DATE_SERIAL "W0613" "日期序号" "the serial number of a date";
    UNDECLARED "I0601" "规则没有声明的表或列，未读" "a table or column the rulebook does not declare was not read";
    OPTIONAL_COLUMN_MISSING "I0602" "数据缺一列，该列可缺" "a column that may be left out is missing";
    SEVERAL_FILES "I0603" "一张表来自多个文件" "a table comes from several files";
    SCRIPT_STOPPED "E0711" "脚本停在半途" "a script stopped while it ran";
    ONE_CASE "W0701" "只有一个案例可比" "only one case to compare";
    ONE_VALUE "W0702" "所有案例的值一样" "all cases have one value";
    NONE_KNOWN "W0703" "所有案例都没有数" "a value that is known of no case";
    DIGITS_DROPPED "I0604" "数的尾数" "dust of binary arithmetic";
    HEADER_UNIT "I0605" "表头写了单位" "a header that names a unit";
    MACROS "I0620" "文件含有宏，没有运行" "macros, which are not run";
    OTHER_CONTENT "I0621" "文件的格式与扩展名不同" "a file of another format than its name says";
    TEST_FAILED "E0801" "测试不通过" "a test fails";
    TEST_NEEDS_DAY "E0802" "测试没有评价日" "a test without a day that decides";
    DRAWN "E0805" "测试所取的数据读不到" "the data of a test cannot be had";
    SNAPSHOT "E0804" "快照与结果不同" "a snapshot is not what came out";
    TEST_VALUE "E0803" "测试里的值读不懂" "a value of a test cannot be read";
}
