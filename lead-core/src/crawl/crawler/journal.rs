//! What a crawl has found and done, one line a write: killed anywhere, it goes on where the journal ends.
//!
//! A line holds what is ready at one moment: pages with all that stands on them, and the addresses first seen on them. It
//! is there as a whole or not at all, so what was found and where it leads never part.

use std::collections::HashSet;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::page::CrawledPage;
use crate::crawl::frontier::{Class, Fingerprint, Fingerprints, Kind, Target};
use crate::record::SafeUrl;
use crate::seam::State;
use crate::{Error, ErrorKind, Result};

/// Lines read at a time.
const LINES: usize = 256;

/// A line.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Line {
    /// Addresses first seen.
    pub(super) found: Vec<Seen>,
    /// What came of others.
    pub(super) pages: Vec<CrawledPage>,
    /// Hosts that were left: their origins.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) left: Vec<SafeUrl>,
}

impl Line {
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty() && self.pages.is_empty() && self.left.is_empty()
    }
}

/// An address first seen: itself, depth, hops, kind and class.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Seen(SafeUrl, u16, u8, u8, u8);

impl Seen {
    pub(super) fn new(target: &Target, class: Class) -> Self {
        Self(
            target.url.clone(),
            target.depth,
            target.hops,
            target.kind as u8,
            class as u8,
        )
    }

    pub(super) fn target(self) -> (Target, Class) {
        let Self(url, depth, hops, kind, class) = self;
        let mut target = Target::at_depth(url, depth);
        (target.hops, target.kind) = (hops, Kind::numbered(kind));
        (target, Class::numbered(class))
    }
}

/// The journal of a crawl.
#[derive(Debug)]
pub(super) struct Journal {
    state: State,
    log: String,
    empty: bool,
}

impl Journal {
    pub(super) async fn open(state: State, name: &str) -> Result<Self> {
        let log = format!("crawl:{name}");
        let empty = state.read_log(log.clone(), 0, 1).await?.is_empty();
        Ok(Self { state, log, empty })
    }

    /// Whether nothing was written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.empty
    }

    /// Writes a line.
    pub(super) async fn write(&mut self, line: &Line) -> Result<()> {
        let json = serde_json::to_vec(line).map_err(|cause| {
            Error::new(
                ErrorKind::Internal,
                "crawl",
                "a line of the journal cannot be written",
            )
            .because(cause)
        })?;
        self.state.append(self.log.clone(), Bytes::from(json)).await?;
        self.empty = false;
        Ok(())
    }

    /// The addresses that were asked.
    pub(super) async fn asked(&self) -> Result<Fingerprints> {
        let mut asked = HashSet::default();
        let mut reading = Reading::new(self);
        while let Some(line) = reading.next().await? {
            asked.extend(line.pages.iter().map(|page| Fingerprint::of(page.input.as_str())));
        }
        Ok(asked)
    }

    /// Its lines, from the first.
    pub(super) fn lines(&self) -> Reading<'_> {
        Reading::new(self)
    }
}

/// The lines of a journal, some at a time.
pub(super) struct Reading<'a> {
    journal: &'a Journal,
    after: u64,
    ahead: std::vec::IntoIter<(u64, Bytes)>,
}

impl<'a> Reading<'a> {
    fn new(journal: &'a Journal) -> Self {
        Self {
            journal,
            after: 0,
            ahead: Vec::new().into_iter(),
        }
    }

    /// The next line.
    ///
    /// # Errors
    /// Those of the state; [`ErrorKind::Corrupt`] when a line cannot be read.
    pub(super) async fn next(&mut self) -> Result<Option<Line>> {
        if self.ahead.as_slice().is_empty() {
            let log = self.journal.log.clone();
            self.ahead = self
                .journal
                .state
                .read_log(log, self.after, LINES)
                .await?
                .into_iter();
        }
        let Some((number, line)) = self.ahead.next() else {
            return Ok(None);
        };
        self.after = number;
        let corrupt = |cause| {
            Error::new(ErrorKind::Corrupt, "crawl", "the journal cannot be read")
                .with("line", number)
                .because(cause)
        };
        serde_json::from_slice::<Line>(&line).map(Some).map_err(corrupt)
    }
}
