//! Names that markup announces: the site's name, hCards, the logo.

use super::find::{Candidate, Source};
use super::name::tidy;
use crate::page::{AttrName, Document, Tag};
use crate::sighting::{Spot, mentions};

/// `og:site_name` and `application-name`.
pub(super) fn site_names(document: &Document, found: &mut Vec<Candidate>) {
    let entries = document.meta().entries().iter();
    for entry in entries.filter(|entry| matches!(&*entry.name, "og:site_name" | "application-name")) {
        if let Some(name) = tidy(&entry.content) {
            found.push(Candidate::new(
                name,
                Source::SiteName,
                Spot::Element(entry.element),
            ));
        }
    }
}

/// `org`, `organization-name`, `p-org` of hCard, and pictures that call themselves a logo.
pub(super) fn classes(document: &Document, found: &mut Vec<Candidate>) {
    let is_org = |class: &str| {
        matches!(
            class,
            "org" | "organization-name" | "p-org" | "p-organization-name"
        )
    };
    for attribute in document.attributes_where(|kind| matches!(kind, AttrName::Class | AttrName::Alt)) {
        let raw = attribute.raw_value();
        match attribute.kind() {
            AttrName::Class if mentions(raw, "org") && raw.split_ascii_whitespace().any(is_org) => {
                let element = attribute.element();
                let text = Some(element.text()).filter(|text| text.len() <= 200);
                let name = text.and_then(tidy);
                found
                    .extend(name.map(|name| Candidate::new(name, Source::Card, Spot::Element(element.id()))));
            }
            AttrName::Alt if attribute.element().tag() == Tag::Img => {
                let element = attribute.element();
                let logo = element.attributes().any(|other| {
                    let kept = matches!(
                        other.kind(),
                        AttrName::Alt | AttrName::Src | AttrName::Class | AttrName::Id
                    );
                    kept && says_logo(other.raw_value())
                });
                let name = logo.then(|| logo_name(&attribute.value())).flatten();
                found
                    .extend(name.map(|name| Candidate::new(name, Source::Logo, Spot::Element(element.id()))));
            }
            _ => {}
        }
    }
}

/// Whether it holds `logo`, in any case.
fn says_logo(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'g', b'G', bytes).any(|at| {
        let word = at.checked_sub(2).and_then(|start| bytes.get(start..at + 2));
        word.is_some_and(|word| word.eq_ignore_ascii_case(b"logo"))
    })
}

/// `Rossi Bakery logo` is `Rossi Bakery`.
fn logo_name(alt: &str) -> Option<String> {
    let words: Vec<&str> = alt
        .split_whitespace()
        .filter(|word| {
            !word
                .trim_matches(|c: char| !c.is_alphanumeric())
                .eq_ignore_ascii_case("logo")
        })
        .collect();
    let name = tidy(&words.join(" "))?;
    (words.len() <= 6 && !name.contains(['.', '/', '_'])).then_some(name)
}
