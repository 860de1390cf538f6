//! The profiles of a page: its links, its own page plug-ins, and what its head says of its publisher.

use std::collections::HashMap;

use super::hosts::{host_in, network_of};
use super::networks::{MAKERS, has};
use super::profile::profile_of;
use crate::page::{AttrName, BlockKind, Document, Element};
use crate::record::{Method, Social};
use crate::sighting::{Sighting, Spot};

/// A link in the header or footer: nearly always the business's own profile.
const IN_FRAME: f32 = 0.93;
/// A link elsewhere: at times that of somebody the page speaks of.
const ELSEWHERE: f32 = 0.85;

/// The profiles that a document's links, page plug-ins and head lead to, each once, in the order they stand.
///
/// ```
/// use lead_core::page::{Document, ParseOptions};
/// let html = "<footer><a href='https://www.instagram.com/rossi.bakery/?hl=it'>Instagram</a></footer>";
/// let document = Document::from_html(html, &ParseOptions::new())?;
/// let profiles = lead_core::social::find_profiles(&document);
/// assert_eq!(profiles[0].url.as_str(), "https://www.instagram.com/rossi.bakery");
/// # Ok::<(), lead_core::Error>(())
/// ```
pub fn find_profiles(document: &Document) -> Vec<Social> {
    let mut found = Vec::new();
    find(document, &mut found);
    let mut profiles: Vec<Social> = Vec::new();
    for profile in found.into_iter().map(|sighting| sighting.value) {
        if !profiles.contains(&profile) {
            profiles.push(profile);
        }
    }
    profiles
}

/// Every profile of the document, structured data left out: `contacts` walks that once for all.
pub(crate) fn find(document: &Document, found: &mut Vec<Sighting<Social>>) {
    let mut add = |profile: Option<Social>, confidence: f32, element: Element<'_>| {
        if let Some(profile) = profile.filter(|profile| !is_maker(profile, document)) {
            let spot = Spot::Element(element.id());
            found.push(Sighting::new(profile, confidence, Method::Link, spot));
        }
    };
    // Most links of a page lead to one host, and menus stand on it twice.
    let mut last = ("", false);
    let mut read: HashMap<&str, Option<Social>> = HashMap::new();
    for link in document.links() {
        let host = host_in(link.raw_href().trim_ascii_start()).unwrap_or_default();
        if host != last.0 {
            last = (host, is_network(host));
        }
        if last.1 {
            let element = link.element();
            let confidence = if is_framed(element) { IN_FRAME } else { ELSEWHERE };
            let profile = read
                .entry(link.raw_href())
                .or_insert_with(|| profile_of(&link.href()));
            add(profile.clone(), confidence, element);
        }
    }
    // `<div class="fb-page" data-href="https://www.facebook.com/…">`
    for attribute in document.attributes_where(|kind| kind == AttrName::Data) {
        if attribute.raw_name().eq_ignore_ascii_case("data-href")
            && attribute.raw_value().len() < 256
            && is_promising(attribute.raw_value())
            && attribute.element().has_class("fb-page")
        {
            add(profile_of(&attribute.value()), ELSEWHERE, attribute.element());
        }
    }
    for entry in document.meta().entries() {
        if let Some(element) = document.element(entry.element) {
            add(of_meta(&entry.name, &entry.content), IN_FRAME, element);
        }
    }
}

/// `twitter:site` names the publisher's handle (X's card markup), `article:publisher` its page (ogp.me).
fn of_meta(name: &str, content: &str) -> Option<Social> {
    match name {
        "twitter:site" => profile_of(&format!("https://x.com/{}", content.strip_prefix('@')?)),
        "article:publisher" => profile_of(content),
        _ => None,
    }
}

/// A cheap look before decoding and parsing.
fn is_promising(href: &str) -> bool {
    host_in(href.trim_ascii_start()).is_some_and(is_network)
}

fn is_network(host: &str) -> bool {
    host.len() > 3 && network_of(host).is_some()
}

/// Whether it is the profile of a maker of web sites that a template left in; its own site may name it.
fn is_maker(profile: &Social, document: &Document) -> bool {
    let own = || {
        let host = document.base().and_then(url::Url::host_str);
        host.is_some_and(|host| host.split('.').any(|label| label == profile.handle))
    };
    has(MAKERS, &profile.handle) && !own()
}

fn is_framed(element: Element<'_>) -> bool {
    let Some(block) = element.block() else {
        return false;
    };
    std::iter::once(block).chain(block.ancestors()).any(|block| {
        matches!(
            block.kind(),
            BlockKind::Footer | BlockKind::Header | BlockKind::Nav
        )
    })
}
