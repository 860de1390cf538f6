//! The way out where data is not enough.

use serde_json::Value;

use crate::record::Listing;
use crate::seam::Reject;

/// Turns the text of an answer into JSON; `None` when it is no such answer.
pub type Prepare = fn(&str) -> Option<Value>;
/// Reads values out of the part of an answer that a path led to.
pub type Read = fn(&Value) -> Vec<Value>;

/// Reads all listings of an answer, and says which entries could not be read.
pub type Listings = fn(&[u8], &super::ParseRequest) -> crate::Result<(Vec<Listing>, Vec<Reject>)>;

/// Functions that an adapter's file may call for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hooks {
    /// How an answer becomes JSON where it is not plainly JSON.
    pub prepare: Option<Prepare>,
    /// Readers by name: `{ json = "/34/1", call = "hours" }`.
    pub readers: &'static [(&'static str, Read)],
    /// Reads the listings of a page in place of the file's fields.
    pub listings: Option<Listings>,
}

impl Hooks {
    pub(super) fn reader(&self, name: &str) -> Option<Read> {
        self.readers
            .iter()
            .find(|(own, _)| *own == name)
            .map(|(_, read)| *read)
    }
}
