//! The words that stand in cells where there is no value, in the language of the workbook. Sentences stand where they are said.

use crate::diagnostic::Lang;
use std::sync::Arc;

/// Words in place of values.
#[derive(Clone, Debug)]
pub struct Words {
    /// 未知
    pub unknown: Arc<str>,
    /// 不适用
    pub not_applicable: Arc<str>,
    /// 错误
    pub error: Arc<str>,
}

impl Words {
    /// Of a language.
    pub fn of(lang: Lang) -> Words {
        let [unknown, not_applicable, error] = match lang {
            Lang::Zh => ["未知", "不适用", "错误"],
            Lang::En => ["unknown", "not applicable", "error"],
        };
        Words {
            unknown: unknown.into(),
            not_applicable: not_applicable.into(),
            error: error.into(),
        }
    }
}

/// What a field of truths holds: 是, 否.
pub const YES_NO: [&str; 2] = ["是", "否"];
