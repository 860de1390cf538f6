//! Several JSON-LD scripts, one of them a list, another broken as real ones are; the text repeats little.

use super::{Template, json_ld, rows, schema_object};
use crate::site::card::Card;
use crate::site::writer::Writer;

pub(super) struct JsonLdBlocks;

impl Template for JsonLdBlocks {
    fn name(&self) -> &'static str {
        "json-ld-blocks"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!doctype html>\n");
        w.html();
        w.head(title, "<script>window.dataLayer=window.dataLayer||[];dataLayer.push({'id':'GTM-5551234','ts':1700000000123});</script>");
        w.raw("<body>\n<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"Thing\",}</script>\n<nav>");
        w.menu_links(" · ");
        w.raw("</nav>\n<div id=\"brand\">");
        w.text(site);
        w.raw("</div>\n<main>\n");
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        let home = w.links.url(&w.site.host, "/");
        let mut object = schema_object(w, card, &home);
        if let Some(map) = object.as_object_mut() {
            map.insert("@context".to_owned(), "https://schema.org/".into());
        }
        json_ld(w, &serde_json::json!([object]));
        w.raw("<div class=\"box\">\n<h2>");
        w.card_name(card);
        w.raw("</h2>\n");
        rows(w, card, "<p>", " ", "</p>\n");
        w.raw("</div>\n");
    }
}
