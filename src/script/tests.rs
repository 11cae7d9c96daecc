//! What scripts may do, and what becomes of those that go wrong.

use crate::ir::Domain;
use crate::ir::Function;
use crate::ir::Head;
use crate::ir::Script as Code;
use crate::ir::Slot;
use crate::ir::Ty;
use crate::script::Fault;
use crate::script::Script;
use crate::script::Value;
use crate::source::FileId;
use crate::source::Span;
use crate::value::Dimension;
use crate::value::Number;
use crate::value::units::parse_unit;

fn slot(name: &str, ty: Ty, unit: Option<&str>) -> Slot {
    Slot {
        name: name.to_owned(),
        ty,
        unit: unit.and_then(parse_unit),
        domain: Domain::Everything,
        span: Span::new(FileId(0), 0, 0),
    }
}

fn plain(name: &str) -> Slot {
    slot(name, Ty::Number(Dimension::default()), None)
}

fn function(inputs: Vec<Slot>, result: Slot, code: &str) -> Function {
    let span = Span::new(FileId(0), 0, 0);
    let head = Head {
        name: "试".to_owned(),
        articles: vec![],
        order: 0,
        readings: vec![],
        evidence: vec![],
        note: None,
        span,
    };
    Function { head, inputs, result, script: Some(Code { code: code.into(), span }) }
}

fn number(text: &str) -> Value {
    let (num, den) = text.split_once('/').unwrap_or((text, "1"));
    let read = |it: &str| Number::parse(it).unwrap();
    Value::Number(read(num).checked_div(&read(den)).unwrap())
}

/// Runs a script over one number called 甲.
fn run(code: &str, with: &str) -> Result<Value, Fault> {
    let function = function(vec![plain("甲")], plain("试"), code);
    Script::compile(&function, &[])?.unwrap().call(&[number(with)])
}

fn told(code: &str, with: &str) -> (String, Option<usize>) {
    let fault = run(code, with).expect_err(code);
    (fault.text.zh, fault.line)
}

#[test]
fn numbers_are_exact() {
    for (code, with, wanted) in [
        ("甲 / 3", "1", "1/3"),
        ("1 / 3 + 1 / 3 + 1 / 3", "0", "1"),
        ("0.1 + 0.2", "0", "0.3"),
        ("let x = 10; x /= 4; x", "0", "2.5"),
        ("let x = 9223372036854775807; x += 1; x", "0", "9223372036854775808"),
        ("9223372036854775807 * 甲", "2", "18446744073709551614"),
        ("-甲", "-2.25", "2.25"),
        ("round(甲, 1)", "-2.25", "-2.3"),
        ("取整(甲)", "-2.5", "-3"),
        ("floor(甲) + ceil(甲)", "-2.5", "-5"),
        ("甲 ** 3", "2/3", "8/27"),
        ("甲 ** -2", "4", "1/16"),
        ("7 % 3 + 甲 % 2", "-7.5", "-0.5"),
        ("最大(甲, 0.5) + min(甲, 1)", "1/3", "5/6"),
        ("if 甲 == 1.0 { 1 } else { 2 }", "1", "1"),
        ("if 甲 < 1 && 甲 > 0.3 { 1 } else { 2 }", "1/3", "1"),
        ("let 表 = [1, 2.5, 4]; 表[甲 - 1]", "2", "2.5"),
        ("let 和 = 0; for 项 in 0..10 { 和 += 项 * 甲; } 和", "0.5", "22.5"),
        ("fn 双(x) { x * 2 } 双(双(甲))", "1.5", "6"),
        ("[3, 甲, 1].reduce(|和, 项| 和 + 项, 0)", "0.5", "4.5"),
        ("甲; 0.30", "1", "0.3"),
    ] {
        assert_eq!(
            run(code, with).unwrap_or_else(|it| panic!("{code}: {it:?}")),
            number(wanted),
            "{code}"
        );
    }
}

#[test]
fn values_cross_the_border() {
    let money =
        |name| slot(name, Ty::Number(Dimension { money: 1, ..Dimension::default() }), Some("千元"));
    let percent = slot("率", Ty::Number(Dimension::default()), Some("%"));
    let tax = function(vec![money("基数"), percent], money("税"), "基数 * 率 + 1");
    let tax = Script::compile(&tax, &[]).unwrap().unwrap();
    // 12,000 千元 × 3% + 1 千元
    let given = [number("12000000"), number("0.03")];
    assert_eq!(tax.call(&given).unwrap(), number("361000"));

    let day = function(
        vec![slot("日", Ty::Date, None)],
        slot("试", Ty::Date, None),
        "if 日.年 == 2021 && 日.month == 8 { 日 + 30 } else { 日 }",
    );
    let day = Script::compile(&day, &[]).unwrap().unwrap();
    let first = crate::value::day::parse("2021-08-02").unwrap().low.unwrap();
    assert_eq!(day.call(&[Value::Date(first)]).unwrap(), Value::Date(first + 30));

    let says = function(
        vec![slot("真", Ty::Truth, None), slot("话", Ty::Text, None)],
        slot("试", Ty::Text, None),
        "if 真 && 话.contains(\"园\") { 话 + \"区\" } else { \"无\" }",
    );
    let says = Script::compile(&says, &[]).unwrap().unwrap();
    let given = [Value::Truth(true), Value::Text("光谷园".into())];
    assert_eq!(says.call(&given).unwrap(), Value::Text("光谷园区".into()));
}

#[test]
fn scripts_that_do_not_read_are_refused_with_their_place() {
    let mut wrong = vec![];
    for (code, wanted, line) in [
        ("\nlet 乙 = 甲 +;\n乙", "这里不能写“;”", Some(1)),
        ("\n甲 +\n丙", "脚本里没有“丙”", Some(2)),
        ("\nif 甲 > 1 {\n  甲\n", "这里缺“;”", Some(3)),
        ("\neval(\"甲\")", "脚本里不能用“eval”", Some(1)),
        ("\nprint(甲); 甲", "脚本里不能用“print”", Some(1)),
        ("\n最大（甲, 1)", "脚本里不能用全角的“（”", Some(1)),
        ("\n甲 ≥ 1", "脚本里不能用全角的“≥”", Some(1)),
        ("\n甲 + 12345678901234567890.123456789", "脚本里的数最多 28 位", Some(1)),
        ("import \"x\" as y; 甲", "脚本", Some(1)),
    ] {
        let (text, at) = told(code, "1");
        if !text.starts_with(wanted) || at != line {
            wrong.push(format!("{code}\n→ {at:?} {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let deep = format!("{}甲{}", "(".repeat(5_000), ")".repeat(5_000));
    assert_eq!(told(&deep, "1").0, "式子套得太深");
    for name in ["let", "eval", "fn", "R&D", "x y", "1x", ""] {
        let function = function(vec![plain(name)], plain("试"), "1");
        let fault = Script::compile(&function, &[]).err().expect(name);
        assert!(fault.text.zh.contains("不能作名称"), "{name}: {fault:?}");
    }
}

#[test]
fn scripts_that_go_wrong_stop() {
    let mut wrong = vec![];
    let nine = "9".repeat(25);
    for (code, wanted, line) in [
        ("\nloop { }", "运算超过 20,000 步", Some(1)),
        ("\nlet x = 甲;\nwhile x > 0 { x += 1 }\nx", "运算超过 20,000 步", Some(2)),
        ("\nfn f(x) { f(x + 1) }\nf(甲)", "函数自己调用自己太深", Some(2)),
        ("\nlet x = \"0123456789\";\nloop { x += x; }", "文字或列表太长", Some(2)),
        ("\nlet x = [0];\nx.pad(1000000000, 0); 甲", "文字或列表太长", Some(2)),
        ("\nlet x = [[0], [0]];\nloop { x = [x, x]; }", "文字或列表太长", Some(2)),
        ("\n甲 / 0", "除数为零", Some(1)),
        ("\n甲 % 0.0", "除数为零", Some(1)),
        ("\n0 ** -1", "除数为零", Some(1)),
        ("\n甲 ** 0.5", "乘方只能是", Some(1)),
        ("\n甲 ** 1000", "乘方只能是", Some(1)),
        (&format!("\nlet x = {nine};\nx * x * x"), "数过大", Some(2)),
        ("\nlet x = 甲 / 3;\nfor i in 0..40 { x = x * x; }\nx", "分数太长", Some(2)),
        ("\n\"甲\"", "脚本得到的是文字“甲”，应为数", None),
        ("\nlet x = 甲;", "脚本得到的是没有值，应为数", None),
        ("\n甲 > 0", "脚本得到的是是否，应为数", None),
        ("\n甲 + \"元\"", "数和文字不能相加", Some(1)),
        ("\n\"甲\" + 甲", "数和文字不能相加", Some(1)),
        ("\n甲 > \"大型\"", "数和文字不能比", Some(1)),
        ("\nif 甲 == \"1\" { 1 } else { 2 }", "数和文字不能比", Some(1)),
        ("\nif true != 甲 { 1 } else { 2 }", "是否和数不能比", Some(1)),
        ("\nsqrt(甲)", "脚本里没有这样的函数“sqrt”", Some(1)),
        ("\nsleep(10)", "脚本里", Some(1)),
        ("\nlet 表 = [1];\n表[5]", "列表里没有这一项", Some(2)),
        ("\nthrow \"口径不合\"", "脚本报错：口径不合", Some(1)),
        ("\nround(甲, 40)", "小数位数只能是", Some(1)),
    ] {
        let (text, at) = told(code, "1");
        if !text.starts_with(wanted) || at != line {
            wrong.push(format!("{code}\n→ {at:?} {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same call gives the same, from any thread, and a call that failed leaves nothing behind.
#[test]
fn calls_do_not_know_of_one_another() {
    use rayon::prelude::*;
    let function = function(
        vec![plain("甲")],
        plain("试"),
        "let 和 = 0; for i in 0..100 { 和 += 甲 / 7; } 和 / (甲 - 3)",
    );
    let script = Script::compile(&function, &[]).unwrap().unwrap();
    let all: Vec<_> = (0..200i64)
        .into_par_iter()
        .map(|it| script.call(&[Value::Number(Number::from(it % 5))]).ok())
        .collect();
    assert!(all.chunks(5).all(|it| it == &all[..5]));
    assert_eq!(all[3], None);
    assert_eq!(all[4], Some(number("400/7")));
}
