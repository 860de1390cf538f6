//! What a company's row lacks, out of what is known now.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{Filled, SiteFound};
use super::company::{Company, Field};
use super::facts::PageFacts;
use super::town::Town;
use crate::clock::Timestamp;
use crate::record::{
    Address, Confidence, EmailKind, Evidence, Found, Lead, Location, Method, PhoneRole, SafeUrl, SourceId,
    Trace,
};

/// Pieces of evidence kept of a value.
const PROOFS: usize = 4;

/// What speaks for a value that stands on a page of the company's town, of the town and others, of none, of others.
const IN_TOWN: f32 = 1.0;
const IN_MANY: f32 = 0.6;
const NOWHERE: f32 = 0.9;
const ELSEWHERE: f32 = 0.3;

/// Fills the fields of a row out of the site and its contacts.
pub(super) struct Refill<'a> {
    company: &'a Company,
    site: &'a SiteFound,
    lead: &'a Lead,
    town: &'a Town,
    here: BTreeSet<&'a SafeUrl>,
    there: BTreeSet<&'a SafeUrl>,
    filled: BTreeMap<Field, Found<Filled>>,
}

impl<'a> Refill<'a> {
    pub(super) fn new(
        company: &'a Company,
        site: &'a SiteFound,
        lead: &'a Lead,
        town: &'a Town,
        pages: &'a [PageFacts],
    ) -> Self {
        let of = |test: fn(&PageFacts) -> bool| {
            pages
                .iter()
                .filter(move |page| test(page))
                .filter_map(|page| page.sighting.url.as_ref())
        };
        Self {
            company,
            site,
            lead,
            town,
            here: of(|page| page.in_town).collect(),
            there: of(|page| page.elsewhere).collect(),
            filled: BTreeMap::new(),
        }
    }

    /// All fields that the row lacks and something is known of.
    pub(super) fn fields(mut self, now: Timestamp) -> BTreeMap<Field, Found<Filled>> {
        self.website(now);
        let name = self.lead.findings.organizations.first();
        self.fill(
            Field::Name,
            name.map(|found| (found.name.clone(), found, NOWHERE)),
        );
        self.phone();
        self.email();
        self.address();
        self.filled
    }

    fn lacks(&self, field: Field) -> bool {
        self.company.get(field).is_none()
    }

    fn website(&mut self, now: Timestamp) {
        if self.lacks(Field::Website) {
            let snippet = self.site.why.join("; ");
            let trace = Trace::new(Method::LinkedPage).at("host").snippet(snippet);
            let proof = Evidence::new(SourceId::built_in("web"), Some(self.site.url.clone()), trace, now);
            let value = Filled::new(self.site.url.as_str());
            self.filled
                .insert(Field::Website, Found::new(value, self.site.confidence, proof));
        }
    }

    fn phone(&mut self) {
        let phones = &self.lead.findings.phones;
        let usual = phones
            .iter()
            .enumerate()
            .filter(|(_, found)| !matches!(found.role, PhoneRole::Fax));
        let weighed = usual.map(|(place, found)| {
            let local = self.locality(found, |location| location.phones.contains(&place));
            (found, local, found.confidence.get() * local)
        });
        let best = weighed.max_by(|one, two| one.2.total_cmp(&two.2));
        self.fill(
            Field::Phone,
            best.map(|(found, local, _)| (found.e164.to_string(), found, local)),
        );
    }

    fn email(&mut self) {
        let emails = self.lead.findings.emails.iter().enumerate();
        let weighed = emails.map(|(place, found)| {
            let local = self.locality(found, |location| location.emails.contains(&place));
            let role = if found.kind == EmailKind::Role { 1.0 } else { 0.8 };
            (found, local, found.confidence.get() * local * role)
        });
        let best = weighed.max_by(|one, two| one.2.total_cmp(&two.2));
        let best = best.map(|(found, local, _)| (found.address.as_str().to_owned(), found, local));
        self.fill(Field::Email, best);
    }

    /// The parts of one address, so that they belong together.
    fn address(&mut self) {
        let addresses = self.lead.findings.addresses.iter();
        let here = addresses.filter(|found| self.town.is_unknown() || self.town.holds(found));
        let agrees = |found: &&Found<Address>| match (&self.company.postal_code, &found.postal_code) {
            (Some(own), Some(other)) => super::fold::joined(own) == super::fold::joined(other),
            _ => true,
        };
        let parts = |found: &Found<Address>| {
            [&found.street, &found.postal_code, &found.city]
                .into_iter()
                .flatten()
                .count()
        };
        let Some(found) = here.filter(agrees).max_by(|one, two| {
            parts(one)
                .cmp(&parts(two))
                .then(one.confidence.cmp(&two.confidence))
        }) else {
            return;
        };
        let country = found.country.map(|country| country.as_str().to_owned());
        for (field, value) in [
            (Field::Street, found.street.clone()),
            (Field::PostalCode, found.postal_code.clone()),
            (Field::City, found.city.clone()),
            (Field::Region, found.region.clone()),
            (Field::Country, country),
        ] {
            self.fill(field, value.map(|value| (value, found, IN_TOWN)));
        }
    }

    fn fill<T>(&mut self, field: Field, best: Option<(String, &Found<T>, f32)>) {
        let Some((value, found, local)) = best.filter(|_| self.lacks(field)) else {
            return;
        };
        let mut proofs = found.evidence().iter().take(PROOFS).cloned();
        let Some(first) = proofs.next() else {
            return;
        };
        let confidence = found.confidence.get() * self.site.confidence.get() * local;
        let mut value = Found::new(Filled::new(value), Confidence::clamped(confidence), first);
        proofs.for_each(|proof| value.add_evidence(proof));
        self.filled.insert(field, value);
    }

    /// How likely a value is that of the company's town, and not of another branch.
    fn locality<T>(&self, found: &Found<T>, at: impl Fn(&Location) -> bool) -> f32 {
        let locations = self
            .lead
            .findings
            .locations
            .iter()
            .filter(|location| at(location));
        let addresses: Vec<&Found<Address>> = locations
            .filter_map(|location| self.lead.findings.addresses.get(location.address?))
            .collect();
        if self.town.is_unknown() {
            return NOWHERE;
        }
        if addresses.iter().any(|address| self.town.holds(address)) {
            return IN_TOWN;
        }
        let pages = || found.evidence().iter().filter_map(|proof| proof.url.as_ref());
        let listed = found
            .evidence()
            .iter()
            .any(|proof| proof.source.as_str() != "web");
        let (here, there) = (
            pages().any(|url| self.here.contains(url)),
            pages().any(|url| self.there.contains(url)),
        );
        match (here, there) {
            _ if listed => IN_TOWN,
            (true, false) => IN_TOWN,
            _ if !addresses.is_empty() => ELSEWHERE,
            (true, true) => IN_MANY,
            (false, false) => NOWHERE,
            (false, true) => ELSEWHERE,
        }
    }
}
