//! Contacts inside sentences.

use super::Template;
use crate::site::card::Card;
use crate::site::writer::Writer;

pub(super) struct Prose;

impl Template for Prose {
    fn name(&self) -> &'static str {
        "prose"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!DOCTYPE html>\n");
        w.html();
        w.head(title, "");
        w.raw("<body>\n<p><em>");
        w.text(site);
        w.raw("</em>: ");
        w.menu_links(", ");
        w.raw(".</p>\n<main>\n");
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        let prose = &w.site.country.lang.prose;
        w.raw("<p><b>");
        w.card_name(card);
        w.raw("</b></p>\n");
        if card.address.is_some() {
            sentence(w, prose.visit, |w| w.card_address(card, ", "));
        }
        for phone in &card.phones {
            if phone.role.word() == "fax" {
                sentence(w, "Fax: {phone}.", |w| w.phone(card.owner, phone));
            } else {
                sentence(w, prose.reach, |w| w.phone(card.owner, phone));
            }
        }
        for email in &card.emails {
            sentence(w, prose.write, |w| w.email(card.owner, email));
        }
        if card.hours.is_some() {
            w.raw("<p>");
            w.text(&format!("{}: ", w.words().hours));
            w.card_hours(card, "; ");
            w.raw(".</p>\n");
        }
        if !card.socials.is_empty() {
            w.raw("<p>");
            w.card_socials(card, ", ");
            w.raw("</p>\n");
        }
    }
}

/// A sentence whose one placeholder is written by `value`.
fn sentence(w: &mut Writer<'_>, sentence: &str, value: impl FnOnce(&mut Writer<'_>)) {
    let (before, rest) = sentence.split_once('{').unwrap_or((sentence, ""));
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    w.raw("<p>");
    w.text(before);
    value(w);
    w.text(after);
    w.raw("</p>\n");
}
