//! Field by field: what was there, what is.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::super::{Findings, Found, Identified, Phone};
use super::{Altered, ChangedField, ChangedValue, FieldChange};

/// A value ready to be held against others.
struct Item {
    /// What makes two values one.
    key: String,
    /// Values of a slot stand for each other: when one goes and one comes, it changed. `None` where a field holds several at a time.
    slot: Option<String>,
    /// What must be the same for a value to be unchanged.
    says: Value,
    shown: ChangedValue,
}

/// The values of a field.
type Items = fn(&Findings) -> Vec<Item>;

/// The fields that differ.
pub(super) fn fields(before: &Findings, now: &Findings) -> Vec<FieldChange> {
    use ChangedField as Field;
    let each: [(Field, Items); 14] = [
        (Field::Organizations, |all| {
            plain(&all.organizations, Slot::One, |name| name.name.clone())
        }),
        (Field::Phones, phones),
        (Field::Emails, emails),
        (Field::Socials, |all| {
            plain(&all.socials, Slot::None, |social| social.url.to_string())
        }),
        (Field::Websites, |all| {
            plain(&all.websites, Slot::One, |site| site.url.to_string())
        }),
        (Field::Addresses, addresses),
        (Field::Categories, |all| {
            plain(&all.categories, Slot::None, |of| of.category.clone())
        }),
        (Field::Hours, |all| {
            plain(&all.hours, Slot::One, |hours| hours.hours.clone())
        }),
        (Field::Geo, geo),
        (Field::Status, |all| {
            plain(&all.status, Slot::One, |status| word(&status.status))
        }),
        (Field::Locations, locations),
        (Field::Persons, persons),
        (Field::Registrations, |all| {
            plain(&all.registrations, Slot::None, |number| {
                format!("{} {}", number.kind, number.value.value)
            })
        }),
        (Field::Attributes, attributes),
    ];
    each.into_iter()
        .filter_map(|(field, items)| differ(field, items(before), items(now)))
        .collect()
}

fn differ(field: ChangedField, before: Vec<Item>, now: Vec<Item>) -> Option<FieldChange> {
    let mut gone: BTreeMap<String, Item> = before.into_iter().map(|item| (item.key.clone(), item)).collect();
    let (mut came, mut changed) = (Vec::new(), Vec::new());
    for item in now {
        match gone.remove(&item.key) {
            None => came.push(item),
            Some(was) if was.says != item.says => changed.push(altered(was, item)),
            Some(_) => {}
        }
    }
    let mut removed: Vec<Item> = gone.into_values().collect();
    pair(&mut removed, &mut came, &mut changed);
    let shown = |items: Vec<Item>| items.into_iter().map(|item| item.shown).collect();
    let (added, removed): (Vec<_>, Vec<_>) = (shown(came), shown(removed));
    let same = added.is_empty() && removed.is_empty() && changed.is_empty();
    (!same).then_some(FieldChange {
        field,
        added,
        removed,
        changed,
    })
}

fn altered(was: Item, is: Item) -> Altered {
    Altered {
        was: was.shown,
        is: is.shown,
    }
}

/// One that went and one that came into its slot are one that changed.
fn pair(removed: &mut Vec<Item>, came: &mut Vec<Item>, changed: &mut Vec<Altered>) {
    let slots: Vec<String> = removed.iter().filter_map(|item| item.slot.clone()).collect();
    for slot in slots {
        let of = |items: &[Item]| {
            let mut places = (0..items.len()).filter(|at| {
                items
                    .get(*at)
                    .is_some_and(|item| item.slot.as_ref() == Some(&slot))
            });
            places.next().filter(|_| places.next().is_none())
        };
        if let (Some(was), Some(is)) = (of(removed), of(came)) {
            changed.push(altered(removed.remove(was), came.remove(is)));
        }
    }
}

/// Whether a field as a whole is one slot.
#[derive(Clone, Copy, PartialEq)]
enum Slot {
    One,
    None,
}

/// Values that are compared by all they hold.
fn plain<T>(list: &[Found<T>], slot: Slot, text: impl Fn(&Found<T>) -> String) -> Vec<Item>
where
    T: Identified + Serialize,
    T::Key: std::fmt::Debug,
{
    let item = |found: &Found<T>| {
        let value = of(&found.value);
        Item {
            key: format!("{:?}", found.value.identity()),
            slot: (slot == Slot::One).then(String::new),
            says: value.clone(),
            shown: ChangedValue {
                text: text(found),
                value,
            },
        }
    };
    list.iter().map(item).collect()
}

/// How a number was written is no part of what it says.
fn phones(all: &Findings) -> Vec<Item> {
    let mut items = plain(&all.phones, Slot::None, |phone| number(phone));
    for (item, phone) in items.iter_mut().zip(&all.phones) {
        item.says = json!([phone.kind, phone.role]);
    }
    items
}

/// Nor how a mailbox was hidden.
fn emails(all: &Findings) -> Vec<Item> {
    let mut items = plain(&all.emails, Slot::None, |email| email.address.to_string());
    for (item, email) in items.iter_mut().zip(&all.emails) {
        item.says = of(&email.kind);
    }
    items
}

/// Nor how the parts of an address were put into a line, where they are known.
fn addresses(all: &Findings) -> Vec<Item> {
    let mut items = plain(&all.addresses, Slot::One, |address| address.text.clone());
    for (item, address) in items.iter_mut().zip(&all.addresses) {
        item.says = json!([address.city, address.region, address.country, address.postal_code]);
    }
    items
}

/// Points a few metres apart are one.
fn geo(all: &Findings) -> Vec<Item> {
    let text = |point: &super::super::GeoPoint| format!("{}, {}", point.latitude(), point.longitude());
    let mut items = plain(&all.geo, Slot::One, |found| text(&found.value));
    for item in &mut items {
        item.says = Value::Null;
    }
    items
}

/// Another value of the same name is a change of it.
fn attributes(all: &Findings) -> Vec<Item> {
    let mut items = plain(&all.attributes, Slot::None, |attribute| {
        format!("{}: {}", attribute.name, attribute.value.value)
    });
    for (item, attribute) in items.iter_mut().zip(&all.attributes) {
        item.slot = Some(attribute.name.to_string());
    }
    items
}

fn persons(all: &Findings) -> Vec<Item> {
    let item = |found: &Found<super::super::Person>| {
        let value = json!({
            "name": found.name,
            "function": found.function,
            "phones": numbers_at(all, &found.phones),
            "emails": mailboxes_at(all, &found.emails),
        });
        let text = match &found.function {
            Some(function) => format!("{} ({function})", found.name),
            None => found.name.clone(),
        };
        Item {
            key: found.value.identity(),
            slot: None,
            says: value.clone(),
            shown: ChangedValue { text, value },
        }
    };
    all.persons.iter().map(item).collect()
}

fn locations(all: &Findings) -> Vec<Item> {
    let item = |found: &Found<super::super::Location>| {
        let address = found.address.and_then(|at| all.addresses.get(at));
        let (phones, emails) = (
            json!(numbers_at(all, &found.phones)),
            json!(mailboxes_at(all, &found.emails)),
        );
        let value = json!({
            "name": found.name,
            "address": address.map(|address| address.text.clone()),
            "phones": phones,
            "emails": emails,
            "hours": found.hours,
            "geo": found.geo,
        });
        let named = found.name.iter().cloned();
        let text = named.chain(address.map(|address| address.text.clone()));
        let text = text.collect::<Vec<_>>().join(", ");
        // By what it points to: places in lists are not the same ones before and now.
        let key = match (address, &found.name) {
            (Some(address), _) => format!("at {}", address.identity()),
            (None, Some(name)) => format!("called {}", name.to_lowercase()),
            (None, None) => format!("reached by {phones}{emails}"),
        };
        Item {
            key,
            slot: None,
            says: json!([found.name, phones, emails, found.hours]),
            shown: ChangedValue { text, value },
        }
    };
    all.locations.iter().map(item).collect()
}

fn number(phone: &Phone) -> String {
    match &phone.extension {
        Some(extension) => format!("{} ext. {extension}", phone.e164),
        None => phone.e164.to_string(),
    }
}

/// The numbers that stand there, in order of themselves.
fn numbers_at(all: &Findings, places: &[usize]) -> Vec<String> {
    let found = places.iter().filter_map(|at| all.phones.get(*at));
    sorted(found.map(|phone| number(phone)))
}

fn mailboxes_at(all: &Findings, places: &[usize]) -> Vec<String> {
    let found = places.iter().filter_map(|at| all.emails.get(*at));
    sorted(found.map(|email| email.address.to_string()))
}

fn sorted(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut texts: Vec<String> = texts.collect();
    texts.sort();
    texts
}

/// A value as it stands in a lead.
fn of(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The name a unit variant has in JSON.
fn word(value: &impl Serialize) -> String {
    of(value).as_str().unwrap_or_default().to_owned()
}
