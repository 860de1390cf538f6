//! The examples stand beside this file, one a feature. Run one with `cargo run -p examples --example extract`.
