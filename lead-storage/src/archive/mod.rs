//! Leads that nobody has seen for long, taken out of a store into files and brought back from them.
//!
//! A file is Parquet: a row a lead, the columns of an export to be read by anything, and all the lead was made of (every sighting with
//! its times, every link), so that it comes back as it was.
//!
//! **Nothing is lost.** A file is written beside its name, forced to the disk and renamed; only then are its leads taken out of the
//! store, and only those that nobody has seen again or joined to another since they were read
//! ([`Persist::withdraw`](lead_core::seam::Persist::withdraw)); the others are taken out of the file again. Killed anywhere, a lead is
//! in the store, in a file, or in both; running again finishes, and bringing back what is there already changes nothing.
//!
//! **Erasure reaches files.** [`restore()`] leaves out who was suppressed or erased since; [`erase()`] and [`cleanse`] rewrite files without them.
//!
//! ```
//! use lead_storage::archive::{Retention, restore};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> lead_core::Result<()> {
//! # let store = lead_storage::open("memory://").await?;
//! # let folder = std::env::temp_dir().join("lead-archive-example");
//! let before = "2024-01-31T00:00:00Z".parse().unwrap();
//! let kept = Retention::archive(before, &folder).run(&store, |_| ()).await?;
//! let back = restore(&store, &kept.files, |_| ()).await?;
//! assert_eq!(back.leads, kept.leads);
//! # Ok(())
//! # }
//! ```

mod entry;
mod erase;
mod file;
mod read;
mod restore;
mod retain;
mod write;

pub use erase::{Cleansed, cleanse, erase};
pub use file::files_in;
pub use restore::{Restored, restore};
pub use retain::{Progress, Retained, Retention};

const ARCHIVE: &str = "archive";

/// Columns that hold all a lead was made of, beside those of an export.
const OBSERVATIONS: &str = "lead_observations";
const LINKS: &str = "lead_links";
const ARCHIVED_AT: &str = "archived_at";

/// The entry of a file's metadata that says it is an archive, and of which form.
const FORM: &str = "lead.archive";
const FORM_VERSION: &str = "1";
