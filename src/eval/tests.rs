//! Tests of the evaluator on small programs made by hand.
