//! Open data in files, in the real schemas, about invented businesses; and the specifications' own examples.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::precedence,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests: a panic is how they fail"
)]

mod csv;
mod hostile;
mod lines;
mod parquet;
mod pbf;
mod pbf_writer;
mod specification;
mod support;
