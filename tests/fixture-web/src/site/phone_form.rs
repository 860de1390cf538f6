//! The ways pages carry a number, beyond plain text.

use super::writer::Writer;
use crate::business::{Phone, PhoneRole};
use crate::rng::Rng;
use crate::text::digits;

/// How a site marks its numbers up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhoneForm {
    Text,
    TelLink,
    /// The number stands in the link alone; what is seen is a word.
    TelLinkOnly,
    SplitTags,
    Entities,
    NoBreakSpaces,
    DataAttribute,
}

impl PhoneForm {
    pub(super) fn generate(rng: &mut Rng) -> Self {
        match rng.below(20) {
            0..=7 => Self::Text,
            8..=13 => Self::TelLink,
            14 => Self::TelLinkOnly,
            15 | 16 => Self::SplitTags,
            17 => Self::Entities,
            18 => Self::NoBreakSpaces,
            _ => Self::DataAttribute,
        }
    }
}

impl Writer<'_> {
    /// A number in the form the site prefers.
    pub(crate) fn phone(&mut self, owner: Option<usize>, phone: &Phone) {
        let written = self.written(phone);
        match self.site.phone_form {
            PhoneForm::Text => self.phone_text(owner, phone, "text"),
            // Nobody links a fax machine.
            PhoneForm::TelLink | PhoneForm::TelLinkOnly if phone.role == PhoneRole::Fax => {
                self.phone_text(owner, phone, "text");
            }
            PhoneForm::TelLink => self.tel_link(owner, phone, &written, "tel-link"),
            PhoneForm::TelLinkOnly => {
                let word = self.words().phone;
                self.tel_link(owner, phone, word, "tel-link-only");
            }
            PhoneForm::SplitTags => {
                self.state_phone(owner, phone, "split-tags", &written);
                let halves = written.split_inclusive([' ', '-', '.']).collect::<Vec<_>>();
                for (index, part) in halves.into_iter().enumerate() {
                    self.raw(if index % 2 == 0 {
                        "<span class=\"n\">"
                    } else {
                        "<b>"
                    });
                    self.text(part);
                    self.raw(if index % 2 == 0 { "</span>" } else { "</b>" });
                }
            }
            PhoneForm::Entities => {
                self.state_phone(owner, phone, "entities", &written);
                for c in written.chars() {
                    let code = u32::from(c);
                    self.raw(&format!("&#{code};"));
                }
            }
            PhoneForm::NoBreakSpaces => {
                self.state_phone(owner, phone, "no-break-spaces", &written);
                self.raw(&crate::text::escape(&written).replace(' ', "&nbsp;"));
            }
            PhoneForm::DataAttribute => {
                self.state_phone(owner, phone, "data-attribute", &phone.e164);
                let word = self.words().phone;
                self.raw(&format!(
                    "<span class=\"js-phone\" data-phone=\"{}\">{word}</span>",
                    phone.e164
                ));
            }
        }
    }

    /// A number as text, for templates that put their own elements around it.
    pub(crate) fn phone_text(&mut self, owner: Option<usize>, phone: &Phone, form: &'static str) {
        let written = self.written(phone);
        self.state_phone(owner, phone, form, &written);
        self.text(&written);
    }

    /// The number in the site's writing, with its extension.
    pub(crate) fn written(&self, phone: &Phone) -> String {
        let number = phone.written(self.site.style);
        phone
            .extension
            .as_ref()
            .map_or(number.clone(), |extension| format!("{number} ext. {extension}"))
    }

    pub(crate) fn tel_link(&mut self, owner: Option<usize>, phone: &Phone, shown: &str, form: &'static str) {
        // Some sites link the national number: only the page's country tells what it means.
        let national = self.site.seed.is_multiple_of(5) && phone.country.code != "US";
        let mut target = if national {
            digits(&phone.national)
        } else {
            phone.e164.clone()
        };
        if let Some(extension) = &phone.extension {
            // RFC 3966 section 5.3
            target.push_str(";ext=");
            target.push_str(extension);
        }
        self.state_phone(owner, phone, form, &target);
        self.raw(&format!("<a href=\"tel:{target}\">"));
        self.text(shown);
        self.raw("</a>");
    }
}
