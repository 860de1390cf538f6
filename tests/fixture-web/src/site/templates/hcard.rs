//! Microformats: an hCard with the classes of both generations (`vcard`, `h-card`).

use super::Template;
use crate::site::card::{Card, phone_label};
use crate::site::writer::Writer;

pub(super) struct HCard;

impl Template for HCard {
    fn name(&self) -> &'static str {
        "hcard"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!DOCTYPE html>\n");
        w.html();
        w.head(title, "");
        w.raw("<body>\n<div id=\"top\"><strong>");
        w.text(site);
        w.raw("</strong> | ");
        w.menu_links(" | ");
        w.raw("</div>\n<main>\n");
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        w.raw("<div class=\"vcard h-card\">\n<div class=\"fn org p-name\">");
        w.card_name(card);
        w.raw("</div>\n");
        if let Some(address) = card.address {
            let raw = format!(
                "{} | {} | {}",
                address.street_line(),
                address.postcode,
                address.city
            );
            w.state(card.owner, "address", &address.one_line(), "hcard", &raw);
            w.raw("<div class=\"adr p-adr\"><div class=\"street-address p-street-address\">");
            w.text(&address.street_line());
            w.raw("</div><span class=\"postal-code p-postal-code\">");
            w.text(&address.postcode);
            w.raw("</span> <span class=\"locality p-locality\">");
            w.text(&address.city);
            w.raw("</span></div>\n");
        }
        for phone in &card.phones {
            let kind = if phone.role.word() == "fax" { "fax" } else { "work" };
            w.raw(&format!(
                "<div class=\"tel p-tel\"><span class=\"type\" title=\"{kind}\">"
            ));
            w.text(phone_label(w.words(), phone));
            w.raw("</span>: <span class=\"value\">");
            w.phone_text(card.owner, phone, "hcard");
            w.raw("</span></div>\n");
        }
        for email in &card.emails {
            w.state_email(card.owner, &email.address, "hcard", &email.address);
            w.raw(&format!(
                "<a class=\"email u-email\" href=\"mailto:{0}\">{0}</a>\n",
                email.address
            ));
        }
        if card.hours.is_some() {
            w.raw("<p class=\"note\">");
            w.card_hours(card, ", ");
            w.raw("</p>\n");
        }
        for social in card.socials {
            w.state(card.owner, "social", &social.url, "hcard", &social.url);
            w.raw(&format!(
                "<a class=\"url u-url\" rel=\"me\" href=\"{}\">{}</a>\n",
                social.url, social.network
            ));
        }
        w.raw("</div>\n");
    }
}
