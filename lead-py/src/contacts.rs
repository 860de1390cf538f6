//! `lead.extract`.

use lead_core::contacts::{ExtractOptions, Part, Parts};
use lead_core::record;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};

use crate::class::{Json, class};
use crate::error::Raise;
use crate::found::{
    Address, Attribute, Category, Email, GeoPoint, Location, OpeningHours, Organization, Person, Phone,
    Registration, Social, Status, Website,
};

class! {
    /// The contacts of one document, lists ordered by confidence.
    Contacts(record::Contacts) in "lead"
    fields {
        /// The document's address, when it is known.
        url: Option<String> = |it| it.url.as_ref().map(ToString::to_string);
        /// The country that numbers without a country code were read for.
        region: Option<String> = |it| it.region.map(|region| region.to_string());
        /// The document's language, BCP 47.
        language: Option<String> = |it| it.language.clone();
        /// Structured data of the page, as plain data.
        structured: Json = |it| Json(it.structured.to_string());
        /// What could not be read, and why; the rest was.
        warnings: Vec<String> = |it| it.warnings.clone();
    }
    lists {
        /// Names the business goes by.
        organizations: Organization = |it| it.findings.organizations;
        /// Telephone numbers.
        phones: Phone = |it| it.findings.phones;
        /// E-mail addresses.
        emails: Email = |it| it.findings.emails;
        /// Profiles on social networks.
        socials: Social = |it| it.findings.socials;
        /// Web sites.
        websites: Website = |it| it.findings.websites;
        /// Postal addresses.
        addresses: Address = |it| it.findings.addresses;
        /// What the business does.
        categories: Category = |it| it.findings.categories;
        /// When it is open.
        hours: OpeningHours = |it| it.findings.hours;
        /// Where it lies.
        geo: GeoPoint = |it| it.findings.geo;
        /// Whether it still runs.
        status: Status = |it| it.findings.status;
        /// Places, when there are several or one keeps contacts of its own.
        locations: Location = |it| it.findings.locations;
        /// Persons who speak for it.
        persons: Person = |it| it.findings.persons;
        /// Numbers registers gave it.
        registrations: Registration = |it| it.findings.registrations;
        /// Everything else, by name.
        attributes: Attribute = |it| it.findings.attributes;
    }
}

/// A document: bytes as they came over the wire, or text that was decoded already.
#[derive(FromPyObject)]
pub(crate) enum Html {
    Text(PyBackedStr),
    Bytes(PyBackedBytes),
}

/// Finds the contacts of a document. Other threads run meanwhile.
#[pyfunction]
#[pyo3(signature = (
    html, *, region = None, base_url = None, content_type = None, mode = "smart", doubtful = false, only = None
))]
#[allow(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn extract(
    py: Python<'_>,
    html: Html,
    region: Option<String>,
    base_url: Option<String>,
    content_type: Option<String>,
    mode: &str,
    doubtful: bool,
    only: Option<Vec<String>>,
) -> PyResult<Contacts> {
    let mut options = options(py, region, mode, doubtful, only)?;
    (options.base_url, options.content_type) = (base_url, content_type);
    if matches!(html, Html::Text(_)) {
        options = options.decoded();
    }
    let found = py.detach(move || match &html {
        Html::Text(text) => lead_core::extract(&**text, &options),
        Html::Bytes(bytes) => lead_core::extract(&**bytes, &options),
    });
    found.map(Contacts::from).or_raise(py)
}

/// What all calls that read documents can be told.
pub(crate) fn options(
    py: Python<'_>,
    region: Option<String>,
    mode: &str,
    doubtful: bool,
    only: Option<Vec<String>>,
) -> PyResult<ExtractOptions> {
    let mut options = ExtractOptions::new();
    options.mode = mode.parse().or_raise(py)?;
    options.doubtful = doubtful;
    if let Some(parts) = only {
        options.parts = parts_named(&parts).or_raise(py)?;
    }
    options.region = region;
    Ok(options)
}

fn parts_named(names: &[String]) -> lead_core::Result<Parts> {
    let parts: Result<Vec<Part>, _> = names.iter().map(|name| name.parse()).collect();
    parts.map(Parts::of)
}
