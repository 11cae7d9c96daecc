//! 函数 and 脚本 (`semantics` §11): random ones with a call, and what a call comes to, one outcome at a time. No script is run here.

use crate::oracle::Plain;
use crate::oracle::Value;
use crate::oracle::generate::Builder;
use crate::oracle::generate::NUMBER;
use crate::oracle::generate::head;
use crate::oracle::plain::Evaluator;
use crate::oracle::schema::SPAN;
use crate::oracle::strict;
use heng::ir::Comparison;
use heng::ir::Constant;
use heng::ir::Domain;
use heng::ir::Fold;
use heng::ir::Function;
use heng::ir::FunctionId;
use heng::ir::NodeId;
use heng::ir::NodeKind;
use heng::ir::Script;
use heng::ir::Slot;
use heng::ir::TableId;
use heng::ir::Ty;
use heng::value::End;
use heng::value::Hull;
use heng::value::Number;

/// What a script takes beside its second input, a number; its code; and what that means. None is an error.
struct Written {
    first: Ty,
    code: &'static str,
    means: fn(&Value, &Number) -> Option<Value>,
}

const NUMBERS: [Written; 4] = [
    Written { first: NUMBER, code: "甲 + 乙", means: |a, b| Some(of(number(a).add(b))) },
    Written { first: NUMBER, code: "甲 / 乙", means: |a, b| number(a).checked_div(b).map(of) },
    Written {
        first: NUMBER,
        code: "if 甲 > 乙 { 甲 - 乙 } else { 乙 }",
        means: |a, b| Some(of(if number(a) > b { number(a).subtract(b) } else { b.clone() })),
    },
    Written {
        first: Ty::Truth,
        code: "if 甲 { 乙 * 乙 } else { 0 }",
        means: |a, b| Some(of(if is_true(a) { b.multiply(b) } else { Number::zero() })),
    },
];

const TRUTHS: [Written; 2] = [
    Written {
        first: NUMBER,
        code: "甲 * 2 >= 乙",
        means: |a, b| Some(Value::Truth(number(a).add(number(a)) >= *b)),
    },
    Written {
        first: Ty::Truth,
        code: "甲 && 乙 > 1",
        means: |a, b| Some(Value::Truth(is_true(a) && *b > Number::one())),
    },
];

fn of(number: Number) -> Value {
    Value::Number(number)
}

fn number(it: &Value) -> &Number {
    match it {
        Value::Number(it) => it,
        other => panic!("a number was generated here, not {other:?}"),
    }
}

fn is_true(it: &Value) -> bool {
    *it == Value::Truth(true)
}

impl Builder<'_, '_> {
    /// A call of a function of its own; none of a type that none is made for.
    pub fn call(&mut self, ty: Ty, space: TableId, depth: u32) -> Option<NodeKind> {
        let numbers = match ty {
            Ty::Number(_) => true,
            Ty::Truth => false,
            _ => return None,
        };
        let function = FunctionId(self.program.functions.len() as u32);
        let by_script = self.tape.pick(2) == 0;
        let script = match numbers {
            true => &NUMBERS[self.tape.pick(NUMBERS.len())],
            false => &TRUTHS[self.tape.pick(TRUTHS.len())],
        };
        let first = if by_script { script.first } else { NUMBER };
        let inputs = vec![self.slot("甲", first), self.slot("乙", NUMBER)];
        let result = self.slot("函数", ty);
        let code = || Script { code: script.code.into(), span: SPAN };
        let script = by_script.then(code);
        self.program.functions.push(Function {
            head: head("函数".into(), 0),
            inputs,
            result,
            script,
        });
        let arguments =
            vec![self.expression(first, space, depth), self.expression(NUMBER, space, depth)];
        let result = (!by_script).then(|| self.formula(function, &arguments, numbers, space));
        Some(NodeKind::Called { function, arguments, result })
    }

    fn slot(&mut self, name: &str, ty: Ty) -> Slot {
        let bounded = ty == NUMBER && self.tape.pick(2) == 0;
        let end = |at: i64| Some(End { at: Number::from(at), closed: true });
        let hull = Hull { low: end(-1), high: end(5) };
        let domain = match bounded {
            true => Domain::Numbers { hull, whole: self.tape.rarely(3) },
            false => Domain::Everything,
        };
        Slot { name: name.into(), ty, unit: None, domain, span: SPAN }
    }

    /// A formula over both inputs.
    fn formula(
        &mut self,
        function: FunctionId,
        arguments: &[NodeId],
        numbers: bool,
        space: TableId,
    ) -> NodeId {
        let mut input = |index: u32| {
            let kind = NodeKind::Input { of: arguments[index as usize], function, index };
            self.add(kind, NUMBER, space)
        };
        let (a, b) = (input(0), input(1));
        let one = NodeKind::Constant(Constant::Number(Number::one()));
        let one = self.add(one, NUMBER, space);
        let above = self.add(NodeKind::Compare(Comparison::Above, a, b), Ty::Truth, space);
        if !numbers {
            return above;
        }
        let difference = self.add(NodeKind::Difference(a, b), NUMBER, space);
        let kind = match self.tape.pick(5) {
            0 => NodeKind::Sum(vec![a, b, one]),
            1 => NodeKind::Product(vec![a, b]),
            2 => NodeKind::Quotient(a, b),
            3 => NodeKind::Fold(Fold::Max, vec![a, b]),
            _ => NodeKind::If {
                condition: above,
                then: difference,
                otherwise: one,
                if_not_applicable: Some(one),
            },
        };
        self.add(kind, NUMBER, space)
    }
}

impl Evaluator<'_> {
    /// A call, or an argument as the formula sees it: of that the law speaks only where the call is asked.
    pub(crate) fn function(&self, node: NodeId, row: usize) -> Plain {
        match &self.program.node(node).kind {
            NodeKind::Input { of, function, index } => {
                let slot = &self.program.function(*function).inputs[*index as usize];
                match self.outcome(*of, row) {
                    it @ Plain::Value(_) if lies_in(&it, slot) => it,
                    _ => Plain::Unspoken,
                }
            }
            NodeKind::Called { function, arguments, result } => {
                let it = self.program.function(*function);
                // A value outside its slot is an error at the border, and an error comes before 不适用.
                let at_border = |(of, slot): (Plain, &Slot)| match of {
                    Plain::Value(_) if !lies_in(&of, slot) => Plain::Error,
                    other => other,
                };
                let given = self.all(arguments, row).into_iter();
                let arguments: Vec<Plain> = given.zip(&it.inputs).map(at_border).collect();
                if let Some(done) = strict(&arguments) {
                    return done;
                }
                let made = match result {
                    Some(body) => self.outcome(*body, row),
                    None => scripted(it.script.as_ref().expect("a script"), &arguments),
                };
                match made {
                    it_is @ Plain::Value(_) if !lies_in(&it_is, &it.result) => Plain::Error,
                    other => other,
                }
            }
            other => unreachable!("{other:?} is no call"),
        }
    }
}

fn scripted(script: &Script, arguments: &[Plain]) -> Plain {
    let written = NUMBERS.iter().chain(&TRUTHS).find(|it| *it.code == *script.code);
    let (Plain::Value(a), Plain::Value(Value::Number(b))) = (&arguments[0], &arguments[1]) else {
        panic!("a script takes two values, the second a number: {arguments:?}")
    };
    match (written.expect("a script that was generated").means)(a, b) {
        Some(Value::Number(it)) => Plain::number(it),
        Some(other) => Plain::Value(other),
        None => Plain::Error,
    }
}

fn lies_in(of: &Plain, slot: &Slot) -> bool {
    match (&slot.domain, of) {
        (Domain::Numbers { hull, whole }, Plain::Value(Value::Number(it))) => {
            let above = hull.low.as_ref().is_none_or(|low| low.at <= *it);
            let below = hull.high.as_ref().is_none_or(|high| *it <= high.at);
            above && below && (!whole || it.is_whole())
        }
        _ => true,
    }
}
