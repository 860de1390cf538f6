//! Labels and values in parallel spans, a comment with an old number beside them, lists inside headings.

use super::{Template, rows};
use crate::site::card::Card;
use crate::site::writer::Writer;

pub(super) struct DataSheet;

impl Template for DataSheet {
    fn name(&self) -> &'static str {
        "data-sheet"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!DOCTYPE html>\n");
        w.html();
        w.head(title, "");
        w.raw("<body>\n<!-- build 2026.11.3-448123 -->\n<h1><a href=\"/\">");
        w.text(site);
        w.raw("</a></h1>\n<select onchange=\"location=this.value\">");
        for (href, title) in w.menu() {
            w.raw(&format!("<option value=\"{href}\">{title}</option>"));
        }
        w.raw("</select>\n<p>");
        w.menu_links(" » ");
        w.raw("</p>\n<main>\n");
    }

    fn heading(&self, w: &mut Writer<'_>, text: &str) {
        w.element("h2", text);
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        w.raw("<fieldset><legend>");
        w.card_name(card);
        w.raw("</legend>\n");
        rows(w, card, "<label>", "</label> <output>", "</output><br>\n");
        w.raw("</fieldset>\n");
    }
}
