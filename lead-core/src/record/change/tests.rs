//! Leads held against what they were.

use super::super::{
    Attribute, Confidence, E164, Findings, Found, Lead, Method, NaturalKey, Observation, OpeningHours,
    Organization, Person, Phone, SourceId, Trace,
};
use super::{Change, ChangeKind, ChangedField};
use crate::clock::Timestamp;

fn day(day: i64) -> Timestamp {
    Timestamp::from_second(1_767_225_600 + day * 86_400).unwrap()
}

fn found<T>(value: T, confidence: f32) -> Found<T, Trace> {
    Found::new(
        value,
        Confidence::clamped(confidence),
        Trace::new(Method::Platform),
    )
}

fn phone(number: &str) -> Phone {
    Phone::new(E164::new(number).unwrap(), number)
}

/// A sighting of the record `key` with these numbers, hours, and a rating.
fn seen(key: &str, at: i64, numbers: &[&str], hours: &str, rating: f64) -> Observation {
    let mut findings = Findings::default();
    findings.organizations.push(found(Organization::new("Acme"), 0.9));
    for number in numbers {
        findings.phones.push(found(phone(number), 0.8));
    }
    findings.hours.push(found(OpeningHours::new(hours), 0.8));
    findings
        .attributes
        .push(found(Attribute::number("rating", rating).unwrap(), 0.9));
    let source = SourceId::new("directory").unwrap();
    Observation::new(source, NaturalKey::new(key).unwrap(), None, day(at), findings)
}

fn change(observations: &[Observation], since: i64) -> Option<Change> {
    Lead::derive(observations)
        .unwrap()
        .change_since(observations, day(since))
}

#[test]
fn what_was_never_seen_before_is_new_with_all_it_says() {
    let all = [seen("a", 5, &["+33478000001"], "Mo-Fr 09:00-17:00", 4.0)];
    let change = change(&all, 5).unwrap();
    assert_eq!(change.kind, ChangeKind::New);
    let fields: Vec<_> = change.fields.iter().map(|field| field.field).collect();
    assert_eq!(
        fields,
        [
            ChangedField::Organizations,
            ChangedField::Phones,
            ChangedField::Hours,
            ChangedField::Attributes
        ]
    );
    assert_eq!(change.fields[1].added[0].text, "+33478000001");
    assert_eq!(change.fields[1].added[0].value["e164"], "+33478000001");
}

#[test]
fn values_are_added_removed_and_changed() {
    let all = [
        seen(
            "a",
            1,
            &["+33478000001", "+33478000002"],
            "Mo-Fr 09:00-17:00",
            4.0,
        ),
        seen(
            "a",
            9,
            &["+33478000002", "+33478000003"],
            "Mo-Sa 09:00-17:00",
            4.5,
        ),
    ];
    let change = change(&all, 5).unwrap();
    assert_eq!(change.kind, ChangeKind::Changed);
    let of = |field| change.fields.iter().find(|change| change.field == field).unwrap();
    let phones = of(ChangedField::Phones);
    assert_eq!(
        (&*phones.added[0].text, &*phones.removed[0].text),
        ("+33478000003", "+33478000001")
    );
    assert!(phones.changed.is_empty() && phones.added.len() == 1 && phones.removed.len() == 1);
    let hours = &of(ChangedField::Hours).changed[0];
    assert_eq!(
        (&*hours.was.text, &*hours.is.text),
        ("Mo-Fr 09:00-17:00", "Mo-Sa 09:00-17:00")
    );
    let rating = &of(ChangedField::Attributes).changed[0];
    assert_eq!(
        (&*rating.was.text, &*rating.is.text),
        ("rating: 4", "rating: 4.5")
    );
    assert_eq!(change.fields.len(), 3);
}

#[test]
fn seen_again_surer_or_elsewhere_is_no_change() {
    let mut again = seen("a", 1, &["+33478000001"], "24/7", 4.0);
    again.last_seen = day(9);
    let elsewhere = seen("b", 9, &["+33478000001"], "24/7", 4.0);
    assert_eq!(change(&[again.clone()], 5), None);
    assert_eq!(change(&[again, elsewhere], 5), None);
}

/// Guards: held against its last time, the old content of before would count as just seen.
#[test]
fn a_content_that_came_back_is_a_change() {
    let mut first = seen("a", 1, &["+33478000001"], "24/7", 4.0);
    let second = seen("a", 3, &["+33478000002"], "24/7", 4.0);
    first.last_seen = day(9);
    let change = change(&[first, second], 5).unwrap();
    assert_eq!(change.fields.len(), 1);
    assert_eq!(change.fields[0].removed[0].text, "+33478000002");
    assert_eq!(change.fields[0].added[0].text, "+33478000001");
}

/// Guards: a person points to numbers by their places, which move when another number comes.
#[test]
fn places_in_lists_that_moved_are_no_change_of_a_person() {
    let with = |at: i64, numbers: &[&str], whose: usize| {
        let mut seen = seen("a", at, numbers, "24/7", 4.0);
        let person = Person {
            name: "Ada Example".into(),
            phones: vec![whose],
            ..Person::default()
        };
        seen.findings.persons.push(found(person, 0.8));
        Observation::new(seen.source, seen.natural_key, None, seen.seen_at, seen.findings)
    };
    let all = [
        with(1, &["+33478000002"], 0),
        with(9, &["+33478000001", "+33478000002"], 1),
    ];
    let change = change(&all, 5).unwrap();
    let fields: Vec<_> = change.fields.iter().map(|field| field.field).collect();
    assert_eq!(fields, [ChangedField::Phones]);
}

#[test]
fn a_change_reads_back_from_its_json() {
    let all = [
        seen("a", 1, &[], "24/7", 4.0),
        seen("a", 9, &["+33478000001"], "24/7", 4.0),
    ];
    let change = change(&all, 5).unwrap();
    let json = serde_json::to_value(&change).unwrap();
    assert_eq!(json["change"], "changed");
    assert_eq!(json["fields"][0]["field"], ChangedField::Phones.name());
    assert!(json["fields"][0].get("removed").is_none());
    assert_eq!(serde_json::from_value::<Change>(json).unwrap(), change);
}
