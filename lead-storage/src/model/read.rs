//! What is read from a database that somebody else may have written to.

use lead_core::clock::Timestamp;
use lead_core::record::{Lead, Observation};
use lead_core::{Error, ErrorKind, Result};

/// A stored value that does not parse: the database was edited, or damaged in a way it cannot see itself.
pub(crate) fn damaged(operation: &'static str) -> impl Fn(serde_json::Error) -> Error {
    move |cause| Error::new(ErrorKind::Corrupt, operation, "a stored value cannot be read").because(cause)
}

/// A stored RFC 3339 time.
pub(crate) fn time(text: &str) -> Result<Timestamp> {
    text.parse().map_err(|cause| {
        Error::new(ErrorKind::Corrupt, "store", "a stored time cannot be read").because(cause)
    })
}

/// A stored lead.
pub(crate) fn lead(operation: &'static str, body: &str) -> Result<Lead> {
    serde_json::from_str(body).map_err(damaged(operation))
}

/// A stored observation with the times that moved since.
pub(crate) fn observation(body: &str, seen_at: Timestamp, last_seen: Timestamp) -> Result<Observation> {
    let mut observation: Observation = serde_json::from_str(body).map_err(damaged("store.observations"))?;
    (observation.seen_at, observation.last_seen) = (seen_at, last_seen);
    Ok(observation)
}
