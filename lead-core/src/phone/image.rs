//! Numbers shown as pictures: which pictures of a page may be one, and what the characters read from one come to.
//!
//! Reading them is the work of an [`OcrEngine`](crate::seam::OcrEngine); `collect` fetches the candidates and asks the
//! engine of its [`Context`](crate::seam::Context), if there is one.

#[cfg(feature = "ocr")]
pub(super) mod tesseract;

use std::path::Path;

use url::Url;

use super::engine::Number;
use super::options::Leniency;
use super::options::wanted_region;
use super::role;
use super::smart;
use crate::page::{AttrName, BlockKind, Document, Element, ElementId, Tag};
use crate::record::{Confidence, Found, Method, Phone, PhoneRole, Trace};

/// A picture that may show a telephone number.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ImageCandidate {
    /// The `<img>` or `<canvas>`.
    pub element: ElementId,
    /// Its address as the page has it, a `data:` URL included. A canvas has none: `canvas:0` is the first of the document.
    pub source: String,
    /// The address resolved against the document's base; `None` when it is no URL, and for a canvas.
    pub url: Option<Url>,
    /// What the words beside it, its text for those who do not see it and its name say it is.
    pub role: PhoneRole,
    /// How likely it shows a number, above 0 and at most 1; an order, not a probability.
    pub score: f32,
}

impl ImageCandidate {
    /// Whether a script draws it: it can be seen where the page is rendered
    /// ([`Rendering::shots`](crate::seam::Rendering::shots)), and is nowhere to be fetched.
    pub fn is_drawn(&self) -> bool {
        self.source.starts_with(CANVAS)
    }
}

/// What stands before the place of a canvas among those of its document.
const CANVAS: &str = "canvas:";

/// Below this nothing speaks for a picture.
const ENOUGH: f32 = 0.4;
/// A page has hundreds of pictures, and few of them say they are numbers.
const MOST: usize = 16;
/// How far before a picture its label may stand, in bytes.
const REACH: usize = 48;

/// The pictures of a document that may show a telephone number, the likeliest first, at most sixteen: images, and canvases
/// that scripts draw on.
///
/// What speaks for one: a label before it (`Tel: <img>`), its `alt` or `title`, its name (`phone.png`), the size of a line
/// of digits, a footer or an address around it. What speaks against it: the size of an icon or a photograph, the name of
/// something else (a logo, a flag, a map), a format without pixels.
///
/// ```
/// use lead_core::page::{Document, ParseOptions};
/// let html = "<img src=logo.png><p>Fax: <img src=n2.gif width=120 height=16></p>";
/// let document = Document::from_html(html, &ParseOptions::new())?;
/// let found = lead_core::phone::images(&document);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].source, "n2.gif");
/// assert_eq!(found[0].role, lead_core::record::PhoneRole::Fax);
/// # Ok::<(), lead_core::Error>(())
/// ```
pub fn images(document: &Document) -> Vec<ImageCandidate> {
    let mut found = Vec::new();
    // A label speaks for the first picture behind it: the next one may stand at the same place in the text.
    let mut spoken = None;
    let mut canvases = 0..;
    for element in document.elements() {
        let source = match element.tag() {
            Tag::Img => source_of(element),
            Tag::Canvas => canvases.next().map(|place: usize| format!("{CANVAS}{place}")),
            _ => continue,
        };
        let Some(source) = source.filter(|source| has_pixels(source)) else {
            continue;
        };
        let at = element.span().start;
        if let Some(candidate) = candidate(document, element, source, spoken != Some(at)) {
            found.push(candidate);
            spoken = Some(at);
        }
    }
    found.sort_by(|one, other| other.score.total_cmp(&one.score));
    found.truncate(MOST);
    found
}

/// `free`: no picture before this one has taken the label in the text before it.
fn candidate(
    document: &Document,
    element: Element<'_>,
    source: String,
    free: bool,
) -> Option<ImageCandidate> {
    let span = element.span();
    let label = role::of(document.text(), &span, label_start(document.text(), span.start));
    let labelled = free && label.said;
    let said = [
        AttrName::Alt,
        AttrName::Title,
        AttrName::AriaLabel,
        AttrName::Class,
        AttrName::Id,
    ];
    let said = said
        .into_iter()
        .find_map(|name| role::of_short_text(&element.attr(name)?));
    let name = file_name(&source);
    let named = role::of_short_text(name);
    let mut score = size_score(document, element)?;
    score += if labelled { 0.5 } else { 0.0 };
    score += if said.is_some() { 0.4 } else { 0.0 };
    score += if named.is_some() { 0.4 } else { 0.0 };
    score += if stands_with_contacts(element) { 0.1 } else { 0.0 };
    score -= if is_named_otherwise(name) { 0.4 } else { 0.0 };
    let role = if labelled {
        label.role
    } else {
        said.or(named).unwrap_or_default()
    };
    (score >= ENOUGH).then(|| ImageCandidate {
        element: element.id(),
        url: resolved(document, &source),
        source,
        role,
        score: score.min(1.0),
    })
}

/// Where the label of what stands at `at` may begin: in its line.
fn label_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    line.max(at.saturating_sub(REACH))
}

/// Its address; that of pictures which scripts load late stands in a `data-` attribute.
fn source_of(element: Element<'_>) -> Option<String> {
    const LATE: &[&str] = &["data-src", "data-original", "data-lazy-src", "data-lazy"];
    let late = element
        .attributes()
        .find(|attribute| attribute.kind() == AttrName::Data && LATE.contains(&&*attribute.name()))
        .map(|attribute| attribute.value());
    let source = late.or_else(|| element.attr(AttrName::Src))?;
    let source = source.trim();
    (!source.is_empty()).then(|| source.to_owned())
}

fn resolved(document: &Document, source: &str) -> Option<Url> {
    match document.base() {
        Some(base) => base.join(source).ok(),
        None => Url::parse(source).ok(),
    }
}

/// Whether it can be read at all: drawings are made of lines.
fn has_pixels(source: &str) -> bool {
    let lower = crate::sighting::head(source, 512).to_ascii_lowercase();
    let path = lower.split(['?', '#']).next().unwrap_or_default();
    let drawing = Path::new(path).extension().is_some_and(|ending| ending == "svg");
    !drawing && !path.starts_with("data:image/svg")
}

/// The last part of the path, without what follows it; nothing of what has no path.
fn file_name(source: &str) -> &str {
    if source.starts_with("data:") || source.starts_with(CANVAS) {
        return "";
    }
    let path = source.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

/// Words in names of pictures that show something else.
const OTHERS: &[&str] = &[
    "logo",
    "banner",
    "icon",
    "ico",
    "sprite",
    "avatar",
    "flag",
    "map",
    "arrow",
    "spacer",
    "pixel",
    "bg",
    "background",
    "header",
    "hero",
    "slide",
    "photo",
    "thumb",
    "facebook",
    "twitter",
    "instagram",
    "youtube",
    "linkedin",
    "captcha",
    "qr",
    "woman",
    "man",
    "girl",
];

fn is_named_otherwise(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| OTHERS.contains(&word))
}

/// By width and height, where the page states them: `None` when no line of digits has that size. Twelve digits of eight
/// pixels are a hundred pixels wide.
fn size_score(document: &Document, element: Element<'_>) -> Option<f32> {
    let (width, height) = (
        stated(document, element, "width"),
        stated(document, element, "height"),
    );
    let wide = width.is_none_or(|width| (60..=800).contains(&width));
    let low = height.is_none_or(|height| (8..=150).contains(&height));
    let lying = match (width, height) {
        (Some(width), Some(height)) => width >= height * 3,
        _ => true,
    };
    let known = if width.is_some() && height.is_some() {
        0.2
    } else {
        0.0
    };
    (wide && low && lying).then_some(known)
}

/// A length in pixels that the tag or its style states. Sizes are not kept while reading, so the tag is looked at again.
fn stated(document: &Document, element: Element<'_>, name: &str) -> Option<u32> {
    let tag = document.source().get(element.source_offset()..)?;
    let tag = tag.get(..tag.find('>')?)?.to_ascii_lowercase();
    let mut places = tag.match_indices(name).map(|(at, _)| at);
    places.find_map(|at| {
        let before = tag.as_bytes().get(at.checked_sub(1)?)?;
        if before.is_ascii_alphanumeric() || *before == b'-' {
            return None;
        }
        let value = tag.get(at + name.len()..)?.trim_start();
        let value = value
            .strip_prefix(['=', ':'])?
            .trim_start_matches([' ', '"', '\'']);
        let end = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
        let unit = value.get(end..)?;
        let relative = unit.starts_with(['%', '.'])
            || unit.starts_with("em")
            || unit.starts_with("rem")
            || unit.starts_with('v');
        value.get(..end).filter(|_| !relative)?.parse().ok()
    })
}

fn stands_with_contacts(element: Element<'_>) -> bool {
    let Some(block) = element.block() else {
        return false;
    };
    std::iter::once(block)
        .chain(block.ancestors())
        .any(|block| matches!(block.kind(), BlockKind::Footer | BlockKind::Address))
}

/// How sure a number is that was read from a picture. Not counted on labelled pages, which have none: below what text of
/// the same certainty has.
const READ: f32 = 0.8;

/// The numbers in what an engine read from a candidate, each with the picture as its evidence.
///
/// `region` is the country whose national numbers are read (ISO 3166-1); unknown ones count as none.
pub fn numbers_of_image(
    document: &Document,
    candidate: &ImageCandidate,
    text: &str,
    region: Option<&str>,
) -> Vec<Found<Phone, Trace>> {
    let locator = document
        .element(candidate.element)
        .map(|element| element.locator());
    numbers_read(text, candidate.role, locator.as_deref(), region)
}

/// As [`numbers_of_image`], where the document is not at hand: of a picture with this role, that stood at `locator`.
pub fn numbers_read(
    text: &str,
    role: PhoneRole,
    locator: Option<&str>,
    region: Option<&str>,
) -> Vec<Found<Phone, Trace>> {
    let region = wanted_region(region).ok().flatten();
    let numbers = smart::find(text, region, Leniency::Valid);
    let read = numbers.into_iter().filter_map(|one| {
        let raw = text.get(one.start..one.end)?;
        let mut phone = Number::new(one.number)?.to_phone(raw);
        phone.role = role::by_kind(role, phone.kind);
        let trace = Trace::new(Method::Image).snippet(raw);
        let trace = match locator {
            Some(locator) => trace.at(locator),
            None => trace,
        };
        Some(Found::new(phone, Confidence::clamped(READ), trace))
    });
    read.collect()
}
