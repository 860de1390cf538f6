//! Addresses in the text a visitor reads, and those that style turns around or fills in.

use std::ops::Range;

use super::plain::{self, Hit};
use super::sightings::Sink;
use super::spelled;
use super::style::Sheet;
use crate::page::{Document, Element};
use crate::sighting::Spot;

/// Every address of the document's text. `links` are those that write to somebody and have an address as their text.
pub(super) fn find(document: &Document, sheet: &Sheet<'_>, links: &[Element<'_>], sink: &mut Sink<'_>) {
    let text = document.text();
    let mut hits: Vec<Hit> = Vec::new();
    plain::find(text, &mut hits);
    within_links(text, links, &mut hits);
    spelled::find(text, &mut hits);
    if memchr::memchr(b'@', text.as_bytes()).is_some() {
        let mut hidden: Vec<Range<usize>> = document.hidden_spans().collect();
        hidden.extend(sheet.hidden(document));
        without_hidden(text, &hidden, &mut hits);
    }
    for hit in hits {
        sink.add(hit.address, hit.scheme, Spot::Text(hit.span));
    }
}

/// No address covers more of the text: 64 and 255 bytes, with as many signs that show nothing.
const REACH: usize = 1024;

/// Reads links anew that have an address as their text: the words next to them are none of it, as in
/// `mail to<a href=…>info@b.example</a>now`.
fn within_links(text: &str, links: &[Element<'_>], hits: &mut Vec<Hit>) {
    let mut wrong = vec![false; hits.len()];
    let mut right = Vec::new();
    for link in links.iter().map(Element::span) {
        let mut own = Vec::new();
        plain::find(text.get(link.clone()).unwrap_or_default(), &mut own);
        if own.is_empty() {
            continue;
        }
        let first = hits.partition_point(|hit| hit.span.start + REACH < link.start);
        let near = hits.iter().zip(&mut wrong).skip(first);
        let inside = near
            .take_while(|(hit, _)| hit.span.start < link.end)
            .filter(|(hit, _)| hit.span.end > link.start);
        inside.for_each(|(_, wrong)| *wrong = true);
        right.extend(own.into_iter().map(|mut hit| {
            hit.span = hit.span.start + link.start..hit.span.end + link.start;
            hit
        }));
    }
    let mut wrong = wrong.into_iter();
    hits.retain(|_| wrong.next() != Some(true));
    hits.extend(right);
}

/// More hidden pieces within addresses than these are no page for people.
const MAX_HIDDEN: usize = 64;

/// Reads again, without what is hidden, where an `@` stands next to it: `sales<i hidden>x</i>@example.com`.
fn without_hidden(text: &str, hidden: &[Range<usize>], hits: &mut Vec<Hit>) {
    let near = hidden
        .iter()
        .filter(|span| touches_address(text, span))
        .take(MAX_HIDDEN);
    for span in near {
        let (Some(before), Some(after)) = (text.get(..span.start), text.get(span.end..)) else {
            continue;
        };
        let (before, after) = (super::tail(before, 128), super::head(after, 128));
        let joined = format!("{before}{after}");
        let mut again: Vec<Hit> = Vec::new();
        plain::find(&joined, &mut again);
        let seam = before.len();
        for mut hit in again {
            if hit.span.start >= seam || hit.span.end <= seam {
                continue;
            }
            let start = span.start - (seam - hit.span.start);
            let end = span.end + (hit.span.end - seam);
            // What was read with the hidden part in it was wrong.
            hits.retain(|known| known.span.end <= start || end <= known.span.start);
            hit.span = start..end;
            hits.push(hit);
        }
    }
}

/// Whether an `@` is within reach of `span`, nothing but address characters between.
fn touches_address(text: &str, span: &Range<usize>) -> bool {
    if span.len() > 64 {
        return false;
    }
    let part = |c: char| plain::is_local(c) || c == '@';
    let before = super::tail(text.get(..span.start).unwrap_or_default(), 64);
    let after = super::head(text.get(span.end..).unwrap_or_default(), 64);
    let is_near = |part: &str| memchr::memchr(b'@', part.as_bytes()).is_some();
    if !is_near(before) && !is_near(after) {
        return false;
    }
    let left = before.chars().rev().take_while(|c| part(*c)).any(|c| c == '@');
    let right = after.chars().take_while(|c| part(*c)).any(|c| c == '@');
    left || right
}
