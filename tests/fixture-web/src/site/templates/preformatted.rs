//! Text in `<pre>`, lines and colons only.

use super::{Template, people, rows};
use crate::business::Business;
use crate::site::card::Card;
use crate::site::writer::Writer;

pub(super) struct Preformatted;

impl Template for Preformatted {
    fn name(&self) -> &'static str {
        "preformatted"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!DOCTYPE html>\n");
        w.html();
        w.head(title, "");
        w.raw("<body><pre>\n");
        w.text(site);
        w.raw("\n=====================\n");
        w.menu_links("  ");
        w.raw("\n\n");
    }

    fn heading(&self, w: &mut Writer<'_>, text: &str) {
        w.text(text);
        w.raw("\n---------------------\n");
    }

    fn paragraph_tags(&self) -> (&'static str, &'static str) {
        ("", "\n\n")
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        w.card_name(card);
        w.raw("\n");
        rows(w, card, "  ", ":\t", "\n");
        w.raw("\n");
    }

    fn people(&self, w: &mut Writer<'_>, business: &Business) {
        people(w, business, ("* ", "\n"), ("", "\n"), ("  ", "\n"));
    }

    fn end(&self, w: &mut Writer<'_>, footer: Option<&Card<'_>>) {
        w.raw("\n---------------------\n");
        if let Some(card) = footer {
            self.card(w, card);
        }
        w.raw("</pre></body></html>\n");
    }
}
