//! What a filter can speak about.

use std::fmt;
use std::str::FromStr;

use crate::clock::Timestamp;
use crate::record::{AttributeValue, Lead};
use crate::{Error, Result};

/// One comparable value of a lead.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub enum Scalar {
    /// Text in lower case, white space folded.
    Text(String),
    /// A number.
    Number(f64),
    /// An instant.
    Time(Timestamp),
}

/// The kind of [`Scalar`] a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// [`Scalar::Text`]
    Text,
    /// [`Scalar::Number`]
    Number,
    /// [`Scalar::Time`]
    Time,
}

macro_rules! fields {
    ($($field:ident = $name:literal $kind:ident $doc:literal;)+) => {
        /// A field of a lead that filters, sorts and facets know. Most hold several values; a filter asks for any of them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Field {
            $(#[doc = $doc] $field,)+
        }

        impl Field {
            /// Every field.
            pub const ALL: &'static [Field] = &[$(Field::$field,)+];

            /// Its name in the filter language.
            pub const fn name(self) -> &'static str {
                match self { $(Field::$field => $name,)+ }
            }

            /// What it holds.
            pub const fn kind(self) -> FieldKind {
                match self { $(Field::$field => FieldKind::$kind,)+ }
            }

            /// What it means, for help texts.
            pub const fn doc(self) -> &'static str {
                match self { $(Field::$field => $doc,)+ }
            }
        }
    };
}

fields! {
    Name = "name" Text "names the business goes by";
    Source = "source" Text "sources that know it";
    Phone = "phone" Text "numbers in E.164 form";
    PhoneType = "phone_type" Text "types of its numbers: fixed, mobile, toll_free …";
    Email = "email" Text "e-mail addresses";
    Social = "social" Text "networks it has a profile on";
    Website = "website" Text "addresses of its web sites";
    Site = "site" Text "registered names of its web sites";
    Address = "address" Text "addresses on one line";
    City = "city" Text "cities of its addresses";
    Region = "region" Text "states or regions of its addresses";
    PostalCode = "postal_code" Text "postal codes of its addresses";
    Country = "country" Text "countries of its addresses and numbers";
    Category = "category" Text "what it does: amenity=dentist";
    Person = "person" Text "names of persons who speak for it";
    Hours = "hours" Text "opening hours, OpenStreetMap syntax";
    Status = "status" Text "open, temporarily_closed or permanently_closed";
    Registration = "registration" Text "numbers of registers";
    Rating = "rating" Number "mean rating";
    Reviews = "reviews" Number "how many ratings or reviews";
    Score = "score" Number "lead score, 0 to 100";
    Confidence = "confidence" Number "confidence of its surest phone or e-mail, 0 to 1";
    Latitude = "latitude" Number "degrees north";
    Longitude = "longitude" Number "degrees east";
    Seen = "seen" Time "when it was last seen";
    FirstSeen = "first_seen" Time "when it was first seen";
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Field {
    type Err = Error;
    fn from_str(name: &str) -> Result<Self> {
        let known = Self::ALL.iter().find(|field| field.name() == name);
        known.copied().ok_or_else(|| {
            Error::invalid("filter", "there is no such field").with("field", name.escape_debug())
        })
    }
}

/// Lower case with white space folded: how texts are compared.
pub fn folded(text: &str) -> String {
    text.split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Every value of `lead` that a filter can ask for. Stores index exactly these, so all of them answer alike.
pub fn field_values(lead: &Lead) -> Vec<(Field, Scalar)> {
    let mut values = Vec::new();
    let mut text = |field, value: &str| values.push((field, Scalar::Text(folded(value))));
    let all = &lead.findings;
    all.organizations
        .iter()
        .for_each(|found| text(Field::Name, &found.name));
    lead.sources
        .iter()
        .for_each(|source| text(Field::Source, source.source.as_str()));
    for phone in &all.phones {
        text(Field::Phone, &phone.e164.to_string());
        text(Field::PhoneType, &plain_name(&phone.kind));
        phone
            .region
            .iter()
            .for_each(|region| text(Field::Country, region.as_str()));
    }
    all.emails
        .iter()
        .for_each(|found| text(Field::Email, found.address.as_str()));
    all.socials
        .iter()
        .for_each(|found| text(Field::Social, found.network.as_str()));
    for website in &all.websites {
        text(Field::Website, website.url.as_str());
        text(Field::Site, website.url.site());
    }
    for address in &all.addresses {
        text(Field::Address, &address.text);
        address.city.iter().for_each(|city| text(Field::City, city));
        address
            .region
            .iter()
            .for_each(|region| text(Field::Region, region));
        address
            .postal_code
            .iter()
            .for_each(|code| text(Field::PostalCode, code));
        address
            .country
            .iter()
            .for_each(|country| text(Field::Country, country.as_str()));
    }
    all.categories
        .iter()
        .for_each(|found| text(Field::Category, &found.category));
    all.persons
        .iter()
        .for_each(|found| text(Field::Person, &found.name));
    all.hours
        .iter()
        .for_each(|found| text(Field::Hours, &found.hours));
    all.status
        .iter()
        .for_each(|found| text(Field::Status, &plain_name(&found.status)));
    all.registrations
        .iter()
        .for_each(|found| text(Field::Registration, &found.value.value));
    numbers(lead, &mut values);
    values.push((Field::Seen, Scalar::Time(lead.last_seen)));
    values.push((Field::FirstSeen, Scalar::Time(lead.first_seen)));
    values.sort_by(|a, b| {
        a.0.cmp(&b.0)
            .then_with(|| a.1.partial_cmp(&b.1).unwrap_or(std::cmp::Ordering::Equal))
    });
    values.dedup();
    values
}

fn numbers(lead: &Lead, values: &mut Vec<(Field, Scalar)>) {
    let all = &lead.findings;
    for attribute in &all.attributes {
        let field = match attribute.name.as_str() {
            "rating" => Field::Rating,
            "review_count" => Field::Reviews,
            "lead_score" => Field::Score,
            _ => continue,
        };
        if let AttributeValue::Number(number) = attribute.value.value {
            values.push((field, Scalar::Number(number)));
        }
    }
    let sure = all
        .phones
        .iter()
        .map(|found| found.confidence)
        .chain(all.emails.iter().map(|found| found.confidence));
    values.extend(
        sure.max()
            .map(|best| (Field::Confidence, Scalar::Number(f64::from(best.get())))),
    );
    for point in &all.geo {
        values.push((Field::Latitude, Scalar::Number(point.latitude())));
        values.push((Field::Longitude, Scalar::Number(point.longitude())));
    }
}

/// The name a unit variant has in JSON.
fn plain_name(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|json| json.as_str().map(str::to_owned))
        .unwrap_or_default()
}
