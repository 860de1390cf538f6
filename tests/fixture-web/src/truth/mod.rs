//! What is true of a business and where it stands: the answer sheet.

mod gather;

use serde::{Deserialize, Serialize};

/// Where a value stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// `site`, `osm`, `directory` or `maps`.
    pub source: String,
    /// The page (for `osm` and `maps`: the service's host and the record's id).
    pub url: String,
    /// Kind of page: `home`, `contact`, `imprint`, `team`, `branch`, `old`, … or `record`.
    pub page: String,
    /// How it is carried: `text`, `tel-link`, `json-ld`, `cloudflare`, …
    pub form: String,
    /// The very text.
    pub raw: String,
}

/// A number of a business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthPhone {
    /// `+33472112233`.
    pub e164: String,
    /// `04 72 11 22 33`.
    pub national: String,
    /// Extension.
    pub extension: Option<String>,
    /// `main`, `second`, `mobile`, `whatsapp`, `fax`, `toll_free`, `direct`, `former`.
    pub role: String,
    /// False for the number of a former address.
    pub current: bool,
    /// Where it stands; empty: nobody shows it.
    pub on: Vec<Standing>,
}

/// An e-mail address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthEmail {
    /// `user@host`.
    pub address: String,
    /// `role` or `personal`.
    pub kind: String,
    /// Where it stands.
    pub on: Vec<Standing>,
}

/// A social profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthSocial {
    /// `facebook`, …
    pub network: String,
    /// Name of the profile.
    pub handle: String,
    /// Its page.
    pub url: String,
    /// Where it stands.
    pub on: Vec<Standing>,
}

/// A postal address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthAddress {
    /// In one line, as the country writes it.
    pub text: String,
    /// Street and number as the country writes them.
    pub street_line: String,
    /// Street alone.
    pub street: String,
    /// House number.
    pub house_number: String,
    /// Postal code.
    pub postcode: String,
    /// City, in its own script.
    pub city: String,
    /// Region or state.
    pub region: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

/// An invented person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthPerson {
    /// Full name.
    pub name: String,
    /// Function in the site's language.
    pub function: String,
    /// `owner`, `manager`, `specialist`, `assistant`.
    pub role: String,
    /// Direct number, E.164 (also among `phones` with role `direct`).
    pub phone: Option<String>,
    /// Personal address (also among `emails` with kind `personal`).
    pub email: Option<String>,
    /// Where the name stands.
    pub on: Vec<Standing>,
}

/// The names of a business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthNames {
    /// On its site.
    pub site: String,
    /// With legal form.
    pub legal: String,
    /// In OpenStreetMap.
    pub osm: String,
    /// In the directory.
    pub directory: String,
    /// In the maps service.
    pub maps: String,
}

/// A page of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthPage {
    /// `home`, `contact`, …
    pub kind: String,
    /// Where it is.
    pub url: String,
}

/// The site of a business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthSite {
    /// Its home page.
    pub url: String,
    /// Its host (ASCII form).
    pub host: String,
    /// A host that redirects to it.
    pub former_host: Option<String>,
    /// `live`, `gone` or `parked`.
    pub state: String,
    /// `allow`, `disallow-private`, `crawl-delay`, `missing`, `server-error`, `disallow-all`.
    pub robots: String,
    /// Live, and robots.txt lets visitors in: what stands on it can be found.
    pub reachable: bool,
    /// HTML style.
    pub template: String,
    /// Encoding of its pages.
    pub encoding: String,
    /// Its pages.
    pub pages: Vec<TruthPage>,
}

/// The chain a branch belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthChain {
    /// `c0003`.
    pub id: String,
    /// Name of the chain.
    pub name: String,
    /// Ids of all branches, this one among them.
    pub branches: Vec<String>,
    /// The head office's number, E.164: on the chain's pages, but no branch's own.
    pub phone: String,
    /// The head office's address.
    pub email: String,
    /// The page of this branch.
    pub page: String,
}

/// Where a business used to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthFormer {
    /// The old address.
    pub address: TruthAddress,
    /// The old number, E.164.
    pub phone: String,
    /// Who still shows it: `page`, `directory` or `osm`.
    pub shown_by: String,
}

/// A number on its pages that is no contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthDecoy {
    /// The page.
    pub url: String,
    /// `date`, `price`, `iban`, …
    pub kind: String,
    /// Its text.
    pub text: String,
}

/// Everything true of one business.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// `b000042`.
    pub id: String,
    /// What the sources call it.
    pub names: TruthNames,
    /// Key of the category: `dentist`.
    pub category: String,
    /// `amenity=dentist`.
    pub osm_tag: String,
    /// `Dentist`.
    pub schema_type: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// City in its own script.
    pub city: String,
    /// City in Latin letters.
    pub city_latin: String,
    /// Where it is.
    pub address: TruthAddress,
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// Its numbers, those of its people and of a former address too.
    pub phones: Vec<TruthPhone>,
    /// Its addresses and those of its people.
    pub emails: Vec<TruthEmail>,
    /// Its profiles.
    pub socials: Vec<TruthSocial>,
    /// Opening hours in OpenStreetMap's syntax.
    pub hours: Option<String>,
    /// Where the hours stand.
    pub hours_on: Vec<Standing>,
    /// Where the address stands.
    pub address_on: Vec<Standing>,
    /// Its site.
    pub site: Option<TruthSite>,
    /// `node/123` or `way/123`.
    pub osm_id: Option<String>,
    /// Id in the directory.
    pub directory_id: Option<String>,
    /// Its page in the directory.
    pub directory_url: Option<String>,
    /// Id in the maps service.
    pub maps_id: Option<String>,
    /// Its people.
    pub persons: Vec<TruthPerson>,
    /// The chain it belongs to.
    pub chain: Option<TruthChain>,
    /// Where it was before.
    pub moved_from: Option<TruthFormer>,
    /// Tax and register numbers on its imprint.
    pub registrations: Vec<String>,
    /// Numbers on its pages that are no contacts.
    pub decoys: Vec<TruthDecoy>,
}

impl Truth {
    /// Whether anything but its site knows it, or its site can be read: whether it can be found at all.
    pub fn is_findable(&self) -> bool {
        self.osm_id.is_some()
            || self.directory_id.is_some()
            || self.maps_id.is_some()
            || self.site.as_ref().is_some_and(|site| site.reachable)
    }

    /// The current numbers that stand somewhere readable (what a perfect collection has).
    pub fn visible_phones(&self) -> impl Iterator<Item = &TruthPhone> {
        let reachable = self.site.as_ref().is_some_and(|site| site.reachable);
        self.phones.iter().filter(move |phone| {
            phone.current
                && phone
                    .on
                    .iter()
                    .any(|standing| reachable || standing.source != "site")
        })
    }
}
