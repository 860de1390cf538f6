//! What is read at a time.

use crate::record::Listing;
use crate::seam::Reject;

/// A stretch of a file: its listings, and what was kept aside, both in the file's order.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Portion {
    /// The listings.
    pub listings: Vec<Listing>,
    /// Rows that could not be read: `line 7`, `row 7` (from 1) or `node/7`, and why. A reason never repeats a value.
    pub rejects: Vec<Reject>,
    /// Rows (lines, objects) looked at.
    pub rows: u64,
    /// Rows passed over: outside of the area, of another category, or no business.
    pub passed: u64,
    /// Bytes of the file that are done with, from its start: for bars. An estimate where rows lie in columns.
    pub position: u64,
}

impl Portion {
    /// Takes in what came of one row; `place` is asked only when it is kept aside.
    pub(in crate::source) fn take(
        &mut self,
        row: crate::Result<Option<Listing>>,
        place: impl FnOnce() -> String,
    ) {
        self.rows += 1;
        match row {
            Ok(Some(listing)) => self.listings.push(listing),
            Ok(None) => self.passed += 1,
            Err(cause) => self.refuse(place(), &cause),
        }
    }

    /// Keeps an entry aside.
    pub(in crate::source) fn refuse(&mut self, entry: String, cause: &crate::Error) {
        let reason = match cause.context().next() {
            Some((key, value)) => format!("{} ({key}: {value})", cause.message()),
            None => cause.message().to_owned(),
        };
        self.rejects.push(Reject { entry, reason });
    }
}
