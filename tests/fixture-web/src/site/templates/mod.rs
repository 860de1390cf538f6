//! HTML styles: one file each. To add one, write a file with a [`Template`] and name it in [`ALL`].

mod builder;
mod data_sheet;
mod definition_list;
mod div_soup;
mod footer_address;
mod hcard;
mod html4;
mod json_ld_blocks;
mod json_ld_graph;
mod microdata;
mod mobile;
mod preformatted;
mod prose;
mod rdfa;
mod semantic;
mod table;

use super::card::Card;
use super::writer::Writer;
use crate::business::{Business, Hours, SCHEMA_DAYS, clock};

/// Every style; a site keeps the index of its own.
static ALL: [&dyn Template; COUNT] = [
    &json_ld_graph::JsonLdGraph,
    &json_ld_blocks::JsonLdBlocks,
    &microdata::Microdata,
    &hcard::HCard,
    &rdfa::Rdfa,
    &table::Table,
    &definition_list::DefinitionList,
    &div_soup::DivSoup,
    &html4::Html4,
    &footer_address::FooterAddress,
    &mobile::Mobile,
    &prose::Prose,
    &builder::Builder,
    &preformatted::Preformatted,
    &semantic::Semantic,
    &data_sheet::DataSheet,
];

/// How many styles there are.
pub(crate) const COUNT: usize = 16;

/// The style of an index; the first for an index there is none of.
pub(crate) fn by_index(index: usize) -> &'static dyn Template {
    ALL.get(index).copied().unwrap_or(&json_ld_graph::JsonLdGraph)
}

/// One style of HTML. What goes on a page is decided by [`super::render`]; a style only says how it is marked up.
pub(crate) trait Template: Sync {
    /// Name, as truth shows it.
    fn name(&self) -> &'static str;

    /// From the doctype to where the content begins, with the menu. `site` is the name shown on top.
    fn begin(&self, w: &mut Writer<'_>, title: &str, site: &str);

    /// A card: whatever parts it has.
    fn card(&self, w: &mut Writer<'_>, card: &Card<'_>);

    /// The rest of the page; `footer` is the card every page ends with.
    fn end(&self, w: &mut Writer<'_>, footer: Option<&Card<'_>>) {
        w.raw("</main>\n");
        if let Some(card) = footer {
            w.raw("<footer>\n");
            self.card(w, card);
            w.raw("</footer>\n");
        }
        w.raw("</body></html>\n");
    }

    /// The title of the content.
    fn heading(&self, w: &mut Writer<'_>, text: &str) {
        w.element("h1", text);
    }

    /// What a paragraph begins and ends with.
    fn paragraph_tags(&self) -> (&'static str, &'static str) {
        ("<p>", "</p>\n")
    }

    /// A paragraph.
    fn paragraph(&self, w: &mut Writer<'_>, text: &str) {
        let (open, close) = self.paragraph_tags();
        w.raw(open);
        w.text(text);
        w.raw(close);
    }

    /// The people of a business.
    fn people(&self, w: &mut Writer<'_>, business: &Business) {
        people(
            w,
            business,
            ("<div class=\"person\">", "</div>\n"),
            ("<h3>", "</h3>"),
            ("<p>", "</p>"),
        );
    }
}

/// The people of a business, each between `block`, the name between `name`, each line between `line` (markup).
fn people(
    w: &mut Writer<'_>,
    business: &Business,
    block: (&str, &str),
    name: (&str, &str),
    line: (&str, &str),
) {
    let owner = Some(business.index);
    for person in &business.persons {
        w.raw(block.0);
        w.raw(name.0);
        w.state(owner, "person", &person.name, "text", &person.name);
        w.text(&person.name);
        w.raw(name.1);
        w.raw(line.0);
        w.text(person.function);
        w.raw(line.1);
        if let Some(phone) = &person.phone {
            w.raw(line.0);
            w.text(&format!("{}: ", w.words().phone));
            w.phone(owner, phone);
            w.raw(line.1);
        }
        if let Some(email) = &person.email {
            w.raw(line.0);
            w.email(owner, email);
            w.raw(line.1);
        }
        w.raw(block.1);
    }
}

/// The parts of a card as labelled rows; each row is `before label between value after` (markup). Most plain styles
/// differ in nothing else.
fn rows(w: &mut Writer<'_>, card: &Card<'_>, before: &str, between: &str, after: &str) {
    let words = w.words();
    let row = |w: &mut Writer<'_>, label: &str| {
        w.raw(before);
        w.text(label);
        w.raw(between);
    };
    if card.address.is_some() {
        row(w, words.address);
        w.card_address(card, "<br>");
        w.raw(after);
    }
    for phone in &card.phones {
        row(w, super::card::phone_label(words, phone));
        w.phone(card.owner, phone);
        w.raw(after);
    }
    for email in &card.emails {
        row(w, words.email);
        w.email(card.owner, email);
        w.raw(after);
    }
    if card.hours.is_some() {
        row(w, words.hours);
        w.card_hours(card, "<br>");
        w.raw(after);
    }
    if !card.socials.is_empty() {
        row(w, "Web");
        w.card_socials(card, " ");
        w.raw(after);
    }
}

/// The schema.org object of a card, with the statements for what it holds.
fn schema_object(w: &mut Writer<'_>, card: &Card<'_>, id: &str) -> serde_json::Value {
    use serde_json::{Value, json};
    let mut object = json!({"@type": card.schema_type, "@id": id, "name": card.name});
    let mut put = |key: &str, value: Value| {
        if let Some(map) = object.as_object_mut() {
            map.insert(key.to_owned(), value);
        }
    };
    w.state(card.owner, "name", card.name, "json-ld", card.name);
    if let Some(phone) = card.phones.first() {
        let written = if w.site.seed.is_multiple_of(2) {
            phone.e164.clone()
        } else {
            phone.international()
        };
        w.state_phone(card.owner, phone, "json-ld", &written);
        put("telephone", json!(written));
    }
    if let Some(fax) = card
        .phones
        .iter()
        .find(|phone| phone.role == crate::business::PhoneRole::Fax)
    {
        let written = fax.international();
        w.state_phone(card.owner, fax, "json-ld", &written);
        put("faxNumber", json!(written));
    }
    if let Some(email) = card.emails.first() {
        w.state_email(card.owner, &email.address, "json-ld", &email.address);
        put("email", json!(email.address));
    }
    if let Some(address) = card.address {
        let street = address.street_line();
        w.state(card.owner, "address", &address.one_line(), "json-ld", &street);
        put(
            "address",
            json!({"@type": "PostalAddress", "streetAddress": street, "postalCode": address.postcode,
                "addressLocality": address.city, "addressRegion": address.region, "addressCountry": address.country}),
        );
    }
    if let Some((lat, lon)) = card.position {
        put(
            "geo",
            json!({"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}),
        );
    }
    if let Some(hours) = card.hours {
        let (key, raw, value) = if w.site.seed.is_multiple_of(3) {
            hours_specification(hours)
        } else {
            opening_hours(hours)
        };
        w.state(card.owner, "hours", &hours.osm(), "json-ld", &raw);
        put(key, value);
    }
    if !card.socials.is_empty() {
        for social in card.socials {
            w.state(card.owner, "social", &social.url, "json-ld", &social.url);
        }
        put(
            "sameAs",
            card.socials.iter().map(|social| json!(social.url)).collect(),
        );
    }
    object
}

fn opening_hours(hours: &Hours) -> (&'static str, String, serde_json::Value) {
    (
        "openingHours",
        hours.schema().join(" | "),
        serde_json::json!(hours.schema()),
    )
}

/// One `OpeningHoursSpecification` a span.
fn hours_specification(hours: &Hours) -> (&'static str, String, serde_json::Value) {
    let mut spans = Vec::new();
    let mut raw = Vec::new();
    for (from, to, open) in hours.groups() {
        let days: Vec<&str> = SCHEMA_DAYS
            .iter()
            .copied()
            .skip(from)
            .take(to - from + 1)
            .collect();
        for (opens, closes) in open {
            raw.extend([clock(*opens), clock(*closes)]);
            spans.push(
                serde_json::json!({"@type": "OpeningHoursSpecification", "dayOfWeek": days,
                "opens": clock(*opens), "closes": clock(*closes)}),
            );
        }
    }
    ("openingHoursSpecification", raw.join(" | "), spans.into())
}

/// A JSON-LD script. `<` is escaped so that no text can end the script (HTML, "Restrictions for contents of script").
fn json_ld(w: &mut Writer<'_>, value: &serde_json::Value) {
    let text = value.to_string().replace('<', "\\u003c");
    w.raw(&format!("<script type=\"application/ld+json\">{text}</script>\n"));
}
