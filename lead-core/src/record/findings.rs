//! Everything found in one place, and how two such heaps become one.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::evidence::Proof;
use super::{
    Address, Attribute, Category, Email, Evidence, Found, GeoPoint, Identified, Location, OpeningHours,
    Organization, Person, Phone, Registration, Social, Status, Website,
};

/// Everything found: on a page with [`Trace`](super::Trace)s, in a lead with full [`Evidence`].
///
/// `locations` and `persons` point into `addresses`, `phones` and `emails` by index; whatever moves or drops a value here
/// mends the pointers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, bound(deserialize = "E: Deserialize<'de> + Proof"))]
#[non_exhaustive]
pub struct Findings<E = Evidence> {
    /// Names the business goes by.
    pub organizations: Vec<Found<Organization, E>>,
    /// Telephone numbers.
    pub phones: Vec<Found<Phone, E>>,
    /// E-mail addresses.
    pub emails: Vec<Found<Email, E>>,
    /// Profiles on social networks.
    pub socials: Vec<Found<Social, E>>,
    /// Web sites.
    pub websites: Vec<Found<Website, E>>,
    /// Postal addresses.
    pub addresses: Vec<Found<Address, E>>,
    /// What the business does.
    pub categories: Vec<Found<Category, E>>,
    /// When it is open.
    pub hours: Vec<Found<OpeningHours, E>>,
    /// Where it lies.
    pub geo: Vec<Found<GeoPoint, E>>,
    /// Whether it still runs.
    pub status: Vec<Found<Status, E>>,
    /// Places, when there are several or one keeps contacts of its own.
    pub locations: Vec<Found<Location, E>>,
    /// Persons who speak for it.
    pub persons: Vec<Found<Person, E>>,
    /// Numbers registers gave it.
    pub registrations: Vec<Found<Registration, E>>,
    /// Everything else a listing says, by name.
    pub attributes: Vec<Found<Attribute, E>>,
}

impl<E> Default for Findings<E> {
    fn default() -> Self {
        Self {
            organizations: Vec::new(),
            phones: Vec::new(),
            emails: Vec::new(),
            socials: Vec::new(),
            websites: Vec::new(),
            addresses: Vec::new(),
            categories: Vec::new(),
            hours: Vec::new(),
            geo: Vec::new(),
            status: Vec::new(),
            locations: Vec::new(),
            persons: Vec::new(),
            registrations: Vec::new(),
            attributes: Vec::new(),
        }
    }
}

/// How two sightings of one value add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joining {
    /// They stand on one site or answer: the surer counts.
    Same,
    /// They come from different sources: together they are surer than each.
    Independent,
}

/// Where each old index went; `None` when its value was dropped.
type Moves = Vec<Option<usize>>;

impl<E: Proof> Findings<E> {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.websites.is_empty() && self.is_empty_but_for_websites()
    }

    /// Whether there are web sites and nothing else: a place to look at, not yet a sighting of a business.
    #[cfg(feature = "net")]
    pub(crate) fn is_only_websites(&self) -> bool {
        !self.websites.is_empty() && self.is_empty_but_for_websites()
    }

    fn is_empty_but_for_websites(&self) -> bool {
        self.organizations.is_empty()
            && self.phones.is_empty()
            && self.emails.is_empty()
            && self.socials.is_empty()
            && self.addresses.is_empty()
            && self.categories.is_empty()
            && self.hours.is_empty()
            && self.geo.is_empty()
            && self.status.is_empty()
            && self.locations.is_empty()
            && self.persons.is_empty()
            && self.registrations.is_empty()
            && self.attributes.is_empty()
    }

    /// Takes in `other`; equal values become one with the evidence of both.
    pub fn absorb(&mut self, other: Self, joining: Joining) {
        merge(&mut self.organizations, other.organizations, joining);
        let phones = merge(&mut self.phones, other.phones, joining);
        let emails = merge(&mut self.emails, other.emails, joining);
        merge(&mut self.socials, other.socials, joining);
        merge(&mut self.websites, other.websites, joining);
        let addresses = merge(&mut self.addresses, other.addresses, joining);
        merge(&mut self.categories, other.categories, joining);
        merge(&mut self.hours, other.hours, joining);
        merge(&mut self.geo, other.geo, joining);
        merge(&mut self.status, other.status, joining);
        merge(&mut self.registrations, other.registrations, joining);
        merge(&mut self.attributes, other.attributes, joining);
        let (mut locations, mut persons) = (other.locations, other.persons);
        point_locations(&mut locations, &addresses, &phones, &emails);
        point_persons(&mut persons, &phones, &emails);
        merge(&mut self.locations, locations, joining);
        merge(&mut self.persons, persons, joining);
    }

    /// Orders every list by confidence, the surest first; equals by identity, so the order never depends on arrival.
    pub fn sort(&mut self) {
        order(&mut self.organizations);
        let phones = order(&mut self.phones);
        let emails = order(&mut self.emails);
        order(&mut self.socials);
        order(&mut self.websites);
        let addresses = order(&mut self.addresses);
        order(&mut self.categories);
        order(&mut self.hours);
        order(&mut self.geo);
        order(&mut self.status);
        order(&mut self.registrations);
        order(&mut self.attributes);
        point_locations(&mut self.locations, &addresses, &phones, &emails);
        point_persons(&mut self.persons, &phones, &emails);
        order(&mut self.locations);
        order(&mut self.persons);
    }

    /// Drops phones and e-mails that the tests refuse, from places and persons too.
    pub fn retain_contacts(&mut self, phone: impl Fn(&Phone) -> bool, email: impl Fn(&Email) -> bool) {
        let phones = keep(&mut self.phones, phone);
        let emails = keep(&mut self.emails, email);
        let addresses: Moves = (0..self.addresses.len()).map(Some).collect();
        point_locations(&mut self.locations, &addresses, &phones, &emails);
        point_persons(&mut self.persons, &phones, &emails);
    }

    /// Whether any value has evidence that passes the test.
    pub(super) fn any_evidence(&self, test: impl Fn(&E) -> bool) -> bool {
        let test = &test;
        any(&self.organizations, test)
            || any(&self.phones, test)
            || any(&self.emails, test)
            || any(&self.socials, test)
            || any(&self.websites, test)
            || any(&self.addresses, test)
            || any(&self.categories, test)
            || any(&self.hours, test)
            || any(&self.geo, test)
            || any(&self.status, test)
            || any(&self.locations, test)
            || any(&self.persons, test)
            || any(&self.registrations, test)
            || any(&self.attributes, test)
    }

    /// The same findings with every piece of evidence turned by `turn`.
    pub fn map_evidence<F: Proof>(self, mut turn: impl FnMut(E) -> F) -> Findings<F> {
        let turn = &mut turn;
        Findings {
            organizations: turned(self.organizations, turn),
            phones: turned(self.phones, turn),
            emails: turned(self.emails, turn),
            socials: turned(self.socials, turn),
            websites: turned(self.websites, turn),
            addresses: turned(self.addresses, turn),
            categories: turned(self.categories, turn),
            hours: turned(self.hours, turn),
            geo: turned(self.geo, turn),
            status: turned(self.status, turn),
            locations: turned(self.locations, turn),
            persons: turned(self.persons, turn),
            registrations: turned(self.registrations, turn),
            attributes: turned(self.attributes, turn),
        }
    }
}

fn any<T, E: Proof>(list: &[Found<T, E>], test: &impl Fn(&E) -> bool) -> bool {
    list.iter().any(|found| found.evidence().iter().any(test))
}

fn turned<T, E: Proof, F: Proof>(list: Vec<Found<T, E>>, turn: &mut impl FnMut(E) -> F) -> Vec<Found<T, F>> {
    list.into_iter()
        .map(|found| found.map_evidence(&mut *turn))
        .collect()
}

/// Merges `more` into `list` by identity; says where each of `more` went.
fn merge<T: Identified, E: Proof>(
    list: &mut Vec<Found<T, E>>,
    more: Vec<Found<T, E>>,
    joining: Joining,
) -> Moves {
    let mut places: BTreeMap<T::Key, usize> = list
        .iter()
        .enumerate()
        .map(|(place, found)| (found.value.identity(), place))
        .collect();
    let mut moves = Moves::with_capacity(more.len());
    for found in more {
        let place = *places.entry(found.value.identity()).or_insert(list.len());
        moves.push(Some(place));
        match list.get_mut(place) {
            None => list.push(found),
            Some(known) => {
                let joint = match joining {
                    Joining::Same => known.confidence.max(found.confidence),
                    Joining::Independent => known.confidence.and_also(found.confidence),
                };
                known.absorb(found);
                known.confidence = joint;
            }
        }
    }
    moves
}

fn order<T: Identified, E: Proof>(list: &mut Vec<Found<T, E>>) -> Moves {
    let mut numbered: Vec<_> = std::mem::take(list).into_iter().enumerate().collect();
    numbered.sort_by_cached_key(|(_, found)| (std::cmp::Reverse(found.confidence), found.value.identity()));
    let mut moves: Moves = vec![None; numbered.len()];
    for (new, (old, _)) in numbered.iter().enumerate() {
        if let Some(slot) = moves.get_mut(*old) {
            *slot = Some(new);
        }
    }
    list.extend(numbered.into_iter().map(|(_, found)| found));
    moves
}

fn keep<T, E>(list: &mut Vec<Found<T, E>>, test: impl Fn(&T) -> bool) -> Moves {
    let mut kept = 0;
    let moves = list
        .iter()
        .map(|found| {
            test(&found.value).then(|| {
                kept += 1;
                kept - 1
            })
        })
        .collect();
    list.retain(|found| test(&found.value));
    moves
}

fn moved(places: &mut Vec<usize>, moves: &Moves) {
    *places = places
        .iter()
        .filter_map(|place| moves.get(*place).copied().flatten())
        .collect();
    places.sort_unstable();
    places.dedup();
}

fn point_locations<E>(list: &mut [Found<Location, E>], addresses: &Moves, phones: &Moves, emails: &Moves) {
    for found in list {
        let location = &mut found.value;
        location.address = location
            .address
            .and_then(|place| addresses.get(place).copied().flatten());
        moved(&mut location.phones, phones);
        moved(&mut location.emails, emails);
    }
}

fn point_persons<E>(list: &mut [Found<Person, E>], phones: &Moves, emails: &Moves) {
    for found in list {
        moved(&mut found.value.phones, phones);
        moved(&mut found.value.emails, emails);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Confidence, E164, EmailAddress, EmailKind, EmailScheme, Method, Trace};
    use super::*;

    fn phone(number: &str, confidence: f32) -> Found<Phone, Trace> {
        let value = Phone::new(E164::new(number).unwrap(), number);
        Found::new(
            value,
            Confidence::clamped(confidence),
            Trace::new(Method::VisibleText),
        )
    }

    fn person(name: &str, phones: Vec<usize>) -> Found<Person, Trace> {
        let value = Person {
            name: name.into(),
            phones,
            ..Person::default()
        };
        Found::new(value, Confidence::clamped(0.5), Trace::new(Method::VisibleText))
    }

    fn number_of(findings: &Findings<Trace>, who: usize) -> Vec<String> {
        findings.persons[who]
            .phones
            .iter()
            .map(|at| findings.phones[*at].e164.to_string())
            .collect()
    }

    #[test]
    fn pointers_follow_their_values_through_merge_sort_and_drop() {
        let mut ours = Findings {
            phones: vec![phone("+33478000001", 0.4)],
            ..Findings::default()
        };
        let theirs = Findings {
            phones: vec![phone("+33478000002", 0.9), phone("+33478000001", 0.6)],
            persons: vec![person("Ada Example", vec![1]), person("Bob Example", vec![0, 9])],
            ..Findings::default()
        };
        ours.absorb(theirs, Joining::Same);
        ours.sort();
        assert_eq!(ours.phones.len(), 2);
        assert_eq!(number_of(&ours, 0), ["+33478000001"]);
        assert_eq!(
            number_of(&ours, 1),
            ["+33478000002"],
            "an index out of range is dropped"
        );
        ours.retain_contacts(|phone| phone.e164.digits() != 33_478_000_002, |_| true);
        assert_eq!(number_of(&ours, 0), ["+33478000001"]);
        assert!(ours.persons[1].phones.is_empty());
    }

    #[test]
    fn independent_sightings_add_up_and_same_ones_do_not() {
        let email = |confidence| {
            let address = EmailAddress::new("info@a.test").unwrap();
            let value = Email::new(address, EmailKind::Role, EmailScheme::Plain);
            let trace = Trace::new(Method::Link);
            Findings {
                emails: vec![Found::new(value, Confidence::clamped(confidence), trace)],
                ..Findings::default()
            }
        };
        let (mut same, mut apart) = (email(0.5), email(0.5));
        same.absorb(email(0.8), Joining::Same);
        apart.absorb(email(0.8), Joining::Independent);
        assert!((same.emails[0].confidence.get() - 0.8).abs() < 1e-6);
        assert!((apart.emails[0].confidence.get() - 0.9).abs() < 1e-6);
    }
}
