//! What the bindings for Python and Node share: work that takes long, as batches that cross a language border.
//!
//! | module | what |
//! |---|---|
//! | [`runtime()`] | the one tokio runtime of a process |
//! | [`batches`] | long work, as both languages follow it |
//! | [`crawl`] | crawls |
//! | [`collect`] | collections |
//! | [`matching`] | companies to match |
//! | [`browser`] | browsers that render pages, and pages as they are watched |
//! | [`sources`] | sources by name, and those of the application |
//! | [`saved`] | saved pages of platforms |
//! | [`import`] | files of open data and of the predecessor |
//! | [`export`] | leads as files |
//! | [`figures`] | facets and reports of a store |
//! | [`store`] | a store that is held open, and what it is asked |
//! | [`sinks`] | leads handed on by rules |
//! | [`keeping`] | what changed in a store, what is put away, what leaves it, and what comes back |
//! | [`archive`] | web archives |
//! | [`images`] | numbers shown as pictures |
//! | [`plan`] | what a query would ask |
//!
//! Options come as JSON, with the names that lead-core and the command line have for them; values that mean nothing are
//! [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) before anything is begun.
#![forbid(unsafe_code)]

pub mod archive;
pub mod batches;
pub mod browser;
pub mod collect;
pub mod crawl;
pub mod export;
pub mod figures;
mod given;
pub mod images;
pub mod import;
pub mod keeping;
pub mod matching;
mod net;
mod place;
pub mod plan;
mod rendering;
mod runtime;
pub mod saved;
pub mod sinks;
pub mod sources;
pub mod store;
mod wanted;
mod work;

pub use runtime::runtime;
