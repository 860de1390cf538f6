//! Tables that customer relationship systems import as they are. The headers are the fields' names in each system's own import, so
//! that its wizard maps them by itself; one value each, as they want it.

use lead_core::record::{Email, Evidence, Found, Lead, Phone, PhoneRole, PhoneType, Social};

use super::columns::{Cell, Column, Kind};
use super::full::{address, attribute};

const fn text(header: &'static str, read: fn(&Lead) -> Cell) -> Column {
    Column::new(header, Kind::Text, read)
}

/// HubSpot: companies and the contact of each (Knowledge Base, *Import objects*, default company and contact properties).
pub(super) const HUBSPOT: &[Column] = &[
    text("Company name", name),
    text("Company domain name", domain),
    text("Website URL", website),
    text("Phone number", phone),
    text("Street address", street),
    text("City", city),
    text("State/Region", region),
    text("Postal code", postal_code),
    text("Country/Region", country),
    text("Industry", category),
    text("Description", description),
    text("LinkedIn company page", |lead| page_on(lead, "linkedin")),
    text("Facebook company page", |lead| page_on(lead, "facebook")),
    text("Twitter handle", |lead| {
        Cell::of(profile(lead, "x").map(|social| social.handle.clone()))
    }),
    text("First name", first_name),
    text("Last name", |lead| {
        person_of(lead).map_or(Cell::Empty, |(_, last)| Cell::of(Some(last)))
    }),
    text("Email", email),
    text("Mobile phone number", mobile),
    text("Job title", job_title),
];

/// Salesforce: leads (Help, *Data Import Wizard*, standard fields of Lead). `Company` and `Last Name` are required there; where
/// nobody is known the second is `[not provided]`, as Salesforce itself writes it.
pub(super) const SALESFORCE: &[Column] = &[
    text("Company", company),
    text("First Name", first_name),
    text("Last Name", last_name),
    text("Title", job_title),
    text("Email", email),
    text("Phone", phone),
    text("Mobile", mobile),
    text("Fax", fax),
    text("Website", website),
    text("Street", street),
    text("City", city),
    text("State/Province", region),
    text("Zip/Postal Code", postal_code),
    text("Country", country),
    text("Industry", category),
    text("Lead Source", source),
    text("Description", description),
];

/// Pipedrive: organizations, persons and leads (Knowledge Base, *Importing data*).
pub(super) const PIPEDRIVE: &[Column] = &[
    text("Lead - Title", company),
    text("Organization - Name", company),
    text("Organization - Address", |lead| {
        address(lead, |address| Some(address.text.clone()))
    }),
    text("Organization - Website", website),
    text("Organization - Industry", category),
    text("Person - Name", |lead| {
        Cell::of(lead.findings.persons.first().map(|person| person.name.clone()))
    }),
    text("Person - Job title", job_title),
    text("Person - Email", email),
    text("Person - Phone", phone),
    text("Lead - Source", source),
    text("Note - Content", description),
];

/// Zoho CRM: leads (Help, *Import data*). `Company` and `Last Name` are required there, as in Salesforce.
pub(super) const ZOHO: &[Column] = &[
    text("Company", company),
    text("First Name", first_name),
    text("Last Name", last_name),
    text("Designation", job_title),
    text("Email", email),
    text("Phone", phone),
    text("Mobile", mobile),
    text("Fax", fax),
    text("Website", website),
    text("Lead Source", source),
    text("Industry", category),
    text("Street", street),
    text("City", city),
    text("State", region),
    text("Zip Code", postal_code),
    text("Country", country),
    text("Description", description),
];

const NOBODY: &str = "[not provided]";

fn name(lead: &Lead) -> Cell {
    Cell::of(lead.name.clone())
}

/// A name even where none is known: what it is reached by.
fn company(lead: &Lead) -> Cell {
    let known = lead.name.clone().filter(|name| !name.is_empty());
    let known = known.or_else(|| {
        lead.findings
            .websites
            .first()
            .map(|found| found.url.site().to_owned())
    });
    Cell::Text(known.unwrap_or_else(|| NOBODY.to_owned()))
}

fn website(lead: &Lead) -> Cell {
    Cell::of(lead.findings.websites.first().map(|found| found.url.to_string()))
}

fn domain(lead: &Lead) -> Cell {
    Cell::of(
        lead.findings
            .websites
            .first()
            .map(|found| found.url.site().to_owned()),
    )
}

fn street(lead: &Lead) -> Cell {
    address(lead, |address| address.street.clone())
}

fn city(lead: &Lead) -> Cell {
    address(lead, |address| address.city.clone())
}

fn region(lead: &Lead) -> Cell {
    address(lead, |address| address.region.clone())
}

fn postal_code(lead: &Lead) -> Cell {
    address(lead, |address| address.postal_code.clone())
}

fn country(lead: &Lead) -> Cell {
    address(lead, |address| address.country.map(|country| country.to_string()))
}

fn category(lead: &Lead) -> Cell {
    Cell::of(
        lead.findings
            .categories
            .first()
            .map(|found| found.category.clone()),
    )
}

fn description(lead: &Lead) -> Cell {
    attribute(lead, "description")
}

fn source(lead: &Lead) -> Cell {
    Cell::of(lead.sources.first().map(|source| source.source.to_string()))
}

fn profile<'a>(lead: &'a Lead, network: &str) -> Option<&'a Social> {
    let mut all = lead.findings.socials.iter();
    all.find(|found| found.network.as_str() == network)
        .map(|found| &found.value)
}

fn page_on(lead: &Lead, network: &str) -> Cell {
    Cell::of(profile(lead, network).map(|social| social.url.to_string()))
}

fn number(lead: &Lead, fits: impl Fn(&Found<Phone, Evidence>) -> bool) -> Cell {
    Cell::of(
        lead.findings
            .phones
            .iter()
            .find(|found| fits(found))
            .map(|found| found.e164.to_string()),
    )
}

/// The surest that a person answers.
fn phone(lead: &Lead) -> Cell {
    number(lead, |found| {
        !matches!(found.role, PhoneRole::Fax | PhoneRole::Pager)
    })
}

fn mobile(lead: &Lead) -> Cell {
    number(lead, |found| {
        found.role == PhoneRole::Mobile || found.kind == PhoneType::Mobile
    })
}

fn fax(lead: &Lead) -> Cell {
    number(lead, |found| found.role == PhoneRole::Fax)
}

/// The mailbox of the person named, else the surest.
fn email(lead: &Lead) -> Cell {
    let all = &lead.findings.emails;
    let own = lead
        .findings
        .persons
        .first()
        .and_then(|person| all.get(*person.emails.first()?));
    let found: Option<&Found<Email, Evidence>> = own.or_else(|| all.first());
    Cell::of(found.map(|found| found.address.to_string()))
}

fn job_title(lead: &Lead) -> Cell {
    Cell::of(
        lead.findings
            .persons
            .first()
            .and_then(|person| person.function.clone()),
    )
}

/// What stands before the last word of a person's name, and the last word.
fn person_of(lead: &Lead) -> Option<(String, String)> {
    let name = &lead.findings.persons.first()?.name;
    let name = name.trim();
    Some(match name.rsplit_once(char::is_whitespace) {
        Some((first, last)) => (first.trim().to_owned(), last.to_owned()),
        None => (String::new(), name.to_owned()),
    })
}

fn first_name(lead: &Lead) -> Cell {
    Cell::of(person_of(lead).map(|(first, _)| first))
}

fn last_name(lead: &Lead) -> Cell {
    let last = person_of(lead)
        .map(|(_, last)| last)
        .filter(|last| !last.is_empty());
    Cell::Text(last.unwrap_or_else(|| NOBODY.to_owned()))
}
