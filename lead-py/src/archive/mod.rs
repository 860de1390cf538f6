//! `lead.read_archive`.

mod page;
mod stream;

pub(crate) use page::ArchivedPage;
pub(crate) use stream::ArchiveStream;
