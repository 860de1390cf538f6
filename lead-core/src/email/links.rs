//! Addresses in links: `mailto:` (RFC 6068) and what stands in for it.

use std::borrow::Cow;

use super::cipher;
use super::plain::{self, Hit};
use super::sightings::Sink;
use crate::page::{Document, Link};
use crate::record::{EmailAddress, EmailScheme};
use crate::sighting::Spot;

/// Every address that a link of the document writes to.
pub(super) fn find(document: &Document, sink: &mut Sink<'_>) {
    for link in document.links() {
        let href = link.href();
        if !href.contains([':', '#']) {
            continue;
        }
        read(link, &href, sink);
    }
}

/// The rest of `text` behind `prefix` in any case.
fn after<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let start = text.get(..prefix.len())?;
    start
        .eq_ignore_ascii_case(prefix)
        .then(|| text.get(prefix.len()..))
        .flatten()
}

fn read(link: Link<'_>, href: &str, sink: &mut Sink<'_>) {
    let spot = Spot::Element(link.element().id());
    if let Some(rest) = after(href, "mailto:") {
        for address in mailto(rest) {
            sink.add(address, EmailScheme::Mailto, spot.clone());
        }
    } else if let Some((_, code)) = href.split_once("/cdn-cgi/l/email-protection#") {
        let plain = cipher::cloudflare(code);
        for address in plain.iter().flat_map(|plain| mailto(plain)) {
            sink.add(address, EmailScheme::Cloudflare, spot.clone());
        }
    } else if let Some(script) = after(href, "javascript:") {
        super::script::read(&decode(script), &mut |address, scheme| {
            sink.add(address, scheme, spot.clone());
        });
    }
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
}
