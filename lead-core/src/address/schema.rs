//! schema.org's `PostalAddress`, and addresses written as one text.

use std::borrow::Cow;

use super::country::country_of_name;
use super::text;
use crate::page::{Node, Structured, Value};
use crate::record::{Address, CountryCode};

/// The address a node of type `PostalAddress` (or with its properties) states. `None` when it names neither street nor
/// town nor code.
pub(crate) fn of_node(node: &Node, structured: &Structured) -> Option<Address> {
    let part = |name: &str| node.text(name).map(Cow::into_owned).map(|text| collapse(&text));
    let mut address = Address::default();
    let streets: Vec<String> = node
        .all("streetAddress")
        .filter_map(Value::to_text)
        .map(|line| collapse(&line))
        .collect();
    address.street = Some(streets.join(", ")).filter(|street| !street.is_empty());
    if address.street.is_none() {
        address.street = part("postOfficeBoxNumber").map(|number| format!("PO Box {number}"));
    }
    address.city = part("addressLocality");
    address.region = part("addressRegion");
    address.postal_code = part("postalCode");
    let country = part("addressCountry").or_else(|| {
        let named = node.nodes("addressCountry", structured).next()?;
        named.text("name").map(Cow::into_owned)
    });
    address.country = country.as_deref().and_then(country_of_name);
    finished(address)
}

/// An address of parts that stood apart.
pub(crate) fn of_parts(
    street: Option<String>,
    city: Option<String>,
    region: Option<String>,
    postal_code: Option<String>,
    country: Option<CountryCode>,
) -> Option<Address> {
    finished(Address {
        street,
        city,
        region,
        postal_code,
        country,
        ..Address::default()
    })
}

/// An address with its one line, when it says enough.
pub(super) fn finished(mut address: Address) -> Option<Address> {
    if address.street.is_none() && address.city.is_none() && address.postal_code.is_none() {
        return None;
    }
    address.text = address.joined();
    Some(address)
}

/// An address written as one text: its parts, when they can be told, else the text alone.
pub(crate) fn of_text(whole: &str) -> Option<Address> {
    let whole = whole.trim();
    if whole.len() < 8 || whole.len() > 250 || !whole.contains(char::is_alphabetic) {
        return None;
    }
    let read = text::first_of(whole);
    Some(read.unwrap_or_else(|| Address::from_text(collapse(whole))))
}

/// White space as single spaces; commas at the ends dropped.
pub(super) fn collapse(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_matches(|c: char| c == ',' || c == ' ').to_owned()
}
