//! How fast the finders of e-mail addresses and profiles are, alone, over every HTML file of a folder:
//! `cargo run --release -p lead-core --no-default-features --example find_speed -- DIR`
#![allow(clippy::print_stdout, reason = "a command-line example")]

use std::error::Error;
use std::time::{Duration, Instant};

use lead_core::email::find_emails;
use lead_core::page::{Document, ParseOptions};
use lead_core::social::find_profiles;

/// How often all pages are read; the fastest turn counts, as it is the least disturbed.
const TURNS: usize = 7;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: find_speed DIR")?;
    let mut documents = Vec::new();
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "html") {
            let html = std::fs::read(&file)?;
            bytes += html.len();
            documents.push(Document::parse(&html, &ParseOptions::new())?);
        }
    }
    let text: usize = documents.iter().map(|document| document.text().len()).sum();
    println!("{} pages, {bytes} bytes, {text} of text", documents.len());
    report("emails", bytes, &documents, |document| {
        find_emails(document).len()
    });
    report("profiles", bytes, &documents, |document| {
        find_profiles(document).len()
    });
    Ok(())
}

fn report(name: &str, bytes: usize, documents: &[Document], find: impl Fn(&Document) -> usize) {
    let mut best = Duration::MAX;
    let mut found = 0;
    for _ in 0..TURNS {
        let start = Instant::now();
        found = documents.iter().map(&find).sum();
        best = best.min(start.elapsed());
    }
    #[expect(clippy::cast_precision_loss, reason = "sizes of folders are far below 2^52")]
    let rate = bytes as f64 / 1e6 / best.as_secs_f64();
    println!("{name}: {found} found, {rate:.0} MB/s of page");
}
