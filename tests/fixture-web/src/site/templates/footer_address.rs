//! Contacts in `<address>` elements, parted by commas and bars.

use super::Template;
use crate::site::card::{Card, phone_label};
use crate::site::writer::Writer;

pub(super) struct FooterAddress;

impl Template for FooterAddress {
    fn name(&self) -> &'static str {
        "footer-address"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!DOCTYPE html>\n");
        w.html();
        w.head(title, "<link rel=\"icon\" href=\"/favicon.ico\">");
        w.raw("<body>\n<h2>");
        w.text(site);
        w.raw("</h2>\n<nav>");
        w.menu_links(" ");
        w.raw("</nav>\n<main>\n");
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        w.raw("<address>© 2019–2026 ");
        w.card_name(card);
        if card.address.is_some() {
            w.raw(" | ");
            w.card_address(card, ", ");
        }
        for phone in &card.phones {
            w.raw(" | ");
            w.text(&format!("{}: ", phone_label(w.words(), phone)));
            w.phone(card.owner, phone);
        }
        for email in &card.emails {
            w.raw(" | ");
            w.email(card.owner, email);
        }
        if card.hours.is_some() {
            w.raw(" | ");
            w.card_hours(card, "; ");
        }
        if !card.socials.is_empty() {
            w.raw(" | ");
            w.card_socials(card, " ");
        }
        w.raw("</address>\n");
    }
}
