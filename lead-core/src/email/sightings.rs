//! Where addresses are collected, and how sure each way of writing makes us.

use super::kind::kind_of;
use crate::record::{Email, EmailAddress, EmailScheme, Method};
use crate::sighting::{Sighting, Spot};

/// Takes in addresses as they are found.
pub(crate) struct Sink<'a> {
    found: &'a mut Vec<Sighting<Email>>,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(found: &'a mut Vec<Sighting<Email>>) -> Self {
        Self { found }
    }

    pub(super) fn add(&mut self, address: EmailAddress, scheme: EmailScheme, spot: Spot) {
        self.found.push(sighting(address, scheme, spot));
    }
}

/// An address, and how sure its way of writing makes us of it.
pub(super) fn sighting(address: EmailAddress, scheme: EmailScheme, spot: Spot) -> Sighting<Email> {
    // Measured on the tuned half of the labelled pages (`lead-core/tests/labelled.rs`), by Laplace's rule (n + 1)/(m + 2):
    // shown as text 45 of 45. What only links hold has no labels: judged by hand, on both halves, 11 of 11 that are not
    // doubtful are the business's. Cloudflare's stands for shown text; the others are too rare there: priors below these.
    let (confidence, method) = match scheme {
        EmailScheme::Plain | EmailScheme::Entities => (0.97, Method::VisibleText),
        EmailScheme::Cloudflare => (0.95, Method::Link),
        EmailScheme::Structured => (0.95, Method::StructuredData),
        EmailScheme::Mailto => (0.92, Method::Link),
        EmailScheme::Attributes | EmailScheme::Encoded => (0.9, Method::Link),
        EmailScheme::Spelled => (0.88, Method::VisibleText),
        EmailScheme::Reversed => (0.85, Method::VisibleText),
        _ => (0.8, Method::Link),
    };
    let kind = kind_of(&address);
    Sighting::new(Email::new(address, kind, scheme), confidence, method, spot)
}
