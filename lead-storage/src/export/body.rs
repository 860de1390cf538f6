//! A lead on its way out, as the store keeps it.

use lead_core::Result;
use lead_core::record::Lead;

use super::Suppressed;
use super::row::Row;
use crate::model::read;

/// Its text, and what must not go out.
#[derive(Clone, Copy)]
pub(super) struct Body<'a> {
    text: &'a str,
    suppressed: &'a Suppressed,
}

impl<'a> Body<'a> {
    pub(super) fn new(text: &'a str, suppressed: &'a Suppressed) -> Self {
        Self { text, suppressed }
    }

    /// What tables show of it; nothing when its site is suppressed.
    pub(super) fn row(self) -> Result<Option<Row<'a>>> {
        Row::read(self.text).map(|row| self.suppressed.strip_row(row))
    }

    /// All of it; nothing when its site is suppressed.
    pub(super) fn lead(self) -> Result<Option<Lead>> {
        read::lead("export", self.text).map(|lead| self.suppressed.strip(lead))
    }
}
