//! Made for telephones: big buttons, `tel:` and `mailto:` links.

use super::Template;
use crate::site::card::{Card, phone_label};
use crate::site::writer::Writer;

pub(super) struct Mobile;

impl Template for Mobile {
    fn name(&self) -> &'static str {
        "mobile"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!DOCTYPE html>\n");
        w.html();
        w.head(title, "<meta name=\"format-detection\" content=\"telephone=no\"><meta name=\"theme-color\" content=\"#336699\">");
        w.raw("<body>\n<div class=\"bar\">");
        w.text(site);
        w.raw("</div>\n<details><summary>☰</summary>");
        w.menu_links("<br>");
        w.raw("</details>\n<main>\n");
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        w.raw("<section class=\"buttons\">\n<h2>");
        w.card_name(card);
        w.raw("</h2>\n");
        for phone in &card.phones {
            w.raw("<button>");
            let shown = w.written(phone);
            let label = phone_label(w.words(), phone);
            if phone.role.word() == "fax" {
                w.text(&format!("{label} "));
                w.phone_text(card.owner, phone, "text");
            } else {
                w.tel_link(card.owner, phone, &format!("{label} {shown}"), "tel-link");
            }
            w.raw("</button>\n");
        }
        for email in &card.emails {
            w.raw("<button>");
            w.email(card.owner, email);
            w.raw("</button>\n");
        }
        w.raw("<p>");
        w.card_address(card, "<br>");
        w.raw("</p>\n<p>");
        w.card_hours(card, "<br>");
        w.raw("</p>\n<p>");
        w.card_socials(card, " ");
        w.raw("</p></section>\n");
    }
}
