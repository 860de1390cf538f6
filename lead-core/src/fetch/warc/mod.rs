//! Web archives: WARC 1.0 and 1.1 (ISO 28500:2017), plain or gzip, and what is made of them (WET, WAT).
//!
//! [`WarcReader`] gives the records of an archive one after the other, in constant memory; [`Record::response`] is the
//! answer a record holds. What is damaged is told with its place, and reading goes on with the next record that is whole.
//! [`WarcLayer`] writes what is fetched: each exchange a response and a request, a body seen before as a revisit.

mod layer;
mod page;
mod read;
mod record;
#[cfg(test)]
mod tests;
mod write;

pub use layer::WarcLayer;
pub use read::WarcReader;
pub use record::{Record, RecordKind};
