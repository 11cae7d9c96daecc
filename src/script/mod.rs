//! Scripts of 函数 in rhai: compiled once, called with exact values, bounded in every way. A script sees its
//! inputs and nothing else: no file, no clock, no printing, no other code.

mod engine;
mod exact;
mod faults;

#[cfg(test)]
mod tests;

use crate::ir::Function;
use crate::ir::Program;
use crate::ir::Slot;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::script::engine::ENGINE;
use crate::script::exact::Day;
use crate::value::Number;
use crate::value::UnitKind;
use crate::value::text::fold;
use rhai::AST;
use rhai::Dynamic;
use rhai::Scope;
use std::sync::Arc;

pub use faults::Fault;

/// One value at the border of a script. Numbers are in base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// 是, 否
    Truth(bool),
    /// A number.
    Number(Number),
    /// A day, counted from 0001-01-01.
    Date(i32),
    /// A member of the slot's list.
    Member(u32),
    /// A text, or a word that is no member of the slot's list.
    Text(Arc<str>),
}

/// A script that has been compiled.
pub struct Script<'p> {
    function: &'p Function,
    lists: &'p [Vocabulary],
    code: AST,
}

impl<'p> Script<'p> {
    /// The script of each function of a program that has one; they were compiled when the rules were checked.
    pub fn all(program: &'p Program) -> Vec<Option<Script<'p>>> {
        let compiled = |it: &'p Function| Script::compile(it, &program.vocabularies).ok().flatten();
        program.functions.iter().map(compiled).collect()
    }

    /// The script of a function, if it has one.
    pub fn compile(
        function: &'p Function,
        lists: &'p [Vocabulary],
    ) -> Result<Option<Script<'p>>, Fault> {
        let Some(script) = &function.script else { return Ok(None) };
        faults::refuse_long_numbers(&script.code)?;
        let mut inputs = Scope::new();
        let mut slots = function.inputs.iter().chain([&function.result]);
        if let Some(slot) = slots.find(|it| matches!(it.ty, Ty::Period(_))) {
            return Err(faults::no_periods(&slot.name));
        }
        for slot in &function.inputs {
            refuse_reserved(&slot.name)?;
            inputs.push_dynamic(slot.name.as_str(), Dynamic::UNIT);
        }
        match ENGINE.compile_with_scope(&inputs, &*script.code) {
            Ok(code) => Ok(Some(Script { function, lists, code })),
            Err(why) => Err(faults::of_parser(&why, &script.code)),
        }
    }

    /// What it takes.
    pub fn inputs(&self) -> &'p [Slot] {
        &self.function.inputs
    }

    /// What it gives for one value of each input.
    pub fn call(&self, arguments: &[Value]) -> Result<Value, Fault> {
        let mut scope = Scope::new();
        for (slot, value) in self.function.inputs.iter().zip(arguments) {
            scope.push_dynamic(slot.name.as_str(), self.given(slot, value));
        }
        let source = self.function.script.as_ref().map_or("", |it| &it.code);
        let given = ENGINE
            .eval_ast_with_scope::<Dynamic>(&mut scope, &self.code)
            .map_err(|why| faults::of_run(&why, source))?;
        self.taken(&given).ok_or_else(|| {
            let wanted = exact::wanted(self.function.result.ty);
            faults::wrong_result(&exact::found(&given), &wanted)
        })
    }

    /// A number is a number of the input's unit, but a ratio is the plain number: 3% is 0.03.
    fn given(&self, slot: &Slot, value: &Value) -> Dynamic {
        match value {
            Value::Truth(it) => Dynamic::from_bool(*it),
            Value::Number(it) => {
                exact::dynamic(it.checked_div(&factor(slot)).unwrap_or_else(|| it.clone()))
            }
            Value::Date(it) => Dynamic::from(Day(*it)),
            Value::Text(it) => Dynamic::from(it.to_string()),
            Value::Member(it) => match slot.ty {
                Ty::Member(list) => {
                    let name = &self.lists[list.0 as usize].members[*it as usize].name;
                    Dynamic::from(name.to_string())
                }
                _ => Dynamic::UNIT,
            },
        }
    }

    /// What a script gave, if it is of the promised type.
    fn taken(&self, given: &Dynamic) -> Option<Value> {
        let slot = &self.function.result;
        match slot.ty {
            Ty::Truth => given.as_bool().ok().map(Value::Truth),
            Ty::Number(_) | Ty::Duration(_) => {
                exact::number(given).map(|it| Value::Number(it.multiply(&factor(slot))))
            }
            Ty::Date => given.read_lock::<Day>().map(|it| Value::Date(it.0)),
            Ty::Text => text(given).map(Value::Text),
            Ty::Member(list) => {
                let list = &self.lists[list.0 as usize];
                match list.index.get(&*text(given)?).map(Vec::as_slice) {
                    Some([member]) => Some(Value::Member(*member)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

fn text(given: &Dynamic) -> Option<Arc<str>> {
    given.as_immutable_string_ref().ok().map(|it| fold(&it).into())
}

/// How many base units 1 is in a script.
fn factor(slot: &Slot) -> Number {
    match &slot.unit {
        Some(unit) if unit.kind != UnitKind::Ratio => unit.factor.clone(),
        _ => Number::one(),
    }
}

/// A name that rhai keeps for itself, or cannot read, is no input.
fn refuse_reserved(name: &str) -> Result<(), Fault> {
    let lines = name.lines().count() == 1;
    let reads = lines
        && ENGINE.compile(format!("let {name} = 0; {name}")).is_ok_and(|it| {
            let mut scope = Scope::new();
            ENGINE.run_ast_with_scope(&mut scope, &it).is_ok() && scope.contains(name)
        });
    if reads { Ok(()) } else { Err(faults::reserved(name)) }
}
