//! Addresses that dial: `tel:` (RFC 3966), `sms:` (RFC 5724), `callto:`, and messengers that go by number.

use std::borrow::Cow;

use crate::record::PhoneRole;
use crate::sighting::head;

/// A number that an address dials.
#[derive(Debug, PartialEq)]
pub(super) struct Dialled<'a> {
    pub(super) text: Cow<'a, str>,
    /// The role that the address itself says.
    pub(super) role: Option<PhoneRole>,
    /// Whether the digits begin with the country code even without `+`.
    pub(super) international: bool,
}

/// Schemes whose rest is a number.
const SCHEMES: &[(&str, Option<PhoneRole>)] = &[
    ("tel:", None),
    ("callto:", None),
    ("phone:", None),
    ("telephone:", None),
    ("call:", None),
    ("sms:", Some(PhoneRole::Sms)),
    ("smsto:", Some(PhoneRole::Sms)),
    ("mms:", Some(PhoneRole::Sms)),
    ("fax:", Some(PhoneRole::Fax)),
    ("facetime:", None),
    ("facetime-audio:", None),
    ("skype:", None),
    ("wtai://wp/mc;", None), // WAP's way to call, still written for old telephones
    ("whatsapp:", Some(PhoneRole::Whatsapp)),
];

/// Addresses with a number as path or parameter, in international form with or without `+`. A parameter is named with the
/// sign before its value; a path ends with a slash or a plus.
const MESSENGERS: &[(&str, &[&str], Option<PhoneRole>)] = &[
    ("wa.me/", &["phone="], Some(PhoneRole::Whatsapp)),
    ("api.whatsapp.com/send", &["phone="], Some(PhoneRole::Whatsapp)),
    ("web.whatsapp.com/send", &["phone="], Some(PhoneRole::Whatsapp)),
    ("chat.whatsapp.com/send", &["phone="], Some(PhoneRole::Whatsapp)),
    ("whatsapp.com/send", &["phone="], Some(PhoneRole::Whatsapp)),
    ("whatsapp://send", &["phone="], Some(PhoneRole::Whatsapp)),
    ("viber://", &["number=", "contact="], Some(PhoneRole::Mobile)),
    ("viber.click/", &[], Some(PhoneRole::Mobile)),
    ("signal.me/#p/", &[], Some(PhoneRole::Mobile)),
    ("t.me/+", &[], Some(PhoneRole::Mobile)),
];

/// No number has more bytes, percent form and signs included.
const LONGEST: usize = 120;

/// Ends of the hosts of [`MESSENGERS`].
const HOSTS: &[&str] = &["wa.me", "whatsapp.com", "viber.click", "signal.me", "t.me"];

/// Whether an address as the source has it may dial: most lead to pages, and are not worth decoding.
pub(super) fn may_dial(raw: &str) -> bool {
    let bytes = raw.trim_ascii_start().as_bytes();
    match bytes {
        [b'/', b'/', rest @ ..] => is_messenger(rest),
        [] | [b'#' | b'?' | b'.' | b'/', ..] => false,
        [b'h' | b'H', ..] => match head_of(bytes, 8).windows(2).position(|two| two == b"//") {
            Some(slashes) => is_messenger(bytes.get(slashes + 2..).unwrap_or_default()),
            // References such as `https&colon;//`.
            None => memchr::memchr(b'&', head_of(bytes, 8)).is_some(),
        },
        _ => true,
    }
}

fn is_messenger(from_host: &[u8]) -> bool {
    let ends = |byte: &u8| matches!(byte, b'/' | b'?' | b'#' | b':' | b'&');
    let host = from_host.split(ends).next().unwrap_or_default();
    let is_end = |known: &str| {
        let start = host.len().checked_sub(known.len());
        start
            .and_then(|start| host.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(known.as_bytes()))
    };
    HOSTS.iter().any(|known| is_end(known))
}

fn head_of(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

/// The number that an address dials; `None` for every other address.
pub(super) fn dialled(href: &str) -> Option<Dialled<'_>> {
    let start = head(href, 48);
    // Every one of these addresses has a colon or a dot near its start; most texts in scripts and attributes have none.
    memchr::memchr2(b':', b'.', start.as_bytes())?;
    let lower = start.to_ascii_lowercase();
    by_messenger(href, &lower).or_else(|| by_scheme(href, &lower))
}

fn by_scheme<'a>(href: &'a str, lower: &str) -> Option<Dialled<'a>> {
    let (scheme, role) = SCHEMES.iter().find(|(scheme, _)| lower.starts_with(scheme))?;
    let rest = href.get(scheme.len()..)?.trim_start_matches('/');
    let number = rest.split(['?', '#', '!']).next().unwrap_or_default();
    let text = decoded(number);
    text.contains(|c: char| c.is_ascii_digit()).then_some(Dialled {
        text,
        role: *role,
        international: false,
    })
}

fn by_messenger<'a>(href: &'a str, lower: &str) -> Option<Dialled<'a>> {
    let bare = lower.trim_start_matches("https:").trim_start_matches("http:");
    let bare = bare.trim_start_matches("//").trim_start_matches("www.");
    let (prefix, parameters, role) = MESSENGERS.iter().find(|(prefix, ..)| bare.starts_with(prefix))?;
    let rest = href.get(lower.len() - bare.len() + prefix.len()..)?;
    let parameter = parameters.iter().find_map(|name| {
        let (before, value) = rest.split_once(name)?;
        before.ends_with(['?', '&', ';']).then_some(value)
    });
    let number = match parameter {
        Some(value) => value.split(['&', '#']).next()?,
        None if prefix.ends_with(['/', '+']) => rest.split(['?', '/', '#']).next()?,
        None => return None,
    };
    let text = decoded(number);
    // `wa.me/message/ABC123`, `t.me/+Ab1cD2` are no numbers.
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let numeric = !text.contains(|c: char| c.is_alphabetic());
    (digits >= 7 && numeric).then_some(Dialled {
        text,
        role: *role,
        international: true,
    })
}

/// Percent form undone, twice if need be: `%252B49`.
fn decoded(text: &str) -> Cow<'_, str> {
    let text = head(text, LONGEST);
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let once = percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned();
    if once.contains('%') {
        return Cow::Owned(
            percent_encoding::percent_decode_str(&once)
                .decode_utf8_lossy()
                .into_owned(),
        );
    }
    Cow::Owned(once)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_addresses() {
        for (href, text) in [
            ("tel:+493023125100", "+493023125100"),
            ("TEL://+49-30-23125-100", "+49-30-23125-100"),
            ("tel:%2B49%2030%2023125", "+49 30 23125"),
            ("tel:%252B4930", "+4930"),
            ("sms:+49?body=hi", "+49"),
            ("skype:+493023125100?call", "+493023125100"),
            ("https://wa.me/493023125100?text=a", "493023125100"),
            (
                "//api.whatsapp.com/send/?text=a&phone=493023125100",
                "493023125100",
            ),
            ("viber://chat?number=%2B493023125100", "+493023125100"),
            ("https://t.me/+493023125100", "493023125100"),
        ] {
            assert_eq!(dialled(href).expect(href).text, text, "{href}");
            assert!(may_dial(href), "{href}");
        }
    }

    #[test]
    fn other_addresses_dial_nothing() {
        for href in [
            "skype:bakery.rossi?chat",
            "https://wa.me/message/ABCDEF1234567",
            "https://t.me/+AbCdEf1234567",
            "https://bakery.example/tel:1234567",
            "telegram:1234567",
            "tel:",
            "viber://pa?chatURI=bakery1234567",
            "https://api.whatsapp.com/send?text=phone",
        ] {
            assert_eq!(dialled(href), None, "{href}");
        }
    }

    #[test]
    fn links_to_pages_are_passed_over() {
        for href in [
            "",
            "/",
            "#top",
            "?a=tel:1",
            "../tel",
            "https://bakery.example/wa.me/1",
            "//bakery.example",
            "http://t.media",
        ] {
            assert!(!may_dial(href), "{href}");
        }
        for href in [
            "&#116;el:1",
            " tel:1",
            "javascript:call()",
            "https&colon;//wa.me/1",
        ] {
            assert!(may_dial(href), "{href}");
        }
    }
}
