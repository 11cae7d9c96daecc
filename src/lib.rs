//! heng (衡, "to weigh"): policy rules as text, verdicts with reasons.
//!
//! ```text
//! rule text ──syntax──▶ ast ──check──▶ ir::Program ──┐
//!                                                    ├─eval─▶ Outcome (+ Recording) ─explain─▶ Explanation ─report─▶ text, JSON
//! csv, json ──data──▶ Facts (columns) ───────────────┘
//! ```
//!
//! The modules below stand in floors, lowest first, parted by empty lines. **A module may use modules
//! of lower floors, nothing of its own floor or above.** Below the surfaces (`cli`) nothing reads the
//! disk, the clock or the environment, and nothing prints. Both rules are tested
//! (`tests/it/architecture.rs`).

pub mod source;
pub mod value;

pub mod diagnostic;

pub mod ir;
pub mod syntax;

pub mod amend;
pub mod builtins;
pub mod data;
pub mod naming;
pub mod script;

pub mod check;
pub mod eval;

pub mod analysis;
pub mod lint;

pub mod explain;

pub mod report;
pub mod workspace;

pub mod difference;

pub mod suite;

#[cfg(feature = "cli")]
pub mod cli;
