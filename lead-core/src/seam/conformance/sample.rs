//! Invented sightings for the cases, and a clock that is moved by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use crate::clock::{Clock, Timestamp};
use crate::record::filter::Filter;
use crate::record::{
    Address, Attribute, Confidence, E164, Email, EmailAddress, EmailKind, EmailScheme, Findings, Found,
    GeoPoint, Method, NaturalKey, Observation, Organization, Phone, RecordId, SourceId, Trace,
};

/// A clock that stands still until it is moved.
#[derive(Clone, Debug)]
pub struct HandClock(Arc<AtomicI64>);

impl Default for HandClock {
    /// Stands at 2026-01-01T00:00:00Z.
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(1_767_225_600_000)))
    }
}

impl HandClock {
    /// The clock for a backend.
    pub fn clock(&self) -> Clock {
        let millis = Arc::clone(&self.0);
        Clock::from_fn(move || Timestamp::from_millisecond(millis.load(Ordering::SeqCst)).unwrap())
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.0
            .fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

/// An instant, `minutes` after the beginning of 2026.
pub fn minute(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_767_225_600 + minutes * 60).unwrap()
}

fn found<T>(value: T, confidence: f32) -> Found<T, Trace> {
    Found::new(
        value,
        Confidence::clamped(confidence),
        Trace::new(Method::Platform),
    )
}

/// Findings of a business: name, number, mailbox and city as they are given.
pub fn findings(name: &str, phone: Option<&str>, email: Option<&str>, city: Option<&str>) -> Findings<Trace> {
    let mut findings = Findings::default();
    findings.organizations.push(found(Organization::new(name), 0.9));
    if let Some(number) = phone {
        findings
            .phones
            .push(found(Phone::new(E164::new(number).unwrap(), number), 0.8));
    }
    if let Some(address) = email {
        let address = EmailAddress::new(address).unwrap();
        findings.emails.push(found(
            Email::new(address, EmailKind::Role, EmailScheme::Plain),
            0.7,
        ));
    }
    if let Some(city) = city {
        let mut address = Address::from_text(format!("1 Example Street, {city}"));
        address.city = Some(city.to_owned());
        findings.addresses.push(found(address, 0.9));
    }
    findings
}

/// A sighting of the record `key` at source `directory`.
pub fn sighting(key: &str, seen_at: Timestamp, findings: Findings<Trace>) -> Observation {
    let source = SourceId::new("directory").unwrap();
    Observation::new(source, NaturalKey::new(key).unwrap(), None, seen_at, findings)
}

/// A sighting of a business that is called as its key is, in Lyon, with the number that all of these share.
pub fn someone(key: &str) -> Observation {
    sighting(
        key,
        minute(0),
        findings(key, Some("+33478000001"), None, Some("Lyon")),
    )
}

/// `count` businesses of different names, cities, places, ratings and times, every third without a phone.
pub fn town(count: u32) -> Vec<Observation> {
    let one = |index: u32| {
        let number = format!("+3347800{index:04}");
        let email = format!("info{index}@town{index}.test");
        let city = ["Lyon", "Villeurbanne", "Bron"][index as usize % 3];
        let name = format!("Bakery {:03}", (index * 7) % count);
        let phone = (!index.is_multiple_of(3)).then_some(number.as_str());
        let mut all = findings(
            &name,
            phone,
            (index.is_multiple_of(2)).then_some(email.as_str()),
            Some(city),
        );
        all.attributes.push(found(
            Attribute::number("rating", f64::from(index % 5)).unwrap(),
            0.9,
        ));
        // A street of them, a hundredth of a degree (some 1,100 m) apart; of every tenth nobody knows where it is.
        if index % 10 != 9 {
            let place = GeoPoint::new(45.0 + f64::from(index % 100) / 100.0, 4.85).unwrap();
            all.geo.push(found(place, 0.9));
        }
        sighting(&format!("town/{index}"), minute(i64::from(index)), all)
    };
    (0..count).map(one).collect()
}

/// Filters by place and by words with a slip, and how many of 700 businesses of [`town`] pass them.
pub fn town_by_place_and_slips() -> Vec<(Filter, u64)> {
    let filter = |text: &str| Filter::parse(text).unwrap();
    vec![
        (filter("near:45.5,4.85,1200m"), 14),
        (filter("near:45.5,4.85,1km"), 7),
        (filter("near:45.5,4.87,1km"), 0),
        (filter("bbox:4.8,45.495,4.9,45.505"), 7),
        (filter("bbox:4.9,45.495,4.8,45.505"), 0),
        (filter("text~bakrey text~126"), 7),
        (filter("text~vilurbanne"), 0),
        (filter("text~vileurbanne near:45.5,4.85,1km"), 2),
        (filter("NOT text~lyno"), 466),
    ]
}

/// The record a sighting of [`sighting`] belongs to.
pub fn record(key: &str) -> RecordId {
    RecordId::of(
        &SourceId::new("directory").unwrap(),
        &NaturalKey::new(key).unwrap(),
    )
}
