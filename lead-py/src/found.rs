//! The values of a page, one class each. Names and meanings are those of `lead_core::record`.

use lead_core::record::{self, Found, Trace};
use pyo3::prelude::*;

use crate::class::{Json, class, figure, word};

class! {
    /// Where a value was seen.
    Evidence(Trace) in "lead"
    fields {
        /// By which layer: `tel-link`, `visible-text`, `structured-data` …
        method: String = |it| it.method.to_string();
        /// Where in the document: a path of elements, a JSON pointer.
        locator: Option<String> = |it| it.locator.clone();
        /// The words around it.
        snippet: Option<String> = |it| it.snippet.clone();
    }
    lists {}
}

/// A class for a value that has confidence and evidence.
macro_rules! found {
    ($(#[doc = $doc:literal])+ $name:ident($value:ty) { $($fields:tt)* }) => {
        class! {
            $(#[doc = $doc])+
            $name(Found<$value, Trace>) in "lead"
            fields {
                $($fields)*
                /// The layer of the first piece of evidence.
                method: String = |it| it.method().to_string();
                /// The probability, 0 to 1, that it is right and belongs here.
                confidence: f64 = |it| figure(it.confidence.get());
            }
            lists {
                /// Where it was seen, strongest first; never empty.
                evidence: Evidence = |it| it.evidence();
            }
        }
    };
}

found! {
    /// A telephone number.
    Phone(record::Phone) {
        /// In E.164 form, without extension: `+33478000001`.
        e164: String = |it| it.e164.to_string();
        /// As dialled inside its country.
        national: String = |it| it.national.clone();
        /// As it stood on the page.
        raw: String = |it| it.raw.clone();
        /// The digits to dial after the connection stands.
        extension: Option<String> = |it| it.extension.clone();
        /// Its country, ISO 3166-1; None for non-geographic codes.
        region: Option<String> = |it| it.region.map(|region| region.to_string());
        /// By its numbering plan: `fixed`, `mobile`, `toll_free` …
        r#type: String = |it| word(&it.kind);
        /// By the words beside it: `tel`, `fax`, `mobile`, `whatsapp` …
        role: String = |it| word(&it.role);
    }
}

found! {
    /// An e-mail address.
    Email(record::Email) {
        /// The address, in lower case.
        address: String = |it| it.address.to_string();
        /// Whose mailbox it is: `role`, `personal`, `free`, `disposable`.
        kind: String = |it| word(&it.kind);
        /// How it was written: `plain`, `mailto`, `cloudflare` …
        scheme: String = |it| word(&it.scheme);
    }
}

found! {
    /// A profile on a social network.
    Social(record::Social) {
        /// The network: `facebook`, `instagram` …
        network: String = |it| it.network.to_string();
        /// What the network calls the profile, without `@`.
        handle: String = |it| it.handle.clone();
        /// The profile's canonical address.
        url: String = |it| it.url.to_string();
    }
}

found! {
    /// A postal address.
    Address(record::Address) {
        /// The whole address on one line.
        text: String = |it| it.text.clone();
        /// Street and house number.
        street: Option<String> = |it| it.street.clone();
        /// City, town or village.
        city: Option<String> = |it| it.city.clone();
        /// State, province or region.
        region: Option<String> = |it| it.region.clone();
        /// Postal code.
        postal_code: Option<String> = |it| it.postal_code.clone();
        /// Country, ISO 3166-1.
        country: Option<String> = |it| it.country.map(|country| country.to_string());
        /// Borough or district of a city.
        borough: Option<String> = |it| it.borough.clone();
        /// Neighbourhood.
        neighbourhood: Option<String> = |it| it.neighbourhood.clone();
    }
}

found! {
    /// A place of a business; the numbers are places in the lists of the same `Contacts`.
    Location(record::Location) {
        /// What the place is called.
        name: Option<String> = |it| it.name.clone();
        /// Its address, an index into `addresses`.
        address: Option<usize> = |it| it.address;
        /// Its numbers, indices into `phones`.
        phones: Vec<usize> = |it| it.phones.clone();
        /// Its mailboxes, indices into `emails`.
        emails: Vec<usize> = |it| it.emails.clone();
        /// When it is open, in OpenStreetMap's syntax.
        hours: Option<String> = |it| it.hours.clone();
        /// Where it lies: latitude and longitude, WGS 84.
        geo: Option<(f64, f64)> = |it| it.geo.map(|geo| (geo.latitude(), geo.longitude()));
    }
}

found! {
    /// A person who speaks for a business; the numbers are places in the lists of the same `Contacts`.
    Person(record::Person) {
        /// The person's name.
        name: String = |it| it.name.clone();
        /// What they do there.
        function: Option<String> = |it| it.function.clone();
        /// Their numbers, indices into `phones`.
        phones: Vec<usize> = |it| it.phones.clone();
        /// Their mailboxes, indices into `emails`.
        emails: Vec<usize> = |it| it.emails.clone();
    }
}

found! {
    /// A name the business goes by.
    Organization(record::Organization) {
        /// The name, as written.
        name: String = |it| it.name.clone();
    }
}

found! {
    /// A web site of the business.
    Website(record::Website) {
        /// Its address.
        url: String = |it| it.url.to_string();
    }
}

found! {
    /// What a business does.
    Category(record::Category) {
        /// The taxonomy: `osm`, `schema.org` …
        scheme: String = |it| it.scheme.clone();
        /// The category in it.
        category: String = |it| it.category.clone();
    }
}

found! {
    /// When it is open.
    OpeningHours(record::OpeningHours) {
        /// In OpenStreetMap's syntax: `Mo-Fr 09:00-17:00`.
        hours: String = |it| it.hours.clone();
    }
}

found! {
    /// Where it lies, WGS 84.
    GeoPoint(record::GeoPoint) {
        /// Degrees north.
        latitude: f64 = |it| it.latitude();
        /// Degrees east.
        longitude: f64 = |it| it.longitude();
    }
}

found! {
    /// Whether it still runs.
    Status(record::Status) {
        /// `open`, `temporarily_closed` or `permanently_closed`.
        status: String = |it| word(&it.status);
    }
}

found! {
    /// A number a register gave.
    Registration(record::Registration) {
        /// Which register: `VAT`, `SIREN`, `HRB` …
        kind: String = |it| it.kind.clone();
        /// The number, without spaces.
        value: String = |it| it.value.value.clone();
    }
}

found! {
    /// Anything else, by name.
    Attribute(record::Attribute) {
        /// The name: a known one, or `x:` and a name of one's own.
        name: String = |it| it.name.to_string();
        /// The value, as plain data.
        value: Json = |it| Json(serde_json::to_string(&it.value.value).unwrap_or_default());
    }
}
