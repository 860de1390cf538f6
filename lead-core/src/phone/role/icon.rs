//! Icons and classes that stand for a label: `<i class="fa fa-fax"></i>`, `<img src="phone.png">`, `<span class="fax">`.

use std::ops::Range;

use super::words;
use crate::page::{AttrName, Document, Element, Tag};
use crate::record::PhoneRole;

/// So many elements before a number are looked at: an icon stands right before it.
const NEAR: usize = 8;
/// An element of more text than this is no wrapper of one number.
const LONGEST_WRAPPER: usize = 48;
/// Words of classes that are about where something is shown.
const LAYOUT: &[&str] = &[
    "hidden", "hide", "visible", "show", "only", "menu", "nav", "toggle", "view", "friendly", "desktop",
];

/// The role that an icon before the number at `span`, or an element around it, stands for; `after` is where the number
/// before it ends.
pub(super) fn role_beside(document: &Document, span: &Range<usize>, after: usize) -> Option<PhoneRole> {
    document
        .elements_until(span.start)
        .take(NEAR)
        .find_map(|element| {
            let covers = element.span();
            if covers.is_empty() && covers.start >= after && is_icon(element.tag()) {
                return of_icon(element);
            }
            let wraps =
                covers.start <= span.start && covers.end >= span.end && covers.len() <= LONGEST_WRAPPER;
            wraps.then(|| of_wrapper(element)).flatten()
        })
}

fn is_icon(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::I
            | Tag::Span
            | Tag::Em
            | Tag::B
            | Tag::Img
            | Tag::Svg
            | Tag::Small
            | Tag::Strong
            | Tag::A
            | Tag::Div
            | Tag::Other
    )
}

/// What shows nothing but a picture: its class, its text for those who do not see it, the name of its file.
fn of_icon(element: Element<'_>) -> Option<PhoneRole> {
    let said = [AttrName::Alt, AttrName::AriaLabel, AttrName::Title];
    let said = said.into_iter().find_map(|name| role_in(&element.attr(name)?));
    let class = || role_in(&element.attr(AttrName::Class)?);
    let file = || {
        let src = element.attr(AttrName::Src)?;
        role_in(src.split(['?', '#']).next()?.rsplit('/').next()?)
    };
    said.or_else(class).or_else(file)
}

/// A class around a number counts where it is about nothing else: `mobile` and `cell` are about layout mostly.
fn of_wrapper(element: Element<'_>) -> Option<PhoneRole> {
    let role = role_in(&element.attr(AttrName::Class)?)?;
    matches!(role, PhoneRole::Fax | PhoneRole::Whatsapp | PhoneRole::Pager).then_some(role)
}

/// The role a class, a file name or a short text speaks of, by its words.
pub(super) fn role_in(text: &str) -> Option<PhoneRole> {
    const GENERAL: &[&str] = &[
        "text", "texts", "main", "office", "number", "direct", "local", "desk", "sales", "verde", "vert",
        "fix", "standard", "cel", "wa", "hp", "toll", "gratis", "bel", "main", "ring",
    ];
    let lower = text.to_lowercase();
    let words = || {
        lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    if words().any(|word| LAYOUT.contains(&word)) {
        return None;
    }
    let mut roles = words()
        .filter(|word| !GENERAL.contains(word))
        .filter_map(words::role_of);
    let first = roles.next()?;
    // `mobile-phone`: the more telling word.
    Some(if first == PhoneRole::Tel {
        roles.next().unwrap_or(first)
    } else {
        first
    })
}
