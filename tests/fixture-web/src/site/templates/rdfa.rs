//! RDFa Lite and OpenGraph.

use super::Template;
use crate::site::card::{Card, phone_label};
use crate::site::writer::Writer;
use crate::text::escape;

pub(super) struct Rdfa;

impl Template for Rdfa {
    fn name(&self) -> &'static str {
        "rdfa"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!DOCTYPE html>\n");
        w.html();
        let name = escape(site);
        let url = w.links.url(&w.site.host, "/");
        w.head(
            title,
            &format!(
                "<meta property=\"og:site_name\" content=\"{name}\"><meta property=\"og:type\" content=\"website\"><meta property=\"og:url\" content=\"{url}\">"
            ),
        );
        w.raw("<body>\n<nav>");
        w.menu_links("\n");
        w.raw("</nav>\n<main>\n");
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        w.raw(&format!(
            "<div vocab=\"https://schema.org/\" typeof=\"{}\">\n<h2 property=\"name\">",
            card.schema_type
        ));
        w.card_name(card);
        w.raw("</h2>\n");
        if let Some(address) = card.address {
            let raw = format!(
                "{} | {} | {}",
                address.street_line(),
                address.postcode,
                address.city
            );
            w.state(card.owner, "address", &address.one_line(), "rdfa", &raw);
            w.raw("<p property=\"address\" typeof=\"PostalAddress\"><span property=\"streetAddress\">");
            w.text(&address.street_line());
            w.raw("</span><br><span property=\"postalCode\">");
            w.text(&address.postcode);
            w.raw("</span> <span property=\"addressLocality\">");
            w.text(&address.city);
            w.raw("</span></p>\n");
        }
        for phone in &card.phones {
            let property = if phone.role.word() == "fax" {
                "faxNumber"
            } else {
                "telephone"
            };
            w.raw("<p>");
            w.text(phone_label(w.words(), phone));
            w.raw(&format!(" <span property=\"{property}\">"));
            w.phone_text(card.owner, phone, "rdfa");
            w.raw("</span></p>\n");
        }
        for email in &card.emails {
            w.raw("<p property=\"email\">");
            w.email_text(card.owner, email, "rdfa");
            w.raw("</p>\n");
        }
        if card.hours.is_some() {
            w.raw("<p>");
            w.card_hours(card, "<br>");
            w.raw("</p>\n");
        }
        w.card_socials(card, " ");
        w.raw("</div>\n");
    }
}
