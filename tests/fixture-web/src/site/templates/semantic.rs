//! Careful HTML 5: sections, `<time>`, `aria-label`s, figures.

use super::{Template, rows};
use crate::site::card::Card;
use crate::site::writer::Writer;

pub(super) struct Semantic;

impl Template for Semantic {
    fn name(&self) -> &'static str {
        "semantic"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!doctype html>\n");
        w.html();
        w.head(
            title,
            "<link rel=\"canonical\" href=\"/\"><meta name=\"robots\" content=\"index,follow\">",
        );
        w.raw("<body>\n<a class=\"skip\" href=\"#content\">#</a>\n<header role=\"banner\"><span class=\"logo\"><img src=\"/logo@2x.png\" alt=\"logo\" width=\"240\" height=\"120\"></span>");
        w.text(site);
        w.raw("<nav aria-label=\"main\"><ol><li>");
        w.menu_links("</li><li>");
        w.raw("</li></ol></nav></header>\n<main id=\"content\">\n");
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        w.raw("<section aria-label=\"contact\">\n<h2>");
        w.card_name(card);
        w.raw("</h2>\n<ul>\n");
        rows(
            w,
            card,
            "<li><span class=\"label\">",
            "</span> <span class=\"value\">",
            "</span></li>\n",
        );
        w.raw("</ul>\n");
        if let Some((lat, lon)) = card.position {
            // Coordinates are no numbers to call.
            w.raw("<p><a href=\"geo:");
            w.raw(&format!("{lat},{lon}\">{lat:.4}, {lon:.4}</a></p>\n"));
        }
        w.raw("</section>\n");
    }
}
