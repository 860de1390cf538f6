//! Everything in tables, layout too.

use super::{Template, people, rows};
use crate::business::Business;
use crate::site::card::Card;
use crate::site::writer::Writer;

pub(super) struct Table;

impl Template for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n");
        w.html();
        w.head(title, "");
        w.raw("<body>\n<table width=\"960\" cellpadding=\"0\" cellspacing=\"0\"><tr><td colspan=\"2\">");
        w.text(site);
        w.raw("</td></tr><tr><td>");
        w.menu_links("<br />");
        w.raw("</td><td>\n");
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        w.raw("<table border=\"1\">\n<tr><th colspan=\"2\">");
        w.card_name(card);
        w.raw("</th></tr>\n");
        rows(w, card, "<tr><td>", "</td><td>", "</td></tr>\n");
        w.raw("</table>\n");
    }

    fn people(&self, w: &mut Writer<'_>, business: &Business) {
        w.raw("<table>\n");
        people(
            w,
            business,
            ("<tr>", "</tr>\n"),
            ("<td>", "</td>"),
            ("<td>", "</td>"),
        );
        w.raw("</table>\n");
    }

    fn end(&self, w: &mut Writer<'_>, footer: Option<&Card<'_>>) {
        w.raw("</td></tr><tr><td colspan=\"2\">");
        if let Some(card) = footer {
            self.card(w, card);
        }
        w.raw("</td></tr></table></body></html>\n");
    }
}
