//! A business of the world and the parts it is made of.

mod address;
mod hours;
mod phone;

pub use address::Address;
pub(crate) use address::AddressForm;
pub use hours::Hours;
pub(crate) use hours::{SCHEMA_DAYS, clock, write_span};
pub(crate) use phone::NumberStyle;
pub use phone::{Phone, PhoneRole};

use crate::category::Category;
use crate::country::{City, Country};

/// An e-mail address of a business or of a person in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// `name@host`.
    pub address: String,
    /// `role` (info@, contact@) or `personal`.
    pub kind: &'static str,
}

/// A profile on a social network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Social {
    /// `facebook`, `instagram`, `linkedin`, `x`, `youtube`, `tiktok`.
    pub network: &'static str,
    /// The name of the profile.
    pub handle: String,
    /// The profile's page.
    pub url: String,
}

/// An invented person who works there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Full name as written on pages.
    pub name: String,
    /// Function in the site's language.
    pub function: &'static str,
    /// Function in English: `owner`, `manager`, `specialist`, `assistant`.
    pub role: &'static str,
    /// Direct number.
    pub phone: Option<Phone>,
    /// Personal address.
    pub email: Option<Email>,
}

/// Where a business used to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Former {
    /// The old address.
    pub address: Address,
    /// The old number, no longer theirs.
    pub phone: Phone,
    /// Who still shows it: `page` (an old page of the site), `directory` or `osm`.
    pub shown_by: &'static str,
}

/// How the sources call it. Sources do not agree: that is the point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// On its own site.
    pub site: String,
    /// In the register, with legal form.
    pub legal: String,
    /// In OpenStreetMap.
    pub osm: String,
    /// In the directory.
    pub directory: String,
    /// In the maps service.
    pub maps: String,
}

/// Its record in OpenStreetMap.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a choice of its own, and any mix occurs"
)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OsmRecord {
    /// `node` or `way`.
    pub element: &'static str,
    /// Identifier within its element type.
    pub id: u64,
    pub(crate) seed: u64,
    pub(crate) with_phone: bool,
    pub(crate) with_site: bool,
    pub(crate) with_email: bool,
    pub(crate) with_hours: bool,
    pub(crate) with_address: bool,
    pub(crate) contact_keys: bool,
}

/// Its record in the directory or the maps service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Identifier there.
    pub id: String,
    pub(crate) seed: u64,
    pub(crate) with_phone: bool,
    pub(crate) with_site: bool,
    pub(crate) with_email: bool,
}

/// One business (one location: a branch of a chain is a business too).
#[derive(Clone, Debug)]
pub struct Business {
    pub(crate) index: usize,
    pub(crate) id: String,
    pub(crate) country: &'static Country,
    pub(crate) city: &'static City,
    pub(crate) category: &'static Category,
    pub(crate) names: Names,
    pub(crate) address: Address,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) phones: Vec<Phone>,
    pub(crate) emails: Vec<Email>,
    pub(crate) socials: Vec<Social>,
    pub(crate) hours: Option<Hours>,
    pub(crate) persons: Vec<Person>,
    pub(crate) former: Option<Former>,
    pub(crate) chain: Option<usize>,
    pub(crate) site: Option<usize>,
    pub(crate) osm: Option<OsmRecord>,
    pub(crate) directory: Option<Listing>,
    pub(crate) maps: Option<Listing>,
    pub(crate) vat: String,
    pub(crate) register: String,
}

impl Business {
    /// Stable id in this world: `b000042`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How the sources call it.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The country.
    pub fn country(&self) -> &'static Country {
        self.country
    }

    /// The city.
    pub fn city(&self) -> &'static City {
        self.city
    }

    /// What it does.
    pub fn category(&self) -> &'static Category {
        self.category
    }

    /// Where it is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Latitude and longitude in degrees (WGS 84).
    pub fn position(&self) -> (f64, f64) {
        (self.lat, self.lon)
    }

    /// Its own numbers (those of persons stand with them), the main one first.
    pub fn phones(&self) -> &[Phone] {
        &self.phones
    }

    /// Its own e-mail addresses.
    pub fn emails(&self) -> &[Email] {
        &self.emails
    }

    /// The people who work there.
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// Where it used to be, if it moved.
    pub fn former(&self) -> Option<&Former> {
        self.former.as_ref()
    }

    /// Its record in OpenStreetMap, if it has one.
    pub fn osm(&self) -> Option<&OsmRecord> {
        self.osm.as_ref()
    }

    /// Its entry in the directory, if it has one.
    pub fn directory(&self) -> Option<&Listing> {
        self.directory.as_ref()
    }

    /// Its place in the maps service, if it has one.
    pub fn maps(&self) -> Option<&Listing> {
        self.maps.as_ref()
    }

    /// Whether it is a branch of a chain.
    pub fn is_branch(&self) -> bool {
        self.chain.is_some()
    }

    /// Whether it has a site of its own or its chain's.
    pub fn has_site(&self) -> bool {
        self.site.is_some()
    }

    pub(crate) fn main_phone(&self) -> Option<&Phone> {
        self.phones.iter().find(|phone| phone.role == PhoneRole::Main)
    }

    pub(crate) fn is_within(&self, south: f64, west: f64, north: f64, east: f64) -> bool {
        (south..=north).contains(&self.lat) && (west..=east).contains(&self.lon)
    }
}
