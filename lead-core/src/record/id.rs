//! Names and identities.
//!
//! A *record* is what a source knows under one natural key (`osm`, `node/240109189`); its id is derived from both, so two
//! runs, two machines and two tenants agree on it. An *observation* is one content a record was seen with. A *lead* is
//! named after one of the records it is made of, its anchor: whoever kept an older id still finds the lead after merges,
//! because every member record leads to it.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::{Error, Result};

/// The namespace of derived ids (RFC 9562 §5.5): itself derived from the DNS namespace and this library's name.
const NAMESPACE: Uuid = Uuid::from_u128(0x2d5b_2c5e_0f0e_5c0b_9d54_6a1f_7b8e_41c3);

fn slug(kind: &'static str, text: &str) -> Result<Arc<str>> {
    let bad = text.char_indices().find(|(at, c)| {
        !(c.is_ascii_lowercase() || c.is_ascii_digit() || (*at > 0 && matches!(c, '_' | '-' | '.' | ':')))
    });
    match bad {
        _ if text.is_empty() => Err(Error::invalid(kind, "must not be empty")),
        _ if text.len() > 64 => Err(Error::invalid(kind, "at most 64 characters").with("length", text.len())),
        Some((at, _)) => {
            Err(Error::invalid(kind, "only a-z, 0-9 and, after the first, _ - . :").with("position", at))
        }
        None => Ok(text.into()),
    }
}

macro_rules! slug_id {
    ($(#[$doc:meta])+ $name:ident, $kind:literal) => {
        $(#[$doc])+
        ///
        /// One to 64 characters `a-z 0-9 _ - . :`, the first a letter or digit.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "String")]
        #[schemars(with = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Parses the id.
            ///
            /// # Errors
            /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput), with the rule and position.
            pub fn new(text: &str) -> Result<Self> {
                slug($kind, text).map(Self)
            }

            /// As text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = Error;
            fn from_str(text: &str) -> Result<Self> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Error;
            fn try_from(text: String) -> Result<Self> {
                Self::new(&text)
            }
        }
    };
}

slug_id! {
    /// A source, platform, data set or enricher: `osm`, `sites`, `google_maps`.
    SourceId, "source id"
}
slug_id! {
    /// Whose data it is. Every handle is scoped to one; the default is `main`.
    TenantId, "tenant id"
}

impl SourceId {
    #[cfg(feature = "net")]
    /// The id of a part of this library; a test holds that each is valid.
    pub(crate) fn built_in(id: &'static str) -> Self {
        debug_assert!(slug("source id", id).is_ok());
        Self(id.into())
    }
}

impl Default for TenantId {
    fn default() -> Self {
        Self("main".into())
    }
}

/// What a source calls a record: a place id, `node/240109189`, the URL of a page. One to 2,048 bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct NaturalKey(Arc<str>);

impl NaturalKey {
    /// Parses the key.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is empty or longer than 2,048 bytes.
    pub fn new(text: &str) -> Result<Self> {
        match text.len() {
            0 => Err(Error::invalid("natural key", "must not be empty")),
            1..=2048 => Ok(Self(text.into())),
            long => Err(Error::invalid("natural key", "at most 2048 bytes").with("length", long)),
        }
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NaturalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for NaturalKey {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        Self::new(&text)
    }
}

macro_rules! uuid_id {
    ($(#[$doc:meta])+ $name:ident) => {
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        #[schemars(with = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// From a stored UUID.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// As a UUID.
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = Error;
            fn from_str(text: &str) -> Result<Self> {
                text.parse().map(Self).map_err(|cause| Error::invalid("id", "not a UUID").because(cause))
            }
        }
    };
}

uuid_id! {
    /// Identity of a record: what one source knows under one natural key. Derived, so every run agrees.
    RecordId
}
uuid_id! {
    /// Identity of one content of a record. Derived from the record and the content's hash.
    ObservationId
}
uuid_id! {
    /// Identity of a lead: that of its anchor record.
    LeadId
}
uuid_id! {
    /// Hash of what an observation holds, times left out.
    ContentHash
}
uuid_id! {
    /// Identity of a collection run: a UUIDv7 (RFC 9562 §5.7), so runs sort by their start.
    RunId
}

impl RecordId {
    /// The record that `source` keeps under `key`.
    pub fn of(source: &SourceId, key: &NaturalKey) -> Self {
        Self(Uuid::new_v5(&NAMESPACE, format!("{source}\0{key}").as_bytes()))
    }
}

impl ContentHash {
    /// The hash of `content`.
    pub fn of(content: &[u8]) -> Self {
        Self(Uuid::new_v5(&NAMESPACE, content))
    }
}

impl ObservationId {
    /// The observation of `record` with this content.
    pub fn of(record: RecordId, content: ContentHash) -> Self {
        Self(Uuid::new_v5(&record.0, content.0.as_bytes()))
    }
}

impl From<RecordId> for LeadId {
    fn from(anchor: RecordId) -> Self {
        Self(anchor.0)
    }
}

impl RunId {
    /// A new run, started at `now`.
    pub fn start(now: Timestamp) -> Self {
        let nanos = now.subsec_nanosecond().unsigned_abs();
        let seconds = now.as_second().unsigned_abs();
        Self(Uuid::new_v7(uuid::Timestamp::from_unix(
            uuid::NoContext,
            seconds,
            nanos,
        )))
    }

    /// When it was started, to the millisecond; `None` for an id that was made elsewhere.
    pub fn started(self) -> Option<Timestamp> {
        let (seconds, nanos) = self.0.get_timestamp()?.to_unix();
        Timestamp::new(i64::try_from(seconds).ok()?, i32::try_from(nanos).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_error_says_where() {
        let error = SourceId::new("Osm").unwrap_err();
        assert!(error.to_string().contains("position: 0"), "{error}");
        assert!(SourceId::new("").is_err());
        assert!(SourceId::new(&"a".repeat(65)).is_err());
        assert!(TenantId::new("acme-1").is_ok());
    }

    #[test]
    fn a_run_knows_when_it_was_started() {
        let at: Timestamp = "2026-01-31T09:30:00.123456Z".parse().unwrap();
        let started = RunId::start(at).started().unwrap();
        assert_eq!(started.to_string(), "2026-01-31T09:30:00.123Z");
        assert!(RunId::from_uuid(Uuid::nil()).started().is_none());
    }

    #[test]
    fn records_are_the_same_on_every_run() {
        let osm = SourceId::new("osm").unwrap();
        let id = RecordId::of(&osm, &NaturalKey::new("node/1").unwrap());
        // Pinned: a change here would orphan every stored record.
        assert_eq!(id.to_string(), "1fd21487-f3db-573d-855b-9bddcf0d2238");
    }
}
