//! Reading whole pages: ours beside html5ever's DOM with rlibphonenumber, in one process on one core, turn by turn.

use std::path::Path;

use lead_core::page::{Document, ParseOptions};
use lead_core::prelude::*;
use rlibphonenumber::Region;
use rlibphonenumber::phonenumber_matcher::{Leniency as Strictness, PHONE_MATCHER_FACTORY};

use crate::{pages, turns};

/// How often every contender reads all pages; the fastest turn counts, as it is the least disturbed.
const TURNS: usize = 5;

/// A contender: its name, and how it reads a page; it says how many numbers it found.
type Contender = (&'static str, fn(&str) -> usize);

const CONTENDERS: &[Contender] = &[
    ("html5ever DOM + rlibphonenumber (US, VALID)", dom_and_matcher),
    ("html5ever DOM alone", dom),
    ("lead: Document alone", document),
    ("lead: extract, everything", extract),
];

pub(crate) fn run(folder: &Path) {
    let pages = pages::read(folder);
    let bytes: usize = pages.iter().map(String::len).sum();
    println!(
        "{} pages, {:.1} MB, one core, best of {TURNS} turns\n",
        pages.len(),
        bytes as f64 / 1e6
    );
    let best = turns::best(TURNS, CONTENDERS, |(_, read)| {
        pages.iter().map(|page| read(page)).sum()
    });
    let first = best.first().map_or(1.0, |(time, _)| time.as_secs_f64());
    println!("| contender | MB/s | pages/s | numbers | x the first |");
    println!("|---|---|---|---|---|");
    for ((name, _), (time, found)) in CONTENDERS.iter().zip(best) {
        let seconds = time.as_secs_f64();
        let (speed, rate) = (bytes as f64 / 1e6 / seconds, pages.len() as f64 / seconds);
        println!(
            "| {name} | {speed:.1} | {rate:.0} | {found} | {:.2} |",
            first / seconds
        );
    }
}

fn dom(page: &str) -> usize {
    scraper::Html::parse_document(page).tree.nodes().count().min(1)
}

/// Visible text of the DOM, then the reference matcher's best port over it: what people build today.
fn dom_and_matcher(page: &str) -> usize {
    let dom = scraper::Html::parse_document(page);
    let mut text = String::new();
    for node in dom.tree.nodes() {
        let hidden = |name: &str| {
            matches!(
                name,
                "script" | "style" | "noscript" | "template" | "head" | "title"
            )
        };
        let parent = node
            .parent()
            .and_then(|parent| parent.value().as_element().map(|element| hidden(element.name())));
        if let (Some(piece), Some(false)) = (node.value().as_text(), parent) {
            text.push_str(piece);
            text.push('\n');
        }
    }
    let matcher = PHONE_MATCHER_FACTORY
        .matcher_builder(&text)
        .leniency(Strictness::Valid);
    let us = Region::from_code("US").ok();
    matcher
        .preferred_region(us)
        .build_fallible()
        .map_while(Result::ok)
        .count()
}

fn document(page: &str) -> usize {
    Document::parse(page.as_bytes(), &ParseOptions::new()).map_or(0, |document| document.text().len().min(1))
}

fn extract(page: &str) -> usize {
    let options = ExtractOptions::new().region("US");
    lead_core::extract(page, &options).map_or(0, |contacts| contacts.findings.phones.len())
}
