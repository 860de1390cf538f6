//! A contact card: what a page says about one business, or about a chain's head office.

use super::plan::Parts;
use crate::business::{Address, Business, Email, Hours, Phone, PhoneRole, Social};
use crate::lang::Words;
use crate::world::Chain;

/// What a page says about somebody.
#[derive(Debug)]
pub(crate) struct Card<'a> {
    /// The business; none: the chain as a whole.
    pub(crate) owner: Option<usize>,
    pub(crate) name: &'a str,
    pub(crate) schema_type: &'static str,
    pub(crate) address: Option<&'a Address>,
    pub(crate) phones: Vec<&'a Phone>,
    pub(crate) emails: Vec<&'a Email>,
    pub(crate) hours: Option<&'a Hours>,
    pub(crate) socials: &'a [Social],
    pub(crate) position: Option<(f64, f64)>,
}

impl<'a> Card<'a> {
    /// The wanted parts of a business.
    pub(crate) fn of(business: &'a Business, parts: Parts) -> Self {
        let shown = |phone: &&Phone| {
            parts.has(if phone.role == PhoneRole::Main {
                Parts::PHONE
            } else {
                Parts::MORE_PHONES
            })
        };
        Self {
            owner: Some(business.index),
            name: &business.names.site,
            schema_type: business.category.schema,
            address: parts.has(Parts::ADDRESS).then_some(&business.address),
            phones: business.phones.iter().filter(shown).collect(),
            emails: if parts.has(Parts::EMAIL) {
                business.emails.iter().collect()
            } else {
                Vec::new()
            },
            hours: business.hours.as_ref().filter(|_| parts.has(Parts::HOURS)),
            socials: if parts.has(Parts::SOCIALS) {
                &business.socials
            } else {
                &[]
            },
            position: parts.has(Parts::ADDRESS).then_some((business.lat, business.lon)),
        }
    }

    /// A chain's head office.
    pub(crate) fn head_office(chain: &'a Chain, schema_type: &'static str, parts: Parts) -> Self {
        Self {
            owner: None,
            name: &chain.name,
            schema_type,
            address: None,
            phones: if parts.has(Parts::PHONE) {
                vec![&chain.phone]
            } else {
                Vec::new()
            },
            emails: if parts.has(Parts::EMAIL) {
                vec![&chain.email]
            } else {
                Vec::new()
            },
            hours: None,
            socials: &[],
            position: None,
        }
    }

    /// Where a business used to be.
    pub(crate) fn former(business: &'a Business) -> Option<Self> {
        let former = business.former.as_ref()?;
        Some(Self {
            owner: Some(business.index),
            name: &business.names.site,
            schema_type: business.category.schema,
            address: Some(&former.address),
            phones: vec![&former.phone],
            emails: Vec::new(),
            hours: None,
            socials: &[],
            position: None,
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.address.is_none()
            && self.phones.is_empty()
            && self.emails.is_empty()
            && self.hours.is_none()
            && self.socials.is_empty()
    }
}

/// The label in front of a number.
pub(crate) fn phone_label(words: &Words, phone: &Phone) -> &'static str {
    match phone.role {
        PhoneRole::Mobile => words.mobile,
        PhoneRole::Whatsapp => "WhatsApp",
        PhoneRole::Fax => words.fax,
        PhoneRole::TollFree => words.toll_free,
        _ => words.phone,
    }
}
