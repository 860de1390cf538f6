//! How a lead differs from what it was.

mod compare;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Lead, LeadId, Observation};
use crate::clock::Timestamp;

/// A lead that came to be, or that says something else than it did.
///
/// As JSON it is what a sink is handed: `{"change": "changed", "id": …, "name": …, "since": …, "last_seen": …, "fields":
/// [{"field": "phones", "added": [{"text": "+33478000002", "value": {…}}]}]}`. How sure a value is and how often it was seen are no
/// change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Change {
    /// What happened.
    #[serde(rename = "change")]
    pub kind: ChangeKind,
    /// The lead, by the id it has now.
    pub id: LeadId,
    /// Its name as it is now.
    pub name: Option<String>,
    /// What it is compared with: as it stood just before this moment.
    #[schemars(with = "String")]
    pub since: Timestamp,
    /// When anything of it was last seen.
    #[schemars(with = "String")]
    pub last_seen: Timestamp,
    /// The fields that say something else, in the order of [`ChangedField`]; of a new lead, all that say anything.
    pub fields: Vec<FieldChange>,
}

/// What happened to a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChangeKind {
    /// Nothing of it had been seen before.
    New,
    /// It was known and says something else now.
    Changed,
}

/// A field of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChangedField {
    /// Names it goes by.
    Organizations,
    /// Telephone numbers.
    Phones,
    /// E-mail addresses.
    Emails,
    /// Profiles on social networks.
    Socials,
    /// Web sites.
    Websites,
    /// Postal addresses.
    Addresses,
    /// What it does.
    Categories,
    /// When it is open.
    Hours,
    /// Where it lies.
    Geo,
    /// Whether it still runs.
    Status,
    /// Its places, with what belongs to each.
    Locations,
    /// Persons who speak for it.
    Persons,
    /// Numbers registers gave it.
    Registrations,
    /// Everything else, by name.
    Attributes,
}

impl ChangedField {
    /// The name it has in JSON and in a lead.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Organizations => "organizations",
            Self::Phones => "phones",
            Self::Emails => "emails",
            Self::Socials => "socials",
            Self::Websites => "websites",
            Self::Addresses => "addresses",
            Self::Categories => "categories",
            Self::Hours => "hours",
            Self::Geo => "geo",
            Self::Status => "status",
            Self::Locations => "locations",
            Self::Persons => "persons",
            Self::Registrations => "registrations",
            Self::Attributes => "attributes",
        }
    }
}

/// What a field lost, gained, and says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct FieldChange {
    /// The field.
    pub field: ChangedField,
    /// Values that were not there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<ChangedValue>,
    /// Values that are there no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<ChangedValue>,
    /// Values that say something else: another kind of the same number, another rating, other hours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Altered>,
}

/// A value, to be read by people and by programs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ChangedValue {
    /// In one line: `+33478000001`, `1 Example Street, Lyon`.
    pub text: String,
    /// As it stands in a lead, without its evidence; what it points to is named in place of an index.
    pub value: Value,
}

/// A value that says something else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Altered {
    /// What it said.
    pub was: ChangedValue,
    /// What it says.
    pub is: ChangedValue,
}

impl Lead {
    /// The lead of these sightings as it stood just before `moment`; `None` when nothing of it had been seen yet.
    ///
    /// A sighting keeps when its content was first and last seen, not each time between. Of a record whose content went back and
    /// forth, one seen again since counts from when it was first seen. Which records are one business is as it is now.
    pub fn as_of(observations: &[Observation], moment: Timestamp) -> Option<Self> {
        let known = observations.iter().filter(|seen| seen.seen_at < moment);
        let then = known.map(|seen| {
            let mut then = seen.clone();
            if then.last_seen >= moment {
                then.last_seen = then.seen_at;
            }
            then
        });
        Self::derive(&then.collect::<Vec<_>>())
    }

    /// How this lead differs from what it was just before `moment`; `None` when it says the same. `observations` are all it is made of,
    /// as a store has them.
    pub fn change_since(&self, observations: &[Observation], moment: Timestamp) -> Option<Change> {
        let (kind, before) = match Self::as_of(observations, moment) {
            Some(before) => (ChangeKind::Changed, before.findings),
            None => (ChangeKind::New, super::Findings::default()),
        };
        let fields = compare::fields(&before, &self.findings);
        if fields.is_empty() && kind == ChangeKind::Changed {
            return None;
        }
        Some(Change {
            kind,
            id: self.id,
            name: self.name.clone(),
            since: moment,
            last_seen: self.last_seen,
            fields,
        })
    }
}
