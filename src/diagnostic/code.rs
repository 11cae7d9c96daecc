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
}
