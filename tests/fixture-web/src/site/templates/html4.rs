//! HTML 4 of the nineties: capitals, fonts, attributes without quotes, elements never closed.

use super::Template;
use crate::business::Business;
use crate::site::card::{Card, phone_label};
use crate::site::writer::Writer;

pub(super) struct Html4;

impl Template for Html4 {
    fn name(&self) -> &'static str {
        "html4"
    }

    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str) {
        w.raw("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">\n<HTML>\n");
        w.head(title, "<META NAME=generator CONTENT=\"Editor 4.0\">");
        w.raw("<BODY BGCOLOR=#FFFFCC TEXT=#000000>\n<CENTER><FONT SIZE=5 FACE=Verdana>");
        w.text(site);
        w.raw("</FONT><BR>");
        w.menu_links(" | ");
        w.raw("</CENTER><HR>\n");
    }

    fn heading(&self, w: &mut Writer<'_>, text: &str) {
        w.raw("<P><FONT SIZE=4 COLOR=#990000><B>");
        w.text(text);
        w.raw("</B></FONT>\n");
    }

    fn paragraph_tags(&self) -> (&'static str, &'static str) {
        ("<P>", "\n")
    }

    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>) {
        w.raw("<P><B>");
        w.card_name(card);
        w.raw("</B><BR>");
        w.card_address(card, "<BR>");
        for phone in &card.phones {
            w.raw("<BR><FONT SIZE=2>");
            w.text(&format!("{}: ", phone_label(w.words(), phone)));
            w.raw("</FONT>");
            w.phone(card.owner, phone);
        }
        for email in &card.emails {
            w.raw("<BR>");
            w.text(&format!("{}: ", w.words().email));
            w.email(card.owner, email);
        }
        if card.hours.is_some() {
            w.raw("<P>");
            w.card_hours(card, "<BR>");
        }
        w.raw("<P>");
        w.card_socials(card, " ");
        w.raw("\n");
    }

    fn people(&self, w: &mut Writer<'_>, business: &Business) {
        super::people(w, business, ("<P>", "\n"), ("<B>", "</B>"), ("<BR>", ""));
    }

    fn end(&self, w: &mut Writer<'_>, footer: Option<&Card<'_>>) {
        w.raw("<HR>");
        if let Some(card) = footer {
            self.card(w, card);
        }
        w.raw("</BODY></HTML>\n");
    }
}
