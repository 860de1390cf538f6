//! All finders over a document in one pass: values merged over the layers, grouped by block, ordered by confidence.

mod extract;
mod gather;
mod group;
mod merge;
mod options;
mod structured;
mod tree;

pub use extract::{extract, extract_document};
pub use options::ExtractOptions;
