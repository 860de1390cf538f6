//! Content management with an SEO plug-in: JSON-LD with `@graph`, plain text beside it.

use super::{Template, json_ld, rows, schema_object};
use crate::site::card::Card;
use crate::site::writer::Writer;

pub(super) struct JsonLdGraph;

impl Template for JsonLdGraph {
    fn name(&self) -> &'static str {
        "json-ld-graph"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!DOCTYPE html>\n");
        w.html();
        w.head(title, "<meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"/style.css?ver=6.4.2\">");
        w.raw("<body class=\"page-id-20419\">\n<header class=\"site-header\"><p class=\"site-title\">");
        w.text(site);
        w.raw("</p><nav><ul><li>");
        w.menu_links("</li><li>");
        w.raw("</li></ul></nav></header>\n<main>\n");
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        w.raw("<section class=\"contact\"><h2>");
        w.card_name(card);
        w.raw("</h2>\n<ul>\n");
        rows(w, card, "<li><strong>", ":</strong> ", "</li>\n");
        w.raw("</ul></section>\n");
        let home = w.links.url(&w.site.host, "/");
        let object = schema_object(w, card, &format!("{home}#organization"));
        let graph = serde_json::json!({
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebSite", "@id": format!("{home}#website"), "url": home, "publisher": {"@id": format!("{home}#organization")}},
                {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": card.name}]},
                object,
            ],
        });
        json_ld(w, &graph);
    }
}
