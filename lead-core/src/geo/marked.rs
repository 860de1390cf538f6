//! Points that a page marks for machines: `<meta>`, the classes of hCard, `data-` attributes.

use std::borrow::Cow;

use crate::page::{AttrName, Document, Element, ElementId};
use crate::record::GeoPoint;

/// A point on the earth, but the one that templates have before they are filled in.
pub(super) fn point(latitude: f64, longitude: f64) -> Option<GeoPoint> {
    let filled = (latitude, longitude) != (0.0, 0.0);
    GeoPoint::new(latitude, longitude).ok().filter(|_| filled)
}

fn of_texts(latitude: &str, longitude: &str) -> Option<GeoPoint> {
    let degrees = |text: &str| text.trim().trim_end_matches('°').parse().ok();
    point(degrees(latitude)?, degrees(longitude)?)
}

/// What [`Meta::position`](crate::page::Meta::position) reads, and where.
pub(super) fn of_meta(document: &Document) -> Option<(GeoPoint, ElementId)> {
    let meta = document.meta();
    let (latitude, longitude) = meta.position()?;
    let says = |name: &str| matches!(name, "geo.position" | "icbm") || name.ends_with("latitude");
    let entry = meta.entries().iter().find(|entry| says(&entry.name))?;
    Some((point(latitude, longitude)?, entry.element))
}

/// `<abbr class="latitude" title="48.1">`, `<data class="p-latitude" value="48.1">`
/// (<https://microformats.org/wiki/geo>, <https://microformats.org/wiki/h-geo>).
pub(super) fn of_classes(document: &Document) -> Vec<(GeoPoint, ElementId)> {
    if memchr::memmem::find(document.source().as_bytes(), b"latitude").is_none() {
        return Vec::new();
    }
    let mut list = Vec::new();
    let mut latitude: Option<Cow<'_, str>> = None;
    for class in document.attributes_where(|kind| kind == AttrName::Class) {
        let has = |name: &str| {
            let mut classes = class.raw_value().split_ascii_whitespace();
            classes.any(|one| one.strip_prefix("p-").unwrap_or(one) == name)
        };
        if has("latitude") {
            latitude = value_of(class.element());
        } else if has("longitude")
            && let (Some(latitude), Some(longitude)) = (latitude.take(), value_of(class.element()))
            && let Some(point) = of_texts(&latitude, &longitude)
        {
            list.push((point, class.element().id()));
        }
    }
    list.truncate(super::MOST);
    list
}

/// The value of an element by the value-class pattern: `title`, `value`, else its text.
fn value_of(element: Element<'_>) -> Option<Cow<'_, str>> {
    let stated = [AttrName::Title, AttrName::Value, AttrName::Content];
    let stated = stated.into_iter().find_map(|name| element.attr(name));
    let value = stated.unwrap_or(Cow::Borrowed(element.text()));
    (value.len() <= 32).then_some(value)
}

/// `<div data-lat="48.1" data-lng="11.5">`
pub(super) fn of_data(document: &Document) -> Vec<(GeoPoint, ElementId)> {
    let mut list = Vec::new();
    for data in document.attributes_where(|kind| kind == AttrName::Data) {
        if !matches!(data.raw_name().as_bytes().last(), Some(b't' | b'T' | b'e' | b'E')) {
            continue;
        }
        let is_latitude = matches!(
            &*data.name(),
            "data-lat"
                | "data-latitude"
                | "data-map-lat"
                | "data-map-latitude"
                | "data-geo-lat"
                | "data-center-lat"
        );
        if !is_latitude {
            continue;
        }
        let element = data.element();
        let longitude = element.attributes().find(|other| {
            matches!(
                &*other.name(),
                "data-lng"
                    | "data-lon"
                    | "data-long"
                    | "data-longitude"
                    | "data-map-lng"
                    | "data-map-lon"
                    | "data-map-longitude"
                    | "data-geo-lng"
                    | "data-geo-lon"
                    | "data-center-lng"
            )
        });
        let point = longitude.and_then(|longitude| of_texts(&data.value(), &longitude.value()));
        list.extend(point.map(|point| (point, element.id())));
        if list.len() >= super::MOST {
            break;
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use crate::page::{Document, ParseOptions};

    #[test]
    fn marks_of_all_kinds_are_read() {
        for (html, expected) in [
            ("<meta name=geo.position content='48.1;11.5'>", Some((48.1, 11.5))),
            ("<meta name=ICBM content='48.1, 11.5'>", Some((48.1, 11.5))),
            (
                "<meta property=place:location:latitude content=48.1><meta property=place:location:longitude content=11.5>",
                Some((48.1, 11.5)),
            ),
            (
                "<p class=geo><abbr class=latitude title=48.1>N</abbr><abbr class=longitude title=11.5>E</abbr>",
                Some((48.1, 11.5)),
            ),
            (
                "<p class=h-geo><data class=p-latitude value=48.1></data><span class=p-longitude>11.5</span>",
                Some((48.1, 11.5)),
            ),
            (
                "<div class=map data-lat=48.1 data-lng='11.5'></div>",
                Some((48.1, 11.5)),
            ),
            (
                "<div data-latitude=-48.1 data-longitude=-11.5></div>",
                Some((-48.1, -11.5)),
            ),
            (
                "<iframe src='https://maps.google.com/maps?q=48.15,11.55'></iframe>",
                Some((48.15, 11.55)),
            ),
            ("<a href='geo:48.15,11.55'>map</a>", Some((48.15, 11.55))),
            ("<div data-lat=0 data-lng=0></div>", None),
            ("<div data-lat=48.1></div>", None),
            ("<i class=latitude>north</i><i class=longitude>east</i>", None),
            ("<meta name=geo.position content='here'>", None),
        ] {
            let document = Document::from_html(html, &ParseOptions::new()).unwrap();
            let mut found = Vec::new();
            find(&document, &mut found);
            let point = found
                .first()
                .map(|one| (one.value.latitude(), one.value.longitude()));
            assert_eq!(point, expected, "{html}");
        }
    }
}
