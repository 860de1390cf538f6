//! Places and persons of a business, which keep contacts of their own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{GeoPoint, Identified};

/// When a place is open, in the syntax of OpenStreetMap's `opening_hours`: `Mo-Fr 09:00-17:00; Sa 10:00-12:00`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct OpeningHours {
    /// The hours.
    pub hours: String,
}

impl OpeningHours {
    /// Hours in OpenStreetMap's syntax.
    pub fn new(hours: impl Into<String>) -> Self {
        Self { hours: hours.into() }
    }
}

impl Identified for OpeningHours {
    type Key = String;
    fn identity(&self) -> String {
        self.hours.clone()
    }
}

/// Whether a business still runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OperatingStatus {
    /// It runs.
    Open,
    /// Closed for a while.
    TemporarilyClosed,
    /// Closed for good.
    PermanentlyClosed,
}

/// Whether a business still runs, as a value that can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Status {
    /// The status.
    pub status: OperatingStatus,
}

impl Status {
    /// A status.
    pub fn new(status: OperatingStatus) -> Self {
        Self { status }
    }
}

impl Identified for Status {
    type Key = OperatingStatus;
    fn identity(&self) -> OperatingStatus {
        self.status
    }
}

/// One place of a business; the numbers are places in the lists of the same [`Findings`](super::Findings).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Location {
    /// What the place is called: `Lyon Bellecour`.
    pub name: Option<String>,
    /// Its address, an index into `addresses`.
    pub address: Option<usize>,
    /// Its numbers, indices into `phones`.
    pub phones: Vec<usize>,
    /// Its mailboxes, indices into `emails`.
    pub emails: Vec<usize>,
    /// When it is open, in OpenStreetMap's syntax.
    pub hours: Option<String>,
    /// Where it lies.
    pub geo: Option<GeoPoint>,
}

/// A person who speaks for a business; the numbers are places in the lists of the same [`Findings`](super::Findings).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Person {
    /// The person's name.
    pub name: String,
    /// What they do there: `owner`, `Geschäftsführerin`.
    pub function: Option<String>,
    /// Their numbers, indices into `phones`.
    pub phones: Vec<usize>,
    /// Their mailboxes, indices into `emails`.
    pub emails: Vec<usize>,
}

/// Adds what `theirs` has and `mine` lacks, in order.
fn unite(mine: &mut Vec<usize>, theirs: &[usize]) {
    mine.extend_from_slice(theirs);
    mine.sort_unstable();
    mine.dedup();
}

impl Identified for Location {
    /// A place is its address; without one its name, else its contacts.
    type Key = (Option<usize>, Option<String>, Vec<usize>, Vec<usize>);

    fn identity(&self) -> Self::Key {
        match (self.address, &self.name) {
            (Some(_), _) => (self.address, None, Vec::new(), Vec::new()),
            (None, Some(name)) => (None, Some(name.to_lowercase()), Vec::new(), Vec::new()),
            (None, None) => (None, None, self.phones.clone(), self.emails.clone()),
        }
    }

    fn complete(&mut self, other: &Self) {
        self.name = self.name.take().or_else(|| other.name.clone());
        self.hours = self.hours.take().or_else(|| other.hours.clone());
        self.geo = self.geo.or(other.geo);
        unite(&mut self.phones, &other.phones);
        unite(&mut self.emails, &other.emails);
    }
}

impl Identified for Person {
    type Key = String;

    fn identity(&self) -> String {
        self.name.to_lowercase()
    }

    fn complete(&mut self, other: &Self) {
        self.function = self.function.take().or_else(|| other.function.clone());
        unite(&mut self.phones, &other.phones);
        unite(&mut self.emails, &other.emails);
    }
}
