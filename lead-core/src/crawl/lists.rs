//! Lists of addresses: sitemaps (sitemaps.org protocol 0.9) as XML or text, plain or gzip, and feeds (RSS, Atom).

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::frontier::Kind;
use crate::fetch::gunzip;
use crate::{Error, ErrorKind, Result};

/// The protocol's own limit of entries a file.
const MAX_ENTRIES: usize = 50_000;
/// Bytes of a file, unpacked: the protocol's own limit.
const MAX_BYTES: usize = 52_428_800;

/// The addresses a list holds, as written, each with what lies behind it. A list that breaks off gives what came before.
///
/// # Errors
/// [`ErrorKind::TooLarge`] or [`ErrorKind::Decode`] when it cannot be unpacked, or is neither XML nor a list of addresses.
pub(super) fn read(body: &[u8], kind: Kind) -> Result<Vec<(String, Kind)>> {
    let body = if body.starts_with(&[0x1f, 0x8b]) {
        Cow::Owned(gunzip(body, MAX_BYTES)?)
    } else {
        Cow::Borrowed(body)
    };
    let text = String::from_utf8_lossy(&body);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        return Ok(of_xml(text, kind));
    }
    let lines: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    if kind != Kind::Sitemap || lines.iter().any(|line| !line.starts_with("http")) {
        return Err(Error::new(
            ErrorKind::Decode,
            "crawl",
            "neither XML nor a list of addresses",
        ));
    }
    Ok(lines
        .into_iter()
        .take(MAX_ENTRIES)
        .map(|line| (line.to_owned(), Kind::Page))
        .collect())
}

fn of_xml(text: &str, kind: Kind) -> Vec<(String, Kind)> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut entries = Vec::new();
    // The element whose text is an address, the kind of what it lies in, and the text so far.
    let mut inside = Kind::Page;
    let mut open: Option<String> = None;
    while entries.len() < MAX_ENTRIES {
        match reader.read_event() {
            Ok(Event::Start(start)) => match start.local_name().as_ref() {
                "sitemap" => inside = Kind::Sitemap,
                "url" | "item" | "entry" => inside = Kind::Page,
                "loc" if kind == Kind::Sitemap => open = Some(String::new()),
                "link" if kind == Kind::Feed => {
                    entries.extend(href(&start).map(|href| (href, Kind::Page)));
                    open = Some(String::new());
                }
                _ => {}
            },
            Ok(Event::Empty(empty)) if kind == Kind::Feed && empty.local_name().as_ref() == "link" => {
                entries.extend(href(&empty).map(|href| (href, Kind::Page)));
            }
            Ok(Event::Text(part)) => {
                if let Some(open) = &mut open {
                    open.push_str(&part);
                }
            }
            Ok(Event::CData(part)) => {
                if let Some(open) = &mut open {
                    open.push_str(&part);
                }
            }
            Ok(Event::GeneralRef(reference)) => {
                if let Some(open) = &mut open {
                    open.extend(resolved(&reference));
                }
            }
            Ok(Event::End(_)) => {
                if let Some(address) = open
                    .take()
                    .map(|text| text.trim().to_owned())
                    .filter(|text| !text.is_empty())
                {
                    entries.push((address, inside));
                }
            }
            // What is broken from here on cannot be told from what is whole.
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    entries
}

/// The `href` of an Atom link, unless it is of the feed itself or of something else than a page.
fn href(element: &quick_xml::events::BytesStart<'_>) -> Option<String> {
    let value = |name: &str| {
        let attribute = element.try_get_attribute(name).ok().flatten()?;
        Some(attribute.value.replace("&amp;", "&"))
    };
    let rel = value("rel").unwrap_or_else(|| "alternate".to_owned());
    value("href").filter(|_| rel == "alternate")
}

/// The character of a reference: the five that XML knows, and those by number.
fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn pages(list: &str, kind: Kind) -> Vec<String> {
        read(list.as_bytes(), kind)
            .unwrap()
            .into_iter()
            .map(|(url, _)| url)
            .collect()
    }

    const SITEMAP: &str = "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>\
        <url><loc> http://a.test/?x=1&amp;y=2 </loc><lastmod>2026-01-01</lastmod></url><url><loc><![CDATA[http://a.test/b]]></loc></url></urlset>";

    #[test]
    fn sitemaps_indices_and_texts_are_read() {
        assert_eq!(
            pages(SITEMAP, Kind::Sitemap),
            ["http://a.test/?x=1&y=2", "http://a.test/b"]
        );
        let index = "<sitemapindex><sitemap><loc>http://a.test/1.xml.gz</loc></sitemap></sitemapindex>";
        assert_eq!(
            read(index.as_bytes(), Kind::Sitemap).unwrap(),
            [("http://a.test/1.xml.gz".to_owned(), Kind::Sitemap)]
        );
        assert_eq!(
            pages("\u{feff}http://a.test/1\r\nhttp://a.test/2\n", Kind::Sitemap),
            ["http://a.test/1", "http://a.test/2"]
        );
        assert_eq!(
            read(b"what is this?", Kind::Sitemap).unwrap_err().kind(),
            ErrorKind::Decode
        );
    }

    #[test]
    fn packed_sitemaps_are_unpacked_and_bombs_are_not() {
        let packed = |bytes: &[u8]| {
            let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            gz.write_all(bytes).unwrap();
            gz.finish().unwrap()
        };
        assert_eq!(read(&packed(SITEMAP.as_bytes()), Kind::Sitemap).unwrap().len(), 2);
        assert_eq!(
            read(&packed(&vec![b' '; 80 << 20]), Kind::Sitemap)
                .unwrap_err()
                .kind(),
            ErrorKind::TooLarge
        );
    }

    #[test]
    fn feeds_lead_to_their_pages() {
        let rss = "<rss><channel><title>News</title><link>http://a.test/</link><item><link>http://a.test/1</link></item></channel></rss>";
        assert_eq!(pages(rss, Kind::Feed), ["http://a.test/", "http://a.test/1"]);
        let atom = "<feed><link rel='self' href='http://a.test/feed'/><entry><link href='http://a.test/2?a=1&amp;b=2'/></entry></feed>";
        assert_eq!(pages(atom, Kind::Feed), ["http://a.test/2?a=1&b=2"]);
    }

    #[test]
    fn a_list_that_breaks_off_gives_what_came_before() {
        let cut = &SITEMAP[..SITEMAP.len() - 15];
        assert_eq!(
            pages(cut, Kind::Sitemap),
            ["http://a.test/?x=1&y=2", "http://a.test/b"]
        );
        assert!(pages("<html><p>no list", Kind::Sitemap).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_will_do(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            let _ = read(&bytes, Kind::Sitemap);
            let mut xml = b"<urlset><url><loc>".to_vec();
            xml.extend(&bytes);
            let _ = read(&xml, Kind::Feed);
        }
    }
}
