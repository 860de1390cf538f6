//! Remembering robots.txt files.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::Robots;
use crate::clock::Timestamp;
use crate::seam::State;
use crate::{Error, ErrorKind, Result};

/// RFC 9309 §2.4: a copy is used for no more than 24 hours …
const FRESH: Duration = Duration::from_hours(24);

/// … unless the file cannot be reached; then for as long as seems reasonable (§2.3.1.4 says 30 days).
const KEPT: Duration = Duration::from_hours(30 * 24);

/// A file that could not be reached is not asked for again so soon.
const UNREACHABLE_FOR: Duration = Duration::from_mins(5);

/// What is known of an origin's robots.txt.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) verdict: Verdict,
    until: Timestamp,
}

#[derive(Clone, Debug)]
pub(super) enum Verdict {
    /// Its rules; none when there is no such file.
    Rules(Arc<Robots>),
    /// It could not be reached, so nothing may be fetched (RFC 9309 §2.3.1.4): the kind of error and a sentence.
    Unreachable(ErrorKind, &'static str),
}

impl Known {
    pub(super) fn new(verdict: Verdict, since: Timestamp) -> Self {
        let lasts = match verdict {
            Verdict::Rules(_) => FRESH,
            Verdict::Unreachable(..) => UNREACHABLE_FOR,
        };
        Self {
            verdict,
            until: since.checked_add(lasts).unwrap_or(Timestamp::MAX),
        }
    }

    /// A verdict past its time, kept while the file cannot be reached.
    pub(super) fn until_asked_again(verdict: Verdict, since: Timestamp) -> Self {
        Self {
            verdict,
            until: since.checked_add(UNREACHABLE_FOR).unwrap_or(Timestamp::MAX),
        }
    }

    pub(super) fn is_over(&self, now: Timestamp) -> bool {
        now >= self.until
    }

    pub(super) fn weight(&self) -> u32 {
        match &self.verdict {
            Verdict::Rules(robots) => u32::try_from(robots.weight()).unwrap_or(u32::MAX),
            Verdict::Unreachable(..) => 128,
        }
    }
}

/// A file as the state keeps it: text, not rules, so that another product or version reads it too.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) at: Timestamp,
    /// Empty when there is no such file.
    pub(super) text: String,
}

impl Kept {
    pub(super) fn known(&self, product: &str) -> Known {
        let robots = Robots::parse(self.text.as_bytes(), product);
        Known::new(Verdict::Rules(Arc::new(robots)), self.at)
    }

    /// The copy of `origin` in `state`, however old. One that cannot be read is as if there were none.
    pub(super) async fn load(state: &State, origin: &str) -> Result<Option<Self>> {
        let entry = state.get(key(origin)).await?;
        Ok(entry.and_then(|entry| serde_json::from_slice(&entry.value).ok()))
    }

    pub(super) async fn save(&self, state: &State, origin: &str) -> Result<()> {
        let json = serde_json::to_vec(self).map_err(|cause| {
            Error::new(ErrorKind::Internal, "robots", "a copy cannot be written").because(cause)
        })?;
        state.put(key(origin), Bytes::from(json), Some(KEPT)).await?;
        Ok(())
    }
}

fn key(origin: &str) -> String {
    format!("robots:{origin}")
}
