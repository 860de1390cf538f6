//! Files of the predecessor, v3.9, into a store: its CSV in every width it ever had, its JSON, its workbooks.
//!
//! ```no_run
//! use lead_storage::import::Import;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> lead_core::Result<()> {
//! let store = lead_storage::open("sqlite://leads.db").await?;
//! let import = Import::new().zone("Europe/Paris")?; // where the predecessor's clock stood
//! let done = import
//!     .to_store(&store, "all_platforms.csv".as_ref(), |step| eprintln!("{} rows", step.imported.read))
//!     .await?;
//! println!("{} stored, {} known before, {} kept aside", done.stored, done.duplicates, done.rejected);
//! # Ok(())
//! # }
//! ```
//!
//! A row is a sighting at its platform, under its profile's address, else its handle, else a hash of what names it. It is the same
//! sighting whichever file it stands in, so importing a file twice changes nothing, and `all_platforms.csv` adds nothing to the
//! platforms' own files. Each value's evidence is [`Method::Import`](lead_core::record::Method::Import) with file, line and column.
//!
//! Nothing that stands in a row stops a file: what gives no sighting is kept aside with its place and the reason.
//!
//! | file | what |
//! |---|---|
//! | `options`, `run`, `resume` | what is asked, the way into the store, where an import goes on |
//! | `reader`, `encoding`, `window` | a file being read, its bytes as text, the part of it in memory |
//! | `delimited`, `scan`, `objects`, `workbook` | CSV and its cells, JSON, workbooks |
//! | `header`, `layout`, `cells` | which column is which, what that makes the file, what stands in a cell |
//! | `sighting`, `draft`, `phones`, `values` | what a row says |

mod cells;
mod delimited;
mod draft;
mod encoding;
mod header;
mod layout;
mod objects;
mod options;
mod phones;
mod reader;
mod resume;
mod run;
mod scan;
mod sighting;
mod values;
mod window;
#[cfg(feature = "xlsx")]
mod workbook;

pub use header::ColumnHome;
pub use layout::Layout;
pub use options::Import;
pub use reader::{Portion, read, read_from};
pub use run::{Imported, Step};

const IMPORT: &str = "import";
