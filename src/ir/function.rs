//! 函数: what it takes, what it gives, and the script of one that is not written as a formula. Nothing runs here.

use crate::ir::Domain;
use crate::ir::Head;
use crate::ir::Ty;
use crate::source::Span;
use crate::value::Unit;
use std::sync::Arc;

/// A 函数. A call of it is a [`crate::ir::NodeKind::Called`] node.
#[derive(Clone, Debug)]
pub struct Function {
    /// Name, articles …
    pub head: Head,
    /// What it takes, in order.
    pub inputs: Vec<Slot>,
    /// What it gives.
    pub result: Slot,
    /// 脚本; none where a formula stands inside each call.
    pub script: Option<Script>,
}

/// An input or a result.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its name; of a result, the function's.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// The unit it is declared in.
    pub unit: Option<Unit>,
    /// The values it may have; any other is 错误.
    pub domain: Domain,
    /// Where it is declared.
    pub span: Span,
}

/// A script and its place, to point into it.
#[derive(Clone, Debug)]
pub struct Script {
    /// What stands between the fences.
    pub code: Arc<str>,
    /// Where that stands.
    pub span: Span,
}
