//! The examples stand beside this folder, one a feature. Run one with `cargo run -p examples --example extract`.
