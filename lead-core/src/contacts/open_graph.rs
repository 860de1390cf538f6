//! What OpenGraph says of a business: `business:contact_data:…` and `business:hours:…`
//! (<https://developers.facebook.com/docs/reference/opengraph/object-type/business.business/>), and the older
//! `og:street-address` and its like. Its `place:location:…` is read with other points, in `geo`.

use super::structured::{Facts, Number};
use super::tree::Tree;
use crate::page::{Document, Meta};
use crate::record::{Address, Method, OpeningHours, PhoneRole, SafeUrl, Website};
use crate::sighting::{Sighting, Spot};
use crate::{address, email, hours};

/// Fields that the owner of a site filled in by hand.
const STATED: f32 = 0.9;

/// Reads the fields of the head. They belong to `owner`, a node that stands for the page itself.
pub(super) fn read(document: &Document, tree: &Tree<'_>, owner: usize, facts: &mut Facts) {
    let fields = Fields {
        meta: document.meta(),
        tree,
    };
    if !fields.any() {
        return;
    }
    for (name, role) in [("phone_number", PhoneRole::Tel), ("fax_number", PhoneRole::Fax)] {
        if let Some((text, spot)) = fields.contact(name) {
            facts.numbers.push((owner, Number { text, role, spot }));
        }
    }
    if let Some((text, spot)) = fields.contact("email") {
        let found = email::of_field(&text).into_iter();
        let found = found.map(|address| (owner, email::structured(address, spot.clone())));
        facts.emails.extend(found);
    }
    if let Some((address, spot)) = fields.address() {
        let found = Sighting::new(address, STATED, Method::StructuredData, spot);
        facts.addresses.push((owner, found));
    }
    if let Some((text, spot)) = fields.contact("website")
        && let Ok(url) = SafeUrl::parse(&text)
    {
        let found = Sighting::new(Website::new(url), STATED, Method::StructuredData, spot);
        facts.websites.push(found);
    }
    if let Some((text, spot)) = fields.hours() {
        let found = Sighting::new(OpeningHours::new(text), STATED, Method::StructuredData, spot);
        facts.hours.push(found);
    }
}

/// Whether an entry of OpenGraph, its `og:` taken off, may be one of the older fields.
fn is_of_business(name: &str) -> bool {
    const FIRST_WORDS: [&str; 9] = [
        "country", "email", "fax", "locality", "phone", "postal", "region", "street", "website",
    ];
    let first = name.split(['-', '_']).next().unwrap_or_default();
    FIRST_WORDS.contains(&first)
}

struct Fields<'a> {
    meta: &'a Meta,
    tree: &'a Tree<'a>,
}

impl Fields<'_> {
    /// Whether any field is there: nearly every page has entries of OpenGraph, but those of its sharing.
    fn any(&self) -> bool {
        let entries = self.meta.entries().iter();
        let mut names = entries.map(|entry| entry.name.as_str());
        names
            .any(|name| name.starts_with("business:") || name.strip_prefix("og:").is_some_and(is_of_business))
    }

    fn named(&self, name: &str) -> Option<(String, Spot)> {
        let entry = self.meta.entries().iter().find(|entry| entry.name == name)?;
        let spot = Spot::Pointer(self.tree.meta_pointer(name), Some(entry.element));
        Some((entry.content.clone(), spot))
    }

    /// A field under its present name, its older one with dashes, and the one with underscores that many write.
    fn contact(&self, name: &str) -> Option<(String, Spot)> {
        self.named(&format!("business:contact_data:{name}"))
            .or_else(|| self.named(&format!("og:{}", name.replace('_', "-"))))
            .or_else(|| self.named(&format!("og:{name}")))
    }

    fn address(&self) -> Option<(Address, Spot)> {
        let part = |name: &str| self.contact(name).map(|(text, _)| text);
        let spot = ["street_address", "locality", "postal_code"]
            .into_iter()
            .find_map(|name| self.contact(name))?
            .1;
        let country = part("country_name").as_deref().and_then(address::country_of_name);
        let [street, city, region, postal_code] =
            ["street_address", "locality", "region", "postal_code"].map(part);
        Some((
            address::of_parts(street, city, region, postal_code, country)?,
            spot,
        ))
    }

    /// Three lists in step: days, when they begin, when they end.
    fn hours(&self) -> Option<(String, Spot)> {
        let days = self.meta.all("business:hours:day");
        let times = self
            .meta
            .all("business:hours:start")
            .zip(self.meta.all("business:hours:end"));
        let spans: Vec<_> = days
            .zip(times)
            .filter_map(|(day, (opens, closes))| {
                hours::Span::new(std::iter::once(day), Some(opens), Some(closes))
            })
            .collect();
        let (_, spot) = self.named("business:hours:day")?;
        Some((hours::render(&spans)?, spot))
    }
}
