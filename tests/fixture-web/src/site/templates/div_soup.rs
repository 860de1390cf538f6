//! Nested divisions with utility classes, icons instead of labels, nothing semantic.

use super::{Template, people};
use crate::business::Business;
use crate::site::card::Card;
use crate::site::writer::Writer;

pub(super) struct DivSoup;

const ICON: &str = "<svg width=\"24\" height=\"24\" viewBox=\"0 0 24 24\"><path d=\"M6.62 10.79c1.44 2.83 3.76 5.14 6.59 6.59l2.2-2.2\"/></svg>";

impl Template for DivSoup {
    fn name(&self) -> &'static str {
        "div-soup"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!DOCTYPE html>\n");
        w.html();
        w.head(
            title,
            "<style>.mt-4{margin-top:1rem}.c-2563eb{color:#2563eb}</style>",
        );
        w.raw("<body class=\"antialiased\">\n<div id=\"__next\"><div class=\"flex mt-4 px-8\"><div>");
        w.text(site);
        w.raw("</div><div class=\"flex gap-4\"><div>");
        w.menu_links("</div><div>");
        w.raw("</div></div></div>\n<div class=\"container mx-auto\">\n");
    }

    fn heading(&self, w: &mut Writer<'_>, text: &str) {
        w.element("div class=\"text-3xl font-bold\"", text);
    }

    fn paragraph_tags(&self) -> (&'static str, &'static str) {
        ("<div class=\"mt-4\"><div>", "</div></div>\n")
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        let row = "<div class=\"flex items-center\"><div class=\"w-6\">";
        w.raw("<div class=\"grid grid-cols-2\"><div class=\"p-4\"><div class=\"font-bold\">");
        w.card_name(card);
        w.raw("</div>\n");
        if card.address.is_some() {
            w.raw("<div><div>");
            w.card_address(card, "</div><div>");
            w.raw("</div></div>\n");
        }
        for phone in &card.phones {
            w.raw(row);
            // A fax must not look like a number to call: it keeps its word.
            w.raw(if phone.role.word() == "fax" { "Fax" } else { ICON });
            w.raw("</div><div>");
            w.phone(card.owner, phone);
            w.raw("</div></div>\n");
        }
        for email in &card.emails {
            w.raw(row);
            w.raw(ICON);
            w.raw("</div><div>");
            w.email(card.owner, email);
            w.raw("</div></div>\n");
        }
        w.raw("</div><div class=\"p-4\"><div>");
        w.card_hours(card, "</div><div>");
        w.raw("</div>");
        w.card_socials(card, "");
        w.raw("</div></div>\n");
    }

    fn people(&self, w: &mut Writer<'_>, business: &Business) {
        people(
            w,
            business,
            ("<div class=\"card\">", "</div>\n"),
            ("<div>", "</div>"),
            ("<div>", "</div>"),
        );
    }

    fn end(&self, w: &mut Writer<'_>, footer: Option<&Card<'_>>) {
        w.raw("</div>\n<div class=\"bg-gray-900\">");
        if let Some(card) = footer {
            self.card(w, card);
        }
        w.raw("</div></div></body></html>\n");
    }
}
