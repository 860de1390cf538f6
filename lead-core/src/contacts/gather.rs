//! One pass of all finders over a document.

use serde_json::Value as Json;

use super::group;
use super::merge::Tracer;
use super::options::ExtractOptions;
use super::part::{Part, Parts};
use super::structured::{self, Facts, Kind, Owned};
use super::tree::Tree;
use crate::page::Document;
use crate::phone::{self, Certainty, Region, Votes};
use crate::record::{
    Address, Email, EmailKind, Findings, Organization, Person, Phone, Registration, Social, Trace,
};
use crate::sighting::Sighting;
use crate::{address, email, geo, hours, organization, person, social};

/// What the finders have seen. Where structured data owns a value, its node stands beside it: those come first.
pub(super) struct Gather<'a> {
    document: &'a Document,
    tree: Tree<'a>,
    facts: Facts,
    votes: Votes,
    phones: Vec<Sighting<Phone>>,
    phone_owners: Vec<usize>,
    emails: Vec<Sighting<Email>>,
    email_owners: Vec<usize>,
    addresses: Vec<Sighting<Address>>,
    address_owners: Vec<usize>,
    organizations: Vec<Sighting<Organization>>,
    socials: Vec<Sighting<Social>>,
    persons: Vec<Sighting<Person>>,
    spoken: Vec<person::Spoken>,
    registrations: Vec<Sighting<Registration>>,
}

/// Parts values from their owners.
fn part<T>(list: Vec<Owned<T>>) -> (Vec<usize>, Vec<T>) {
    list.into_iter().unzip()
}

impl<'a> Gather<'a> {
    /// Reads structured data. Its numbers wait until the country is known.
    pub(super) fn new(document: &'a Document) -> Self {
        let tree = Tree::of(document);
        let mut facts = structured::read(document, &tree);
        let (email_owners, emails) = part(std::mem::take(&mut facts.emails));
        let (address_owners, addresses) = part(std::mem::take(&mut facts.addresses));
        Self {
            document,
            tree,
            votes: Votes::default(),
            phones: Vec::new(),
            phone_owners: Vec::new(),
            emails,
            email_owners,
            addresses,
            address_owners,
            organizations: std::mem::take(&mut facts.organizations),
            socials: std::mem::take(&mut facts.socials),
            persons: Vec::new(),
            spoken: Vec::new(),
            registrations: std::mem::take(&mut facts.registrations),
            facts,
        }
    }

    /// The country the page speaks for, else the commonest.
    pub(super) fn likely_region(&mut self) -> (Region, Certainty) {
        let votes = &mut self.votes;
        for country in self
            .addresses
            .iter()
            .filter_map(|sighting| sighting.value.country)
            .take(5)
        {
            votes.add_country(country, 3.0);
        }
        phone::vote(self.document, votes);
        match votes.best() {
            Some(region) => (region, Certainty::Inferred),
            None => (Region::US, Certainty::Guessed),
        }
    }

    /// Reads everything else that is wanted, and what tells something of it.
    pub(super) fn read(&mut self, region: Region, certainty: Certainty, options: &ExtractOptions) {
        let (document, parts) = (self.document, options.parts);
        if parts.any(&[Part::Phones, Part::Persons]) {
            self.read_phones(region, certainty, options);
        }
        if parts.any(&[Part::Emails, Part::Organizations, Part::Persons]) {
            email::find(document, options.doubtful, &mut self.emails);
        }
        if parts.has(Part::Socials) {
            social::find(document, &mut self.socials);
        }
        if parts.any(&[Part::Addresses, Part::Organizations]) {
            address::find_cards(document, &mut self.addresses);
            let of_text = (certainty != Certainty::Guessed).then_some(region);
            address::find_in_text(document, of_text, &mut self.addresses);
        }
        if parts.has(Part::Addresses) {
            geo::find(document, &mut self.facts.geo);
        }
        if parts.has(Part::Organizations) {
            self.find_names();
        }
        if parts.has(Part::Registrations) {
            organization::find_registrations(document.text(), &mut self.registrations);
        }
        if parts.has(Part::Hours) {
            hours::find(document, &mut self.facts.hours);
        }
        if parts.has(Part::Persons) {
            person::find(document, &mut self.persons);
            self.spoken = person::find_in_text(document.text());
        }
        self.drop_unwanted(parts);
    }

    fn read_phones(&mut self, region: Region, certainty: Certainty, options: &ExtractOptions) {
        let (document, known) = (self.document, Some(region));
        for (owner, number) in std::mem::take(&mut self.facts.numbers) {
            self.phones
                .extend(phone::read_field(&number.text, number.role, known, &number.spot));
            self.phone_owners.resize(self.phones.len(), owner);
        }
        phone::find_linked(document, known, &mut self.phones);
        let others = self.votes.others(region);
        phone::find_in_text(
            document,
            known,
            certainty,
            &others,
            options.mode,
            &mut self.phones,
        );
    }

    /// What structured data held, and what only told of something else.
    fn drop_unwanted(&mut self, parts: Parts) {
        if !parts.has(Part::Phones) {
            self.phones.clear();
            self.phone_owners.clear();
        }
        if !parts.has(Part::Emails) {
            self.emails.clear();
            self.email_owners.clear();
        }
        if !parts.has(Part::Socials) {
            self.socials.clear();
        }
        if !parts.has(Part::Addresses) {
            self.addresses.clear();
            self.address_owners.clear();
            self.facts.geo.clear();
        }
        if !parts.has(Part::Organizations) {
            self.organizations.clear();
            self.facts.websites.clear();
            self.facts.categories.clear();
        }
        if !parts.has(Part::Hours) {
            self.facts.hours.clear();
        }
        if !parts.has(Part::Registrations) {
            self.registrations.clear();
        }
        self.facts.entities.retain(|entity| {
            parts.has(match entity.kind {
                Kind::Person => Part::Persons,
                Kind::Business => Part::Addresses,
            })
        });
    }

    /// Names of the business: mailboxes and addresses, which are found by now, tell whose page it is.
    fn find_names(&mut self) {
        let firm =
            |email: &&Sighting<Email>| !matches!(email.value.kind, EmailKind::Free | EmailKind::Disposable);
        let clues = organization::Clues {
            mail_domains: self
                .emails
                .iter()
                .filter(firm)
                .map(|email| email.value.address.domain())
                .collect(),
            addresses: self
                .addresses
                .iter()
                .filter(|address| address.value.street.is_some())
                .filter_map(|address| Some(address.spot.span(self.document)?.start))
                .collect(),
        };
        organization::find(self.document, &clues, &mut self.organizations);
    }

    /// Merges, groups and orders.
    pub(super) fn finish(mut self) -> (Findings<Trace>, Json) {
        let mut tracer = Tracer::new(self.document);
        let phones = tracer.merge(self.phones);
        let emails = tracer.merge(self.emails);
        let addresses = tracer.merge(self.addresses);
        let hours = tracer.merge(std::mem::take(&mut self.facts.hours));
        let geo = tracer.merge(std::mem::take(&mut self.facts.geo));
        let owned = group::Owned {
            phones: group::by_node(&self.phone_owners, &phones.places),
            emails: group::by_node(&self.email_owners, &emails.places),
            addresses: group::by_node(&self.address_owners, &addresses.places),
        };
        let grouped = group::Grouped {
            phones: &phones.places,
            emails: &emails.places,
            addresses: &addresses.places,
            hours: &hours,
            geo: &geo,
        };
        let mut locations = group::of_entities(&self.facts.entities, &owned);
        locations.extend(group::of_blocks(self.document, &grouped, &addresses.values));
        let mut persons = group::persons_of_entities(&self.facts.entities, &owned);
        persons.extend(group::persons_of_cards(self.document, self.persons, &grouped));
        persons.extend(group::persons_of_text(self.document, self.spoken, &grouped));
        let mut findings = Findings {
            organizations: tracer.merge(self.organizations).values,
            phones: phones.values,
            emails: emails.values,
            socials: tracer.merge(self.socials).values,
            websites: tracer.merge(self.facts.websites).values,
            addresses: addresses.values,
            categories: tracer.merge(self.facts.categories).values,
            hours: hours.values,
            geo: geo.values,
            locations: tracer.merge(locations).values,
            persons: tracer.merge(persons).values,
            registrations: tracer.merge(self.registrations).values,
            ..Findings::default()
        };
        findings.sort();
        (findings, self.tree.json)
    }
}
