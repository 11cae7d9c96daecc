//! The one test binary. Each module says what it tests.

mod architecture;
mod laws;
mod oracle;
