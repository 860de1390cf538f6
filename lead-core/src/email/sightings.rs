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
    // Labelled pages: those shown as text 55 of 55. Links whose address no text shows are not labelled there.
    let (confidence, method) = match scheme {
        EmailScheme::Mailto | EmailScheme::Cloudflare => (0.95, Method::Link),
        EmailScheme::Structured => (0.95, Method::StructuredData),
        EmailScheme::Plain | EmailScheme::Entities => (0.95, Method::VisibleText),
        EmailScheme::Attributes | EmailScheme::Encoded => (0.9, Method::Link),
        EmailScheme::Spelled => (0.88, Method::VisibleText),
        EmailScheme::Reversed => (0.85, Method::VisibleText),
        _ => (0.8, Method::Link),
    };
    let kind = kind_of(&address);
    Sighting::new(Email::new(address, kind, scheme), confidence, method, spot)
}
