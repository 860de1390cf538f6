//! What a lead *is*: the values, the evidence for each, immutable observations, and the lead derived from them.
//!
//! ```text
//! page or platform answer ── extraction ──► Findings<Trace>      what was found, and where on the page
//!          + source, key, url, time       ► Observation          a sighting, never edited
//!          + links between sightings      ► cluster of records   the same business
//!          + survivorship rules           ► Lead                 derived, every value with its evidence
//! ```
//!
//! Types here parse, they do not validate: an [`E164`], [`EmailAddress`], [`SafeUrl`], [`CountryCode`], [`Confidence`],
//! [`SourceId`] or [`Query`] cannot hold a bad value, because its constructor is the only way to one.

mod address;
mod area;
mod attribute;
mod beside;
mod change;
mod circle;
mod confidence;
mod contacts;
mod country;
mod decay;
mod email;
mod evidence;
pub mod filter;
mod findings;
mod found;
mod geo;
mod id;
mod lead;
mod legacy;
mod link;
mod listing;
mod observation;
mod organization;
mod phone;
mod place;
mod query;
mod safe_url;
mod social;
mod suppression;
mod survivorship;

pub use address::Address;
pub use area::Area;
pub use attribute::{
    Attribute, AttributeKind, AttributeName, AttributeValue, KNOWN_ATTRIBUTES, KnownAttribute,
};
pub use change::{Altered, Change, ChangeKind, ChangedField, ChangedValue, FieldChange};
pub use circle::Circle;
pub use confidence::Confidence;
pub use contacts::Contacts;
pub use country::CountryCode;
pub use decay::HalfLives;
pub use email::{Email, EmailAddress, EmailKind, EmailScheme};
pub use evidence::{Evidence, Method, Proof, Trace};
pub use findings::{Findings, Joining};
pub use found::{Found, Identified};
pub use geo::{BoundingBox, GeoPoint};
pub use id::{ContentHash, LeadId, NaturalKey, ObservationId, RecordId, RunId, SourceId, TenantId};
pub use lead::{Lead, LeadSource};
pub use legacy::{LEGACY_COLUMNS, LegacyColumn};
pub use link::{Link, MatchKey};
pub use listing::Listing;
pub use observation::Observation;
#[cfg(feature = "net")]
pub(crate) use observation::own_site;
pub use organization::{Category, Organization, Registration, Website};
pub use phone::{E164, Phone, PhoneRole, PhoneType};
pub use place::{Location, OpeningHours, OperatingStatus, Person, Status};
pub use query::{Query, QueryText};
pub use safe_url::SafeUrl;
pub use social::Social;
pub use suppression::{Subject, Suppression};
