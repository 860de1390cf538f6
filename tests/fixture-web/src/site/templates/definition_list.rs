//! Definition lists.

use super::{Template, rows};
use crate::site::card::Card;
use crate::site::writer::Writer;

pub(super) struct DefinitionList;

impl Template for DefinitionList {
    fn name(&self) -> &'static str {
        "definition-list"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!doctype html>\n");
        w.html();
        w.head(title, "<meta name=\"generator\" content=\"Pelican 4.9.1\">");
        w.raw("<body>\n<header>");
        w.element("h2", site);
        w.raw("<nav>");
        w.menu_links(" / ");
        w.raw("</nav></header>\n<main>\n");
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        w.raw("<article>\n<h3>");
        w.card_name(card);
        w.raw("</h3>\n<dl>\n");
        rows(w, card, "<dt>", "</dt>\n<dd>", "</dd>\n");
        w.raw("</dl>\n</article>\n");
    }
}
