//! Values into findings, each with the reader that won.

use serde_json::Value;

use super::check::FieldRule;
use super::field::{Part, Target};
use super::page::Page;
use super::reader::{Entry, Hit, Reader};
use super::{Adapter, ParseRequest, transform};
use crate::address::{country_of_name, of_text};
use crate::email::kind_of;
use crate::record::{
    Address, Attribute, AttributeKind, AttributeName, AttributeValue, Category, Confidence, CountryCode,
    Email, EmailAddress, EmailScheme, Findings, Found, GeoPoint, Joining, Listing, NaturalKey, OpeningHours,
    OperatingStatus, Organization, SafeUrl, Status, Trace, Website,
};
use crate::source::finding::{site, trace};
use crate::{phone, social};

/// One entry as it is filled.
pub(super) struct Filler<'a> {
    adapter: &'a Adapter,
    request: &'a ParseRequest,
    key: Option<String>,
    url: Option<SafeUrl>,
    address: Address,
    address_traces: Vec<Trace>,
    house_number: Option<String>,
    latitude: Option<(f64, Trace)>,
    longitude: Option<f64>,
    phones: Vec<(String, Trace, f32)>,
    all: Findings<Trace>,
}

/// A value, and where it stood.
struct Sight {
    value: Value,
    text: String,
    trace: Trace,
    confidence: Confidence,
}

impl Sight {
    fn found<T>(&self, value: T) -> Found<T, Trace> {
        Found::new(value, self.confidence, self.trace.clone())
    }
}

/// The text of a plain value, trimmed; `None` when it is empty or nested.
pub(in crate::source) fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

impl<'a> Filler<'a> {
    pub(super) fn new(adapter: &'a Adapter, request: &'a ParseRequest) -> Self {
        Self {
            adapter,
            request,
            key: None,
            url: None,
            address: Address::default(),
            address_traces: Vec::new(),
            house_number: None,
            latitude: None,
            longitude: None,
            phones: Vec::new(),
            all: Findings::default(),
        }
    }

    /// Reads a field by the first of its readers that brings a value which can be taken; says which.
    pub(super) fn read(
        &mut self,
        rule: &FieldRule,
        page: &Page<'_>,
        entry: &Entry<'_>,
        position: usize,
    ) -> Option<usize> {
        rule.readers.iter().position(|reader| {
            let hits = reader.hits(page, entry, position);
            let sights = sights(rule, reader, hits);
            self.take(&rule.to.target, &sights)
        })
    }

    fn take(&mut self, target: &Target, sights: &[Sight]) -> bool {
        let Some(first) = sights.first() else { return false };
        match target {
            Target::Key => self.key = Some(first.text.clone()),
            Target::Page => {
                let own = site(&first.text);
                let fine = own.is_some();
                self.url = own;
                return fine;
            }
            Target::Address(part) => return self.part(*part, first),
            Target::Latitude => return self.degree(first, true),
            Target::Longitude => return self.degree(first, false),
            Target::Phone => return self.phones(sights),
            Target::Attribute(name) => return self.attribute(name, sights),
            _ => {
                let mut fine = false;
                for sight in sights {
                    fine |= self.value(target, sight);
                }
                return fine;
            }
        }
        true
    }

    /// One value of a field that may have several.
    fn value(&mut self, target: &Target, sight: &Sight) -> bool {
        let text = sight.text.as_str();
        let mut more = Findings::default();
        match target {
            Target::Name => more.organizations.push(sight.found(Organization::new(text))),
            Target::Email => {
                let address = EmailAddress::new(text).ok();
                more.emails.extend(address.map(|address| {
                    sight.found(Email::new(
                        address.clone(),
                        kind_of(&address),
                        EmailScheme::Structured,
                    ))
                }));
            }
            Target::Website => more
                .websites
                .extend(site(text).map(|url| sight.found(Website::new(url)))),
            Target::Social(network) => {
                let profile = match network {
                    Some(network) => social::profile_named(network, text),
                    None => social::profile_of(text),
                };
                more.socials.extend(profile.map(|profile| sight.found(profile)));
            }
            Target::Category => more
                .categories
                .push(sight.found(Category::new(&self.adapter.scheme, text))),
            Target::Hours => more.hours.push(sight.found(OpeningHours::new(text))),
            Target::Status => more
                .status
                .extend(status(text).map(|status| sight.found(Status::new(status)))),
            _ => {}
        }
        let fine = !more.is_empty();
        self.all.absorb(more, Joining::Same);
        fine
    }

    /// Numbers wait until the entry's country is known; here only whether there is a digit to read.
    fn phones(&mut self, sights: &[Sight]) -> bool {
        let with_digits = |sight: &&Sight| sight.text.chars().filter(char::is_ascii_digit).count() > 2;
        let before = self.phones.len();
        self.phones.extend(
            sights
                .iter()
                .filter(with_digits)
                .map(|sight| (sight.text.clone(), sight.trace.clone(), sight.confidence.get())),
        );
        self.phones.len() > before
    }

    fn part(&mut self, part: Part, sight: &Sight) -> bool {
        let text = sight.text.clone();
        let address = &mut self.address;
        match part {
            Part::Whole => address.text = text,
            Part::Street => address.street = Some(text),
            Part::HouseNumber => self.house_number = Some(text),
            Part::City => address.city = Some(text),
            Part::Region => address.region = Some(text),
            Part::PostalCode => address.postal_code = Some(text),
            Part::Borough => address.borough = Some(text),
            Part::Neighbourhood => address.neighbourhood = Some(text),
            Part::Country => {
                let country = CountryCode::new(&text).ok().or_else(|| country_of_name(&text));
                if country.is_none() {
                    return false;
                }
                address.country = country;
            }
        }
        self.address_traces.push(sight.trace.clone());
        true
    }

    fn degree(&mut self, sight: &Sight, north: bool) -> bool {
        let degree = sight.text.parse::<f64>().ok().filter(|degree| degree.is_finite());
        match (degree, north) {
            (None, _) => return false,
            (Some(degree), true) => self.latitude = Some((degree, sight.trace.clone())),
            (Some(degree), false) => self.longitude = Some(degree),
        }
        true
    }

    fn attribute(&mut self, name: &AttributeName, sights: &[Sight]) -> bool {
        let Some(first) = sights.first() else { return false };
        let value = match name.kind() {
            Some(AttributeKind::Number) => transform::number(&first.text).map(AttributeValue::Number),
            Some(AttributeKind::Flag) => first.text.parse().ok().map(AttributeValue::Flag),
            Some(AttributeKind::List) => Some(AttributeValue::List(
                sights.iter().map(|sight| sight.text.clone()).collect(),
            )),
            Some(AttributeKind::Json) => Some(AttributeValue::Json(first.value.clone())),
            Some(AttributeKind::Text) => Some(AttributeValue::Text(first.text.clone())),
            _ if sights.len() > 1 => Some(AttributeValue::List(
                sights.iter().map(|sight| sight.text.clone()).collect(),
            )),
            _ => Some(AttributeValue::Text(first.text.clone())),
        };
        let attribute = value.and_then(|value| Attribute::new(name.as_str(), value).ok());
        let fine = attribute.is_some();
        self.all
            .attributes
            .extend(attribute.map(|attribute| first.found(attribute)));
        fine
    }

    /// The listing; or why the entry is none.
    pub(super) fn finish(mut self, lacking: Option<&str>) -> Result<Listing, String> {
        if let Some(field) = lacking {
            return Err(format!("the field {field} is missing"));
        }
        self.place();
        self.read_phones();
        let key = self.key.as_deref().ok_or("there is no key")?;
        let key = NaturalKey::new(key).map_err(|cause| cause.message().to_owned())?;
        if self.all.is_empty() {
            return Err("the entry says nothing".to_owned());
        }
        self.all.sort();
        Ok(Listing::new(key, self.url, self.all))
    }

    fn place(&mut self) {
        if let (Some((latitude, trace)), Some(longitude)) = (self.latitude.take(), self.longitude)
            && let Ok(point) = GeoPoint::new(latitude, longitude)
        {
            self.all
                .geo
                .push(Found::new(point, Confidence::clamped(0.95), trace));
        }
        let mut address = std::mem::take(&mut self.address);
        if let (Some(number), Some(street)) = (self.house_number.take(), &address.street) {
            address.street = Some(format!("{street} {number}"));
        }
        // What the platform leaves in one line is read as visible addresses are.
        if address.street.is_none()
            && address.city.is_none()
            && let Some(read) = of_text(&address.text)
        {
            let country = address.country.or(read.country);
            address = Address {
                text: address.text,
                country,
                ..read
            };
        }
        self.address.country = address.country;
        if address
            == (Address {
                country: address.country,
                ..Address::default()
            })
        {
            return; // a country alone is no address
        }
        if address.text.is_empty() {
            address.text = address.joined();
        }
        let mut traces = std::mem::take(&mut self.address_traces).into_iter();
        if let Some(first) = traces.next() {
            let mut found = Found::new(address, Confidence::clamped(0.9), first);
            traces.for_each(|trace| found.add_evidence(trace));
            self.all.addresses.push(found);
        }
    }

    fn read_phones(&mut self) {
        let own = self.address.country.map(|country| country.as_str().to_owned());
        let region = own
            .or_else(|| self.request.region.clone())
            .or_else(|| self.adapter.region.clone());
        for (text, trace, confidence) in std::mem::take(&mut self.phones) {
            // Nobody's region is unknown here: the file's and the request's were checked, the entry's is a country.
            let parsed = phone::parse(&text, region.as_deref()).ok().flatten();
            if let Some(number) = parsed.filter(|number| phone::is_valid(number.e164)) {
                let more = Findings {
                    phones: vec![Found::new(number, Confidence::clamped(confidence), trace)],
                    ..Findings::default()
                };
                self.all.absorb(more, Joining::Same);
            }
        }
    }
}

/// The values of a reader after the field's transforms.
fn sights(rule: &FieldRule, reader: &Reader, hits: Vec<Hit>) -> Vec<Sight> {
    let locator = hits.first().map(|hit| hit.locator.clone()).unwrap_or_default();
    let nested =
        matches!(&rule.to.target, Target::Attribute(name) if name.kind() == Some(AttributeKind::Json));
    let make = |value: Value, text: String| {
        let trace = trace(reader.method(), &locator, &text);
        Sight {
            value,
            text,
            trace,
            confidence: Confidence::clamped(rule.confidence),
        }
    };
    if nested {
        return hits
            .into_iter()
            .map(|hit| make(hit.value, String::new()))
            .collect();
    }
    let mut texts: Vec<String> = hits.iter().filter_map(|hit| text_of(&hit.value)).collect();
    if texts.is_empty() {
        return Vec::new();
    }
    for step in reader.then.iter().chain(&rule.transforms) {
        texts = step.apply(texts);
    }
    if !rule.map.is_empty() {
        texts = texts
            .iter()
            .filter_map(|text| rule.map.get(text))
            .cloned()
            .collect();
    }
    let kept = texts.into_iter().filter(|text| !text.trim().is_empty());
    kept.map(|text| make(Value::Null, text.trim().to_owned()))
        .collect()
}

fn status(text: &str) -> Option<OperatingStatus> {
    Some(match text {
        "open" => OperatingStatus::Open,
        "temporarily_closed" => OperatingStatus::TemporarilyClosed,
        "permanently_closed" => OperatingStatus::PermanentlyClosed,
        _ => return None,
    })
}
