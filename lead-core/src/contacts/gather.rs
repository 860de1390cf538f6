//! One pass of all finders over a document.

use serde_json::Value as Json;

use super::merge::Tracer;
use super::structured;
use super::tree::Tree;
use crate::email;
use crate::page::Document;
use crate::phone::{self, Certainty, Mode, Region, Votes};
use crate::record::{Email, Findings, Phone, Trace};
use crate::sighting::Sighting;

/// What the finders have seen so far.
pub(super) struct Gather<'a> {
    document: &'a Document,
    tree: Tree,
    pub(super) numbers: Vec<structured::Number>,
    pub(super) phones: Vec<Sighting<Phone>>,
    pub(super) emails: Vec<Sighting<Email>>,
    pub(super) votes: Votes,
}

impl<'a> Gather<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            tree: Tree::of(document),
            numbers: Vec::new(),
            phones: Vec::new(),
            emails: Vec::new(),
            votes: Votes::default(),
        }
    }

    /// Reads structured data. Its numbers wait until the country is known.
    pub(super) fn structured(&mut self) {
        structured::read(self.document, &self.tree, &mut self.numbers, &mut self.emails);
    }

    /// The country the page speaks for, else the commonest.
    pub(super) fn likely_region(&mut self) -> (Region, Certainty) {
        phone::vote(self.document, &mut self.votes);
        match self.votes.best() {
            Some(region) => (region, Certainty::Inferred),
            None => (Region::US, Certainty::Guessed),
        }
    }

    /// Reads links, structured data and text for telephone numbers.
    pub(super) fn phones(&mut self, region: Region, certainty: Certainty, mode: Mode) {
        phone::find_linked(self.document, Some(region), &mut self.phones);
        for number in self.numbers.drain(..) {
            self.phones.extend(phone::read_field(
                &number.text,
                number.role,
                Some(region),
                &number.spot,
            ));
        }
        phone::find_in_text(self.document, Some(region), certainty, mode, &mut self.phones);
    }

    /// Reads everything else.
    pub(super) fn rest(&mut self) {
        email::find(self.document, &mut self.emails);
    }

    /// Merges, groups and orders.
    pub(super) fn finish(self) -> (Findings<Trace>, Json) {
        let mut tracer = Tracer::new(self.document);
        let phones = tracer.merge(self.phones);
        let emails = tracer.merge(self.emails);
        let mut findings = Findings {
            phones: phones.values,
            emails: emails.values,
            ..Findings::default()
        };
        findings.sort();
        (findings, self.tree.json)
    }
}
