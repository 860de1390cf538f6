//! Profiles among the links of a page.

use super::networks::{is_promising, profile_of};
use crate::page::{AttrName, BlockKind, Document, Element};
use crate::record::{Method, Social};
use crate::sighting::{Sighting, Spot};

/// A link in the header or footer: nearly always the business's own profile.
const IN_FRAME: f32 = 0.93;
/// A link elsewhere: at times that of somebody the page speaks of.
const ELSEWHERE: f32 = 0.85;

/// Every profile that a link or an embedded page of the document leads to.
pub(crate) fn find(document: &Document, found: &mut Vec<Sighting<Social>>) {
    for link in document.links() {
        let href = link.href();
        if is_promising(&href)
            && let Some(profile) = profile_of(&href)
        {
            let element = link.element();
            let confidence = if is_framed(element) { IN_FRAME } else { ELSEWHERE };
            found.push(Sighting::new(
                profile,
                confidence,
                Method::Link,
                Spot::Element(element.id()),
            ));
        }
    }
    // `<div class="fb-page" data-href="https://www.facebook.com/…">`
    for attribute in document.attributes() {
        if attribute.kind() == AttrName::Data
            && attribute.raw_value().len() < 256
            && is_promising(attribute.raw_value())
            && attribute.name() == "data-href"
            && attribute.element().has_class("fb-page")
            && let Some(profile) = profile_of(&attribute.value())
        {
            let spot = Spot::Element(attribute.element().id());
            found.push(Sighting::new(profile, ELSEWHERE, Method::Link, spot));
        }
    }
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
