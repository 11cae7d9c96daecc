//! 函数: its inputs and result, its formula or script once at its definition, and a node for each call.
//! A call holds the formula compiled over its arguments; what a script does is not looked at.

use crate::builtins;
use crate::check::Checker;
use crate::check::errors;
use crate::check::symbols::Progress;
use crate::check::symbols::Symbol;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::ir;
use crate::ir::Constant;
use crate::ir::FieldKind;
use crate::ir::FunctionId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Slot;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::VocabularyId;
use crate::ir::VocabularyKind;
use crate::script::Script;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::FieldType;
use indexmap::IndexMap;

/// Nodes of a program beyond which no formula of a function is compiled: functions that call functions may
/// come to any number.
const MOST_NODES: usize = 100_000;

impl<'a> Checker<'a> {
    /// Makes a place for each function, with the types at its border.
    pub(super) fn signatures(&mut self) {
        for (index, it) in self.symbols.functions.clone().into_iter().enumerate() {
            let head = self.head(&it.name, &it.shared);
            let before = self.faults.0.len();
            if builtins::find(&it.name.text).is_some() {
                self.faults.push(errors::function_exists(&it.name));
            }
            let nothing = Slot {
                name: it.name.text.clone(),
                ty: Ty::NotApplicable,
                unit: None,
                domain: ir::Domain::Everything,
                span: it.name.span,
            };
            let (mut inputs, mut result) = (vec![], nothing);
            match &it.signature {
                Some(signature) => {
                    inputs.extend(signature.inputs.iter().map(|it| self.slot(it)));
                    result = self.slot(&signature.result);
                    self.inputs_twice(&signature.inputs);
                }
                None if self.is_damaged(&it.name) => {}
                None => self.faults.push(errors::function_without_signature(&it.name)),
            }
            let script = it
                .script
                .as_ref()
                .map(|it| ir::Script { code: it.code.value.as_str().into(), span: it.code.span });
            self.program.functions.push(ir::Function { head, inputs, result, script });
            if it.signature.is_none() || self.faults.0.len() > before {
                self.symbols.progress.insert(Symbol::Function(index as u32), Progress::Done(None));
            }
        }
    }

    fn inputs_twice(&mut self, inputs: &[ast::Field]) {
        for (at, it) in inputs.iter().enumerate() {
            if let Some(first) = inputs[..at].iter().find(|other| other.name.text == it.name.text) {
                self.faults.push(errors::name_twice(&it.name, first.name.span));
            }
        }
    }

    /// A 比率 needs no writing here: there are no cells.
    fn slot(&mut self, field: &ast::Field) -> Slot {
        let mut field = field.clone();
        if let FieldType::Named { name, unit: unit @ None, .. } = &mut field.ty
            && matches!(name.text.as_str(), "比率" | "ratio")
        {
            *unit = Some(Spanned { value: "小数".to_owned(), span: name.span });
        }
        if let Some(list) = self.same_words(&field.ty) {
            let (name, span) = (field.name.text, field.span);
            let ty = Ty::Member(list);
            return Slot { name, ty, unit: None, domain: ir::Domain::Everything, span };
        }
        let (ty, unit, domain) = match self.field_kind(&field) {
            FieldKind::Scalar { ty, unit, domain } => (ty, unit, domain),
            FieldKind::Rows { .. } => {
                self.faults.push(errors::input_of_rows(&field));
                (Ty::NotApplicable, None, ir::Domain::Everything)
            }
        };
        Slot { name: field.name.text.clone(), ty, unit, domain, span: field.span }
    }

    /// The enumeration of the data that has these words: 有序 is said there.
    fn same_words(&self, ty: &FieldType) -> Option<VocabularyId> {
        let FieldType::Choice(words) = ty else { return None };
        let same = |it: &ir::Vocabulary| {
            matches!(it.kind, VocabularyKind::Enumeration { .. })
                && it.members.iter().map(|it| &*it.name).eq(words.iter().map(|it| it.text.as_str()))
        };
        let found = self.program.vocabularies.iter().position(same);
        found.map(|it| VocabularyId(it as u32))
    }

    /// Looks at each function on its own, so that one that nobody calls is checked too. All rules are compiled
    /// by now: the nodes made here stand for no call and are taken away again.
    pub(super) fn functions(&mut self) {
        for (index, it) in self.symbols.functions.clone().into_iter().enumerate() {
            let index = index as u32;
            match (&it.formula, &it.script) {
                (Some(formula), Some(script)) => {
                    self.faults.push(errors::formula_and_script(script.code.span, formula.span));
                }
                (None, None) if !self.is_damaged(&it.name) => {
                    self.faults.push(errors::function_without_body(&it.name));
                }
                (_, Some(script)) if !matches!(script.language.text.as_str(), "rhai") => {
                    self.faults.push(errors::script_language(&script.language));
                }
                _ => {}
            }
            self.script(index, it);
            let home = self.program.case_tables.first().copied();
            let Some(at) = home.filter(|_| it.formula.is_some() && self.is_callable(index)) else {
                continue;
            };
            let before = (self.program.nodes.len(), self.nodes.len(), self.calls.len());
            let called = self.calls.keys().any(|it| it.0 == index);
            let faults = self.faults.0.len();
            let slots = self.program.functions[index as usize].inputs.clone();
            let arguments = slots.iter().map(|it| {
                let kind = NodeKind::Constant(Constant::NotApplicable);
                self.node(kind, it.ty, None, at, it.span)
            });
            let arguments: Vec<NodeId> = arguments.collect();
            self.worked_out(index, &arguments, at);
            if called {
                self.leave_to_calls(faults);
            }
            self.program.nodes.truncate(before.0);
            self.nodes.truncate(before.1);
            self.calls.truncate(before.2);
            let stays = |it: &NodeId| (it.0 as usize) < before.0;
            self.plain.retain(|it, plain| stays(it) && stays(plain));
            self.hulls.borrow_mut().retain(|it, _| stays(it));
        }
    }

    /// What depends on the arguments was looked at in each call.
    fn leave_to_calls(&mut self, from: usize) {
        const BY_ARGUMENTS: [Code; 2] = [code::DIVISOR_MAY_BE_ZERO, code::GROWTH_BASE];
        let own = self.faults.0.split_off(from);
        self.faults.0.extend(own.into_iter().filter(|it| !BY_ARGUMENTS.contains(&it.code)));
    }

    /// Compiles a script once, so that what does not read is told before any run.
    fn script(&mut self, index: u32, it: &ast::Function) {
        let Some(script) = it.script.as_ref().filter(|_| self.is_callable(index)) else { return };
        let function = &self.program.functions[index as usize];
        if let Err(fault) = Script::compile(function, &self.program.vocabularies) {
            self.faults.push(errors::script(&it.name, script.code.span, &fault));
        }
    }

    /// Whether what stands at a function's border is sound.
    fn is_callable(&self, index: u32) -> bool {
        self.symbols.progress[&Symbol::Function(index)] != Progress::Done(None)
    }

    /// A call of a function that the rulebook declares.
    pub(super) fn own_call(
        &mut self,
        name: &ast::Name,
        args: &[Expr],
        if_empty: Option<&Expr>,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let Some(&symbol @ Symbol::Function(index)) = self.symbols.rules.get(name.text.as_str())
        else {
            let own = self.symbols.functions.iter().map(|it| it.name.text.as_str());
            let known = builtins::ALL.iter().flat_map(|it| [it.zh, it.en]).chain(own);
            let fault = errors::unknown_function(name, &known.collect::<Vec<_>>());
            return self.fail(fault);
        };
        if let Some(current) = self.current {
            self.edges.push((current, symbol, name.span));
        }
        if let Some(it) = if_empty {
            return self.fail(errors::if_empty_without_rows(it.span));
        }
        if !self.is_callable(index) {
            return None;
        }
        let ir::Function { inputs, result: slot, script, .. } =
            self.program.functions[index as usize].clone();
        if inputs.len() != args.len() {
            let call = self.signature_of(index);
            return self.fail(errors::wrong_inputs(name, &call, args.len()));
        }
        let mut slots = inputs.iter();
        let arguments = self.each(args, |it, arg| {
            let slot = slots.next().expect("as many arguments as inputs");
            it.argument(arg, slot, &name.text, at)
        })?;
        let result = match script {
            Some(_) => None,
            None => Some(self.worked_out(index, &arguments, at)?),
        };
        let kind = NodeKind::Called { function: FunctionId(index), arguments, result };
        Some(self.node(kind, slot.ty, slot.unit, at, span))
    }

    fn argument(&mut self, arg: &Expr, slot: &Slot, function: &str, at: TableId) -> Option<NodeId> {
        if let Ty::Member(list) = slot.ty {
            return self.member_operand(arg, list, at);
        }
        let node = self.expr(arg, at)?;
        if self.fits_slot(node, slot) {
            return Some(node);
        }
        let wanted = self.slot_type(slot);
        let found = self.type_of(node);
        self.fail(errors::wrong_input(arg.span, function, &slot.name, &wanted, &found))
    }

    fn fits_slot(&self, node: NodeId, slot: &Slot) -> bool {
        let ty = self.ty(node);
        let zero = matches!(slot.ty, Ty::Number(_)) && self.is_bare_zero(node);
        ty == slot.ty || ty == Ty::NotApplicable || zero
    }

    /// The node that a formula comes to over its arguments.
    fn worked_out(&mut self, index: u32, arguments: &[NodeId], at: TableId) -> Option<NodeId> {
        let symbol = Symbol::Function(index);
        if self.symbols.progress[&symbol] == Progress::Running {
            // It calls itself: the loop is reported from the edges.
            return None;
        }
        let key = (index, at, arguments.to_vec());
        if let Some(done) = self.calls.get(&key) {
            return *done;
        }
        let it = self.symbols.functions[index as usize];
        let formula = it.formula.as_ref()?;
        if self.program.nodes.len() > MOST_NODES {
            return self.fail(errors::too_many_calls(&it.name));
        }
        let known = std::mem::take(&mut self.known);
        let ir::Function { inputs, result, .. } = self.program.functions[index as usize].clone();
        let mut names = IndexMap::new();
        for (place, (slot, of)) in inputs.iter().zip(arguments).enumerate() {
            let (function, place) = (FunctionId(index), place as u32);
            let kind = NodeKind::Input { of: *of, function, index: place };
            let node = self.node(kind, slot.ty, slot.unit.clone(), at, slot.span);
            names.insert(slot.name.clone(), node);
        }
        let outer = (self.inputs.replace(names), self.current.replace(symbol));
        self.symbols.progress.insert(symbol, Progress::Running);
        let before = self.faults.0.len();
        let node = match result.ty {
            Ty::Member(list) => self.member_operand(formula, list, at),
            _ => self.expr(formula, at),
        };
        let node = node.filter(|it| self.gives(*it, &result, formula.span));
        self.report_once(before);
        self.symbols.progress.insert(symbol, Progress::Waiting);
        (self.inputs, self.current) = outer;
        self.known = known;
        self.calls.insert(key, node);
        node
    }

    /// Whether a formula gives what its function promises; a fault where it does not.
    fn gives(&mut self, node: NodeId, slot: &Slot, span: Span) -> bool {
        let fits = self.fits_slot(node, slot);
        if !fits {
            let wanted = self.slot_type(slot);
            let found = self.type_of(node);
            self.faults.push(errors::wrong_result(span, &slot.name, &wanted, &found));
        }
        fits
    }

    /// A formula is compiled for each call: its faults are told once.
    fn report_once(&mut self, before: usize) {
        let place = |it: &Diagnostic| it.labels.first().map(|it| it.span);
        let found = self.faults.0.split_off(before);
        for fault in found {
            let told = |it: &Diagnostic| {
                it.code == fault.code && it.message == fault.message && place(it) == place(&fault)
            };
            if !self.faults.0.iter().any(told) {
                self.faults.push(fault);
            }
        }
    }

    /// The fault for a function named without its inputs.
    pub(super) fn bare_function(&self, index: u32, name: &ast::Name) -> Diagnostic {
        errors::bare_function(name, &self.signature_of(index))
    }

    /// 超额累进（基数，起点，比例）
    fn signature_of(&self, index: u32) -> String {
        let it = &self.program.functions[index as usize];
        let inputs: Vec<&str> = it.inputs.iter().map(|it| it.name.as_str()).collect();
        format!("{}（{}）", it.head.name, inputs.join("，"))
    }

    fn slot_type(&self, slot: &Slot) -> String {
        match &slot.unit {
            Some(unit) => format!("{}（{unit}）", self.describe(slot.ty)),
            None => self.describe(slot.ty),
        }
    }

    fn type_of(&self, node: NodeId) -> String {
        match self.ty(node) {
            Ty::Number(_) => self.unit_name(node),
            other => self.describe(other),
        }
    }
}
