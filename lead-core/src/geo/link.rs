//! Points in the addresses of maps: Google, OpenStreetMap, Apple, Bing, Waze, HERE, Yandex, and `geo:` (RFC 5870).
//!
//! The forms are those that the makers document for links and frames: Google's "Maps URLs" and "Maps Embed API", the
//! OpenStreetMap wiki's "Shortlink" and "Browsing" pages, Apple's "Map Links", Microsoft's "Create a custom map URL", Waze's
//! "Deep links", Yandex's "API of links". Google's `!3d…!4d…` is undocumented, and on every link to a place.

use crate::record::GeoPoint;

/// A point, and whether it is that of a pin; else it is what the map shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) point: GeoPoint,
    pub(super) pinned: bool,
}

/// A quick look: whether an address is worth reading.
pub(super) fn may_be_map(address: &str) -> bool {
    let bytes = address.as_bytes();
    let scheme = bytes
        .first()
        .is_some_and(|first| first.eq_ignore_ascii_case(&b'g'))
        && bytes
            .get(..4)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"geo:"));
    let head = bytes.get(..bytes.len().min(40)).unwrap_or_default();
    // Of `map`, `waze.` and `here.` the third letter is the rarest.
    let names_map = |at: usize| {
        let around = at.checked_sub(2).and_then(|start| head.get(start..));
        around.is_some_and(|part| {
            [&b"map"[..], b"waze.", b"here."]
                .iter()
                .any(|word| part.starts_with(word))
        })
    };
    scheme || bytes.len() > 20 && memchr::memchr3_iter(b'p', b'z', b'r', head).any(names_map)
}

/// The point of an address of a map, as the source has it.
pub(super) fn place_of(address: &str) -> Option<Place> {
    let address = address
        .trim()
        .replace("&amp;", "&")
        .replace("%2C", ",")
        .replace("%2c", ",")
        .replace("%20", " ")
        .replace('+', " ");
    if address
        .get(..4)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("geo:"))
    {
        return pin(pair(address.get(4..)?)?);
    }
    let rest = address
        .split_once("//")
        .map_or(address.as_str(), |(_, rest)| rest);
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = host.to_ascii_lowercase();
    let ends = |name: &str| {
        host.strip_suffix(name)
            .is_some_and(|front| front.is_empty() || front.ends_with('.'))
    };
    if host.contains("google.") || ends("googleapis.com") {
        let maps = host.starts_with("maps.") || path.starts_with("/maps");
        return maps.then(|| google(path)).flatten();
    }
    if ends("openstreetmap.org") || ends("osm.org") {
        return open_street_map(path);
    }
    if ends("maps.apple.com") || ends("waze.com") {
        return parameters(path, &["coordinate", "ll", "q", "daddr", "navigate", "sll"]).and_then(pin);
    }
    if ends("bing.com") {
        let pinned = parameter(path, "sp").and_then(|value| tilde(value.strip_prefix("point.")?, '_'));
        let shown = || parameter(path, "cp").and_then(|value| tilde(value, '~'));
        return pinned.and_then(pin).or_else(|| show(shown()?));
    }
    if ends("here.com") {
        let shared = path.strip_prefix("/l/").and_then(pair);
        return shared.or_else(|| pair(parameter(path, "map")?)).and_then(pin);
    }
    if host.contains("yandex.") && path.starts_with("/maps") {
        // Longitude comes first.
        let turned =
            |name: &str| pair(parameter(path, name)?).map(|(longitude, latitude)| (latitude, longitude));
        return turned("pt").and_then(pin).or_else(|| show(turned("ll")?));
    }
    None
}

fn google(path: &str) -> Option<Place> {
    let mark = |name: &str| number(path.split_once(name)?.1).map(|(value, _)| value);
    let latitude = mark("!3d");
    // `!3d…!4d…` is a place's own point, `!2d…!3d…` the middle of a frame.
    if let Some(point) = latitude.zip(mark("!4d")) {
        return pin(point);
    }
    let named = [
        "q",
        "query",
        "daddr",
        "destination",
        "markers",
        "ll",
        "cbll",
        "center",
    ];
    parameters(path, &named)
        .and_then(pin)
        .or_else(|| show(latitude.zip(mark("!2d"))?))
        .or_else(|| show(pair(path.split_once("/@")?.1)?))
}

fn open_street_map(path: &str) -> Option<Place> {
    let one = |name: &str| parameter(path, name).and_then(number).map(|(value, _)| value);
    let marker = || pair(parameter(path, "marker")?);
    let pinned = one("mlat").zip(one("mlon")).or_else(marker);
    // `#map=17/48.1/11.5`
    let shown = || {
        let (_, rest) = path.split_once("map=")?.1.split_once('/')?;
        tilde(rest, '/')
    };
    pinned.and_then(pin).or_else(|| show(shown()?))
}

fn pin((latitude, longitude): (f64, f64)) -> Option<Place> {
    place(latitude, longitude, true)
}

fn show((latitude, longitude): (f64, f64)) -> Option<Place> {
    place(latitude, longitude, false)
}

fn place(latitude: f64, longitude: f64, pinned: bool) -> Option<Place> {
    let point = super::marked::point(latitude, longitude)?;
    Some(Place { point, pinned })
}

/// The value of a parameter of the query or the fragment.
fn parameter<'a>(path: &'a str, name: &str) -> Option<&'a str> {
    let parts = path.split(['?', '&', '#']).skip(1);
    parts
        .filter_map(|part| part.split_once('='))
        .find(|(own, _)| *own == name)
        .map(|(_, value)| value)
}

/// The first parameter of these that holds a pair.
fn parameters(path: &str, names: &[&str]) -> Option<(f64, f64)> {
    names.iter().find_map(|name| {
        let value = parameter(path, name)?;
        // `loc:48.1,11.5`, `color:red|48.1,11.5`
        pair(value.rsplit([':', '|']).next()?)
    })
}

/// `48.137,11.575`: both with decimals, as a house number and a code have none.
fn pair(text: &str) -> Option<(f64, f64)> {
    tilde(text, ',')
}

fn tilde(text: &str, between: char) -> Option<(f64, f64)> {
    let (latitude, rest) = number(text)?;
    let (longitude, _) = number(rest.strip_prefix(between)?)?;
    Some((latitude, longitude))
}

/// A number with decimals that `text` begins with, and what follows.
fn number(text: &str) -> Option<(f64, &str)> {
    let text = text.trim_start_matches(' ');
    let length = text
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
        .count();
    let (number, rest) = text.split_at_checked(length)?;
    let (_, decimals) = number.split_once('.')?;
    (decimals.len() >= 2).then_some(())?;
    Some((number.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_of_all_makers_tell_where() {
        for (address, expected) in [
            ("geo:48.137,11.575", Some((48.137, 11.575, true))),
            ("geo:-33.86,151.21;u=35?q=x", Some((-33.86, 151.21, true))),
            (
                "https://www.google.com/maps/@48.137,11.575,17z",
                Some((48.137, 11.575, false)),
            ),
            (
                "https://www.google.de/maps/place/Rossi/@48.1,11.5,17z/data=!3m1!4b1!4m5!3m4!1s0x0:0x0!8m2!3d48.1372!4d11.5755",
                Some((48.1372, 11.5755, true)),
            ),
            (
                "https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d2662.1!2d11.5755!3d48.1372!2m3!1f0",
                Some((48.1372, 11.5755, false)),
            ),
            (
                "//maps.google.com/maps?q=48.137,11.575&amp;z=15",
                Some((48.137, 11.575, true)),
            ),
            (
                "http://maps.google.com/?ll=48.137%2C11.575",
                Some((48.137, 11.575, true)),
            ),
            (
                "https://maps.google.com/maps?q=loc:48.137,+11.575",
                Some((48.137, 11.575, true)),
            ),
            (
                "https://www.google.com/maps/dir/?api=1&destination=48.137,11.575",
                Some((48.137, 11.575, true)),
            ),
            (
                "https://maps.googleapis.com/maps/api/staticmap?markers=color:red|48.137,11.575&size=9x9",
                Some((48.137, 11.575, true)),
            ),
            (
                "https://www.openstreetmap.org/?mlat=48.137&mlon=11.575#map=17/48.13/11.57",
                Some((48.137, 11.575, true)),
            ),
            (
                "https://www.openstreetmap.org/#map=17/48.137/11.575",
                Some((48.137, 11.575, false)),
            ),
            (
                "https://www.openstreetmap.org/export/embed.html?bbox=1,2,3,4&marker=48.137%2C11.575",
                Some((48.137, 11.575, true)),
            ),
            (
                "https://maps.apple.com/?ll=48.137,11.575&q=Rossi",
                Some((48.137, 11.575, true)),
            ),
            (
                "https://www.bing.com/maps?cp=48.137~11.575&lvl=16",
                Some((48.137, 11.575, false)),
            ),
            (
                "https://waze.com/ul?ll=48.137,11.575&navigate=yes",
                Some((48.137, 11.575, true)),
            ),
            (
                "https://share.here.com/l/48.137,11.575,Rossi",
                Some((48.137, 11.575, true)),
            ),
            (
                "https://yandex.com/maps/?pt=11.575,48.137&z=16",
                Some((48.137, 11.575, true)),
            ),
            ("https://www.google.com/maps?q=12+Main+Street,+62701", None),
            ("https://maps.google.com/maps?q=0.00,0.00", None),
            ("https://maps.google.com/maps?q=95.00,10.00", None),
            ("https://www.google.com/search?q=48.137,11.575", None),
            ("https://maps.rossi.example/?ll=48.137,11.575", None),
            ("geo:", None),
            ("https://www.openstreetmap.org", None),
        ] {
            let found = place_of(address);
            let found = found.map(|place| (place.point.latitude(), place.point.longitude(), place.pinned));
            assert_eq!(found, expected, "{address}");
            assert!(expected.is_none() || may_be_map(address), "{address}");
        }
    }
}
