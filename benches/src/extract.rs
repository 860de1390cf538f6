//! Reading whole pages: ours beside html5ever's DOM with rlibphonenumber and beside lol_html, which finds nothing but
//! hands over the text, in one process, turn by turn.

use std::path::Path;

use lead_core::contacts::Part;
use lead_core::page::{Document, ParseOptions};
use lead_core::prelude::*;
use lol_html::{HtmlRewriter, Settings, doc_text};
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
    ("lol_html with a text handler", rewriter),
    ("lead: Document alone", document),
    ("lead: phones, e-mails, profiles, structured data", contacts),
    ("lead: extract, everything", extract),
];

pub(crate) fn run(folder: &Path) {
    let pages = pages::read(folder);
    let bytes: usize = pages.iter().map(|(_, page)| page.len()).sum();
    println!(
        "{} pages, {:.1} MB, one core, best of {TURNS} turns\n",
        pages.len(),
        bytes as f64 / 1e6
    );
    let best = turns::best(TURNS, CONTENDERS, |(_, read)| {
        pages.iter().map(|(_, page)| read(page)).sum()
    });
    let of = |place: usize| best.get(place).map_or(1.0, |(time, _)| time.as_secs_f64());
    let (first, rewriter) = (of(0), of(2));
    println!("| contender | MB/s | pages/s | numbers | x the first | x lol_html |");
    println!("|---|---|---|---|---|---|");
    for ((name, _), (time, found)) in CONTENDERS.iter().zip(&best) {
        let seconds = time.as_secs_f64();
        let (speed, rate) = (bytes as f64 / 1e6 / seconds, pages.len() as f64 / seconds);
        println!(
            "| {name} | {speed:.1} | {rate:.0} | {found} | {:.2} | {:.2} |",
            first / seconds,
            rewriter / seconds
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

/// What a streaming rewriter takes to pass over a page and hand over its text.
fn rewriter(page: &str) -> usize {
    let mut bytes = 0;
    let handler = doc_text!(|chunk| {
        bytes += chunk.as_str().len();
        Ok(())
    });
    let settings = Settings::new()
        .append_document_content_handler(handler)
        .with_strict(false);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    let read = rewriter.write(page.as_bytes()).and_then(|()| rewriter.end());
    read.map_or(0, |()| bytes.min(1))
}

fn document(page: &str) -> usize {
    Document::parse(page.as_bytes(), &ParseOptions::new()).map_or(0, |document| document.text().len().min(1))
}

fn contacts(page: &str) -> usize {
    let parts = [Part::Phones, Part::Emails, Part::Socials];
    found(page, &ExtractOptions::new().region("US").only(parts))
}

fn extract(page: &str) -> usize {
    found(page, &ExtractOptions::new().region("US"))
}

fn found(page: &str, options: &ExtractOptions) -> usize {
    lead_core::extract(page, options).map_or(0, |contacts| contacts.findings.phones.len())
}
