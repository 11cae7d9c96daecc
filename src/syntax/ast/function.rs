//! 函数 as written: inputs with types, a result type, a formula or a script. Types are not looked up here.

use crate::syntax::ast::Expr;
use crate::syntax::ast::Field;
use crate::syntax::ast::Name;
use crate::syntax::ast::Shared;
use crate::syntax::ast::Word;

/// 函数: a value computed from its inputs alone.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// Its inputs and its result; none where the head says no such thing.
    pub signature: Option<Signature>,
    /// 公式
    pub formula: Option<Expr>,
    /// 脚本
    pub script: Option<Script>,
    /// 依据, 说明 …
    pub shared: Shared,
}

/// （基数 金额（千元），比例 比率） 得 金额（千元）
#[derive(Clone, Debug)]
pub struct Signature {
    /// Its inputs, as fields without options.
    pub inputs: Vec<Field>,
    /// Its result, a field that bears the function's name.
    pub result: Field,
}

/// 脚本 rhai and the block below it.
#[derive(Clone, Debug)]
pub struct Script {
    /// rhai
    pub language: Name,
    /// What stands between the fences, as it stands.
    pub code: Word,
}
