//! Tables that customer relationship systems import as they are. The headers are the fields' names in each system's own import, so
//! that its wizard maps them by itself; one value each, as they want it.

use std::borrow::Cow;

use super::columns::{Cell, Column, Kind, ReadRow};
use super::full::{address, attribute};
use super::row::{Phone, Row, Social, Website};

const fn text(header: &'static str, read: ReadRow) -> Column {
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
    text("LinkedIn company page", |row| page_on(row, "linkedin")),
    text("Facebook company page", |row| page_on(row, "facebook")),
    text("Twitter handle", |row| {
        Cell::of(profile(row, "x").map(|social| &social.handle))
    }),
    text("First name", first_name),
    text("Last name", |row| {
        person_of(row).map_or(Cell::Empty, |(_, last)| Cell::text(last))
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
    text("Organization - Address", |row| {
        address(row, |address| Some(&address.text))
    }),
    text("Organization - Website", website),
    text("Organization - Industry", category),
    text("Person - Name", |row| {
        Cell::of(row.persons.first().map(|person| &person.name))
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

fn name<'a>(row: &Row<'a>) -> Cell<'a> {
    Cell::of(row.name.as_ref())
}

/// A name even where none is known: what it is reached by.
fn company<'a>(row: &Row<'a>) -> Cell<'a> {
    match &row.name {
        Some(name) if !name.is_empty() => Cell::of(Some(name)),
        _ => or_nobody(domain(row)),
    }
}

fn or_nobody(cell: Cell<'_>) -> Cell<'_> {
    match cell {
        Cell::Empty => Cell::Text(Cow::Borrowed(NOBODY)),
        known => known,
    }
}

fn website<'a>(row: &Row<'a>) -> Cell<'a> {
    Cell::of(row.websites.first().map(|found| &found.url))
}

fn domain<'a>(row: &Row<'a>) -> Cell<'a> {
    let site = row.websites.first().and_then(Website::site);
    site.map_or(Cell::Empty, Cell::text)
}

fn street<'a>(row: &Row<'a>) -> Cell<'a> {
    address(row, |address| address.street.as_ref())
}

fn city<'a>(row: &Row<'a>) -> Cell<'a> {
    address(row, |address| address.city.as_ref())
}

fn region<'a>(row: &Row<'a>) -> Cell<'a> {
    address(row, |address| address.region.as_ref())
}

fn postal_code<'a>(row: &Row<'a>) -> Cell<'a> {
    address(row, |address| address.postal_code.as_ref())
}

fn country<'a>(row: &Row<'a>) -> Cell<'a> {
    address(row, |address| address.country.as_ref())
}

fn category<'a>(row: &Row<'a>) -> Cell<'a> {
    Cell::of(row.categories.first().map(|found| &found.category))
}

fn description<'a>(row: &Row<'a>) -> Cell<'a> {
    attribute(row, "description")
}

fn source<'a>(row: &Row<'a>) -> Cell<'a> {
    Cell::of(row.sources.first().map(|source| &source.source))
}

fn profile<'r, 'a>(row: &'r Row<'a>, network: &str) -> Option<&'r Social<'a>> {
    row.socials.iter().find(|found| &*found.network == network)
}

fn page_on<'a>(row: &Row<'a>, network: &str) -> Cell<'a> {
    Cell::of(profile(row, network).map(|social| &social.url))
}

fn number<'a>(row: &Row<'a>, fits: impl Fn(&Phone<'a>) -> bool) -> Cell<'a> {
    Cell::of(
        row.phones
            .iter()
            .find(|found| fits(found))
            .map(|found| &found.e164),
    )
}

/// The surest that a person answers.
fn phone<'a>(row: &Row<'a>) -> Cell<'a> {
    number(row, |found| !matches!(&*found.role, "fax" | "pager"))
}

fn mobile<'a>(row: &Row<'a>) -> Cell<'a> {
    number(row, |found| &*found.role == "mobile" || &*found.kind == "mobile")
}

fn fax<'a>(row: &Row<'a>) -> Cell<'a> {
    number(row, |found| &*found.role == "fax")
}

/// The mailbox of the person named, else the surest.
fn email<'a>(row: &Row<'a>) -> Cell<'a> {
    let person = row.persons.first().and_then(|person| person.emails.first());
    let own = person.and_then(|at| row.emails.get(*at));
    Cell::of(own.or(row.emails.first()).map(|found| &found.address))
}

fn job_title<'a>(row: &Row<'a>) -> Cell<'a> {
    Cell::of(row.persons.first().and_then(|person| person.function.as_ref()))
}

/// What stands before the last word of a person's name, and the last word.
fn person_of(row: &Row<'_>) -> Option<(String, String)> {
    let name = row.persons.first()?.name.trim();
    Some(match name.rsplit_once(char::is_whitespace) {
        Some((first, last)) => (first.trim().to_owned(), last.to_owned()),
        None => (String::new(), name.to_owned()),
    })
}

fn first_name<'a>(row: &Row<'a>) -> Cell<'a> {
    person_of(row).map_or(Cell::Empty, |(first, _)| Cell::text(first))
}

fn last_name<'a>(row: &Row<'a>) -> Cell<'a> {
    or_nobody(person_of(row).map_or(Cell::Empty, |(_, last)| Cell::text(last)))
}
