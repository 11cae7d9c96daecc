//! Tests of the analyses on small programs made by hand.
