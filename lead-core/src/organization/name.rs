//! Names of the business outside structured data: the site's name, hCards, copyright lines, the title.

use std::ops::Range;

use crate::page::{AttrName, Document};
use crate::record::{Method, Organization};
use crate::sighting::{Sighting, Spot};

// How often each source names the business as a person would. Copyright lines: 30 of 35 on the labelled pages, titles 15
// of 35; the other two are too rare there for a figure.
const SITE_NAME: f32 = 0.87;
const CARD: f32 = 0.88;
const COPYRIGHT: f32 = 0.85;
const TITLE: f32 = 0.43;

/// Every name the page gives, but those of structured data.
pub(crate) fn find(document: &Document, found: &mut Vec<Sighting<Organization>>) {
    let meta = document.meta();
    for entry in meta
        .entries()
        .iter()
        .filter(|entry| matches!(&*entry.name, "og:site_name" | "application-name"))
    {
        if let Some(name) = tidy(&entry.content) {
            let spot = Spot::Element(entry.element);
            found.push(Sighting::new(
                Organization::new(name),
                SITE_NAME,
                Method::StructuredData,
                spot,
            ));
        }
    }
    cards(document, found);
    for (name, span) in copyrights(document.text()) {
        found.push(Sighting::new(
            Organization::new(name),
            COPYRIGHT,
            Method::VisibleText,
            Spot::Text(span),
        ));
    }
    if let Some(name) = document.title().and_then(|title| of_title(title, document)) {
        let element = document
            .elements()
            .find(|element| element.tag() == crate::page::Tag::Title);
        if let Some(element) = element {
            found.push(Sighting::new(
                Organization::new(name),
                TITLE,
                Method::VisibleText,
                Spot::Element(element.id()),
            ));
        }
    }
}

/// `org`, `organization-name`, `p-org` of hCard.
fn cards(document: &Document, found: &mut Vec<Sighting<Organization>>) {
    for attribute in document
        .attributes()
        .filter(|attribute| attribute.kind() == AttrName::Class)
    {
        let raw = attribute.raw_value();
        let is_org = |class: &str| {
            matches!(
                class,
                "org" | "organization-name" | "p-org" | "p-organization-name"
            )
        };
        if raw.contains("org") && raw.split_ascii_whitespace().any(is_org) {
            let element = attribute.element();
            if let Some(name) = Some(element.text())
                .filter(|text| text.len() <= 200)
                .and_then(tidy)
            {
                found.push(Sighting::new(
                    Organization::new(name),
                    CARD,
                    Method::StructuredData,
                    Spot::Element(element.id()),
                ));
            }
        }
    }
}

/// A name as it is kept: one line, 2 to 100 characters, letters in it. `None` when it is no name.
pub(crate) fn tidy(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = line.trim_matches(|c: char| matches!(c, ' ' | ',' | '.' | '|' | '-' | '–' | '©' | ':' | '*'));
    // `Inc.` keeps its dot.
    let name = line
        .get(line.find(name)?..)
        .filter(|rest| {
            rest.starts_with(name) && rest.get(name.len()..).is_some_and(|end| end.starts_with('.'))
        })
        .filter(|_| LEGAL_ENDS.iter().any(|end| name.ends_with(end)))
        .and_then(|rest| rest.get(..=name.len()))
        .unwrap_or(name);
    let fits = (2..=100).contains(&name.chars().count()) && name.chars().any(char::is_alphabetic);
    (fits && !is_generic(name)).then(|| name.to_owned())
}

const LEGAL_ENDS: &[&str] = &[
    "Inc", "Ltd", "Co", "Corp", "Bros", "e.V", "S.A", "S.L", "B.V", "N.V", "S.p.A", "S.r.l", "L.L.C", "LLC",
    "St",
];

/// What titles, logos and copyright lines say in place of a name.
const GENERIC: &[&str] = &[
    "home",
    "homepage",
    "home page",
    "welcome",
    "contact",
    "contact us",
    "contacts",
    "kontakt",
    "contacto",
    "contatti",
    "about",
    "about us",
    "impressum",
    "index",
    "untitled",
    "untitled document",
    "new page 1",
    "all rights reserved",
    "location",
    "locations",
    "find us",
    "website",
    "the",
    "company",
    "company name",
    "our company",
    "directions",
    "services",
    "news",
    "blog",
    "shop",
    "store",
    "menu",
    "accueil",
    "startseite",
    "inicio",
    "contactez-nous",
    "uber uns",
    "über uns",
    "privacy policy",
    "terms of use",
    "sitemap",
    "site map",
    "customer service",
    "support",
    "help",
    "faq",
    "hours",
    "hours & location",
    "get in touch",
    "reach us",
    "contact information",
    "contact info",
    "wordpress",
    "official site",
    "official website",
    "error",
    "404",
    "page not found",
    "login",
    "search",
    "us",
    "design",
    "copyright",
    "rights reserved",
    "powered by",
    "contact page",
];

fn is_generic(name: &str) -> bool {
    let lower = name.to_lowercase();
    let plain = lower.trim_matches(|c: char| !c.is_alphanumeric());
    GENERIC.contains(&plain) || plain.is_empty()
}

/// Names behind `©` and `Copyright`.
fn copyrights(text: &str) -> Vec<(String, Range<usize>)> {
    let bytes = text.as_bytes();
    let signs = memchr::memmem::find_iter(bytes, "©").map(|at| (at, "©".len()));
    let words = ["Copyright", "COPYRIGHT", "copyright", "(c)", "(C)"];
    let words = words
        .iter()
        .flat_map(|word| memchr::memmem::find_iter(bytes, *word).map(|at| (at, word.len())));
    let mut list: Vec<(String, Range<usize>)> = Vec::new();
    for (at, length) in signs.chain(words).take(16) {
        let Some((name, span)) = holder(text, at + length) else {
            continue;
        };
        if !list.iter().any(|(known, _)| *known == name) {
            list.push((name, span));
        }
    }
    list
}

/// What stands between a sign of copyright and the holder.
const LEADS: &[&str] = &[
    "Copyright",
    "copyright",
    "COPYRIGHT",
    "(c)",
    "(C)",
    "by ",
    "By ",
    "to present",
    "present",
    "Present",
    "bei ",
    "von ",
];

/// What ends a holder's name, in lower case.
const STOPS: &[&str] = &[
    ". ",
    " all right",
    "|",
    " - ",
    " – ",
    "—",
    " alle rechte",
    " tous droits",
    " todos los",
    " tutti i",
    "•",
    "·",
    "©",
    " design",
    " site by",
    " web",
    " powered",
    " rights",
    " privacy",
    " terms",
    ";",
    " reserved",
    " is a registered",
    " and its",
    " 19",
    " 20",
    " unless",
    "all rights",
];

/// The holder of a right, behind signs, years and `by`.
fn holder(text: &str, from: usize) -> Option<(String, Range<usize>)> {
    let window = crate::sighting::head(text.get(from..)?, 160);
    let mut rest = window.split(['\n', '\t']).next()?;
    let sign = |c: char| c.is_whitespace() || c.is_ascii_digit() || "©-–—,.:/®\u{a0}&".contains(c);
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(sign);
        rest = LEADS
            .iter()
            .find_map(|lead| rest.strip_prefix(lead))
            .unwrap_or(rest);
        if rest.len() == before {
            break;
        }
    }
    let lower = rest.to_ascii_lowercase();
    let end = STOPS
        .iter()
        .filter_map(|stop| lower.find(stop))
        .min()
        .unwrap_or(rest.len());
    // `Inc. ` keeps its dot for `tidy` to judge.
    let dot = usize::from(lower.get(end..).is_some_and(|tail| tail.starts_with(". ")));
    let cut = rest.get(..end + dot)?;
    let name = tidy(cut)?;
    let start = rest.as_ptr().addr() - text.as_ptr().addr();
    let named = name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    (name.split_whitespace().count() <= 8 && named).then(|| (name, start..start + cut.len()))
}

/// The part of a title that names the business: of those that are no page name the one that the page's address spells,
/// else the last when the first is generic, else the first.
fn of_title(title: &str, document: &Document) -> Option<String> {
    let parts: Vec<&str> = split_title(title);
    let names: Vec<String> = parts.iter().filter_map(|part| tidy(strip_lead(part))).collect();
    let host = document
        .base()
        .or(document.meta().canonical())
        .and_then(|url| url.host_str())
        .unwrap_or_default();
    let folded = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let site = folded(
        host.strip_prefix("www.")
            .unwrap_or(host)
            .split('.')
            .next()
            .unwrap_or_default(),
    );
    let spelled = names
        .iter()
        .find(|name| site.len() > 3 && (site.contains(&folded(name)) || folded(name).contains(&site)));
    if let Some(name) = spelled {
        return Some(name.clone());
    }
    let first_generic = parts.first().is_some_and(|part| tidy(strip_lead(part)).is_none());
    if first_generic {
        names.last().cloned()
    } else {
        names.first().cloned()
    }
}

fn split_title(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for separator in [
        " | ", "|", " - ", " – ", " — ", " :: ", " » ", " : ", ": ", " · ", " • ", " ~ ",
    ] {
        parts = parts.iter().flat_map(|part| part.split(separator)).collect();
    }
    parts
}

fn strip_lead(part: &str) -> &str {
    let part = part.trim();
    [
        "Welcome to ",
        "Contact Us at ",
        "Contact ",
        "About ",
        "Willkommen bei ",
    ]
    .iter()
    .find_map(|lead| part.strip_prefix(lead))
    .unwrap_or(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copyright_lines_name_the_holder() {
        for (text, name) in [
            ("© 2012 Rossi Bakery. All rights reserved", Some("Rossi Bakery")),
            (
                "Copyright © 1999-2015, Rossi & Sons, Inc. All Rights Reserved.",
                Some("Rossi & Sons, Inc."),
            ),
            ("© Rossi GmbH 2020", Some("Rossi GmbH")),
            ("Copyright 2010 | Privacy", None),
            ("© 2015 All rights reserved", None),
        ] {
            let found = copyrights(text);
            assert_eq!(found.first().map(|(name, _)| name.as_str()), name, "{text}");
        }
    }

    #[test]
    fn titles_lose_page_names() {
        let name = |title: &str| {
            let html = format!("<title>{title}</title>");
            let document = Document::from_html(html, &crate::page::ParseOptions::new()).unwrap();
            of_title(title, &document)
        };
        assert_eq!(name("Contact Us | Rossi Bakery").as_deref(), Some("Rossi Bakery"));
        assert_eq!(name("Rossi Bakery - Contact").as_deref(), Some("Rossi Bakery"));
        assert_eq!(name("Home"), None);
    }
}
