//! The page station from outside: what a `Document` holds, on made-up, hostile and real pages.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::format_collect,
    reason = "a test harness"
)]

mod corpus;
mod encodings;
mod hostile;
mod links;
mod properties;
mod structured;
mod text;

use lead_core::page::{Document, ParseOptions};

fn html(source: &str) -> Document {
    Document::from_html(source, &ParseOptions::new()).unwrap()
}

fn text(source: &str) -> String {
    html(source).text().to_owned()
}
