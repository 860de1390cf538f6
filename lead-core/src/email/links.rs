//! Addresses in links: `mailto:` (RFC 6068) and what stands in for it.

use std::borrow::Cow;

use super::cipher;
use super::plain::{self, Hit};
use super::sightings::Sink;
use crate::page::{AttrName, Document, Element, Link};
use crate::record::{EmailAddress, EmailScheme};
use crate::sighting::Spot;

/// Every address that a link of the document writes to, and the links whose text names one as well.
pub(super) fn find<'a>(document: &'a Document, sink: &mut Sink<'_>) -> Vec<Element<'a>> {
    let mut named = Vec::new();
    for link in document.links().filter(|link| may_write(link.raw_href())) {
        if read(link, &link.href(), sink) && link.text().contains('@') {
            named.push(link.element());
        }
    }
    // Forms that a mail program sends.
    for attribute in document.attributes_where(|kind| kind == AttrName::Action) {
        if let Some(rest) = after(&attribute.value(), "mailto:") {
            let spot = Spot::Element(attribute.element().id());
            for address in mailto(rest) {
                sink.add(address, EmailScheme::Mailto, spot.clone());
            }
        }
    }
    named
}

/// Whether an address as the source has it may be one of those [`read`] reads: most links lead to pages.
fn may_write(href: &str) -> bool {
    let href = href.trim_ascii_start();
    match href.as_bytes().first() {
        Some(b'm' | b'M' | b'j' | b'J' | b'&' | b'%') => true,
        // Links to pages hold their `@` behind a slash.
        _ if memchr::memchr2(b'#', b'@', href.as_bytes()).is_none() => false,
        _ => {
            href.contains(CLOUDFLARE)
                || href.contains('@') && (!href.contains('/') || href.contains("mailto:"))
        }
    }
}

/// Where Cloudflare's protection leads links to.
const CLOUDFLARE: &str = "/cdn-cgi/l/email-protection#";

/// The rest of `text` behind `prefix` in any case.
fn after<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let start = text.get(..prefix.len())?;
    start
        .eq_ignore_ascii_case(prefix)
        .then(|| text.get(prefix.len()..))
        .flatten()
}

/// Whether the link writes to somebody.
fn read(link: Link<'_>, href: &str, sink: &mut Sink<'_>) -> bool {
    let spot = Spot::Element(link.element().id());
    let mut add = |list: Vec<EmailAddress>, scheme: EmailScheme| {
        let any = !list.is_empty();
        for address in list {
            sink.add(address, scheme, spot.clone());
        }
        any
    };
    if let Some(rest) = behind_mailto(href) {
        add(mailto(rest), EmailScheme::Mailto)
    } else if let Some((_, code)) = href.split_once(CLOUDFLARE) {
        let plain = cipher::cloudflare(code);
        add(
            plain.map(|plain| mailto(&plain)).unwrap_or_default(),
            EmailScheme::Cloudflare,
        )
    } else if let Some(script) = after(href, "javascript:") {
        let mut any = false;
        super::script::read(&decode(script), &mut |address, scheme| {
            any |= add(vec![address], scheme);
        });
        any
    } else {
        false
    }
}

/// What stands behind `mailto:`; with a scheme put before it, or forgotten altogether, as people do.
fn behind_mailto(href: &str) -> Option<&str> {
    let rest = ["http://", "https://", "//"]
        .iter()
        .find_map(|wrong| after(href, wrong).filter(|rest| after(rest, "mailto:").is_some()))
        .unwrap_or(href);
    let forgotten = || (!rest.contains([':', '/', '#']) && rest.contains('@')).then_some(rest);
    after(rest, "mailto:").or_else(forgotten)
}

pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if text.contains('%') {
        percent_encoding::percent_decode_str(text).decode_utf8_lossy()
    } else {
        Cow::Borrowed(text)
    }
}

/// The addresses of what stands behind `mailto:`: a list, and the fields `to`, `cc`, `bcc`.
pub(super) fn mailto(rest: &str) -> Vec<EmailAddress> {
    let (list, query) = rest.split_once('?').unwrap_or((rest, ""));
    let fields = query.split('&').filter_map(|field| field.split_once('='));
    let copies = fields.filter(|(name, _)| {
        ["to", "cc", "bcc"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
    });
    let lists = std::iter::once(list).chain(copies.map(|(_, value)| value));
    let mut found = Vec::new();
    for list in lists {
        // Separators first: an encoded comma belongs to a name.
        for part in list.split([',', ';']) {
            let part = decode(part);
            let mut hits: Vec<Hit> = Vec::new();
            plain::find(&part, &mut hits);
            super::spelled::find(&part, &mut hits);
            found.extend(hits.into_iter().map(|hit| hit.address));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_copies_and_escapes() {
        let read = |rest| mailto(rest).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            read("%20sales%40example-shop.co.uk"),
            ["sales@example-shop.co.uk"]
        );
        assert_eq!(
            read("sales@a.test,info@b.test;c@c.test"),
            ["sales@a.test", "info@b.test", "c@c.test"]
        );
        assert_eq!(
            read("sales@a.test?subject=Hi%20x@y.test&cc=info%40b.test"),
            ["sales@a.test", "info@b.test"]
        );
        assert_eq!(read("?subject=Share&body=http://x.example/@me"), [""; 0]);
    }

    #[test]
    fn slips_of_authors_are_forgiven() {
        for href in [
            "mailto:a@b.test",
            "MailTo: a@b.test",
            "http://mailto:a@b.test",
            "a@b.test?subject=x",
        ] {
            let read = behind_mailto(href).map(mailto).unwrap_or_default();
            let read: Vec<String> = read.iter().map(ToString::to_string).collect();
            assert_eq!(read, ["a@b.test"], "{href}");
            assert!(may_write(href), "{href}");
        }
        for href in ["/team/@anna", "https://b.test/@anna", "#a@b.test", "page@2.html"] {
            let read = behind_mailto(href).map(mailto).unwrap_or_default();
            assert!(read.is_empty(), "{href}");
        }
    }
}
