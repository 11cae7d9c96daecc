//! The one rhai engine: what a script may use, and how much of it. What numbers do is in `exact`.

use crate::script::exact;
use rhai::Engine;
use rhai::OptimizationLevel;
use rhai::packages::BasicArrayPackage;
use rhai::packages::BasicIteratorPackage;
use rhai::packages::BasicMapPackage;
use rhai::packages::LogicPackage;
use rhai::packages::MoreStringPackage;
use rhai::packages::Package;
use std::sync::LazyLock;

/// Operations of one call (`semantics` §11).
const OPERATIONS: u64 = 20_000;
/// Calls inside one another; few enough for the stack of any thread.
const CALLS: usize = 16;
/// How deep expressions may nest, outside and inside of functions.
const DEPTHS: (usize, usize) = (48, 24);
/// Characters of a text, and elements of a list with all lists in it.
const LONGEST: usize = 10_000;
/// Entries of a map.
const ENTRIES: usize = 1_000;
/// Variables at one time.
const VARIABLES: usize = 256;

/// It never changes once it is made, and may be used from any thread.
pub static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let mut engine = Engine::new_raw();
    BasicIteratorPackage::new().register_into_engine(&mut engine);
    BasicArrayPackage::new().register_into_engine(&mut engine);
    BasicMapPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    MoreStringPackage::new().register_into_engine(&mut engine);
    exact::register(&mut engine);
    // The operators of `exact` come before those rhai has for its own integers and decimals.
    engine.set_fast_operators(false);
    engine.set_optimization_level(OptimizationLevel::None);
    engine.set_max_operations(OPERATIONS);
    engine.set_max_call_levels(CALLS);
    engine.set_max_expr_depths(DEPTHS.0, DEPTHS.1);
    engine.set_max_string_size(LONGEST);
    engine.set_max_array_size(LONGEST);
    engine.set_max_map_size(ENTRIES);
    engine.set_max_variables(VARIABLES);
    engine.set_max_functions(64);
    engine.set_strict_variables(true);
    engine.set_fail_on_invalid_map_property(true);
    for symbol in ["eval", "print", "debug", "Fn", "call", "curry", "sleep"] {
        engine.disable_symbol(symbol);
    }
    engine
});
