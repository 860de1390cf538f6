//! A site builder: a big state object in a script, many numbers in it, content in attribute-laden divisions.

use super::{Template, people, rows};
use crate::business::Business;
use crate::site::card::Card;
use crate::site::writer::Writer;

pub(super) struct Builder;

impl Template for Builder {
    fn name(&self) -> &'static str {
        "builder"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!DOCTYPE html>\n");
        w.html();
        w.head(title, "<meta name=\"viewport\" content=\"width=980\">");
        w.raw("<body>\n<script>var state={\"siteRevision\":4172,\"metaSiteId\":\"7be1c0d2-0472-1122-3344-025512345678\",\"pages\":[");
        for number in 0..12 {
            let id = w.rng.pattern("c1#####");
            let when = w.rng.pattern("17########000");
            w.raw(&format!(
                "{{\"id\":\"{id}\",\"order\":{number},\"updated\":{when},\"w\":[320,768,1024,{number}80]}},"
            ));
        }
        w.raw(
            "{}]};</script>\n<div id=\"SITE_CONTAINER\"><div data-mesh-id=\"comp-k1\" data-testid=\"nav\">",
        );
        w.text(site);
        w.raw(" ");
        w.menu_links("<span data-angle=\"0\"></span>");
        w.raw("</div>\n<div data-mesh-id=\"comp-k2\" style=\"width:980px;height:1200px\">\n");
    }

    fn heading(&self, w: &mut Writer<'_>, text: &str) {
        w.element("h2 class=\"font_2\" style=\"font-size:32px\"", text);
    }

    fn paragraph_tags(&self) -> (&'static str, &'static str) {
        (
            "<p class=\"font_8\"><span style=\"font-family:arial\">",
            "</span></p>\n",
        )
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        w.raw("<div data-testid=\"richTextElement\"><p class=\"font_8\">");
        w.card_name(card);
        w.raw("</p>\n");
        rows(
            w,
            card,
            "<p class=\"font_8\"><span>",
            ":\u{a0}</span><span>",
            "</span></p>\n",
        );
        w.raw("</div>\n");
    }

    fn people(&self, w: &mut Writer<'_>, business: &Business) {
        let block = ("<div data-hook=\"item\">", "</div>\n");
        people(
            w,
            business,
            block,
            ("<p class=\"font_7\">", "</p>"),
            ("<p class=\"font_8\">", "</p>"),
        );
    }

    fn end(&self, w: &mut Writer<'_>, footer: Option<&Card<'_>>) {
        w.raw("</div>\n<div id=\"SITE_FOOTER\">");
        if let Some(card) = footer {
            self.card(w, card);
        }
        w.raw("</div></div></body></html>\n");
    }
}
