//! Addresses in the text a visitor reads, and those that style turns around or fills in.

use std::ops::Range;

use super::plain::{self, Hit};
use super::sightings::Sink;
use super::spelled;
use super::style::Sheet;
use crate::page::Document;
use crate::sighting::Spot;

/// Every address of the document's text.
pub(super) fn find(document: &Document, sheet: &Sheet<'_>, sink: &mut Sink<'_>) {
    let text = document.text();
    let mut hits: Vec<Hit> = Vec::new();
    plain::find(text, &mut hits);
    spelled::find(text, &mut hits);
    let mut hidden: Vec<Range<usize>> = document.hidden_spans().collect();
    hidden.extend(sheet.hidden(document));
    without_hidden(text, &hidden, &mut hits);
    for hit in hits {
        sink.add(hit.address, hit.scheme, Spot::Text(hit.span));
    }
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
        let (before, after) = (
            crate::sighting::tail(before, 128),
            crate::sighting::head(after, 128),
        );
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
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let left = crate::sighting::tail(before, 64)
        .chars()
        .rev()
        .take_while(|c| part(*c))
        .any(|c| c == '@');
    let right = crate::sighting::head(after, 64)
        .chars()
        .take_while(|c| part(*c))
        .any(|c| c == '@');
    left || right
}
