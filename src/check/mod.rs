//! Tree to program: names, types, units, citations and order. Nothing is evaluated.
