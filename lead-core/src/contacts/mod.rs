//! All finders over a document in one pass: values merged over the layers, grouped by block, ordered by confidence.

mod batch;
mod card_numbers;
mod extract;
mod gather;
mod group;
mod merge;
mod open_graph;
mod options;
mod part;
mod structured;
mod tree;

pub use batch::{Page, extract_many};
pub use extract::{extract, extract_document};
pub use options::ExtractOptions;
pub use part::{Part, Parts};
