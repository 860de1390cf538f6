//! From tags to findings. Keys: OpenStreetMap wiki, "Key:contact", "Key:addr", "Key:opening_hours".

use std::collections::BTreeMap;

use super::overpass::{Answer, Element};
use crate::email::kind_of;
use crate::phone;
use crate::record::{
    Address, Category, CountryCode, Email, EmailAddress, EmailScheme, Findings, Listing, NaturalKey,
    OpeningHours, Organization, PhoneRole, SafeUrl, Trace, Website,
};
use crate::seam::{Batch, Reject};
use crate::social;
use crate::source::finding::{site, stated, text_attribute};

/// Mappers check names and places; numbers and sites go stale. Of the generated web's and the saved answers' fields about
/// one in ten was outdated; the calibration on real data is stage 2's.
const SURE: f32 = 0.9;

const PHONE_KEYS: &[(&str, PhoneRole)] = &[
    ("phone", PhoneRole::Tel),
    ("contact:phone", PhoneRole::Tel),
    ("mobile", PhoneRole::Mobile),
    ("contact:mobile", PhoneRole::Mobile),
    ("phone:mobile", PhoneRole::Mobile),
    ("fax", PhoneRole::Fax),
    ("contact:fax", PhoneRole::Fax),
    ("contact:whatsapp", PhoneRole::Whatsapp),
    ("contact:sms", PhoneRole::Sms),
];

/// Keys of profiles and their networks: `contact:*`, and the older form without it. A value is an address or a handle
/// (OpenStreetMap wiki, "Key:contact:facebook" and its siblings).
const SOCIAL_KEYS: &[(&str, &str)] = &[
    ("contact:facebook", "facebook"),
    ("facebook", "facebook"),
    ("contact:instagram", "instagram"),
    ("instagram", "instagram"),
    ("contact:twitter", "x"),
    ("contact:x", "x"),
    ("twitter", "x"),
    ("contact:youtube", "youtube"),
    ("youtube", "youtube"),
    ("contact:linkedin", "linkedin"),
    ("contact:tiktok", "tiktok"),
    ("contact:pinterest", "pinterest"),
    ("contact:telegram", "telegram"),
    ("contact:vk", "vk"),
    ("contact:ok", "ok"),
    ("contact:mastodon", "mastodon"),
    ("contact:bluesky", "bluesky"),
    ("contact:threads", "threads"),
    ("contact:xing", "xing"),
    ("contact:foursquare", "foursquare"),
    ("contact:yelp", "yelp"),
    ("contact:tripadvisor", "tripadvisor"),
    ("contact:linktree", "linktree"),
];

const TEXT_ATTRIBUTES: &[(&str, &str)] = &[
    ("description", "description"),
    ("brand", "chain"),
    ("wikidata", "id:wikidata"),
    ("cuisine", "x:cuisine"),
];

/// The main keys of a place of business; the first that is there names what it does.
pub(super) const CATEGORY_KEYS: &[&str] = &[
    "amenity",
    "shop",
    "craft",
    "office",
    "tourism",
    "leisure",
    "healthcare",
    "club",
    "industrial",
];

/// An answer as a batch of listings; nothing follows it.
pub(in crate::source) fn batch(answer: Answer, country: Option<CountryCode>) -> Batch {
    let mut batch = Batch {
        rejects: answer.rejects,
        ..Batch::default()
    };
    for element in answer.elements {
        match NaturalKey::new(&element.id) {
            Ok(key) => {
                let url = SafeUrl::parse(&format!("https://www.openstreetmap.org/{}", element.id)).ok();
                batch
                    .listings
                    .push(Listing::new(key, url, findings(&element, country)));
            }
            Err(cause) => batch.rejects.push(Reject {
                entry: element.id,
                reason: cause.to_string(),
            }),
        }
    }
    batch.total = Some(batch.listings.len());
    batch
}

/// What the tags of an element say. Values that cannot be read are left out: the element's other tags still count.
pub(in crate::source) fn findings(element: &Element, country: Option<CountryCode>) -> Findings<Trace> {
    let tags = Tags(&element.tags);
    let mut all = Findings::default();
    let country = tags
        .get("addr:country")
        .and_then(|code| CountryCode::new(code).ok())
        .or(country);
    for key in ["name", "official_name", "alt_name", "operator"] {
        let sure = if key == "name" { SURE } else { 0.5 };
        all.organizations.extend(
            tags.get(key)
                .map(|name| stated(Organization::new(name), sure, key, name)),
        );
    }
    if all.organizations.is_empty() {
        // A branch of a chain often bears the chain's name alone.
        all.organizations.extend(
            tags.get("brand")
                .map(|name| stated(Organization::new(name), 0.7, "brand", name)),
        );
    }
    phones(&tags, country, &mut all);
    for (key, value) in tags.values(&["email", "contact:email"]) {
        if let Ok(address) = EmailAddress::new(value) {
            let email = Email::new(address.clone(), kind_of(&address), EmailScheme::Structured);
            all.emails.push(stated(email, SURE, key, value));
        }
    }
    for (key, value) in tags.values(&["website", "contact:website", "url"]) {
        all.websites
            .extend(site(value).map(|url| stated(Website::new(url), SURE, key, value)));
    }
    for (key, network) in SOCIAL_KEYS {
        for (key, value) in tags.values(&[key]) {
            all.socials.extend(
                social::profile_named(network, value).map(|profile| stated(profile, SURE, key, value)),
            );
        }
    }
    all.addresses
        .extend(address(&tags, country).map(|address| stated(address, SURE, "addr:*", "")));
    all.hours.extend(
        tags.get("opening_hours")
            .map(|hours| stated(OpeningHours::new(hours), 0.8, "opening_hours", hours)),
    );
    all.geo
        .extend(element.point.map(|point| stated(point, 0.95, "lat,lon", "")));
    for key in CATEGORY_KEYS {
        let category = tags.get(key).filter(|value| *value != "yes");
        all.categories.extend(
            category.map(|value| stated(Category::new("osm", format!("{key}={value}")), 0.95, key, value)),
        );
    }
    for (key, name) in TEXT_ATTRIBUTES {
        all.attributes.extend(
            tags.get(key)
                .and_then(|value| text_attribute(name, value, SURE, key)),
        );
    }
    all
}

fn phones(tags: &Tags<'_>, country: Option<CountryCode>, all: &mut Findings<Trace>) {
    for (key, role) in PHONE_KEYS {
        for (key, value) in tags.values(&[key]) {
            let region = country.as_ref().map(CountryCode::as_str);
            if let Ok(Some(mut number)) = phone::parse(value, region)
                && phone::is_valid(number.e164)
            {
                number.role = *role;
                all.phones.push(stated(number, SURE, key, value));
            }
        }
    }
}

fn address(tags: &Tags<'_>, country: Option<CountryCode>) -> Option<Address> {
    let mut address = Address::default();
    let street = tags.get("addr:street").or_else(|| tags.get("addr:place"));
    address.street = match (street, tags.get("addr:housenumber")) {
        (Some(street), Some(number)) => Some(written_street(street, number, country)),
        (street, _) => street
            .or_else(|| tags.get("addr:street_address"))
            .map(str::to_owned),
    };
    address.city = tags.get("addr:city").map(str::to_owned);
    address.region = tags
        .get("addr:state")
        .or_else(|| tags.get("addr:province"))
        .map(str::to_owned);
    address.postal_code = tags.get("addr:postcode").map(str::to_owned);
    address.borough = tags.get("addr:district").map(str::to_owned);
    address.neighbourhood = tags.get("addr:suburb").map(str::to_owned);
    if address == Address::default() {
        tags.get("addr:full")?.clone_into(&mut address.text);
        address.country = country;
        return Some(address);
    }
    address.country = country;
    address.text = address.joined();
    Some(address)
}

/// The house number stands before the street in these countries (UPU addressing guides), after it elsewhere.
fn written_street(street: &str, number: &str, country: Option<CountryCode>) -> String {
    let first = country.is_some_and(|country| {
        matches!(
            country.as_str(),
            "FR" | "GB" | "US" | "IE" | "CA" | "AU" | "NZ" | "LU"
        )
    });
    if first {
        format!("{number} {street}")
    } else {
        format!("{street} {number}")
    }
}

/// Tags, several values of one separated by `;` (OpenStreetMap wiki, "Semi-colon value separator").
struct Tags<'a>(&'a BTreeMap<String, String>);

impl<'a> Tags<'a> {
    fn get(&self, key: &str) -> Option<&'a str> {
        self.0
            .get(key)
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    }

    fn values<'k>(&self, keys: &[&'k str]) -> Vec<(&'k str, &'a str)> {
        let split = |key: &&'k str| self.get(key).map(|value| (*key, value));
        let all = keys.iter().filter_map(split);
        all.flat_map(|(key, value)| value.split(';').map(move |one| (key, one.trim())))
            .filter(|(_, one)| !one.is_empty())
            .collect()
    }
}
