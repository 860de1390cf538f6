//! What each kind of contact costs on whole pages: every part alone, beside the reading of the page.

use std::path::Path;

use lead_core::contacts::{Part, extract_document};
use lead_core::page::{Document, ParseOptions};
use lead_core::prelude::*;

use crate::{pages, turns};

/// How often every contender reads all pages; the fastest turn counts, as it is the least disturbed.
const TURNS: usize = 9;

/// What is looked for; `None`: the page is read and nothing is looked for.
type Wanted = Option<Vec<Part>>;

/// `only`: one of them alone, to look at with a profiler.
pub(crate) fn run(folder: &Path, only: Option<&str>) {
    let pages = pages::read(folder);
    let bytes: usize = pages.iter().map(|(_, page)| page.len()).sum();
    let mut contenders: Vec<(String, Wanted)> = vec![
        ("Document alone".to_owned(), None),
        ("structured data".to_owned(), Some(Vec::new())),
    ];
    contenders.extend(Part::ALL.map(|part| (part.name().to_owned(), Some(vec![part]))));
    contenders.push(("everything".to_owned(), Some(Part::ALL.to_vec())));
    contenders.retain(|(name, _)| only.is_none_or(|only| only == name));
    let best = turns::best(TURNS, &contenders, |(_, wanted)| {
        pages.iter().map(|(_, page)| read(page, wanted.as_deref())).sum()
    });
    let alone = best.first().map_or(0.0, |(time, _)| time.as_secs_f64());
    println!(
        "{} pages, {:.1} MB, one core, best of {TURNS} turns\n",
        pages.len(),
        bytes as f64 / 1e6
    );
    println!("| looked for | MB/s | ms | ms beside the Document |");
    println!("|---|---|---|---|");
    for ((name, _), (time, _)) in contenders.iter().zip(&best) {
        let ms = time.as_secs_f64() * 1e3;
        println!(
            "| {name} | {:.0} | {ms:.2} | {:.2} |",
            bytes as f64 / 1e3 / ms,
            ms - alone * 1e3
        );
    }
}

fn read(page: &str, wanted: Option<&[Part]>) -> usize {
    let Ok(document) = Document::parse(page.as_bytes(), &ParseOptions::new()) else {
        return 0;
    };
    let Some(parts) = wanted else {
        return document.text().len();
    };
    let options = ExtractOptions::new().region("US").only(parts.iter().copied());
    extract_document(&document, &options).findings.phones.len()
}
