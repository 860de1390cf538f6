//! Whether a lead is still what it was when it was read.

use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::record::{ContentHash, Link, Observation, ObservationId};
use crate::{Error, Result};

/// What a lead is made of and whether it is hidden, as one value: whoever reads the same version twice has read the same sightings, the
/// same times and the same links. As text it is a UUID, which may be handed to a user interface and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LeadVersion(Uuid);

impl LeadVersion {
    /// The version of a lead that is made of these, in any order, and not hidden.
    pub fn of(observations: &[Observation], links: &[Link]) -> Self {
        let sightings = observations
            .iter()
            .map(|seen| (seen.id, seen.seen_at, seen.last_seen));
        Self::of_parts(sightings, links)
    }

    /// As [`LeadVersion::of`], for a store that has no need to read what sightings say: their ids tell.
    pub fn of_parts(
        sightings: impl IntoIterator<Item = (ObservationId, Timestamp, Timestamp)>,
        links: &[Link],
    ) -> Self {
        let mut sightings: Vec<_> = sightings.into_iter().collect();
        sightings.sort_unstable();
        let mut links: Vec<&Link> = links.iter().collect();
        links.sort_unstable();
        let mut text = String::new();
        // Writing to a string cannot fail.
        for (id, first, last) in sightings {
            let _ = writeln!(text, "{id} {first} {last}");
        }
        for link in links {
            let _ = writeln!(text, "{} {} {}", link.left, link.right, link.because);
        }
        Self(ContentHash::of(text.as_bytes()).as_uuid())
    }

    /// The version of a lead that is hidden, from the one it would have if it were not; the same for one that is not.
    pub fn hidden(self, hidden: bool) -> Self {
        if !hidden {
            return self;
        }
        let text = format!("{} hidden", self.0);
        Self(ContentHash::of(text.as_bytes()).as_uuid())
    }
}

impl fmt::Display for LeadVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for LeadVersion {
    type Err = Error;

    /// Reads what [`Display`](fmt::Display) wrote, for those who keep it elsewhere meanwhile.
    fn from_str(text: &str) -> Result<Self> {
        let refuse = |_| Error::invalid("version", "this is no version of a lead");
        Uuid::try_parse(text).map(Self).map_err(refuse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_as_it_was_written() {
        let version = LeadVersion::of(&[], &[]);
        assert_eq!(version.to_string().parse::<LeadVersion>().unwrap(), version);
        assert!("newest".parse::<LeadVersion>().is_err());
    }
}
