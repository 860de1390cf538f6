//! schema.org as microdata.

use super::Template;
use crate::site::card::{Card, phone_label};
use crate::site::writer::Writer;

pub(super) struct Microdata;

impl Template for Microdata {
    fn name(&self) -> &'static str {
        "microdata"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!DOCTYPE html>\n");
        w.html();
        w.head(title, "");
        w.raw("<body>\n<header><a href=\"/\">");
        w.text(site);
        w.raw("</a><ul class=\"menu\"><li>");
        w.menu_links("</li><li>");
        w.raw("</li></ul></header>\n<main>\n");
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        w.raw(&format!(
            "<div itemscope itemtype=\"http://schema.org/{}\">\n<h2 itemprop=\"name\">",
            card.schema_type
        ));
        w.card_name(card);
        w.raw("</h2>\n");
        address(w, card);
        for phone in &card.phones {
            let label = phone_label(w.words(), phone);
            let property = if phone.role.word() == "fax" {
                "faxNumber"
            } else {
                "telephone"
            };
            w.raw("<p>");
            w.text(label);
            w.raw(&format!(": <span itemprop=\"{property}\">"));
            w.phone_text(card.owner, phone, "microdata");
            w.raw("</span></p>\n");
        }
        for email in &card.emails {
            w.raw("<p>");
            w.text(w.words().email);
            w.raw(": <span itemprop=\"email\">");
            w.email_text(card.owner, email, "microdata");
            w.raw("</span></p>\n");
        }
        if let Some(hours) = card.hours {
            let schema = hours.schema();
            w.state(
                card.owner,
                "hours",
                &hours.osm(),
                "microdata",
                &schema.join(" | "),
            );
            for text in schema {
                w.raw(&format!("<meta itemprop=\"openingHours\" content=\"{text}\">\n"));
            }
            w.raw("<p>");
            w.card_hours(card, "<br>");
            w.raw("</p>\n");
        }
        for social in card.socials {
            w.state(card.owner, "social", &social.url, "microdata", &social.url);
            w.raw(&format!(
                "<a itemprop=\"sameAs\" href=\"{}\">{}</a>\n",
                social.url, social.network
            ));
        }
        w.raw("</div>\n");
    }
}

fn address(w: &mut Writer<'_>, card: &Card<'_>) {
    let Some(address) = card.address else { return };
    let raw = format!(
        "{} | {} | {}",
        address.street_line(),
        address.postcode,
        address.city
    );
    w.state(card.owner, "address", &address.one_line(), "microdata", &raw);
    w.raw("<div itemprop=\"address\" itemscope itemtype=\"http://schema.org/PostalAddress\"><span itemprop=\"streetAddress\">");
    w.text(&address.street_line());
    w.raw("</span>, <span itemprop=\"postalCode\">");
    w.text(&address.postcode);
    w.raw("</span> <span itemprop=\"addressLocality\">");
    w.text(&address.city);
    w.raw(&format!(
        "</span><meta itemprop=\"addressCountry\" content=\"{}\"></div>\n",
        address.country
    ));
    if let Some((lat, lon)) = card.position {
        w.raw(&format!(
            "<div itemprop=\"geo\" itemscope itemtype=\"http://schema.org/GeoCoordinates\"><meta itemprop=\"latitude\" content=\"{lat}\"><meta itemprop=\"longitude\" content=\"{lon}\"></div>\n"
        ));
    }
}
