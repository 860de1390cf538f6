//! Documents in, contacts out, as Arrow columns: what data frames, databases and distributed engines hand over.
//!
//! [`extract`] reads a batch of documents on all cores, [`find_phones`] a batch of texts. Every column that a batch has
//! beside those which are read passes through, so a key stays with its row. The types are those of [`contacts_schema`] and
//! [`matches_schema`]; `docs/schemas/columns.txt` lists them.
//!
//! ```
//! use std::sync::Arc;
//! use arrow_array::{RecordBatch, StringArray, cast::AsArray};
//! use lead_core::columns;
//! use lead_core::contacts::ExtractOptions;
//!
//! let key = StringArray::from(vec!["a", "b"]);
//! let html = StringArray::from(vec!["<p>info@bakery.example", "<p>nothing here"]);
//! let pages = RecordBatch::try_from_iter([("key", Arc::new(key) as _), ("html", Arc::new(html) as _)])?;
//! let found = columns::extract(&pages, &ExtractOptions::new(), None)?;
//! assert_eq!(found.column_by_name("key").unwrap().as_string::<i32>().value(1), "b");
//! let emails = found.column_by_name("emails").unwrap().as_list::<i32>();
//! assert_eq!((emails.value_length(0), emails.value_length(1)), (1, 0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod documents;
mod input;
mod output;
mod schema;
mod texts;

pub use documents::extract;
pub use schema::{contacts_schema, matches_schema};
pub use texts::find_phones;
