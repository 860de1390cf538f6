//! Pages that are not what they claim to be.

use std::fmt::Write;

use bytes::Bytes;

use super::super::{Answer, Body, HostGuide, Request, Scene};

pub(in super::super) const GUIDE: HostGuide = HostGuide {
    host: "broken.trap.test",
    what: "Broken answers; every page that can be read at all holds the number +44 20 7946 0018",
    paths: &[
        "/truncated",
        "/wrong-length",
        "/bad-gzip",
        "/empty",
        "/no-charset",
        "/wrong-charset",
        "/utf16",
        "/utf16-no-bom",
        "/gb18030",
        "/bom-lies",
        "/binary",
        "/image-as-html",
        "/html-as-pdf",
        "/no-content-type",
        "/deep-nesting",
        "/nul",
        "/truncated-utf8",
        "/unclosed",
        "/bad-json-ld",
        "/long-attribute",
        "/many-headers",
    ],
};

const NUMBER: &str = "+44 20 7946 0018";

pub(in super::super) fn answer(_: &Scene<'_>, request: &Request) -> Answer {
    let name = request.path.trim_matches('/');
    transport(name)
        .or_else(|| encoding(name))
        .or_else(|| content(name))
        .unwrap_or_else(|| match name {
            "robots.txt" => Answer::text(404, "none\n"),
            _ => super::guide(&GUIDE),
        })
}

fn page(extra: &str) -> String {
    format!("<!doctype html><html><title>Müller</title><body><p>Call {NUMBER}.</p>{extra}</body></html>\n")
}

/// Broken on the way.
fn transport(name: &str) -> Option<Answer> {
    Some(match name {
        "truncated" => short(&page(""), 40, 100_000),
        "wrong-length" => short(&page(""), 0, 1_000),
        "bad-gzip" => Answer::html(200, "\u{1f}\u{8b}this is no gzip".as_bytes().to_vec())
            .with("content-encoding", "gzip")
            .untouched(),
        "empty" => Answer::html(200, ""),
        "no-content-type" => {
            let mut answer = Answer::html(200, page(""));
            answer.headers.clear();
            answer
        }
        "many-headers" => (0..90).fold(Answer::html(200, page("")), |answer, _| {
            answer.with("x-filler", "a".repeat(80))
        }),
        _ => return None,
    })
}

/// The first bytes of a page (less `cut`) under a length that promises more.
fn short(html: &str, cut: usize, promised: u64) -> Answer {
    let bytes = html.as_bytes();
    let kept = bytes.get(..bytes.len().saturating_sub(cut)).unwrap_or(bytes);
    Answer::html(200, "").with_body(Body::Short {
        bytes: Bytes::copy_from_slice(kept),
        promised,
    })
}

/// Broken or missing declarations of encoding.
fn encoding(name: &str) -> Option<Answer> {
    let utf16 = |bom: bool| {
        let units = bom
            .then_some(0xfeff_u16)
            .into_iter()
            .chain(page("").encode_utf16().collect::<Vec<_>>());
        units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    let encode = |label: &str, text: &str| {
        encoding_rs::Encoding::for_label(label.as_bytes())
            .map_or_else(Vec::new, |encoding| encoding.encode(text).0.into_owned())
    };
    Some(match name {
        "no-charset" => Answer::new(
            200,
            "text/html",
            encode("windows-1252", &page("Grüße, schöne Straße")),
        ),
        "wrong-charset" => Answer::new(
            200,
            "text/html; charset=utf-8",
            encode("windows-1252", &page("Grüße")),
        ),
        "utf16" => Answer::new(200, "text/html", utf16(true)),
        "utf16-no-bom" => Answer::new(200, "text/html; charset=utf-16le", utf16(false)),
        "gb18030" => Answer::new(
            200,
            "text/html; charset=gb18030",
            encode("gb18030", &page("上海市南京路")),
        ),
        "bom-lies" => {
            let mut bytes = vec![0xef, 0xbb, 0xbf];
            bytes.extend(page("Grüße").into_bytes());
            Answer::new(200, "text/html; charset=windows-1252", bytes)
        }
        "truncated-utf8" => {
            let mut bytes = page("").into_bytes();
            bytes.extend([b'<', b'p', b'>', 0xe6, 0x97]);
            Answer::html(200, bytes)
        }
        _ => return None,
    })
}

/// Contents that are no honest page.
fn content(name: &str) -> Option<Answer> {
    Some(match name {
        "binary" => Answer::new(200, "application/octet-stream", noise(65_536)),
        "image-as-html" => {
            let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
            bytes.extend(noise(20_000));
            Answer::html(200, bytes)
        }
        "html-as-pdf" => Answer::new(200, "application/pdf", page("")),
        "deep-nesting" => {
            let depth = 10_000;
            Answer::html(
                200,
                page(&format!(
                    "{}{NUMBER}{}",
                    "<div>".repeat(depth),
                    "</div>".repeat(depth)
                )),
            )
        }
        "nul" => Answer::html(200, page("a\0b\u{1}c<p\0>")),
        "unclosed" => Answer::html(
            200,
            format!("<!doctype html><body><p>Call {NUMBER}<script>var a = '<!--"),
        ),
        "bad-json-ld" => {
            let mut html =
                page("<script type=\"application/ld+json\">{\"@type\":\"Dentist\",\"telephone\":</script>");
            let deep = "[".repeat(5_000);
            let _ = write!(html, "<script type=\"application/ld+json\">{deep}</script>");
            Answer::html(200, html)
        }
        "long-attribute" => Answer::html(
            200,
            page(&format!("<a href=\"/{}\">x</a>", "a".repeat(2_000_000))),
        ),
        _ => return None,
    })
}

fn noise(length: usize) -> Vec<u8> {
    let mut rng = crate::rng::Rng::of(&[404]);
    (0..length).map(|_| rng.next() as u8).collect()
}
