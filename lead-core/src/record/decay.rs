//! Confidence that fades with age.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{Confidence, Evidence, Findings, Found, Lead};
use crate::clock::Timestamp;

/// How long it takes until half of the values of a kind are right no more, in days: a value not seen for so long is half as sure.
///
/// The defaults are ours and rough, of one order with what is said of contact data (about a quarter of mailboxes a year are lost; a
/// number of a business outlives its mailbox, an address both); nothing here was measured by this library. Where your own data tell
/// more, say so. A figure that is not above zero means that the kind does not age.
///
/// ```
/// use lead_core::record::HalfLives;
///
/// let lives: HalfLives = serde_json::from_str(r#"{"emails": 365}"#)?;
/// assert_eq!((lives.emails, lives.phones), (365.0, HalfLives::default().phones));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct HalfLives {
    /// Names: 10 years.
    pub organizations: f64,
    /// Telephone numbers: 4 years.
    pub phones: f64,
    /// Mailboxes: 2.5 years.
    pub emails: f64,
    /// Profiles: 4 years.
    pub socials: f64,
    /// Web sites: 5 years.
    pub websites: f64,
    /// Addresses: 6 years.
    pub addresses: f64,
    /// Trades: 10 years.
    pub categories: f64,
    /// Opening hours: 1 year.
    pub hours: f64,
    /// Points: 6 years, as addresses.
    pub geo: f64,
    /// Whether it still runs: 1 year.
    pub status: f64,
    /// Places: 6 years, as addresses.
    pub locations: f64,
    /// Persons and what they do: 2 years.
    pub persons: f64,
    /// Numbers of registers: they do not age.
    pub registrations: f64,
    /// Ratings, prices and the like: 1 year.
    pub attributes: f64,
}

const YEAR: f64 = 365.25;

impl Default for HalfLives {
    fn default() -> Self {
        Self {
            organizations: 10.0 * YEAR,
            phones: 4.0 * YEAR,
            emails: 2.5 * YEAR,
            socials: 4.0 * YEAR,
            websites: 5.0 * YEAR,
            addresses: 6.0 * YEAR,
            categories: 10.0 * YEAR,
            hours: YEAR,
            geo: 6.0 * YEAR,
            status: YEAR,
            locations: 6.0 * YEAR,
            persons: 2.0 * YEAR,
            registrations: 0.0,
            attributes: YEAR,
        }
    }
}

impl Lead {
    /// The lead with each value as sure as it still is at `now`: its confidence halves with each half-life since it was last seen,
    /// by whichever of its evidence is the newest. Lists are ordered anew. What is stored stays as it is.
    #[must_use]
    pub fn decayed(mut self, now: Timestamp, lives: &HalfLives) -> Self {
        let Findings {
            organizations,
            phones,
            emails,
            socials,
            websites,
            addresses,
            categories,
            hours,
            geo,
            status,
            locations,
            persons,
            registrations,
            attributes,
        } = &mut self.findings;
        age(organizations, now, lives.organizations);
        age(phones, now, lives.phones);
        age(emails, now, lives.emails);
        age(socials, now, lives.socials);
        age(websites, now, lives.websites);
        age(addresses, now, lives.addresses);
        age(categories, now, lives.categories);
        age(hours, now, lives.hours);
        age(geo, now, lives.geo);
        age(status, now, lives.status);
        age(locations, now, lives.locations);
        age(persons, now, lives.persons);
        age(registrations, now, lives.registrations);
        age(attributes, now, lives.attributes);
        self.findings.sort();
        self.name = self
            .findings
            .organizations
            .first()
            .map(|found| found.name.clone());
        self
    }
}

fn age<T>(list: &mut [Found<T>], now: Timestamp, half_life: f64) {
    if half_life.is_nan() || half_life <= 0.0 {
        return;
    }
    for found in list {
        let seen = found
            .evidence()
            .iter()
            .map(|evidence: &Evidence| evidence.last_seen);
        let age = seen
            .max()
            .map_or(SignedDuration::ZERO, |seen| now.duration_since(seen));
        let days = age.as_secs_f64().max(0.0) / 86_400.0;
        let left = f64::from(found.confidence.get()) * 0.5_f64.powf(days / half_life);
        #[expect(clippy::cast_possible_truncation, reason = "a confidence is an f32")]
        let left = left as f32;
        found.confidence = Confidence::clamped(left);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        E164, Method, NaturalKey, Observation, Organization, Phone, Registration, SourceId, Trace,
    };
    use super::*;

    fn found<T>(value: T, confidence: f32) -> Found<T, Trace> {
        Found::new(
            value,
            Confidence::clamped(confidence),
            Trace::new(Method::Platform),
        )
    }

    fn day(days: i64) -> Timestamp {
        Timestamp::from_second(days * 86_400).unwrap()
    }

    /// A sighting of a record with a number, at the beginning, last seen on this day.
    fn seen(key: &str, number: &str, confidence: f32, last_seen: i64) -> Observation {
        let mut findings = Findings::default();
        findings.organizations.push(found(Organization::new(key), 0.9));
        let number = Phone::new(E164::new(number).unwrap(), number);
        findings.phones.push(found(number, confidence));
        let register = Registration::new("VAT", "FR00");
        findings.registrations.push(found(register, 0.9));
        let source = SourceId::new(&format!("source-{key}")).unwrap();
        let mut seen = Observation::new(source, NaturalKey::new(key).unwrap(), None, day(0), findings);
        seen.last_seen = day(last_seen);
        seen
    }

    #[test]
    fn a_value_halves_with_each_half_life_and_the_newest_evidence_counts() {
        let lives = HalfLives {
            phones: 100.0,
            ..HalfLives::default()
        };
        let stored = Lead::derive(&[
            seen("a", "+33478000001", 0.8, 0),
            seen("b", "+33478000002", 0.6, 200),
        ])
        .unwrap();
        let now = stored.clone().decayed(day(200), &lives);
        let numbers: Vec<_> = now
            .findings
            .phones
            .iter()
            .map(|found| (found.e164.to_string(), found.confidence.get()))
            .collect();
        assert_eq!(numbers[0].0, "+33478000002", "the fresher one comes first now");
        assert!((numbers[0].1 - 0.6).abs() < 1e-6 && (numbers[1].1 - 0.2).abs() < 1e-6);
        assert_eq!(now.name.as_deref(), Some("b"));
        assert_eq!(now.findings.registrations, stored.findings.registrations);
        // Before it was seen nothing is surer than stored.
        let early = stored.clone().decayed(day(-5), &lives);
        assert_eq!(early.findings.phones, stored.findings.phones);
        let ageless = HalfLives {
            phones: f64::NAN,
            ..lives
        };
        let kept = stored.clone().decayed(day(9_999), &ageless);
        assert_eq!(kept.findings.phones, stored.findings.phones);
    }
}
