//! Open data in files: whole countries and the whole world, read as streams.
//!
//! ```no_run
//! use std::path::Path;
//! use lead_core::source::open_data::{Layout, ReadOptions, read};
//!
//! let path = Path::new("places.parquet");
//! let layout = Layout::detect(path)?;
//! for portion in read(path, layout, &ReadOptions::new().area("2.2,48.8,2.5,48.9".parse()?))? {
//!     let portion = portion?;
//!     println!("{} listings, {} kept aside", portion.listings.len(), portion.rejects.len());
//! }
//! # Ok::<(), lead_core::Error>(())
//! ```
//!
//! One thread reads the file, as many as there are cores turn its rows into listings; portions come in the file's order.
//! Only a few portions are under way at a time, so memory does not grow with the file. A row that cannot be read is kept
//! aside with its place and the reason, and never stops the others.
//!
//! | file | what |
//! |---|---|
//! | `layout` | the layouts, their licences, and how a file shows which one it has |
//! | `options`, `portion` | what is asked, what is answered |
//! | `reader`, `packed` | a file being read, packed or not |
//! | `pipeline` | work spread over the cores, answers in order |
//! | `lines`, `rows`, `parquet`, `table` | JSON a line, CSV, Parquet and its columns |
//! | `pbf` | OpenStreetMap's blocks |
//! | `draft` | how a row's fields become findings |

mod draft;
mod layout;
mod lines;
mod options;
mod packed;
mod parquet;
mod pbf;
mod pipeline;
mod portion;
mod reader;
mod rows;
mod table;

pub use layout::Layout;
pub use options::ReadOptions;
pub use portion::Portion;
pub use reader::{Reader, read};

pub(super) use draft::Draft;
pub(super) use options::Sieve;
pub(super) use parquet::ParquetLayout;
pub(super) use rows::{Header, Row, RowReader};
pub(super) use table::{Numbers, Table, TextLists, Texts, range};
