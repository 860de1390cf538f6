//! `lead.collect`.

mod own;
mod stream;

pub(crate) use own::Reply;
pub(crate) use stream::{CollectStream, Event};
