//! How many entries had each field, and by which reader: what a platform's pages were like, and whether they still are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Reading;
use super::drift::{Drift, compare};
use crate::{Error, ErrorKind, Result};

/// A field's readers and how often each won, in the order of the adapter's file.
pub(super) type Wins = Vec<(String, u64)>;

/// What stood on pages of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PageCensus {
    pub(super) entries: u64,
    pub(super) fields: BTreeMap<String, Wins>,
}

/// How many entries of a platform's pages had each field, and by which reader.
///
/// Counted over pages that are known to be read rightly it is a baseline; counted over those of today it tells by
/// [`Census::drift_from`] whether the platform has changed.
///
/// ```
/// use lead_core::source::adapter::Census;
/// let census = Census::default();
/// let json = serde_json::to_string(&census)?;
/// assert_eq!(Census::from_json(&json)?, census);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Census {
    /// By the name of the adapter's rule for the page.
    pub(super) pages: BTreeMap<String, PageCensus>,
}

impl Census {
    /// Counts what was read on a page.
    pub fn add(&mut self, reading: &Reading) {
        if reading.fields.is_empty() {
            return;
        }
        let page = self.pages.entry(reading.page.clone()).or_default();
        page.entries += (reading.listings.len() + reading.rejects.len()) as u64;
        for report in &reading.fields {
            let wins = page.fields.entry(report.field.clone()).or_default();
            for (reader, count) in &report.readers {
                match wins.iter_mut().find(|(own, _)| own == reader) {
                    Some((_, own)) => *own += *count as u64,
                    None => wins.push((reader.clone(), *count as u64)),
                }
            }
        }
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Entries counted.
    pub fn entries(&self) -> u64 {
        self.pages.values().map(|page| page.entries).sum()
    }

    /// Reads a census as it is written with `serde_json`.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when it is none.
    pub fn from_json(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(|cause| {
            Error::new(ErrorKind::Decode, "adapter", "not a census of fields").because(cause)
        })
    }

    /// What of `baseline` no longer holds: fields that are found more rarely, and readers that win more rarely, than chance
    /// explains. Page kinds that only one of both has seen are not compared.
    pub fn drift_from(&self, baseline: &Self) -> Vec<Drift> {
        let pages = self.pages.iter();
        let both = pages.filter_map(|(name, now)| Some((name, now, baseline.pages.get(name)?)));
        both.flat_map(|(name, now, before)| compare(name, now, before))
            .collect()
    }
}

/// Entries of which a reader won.
pub(super) fn found(wins: &Wins) -> u64 {
    wins.iter().map(|(_, count)| *count).sum()
}
