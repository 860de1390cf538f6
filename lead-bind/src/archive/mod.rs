//! Web archives.

mod options;
mod page;
mod read;
mod stream;

pub use options::ArchiveOptions;
pub use page::ArchivedPage;
pub use stream::ArchiveStream;
