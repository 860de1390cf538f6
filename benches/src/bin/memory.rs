//! The most memory that a page needs while it is read, beside the page itself.
//!
//! ```text
//! cargo run --release -p lead-benches --bin memory -- DIR…
//! ```
//!
//! A program of its own, as its allocator counts: the other benches are not to pay for that. Each page is read in a new
//! thread, since a thread keeps the buffers of its last page for the next. A buffer that grows counts twice while it is
//! copied, which the system often spares.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::cast_precision_loss,
    reason = "a bench prints its figures, dies on what should not happen, and rounds"
)]

#[path = "../pages.rs"]
mod pages;
#[path = "../quantile.rs"]
mod quantile;

use std::path::{Path, PathBuf};

use lead_core::page::{Document, ParseOptions};
use lead_core::prelude::*;
use peak_alloc::PeakAlloc;

use quantile::quantile;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Smaller pages are left out: the fixed part is most of what they need.
const LEAST: usize = 20_000;

/// How many times its own size a page may need, the fixed part aside.
const MOST: f64 = 4.0;

/// How many of the pages that need most are named.
const NAMED: usize = 5;

/// A reader: its name, and how it reads a page.
type Reader = (&'static str, fn(&str));

const READERS: &[Reader] = &[
    ("Document alone", |page| {
        drop(Document::parse(page.as_bytes(), &ParseOptions::new()));
    }),
    ("extract", |page| {
        drop(lead_core::extract(page, &ExtractOptions::new().region("US")));
    }),
];

fn main() {
    let folders: Vec<String> = std::env::args().skip(1).collect();
    if folders.is_empty() {
        eprintln!("usage: memory DIR…");
        std::process::exit(2);
    }
    let pages: Vec<(PathBuf, String)> = folders
        .iter()
        .flat_map(|folder| pages::read(Path::new(folder)))
        .filter(|(_, page)| page.len() >= LEAST)
        .collect();
    let sizes: Vec<f64> = pages.iter().map(|(_, page)| page.len() as f64).collect();
    println!(
        "{} pages of at least {} KB, median {:.0} KB, largest {:.0} KB\n",
        pages.len(),
        LEAST / 1000,
        quantile(&sizes, 0.5) / 1e3,
        quantile(&sizes, 1.0) / 1e3
    );
    println!(
        "| reader | fixed part, KB | median, x the page | 95th percentile | worst | pages over {MOST}x |"
    );
    println!("|---|---|---|---|---|---|");
    let worst: Vec<String> = READERS.iter().map(|reader| measure(reader, &pages)).collect();
    for line in worst {
        println!("\n{line}");
    }
}

/// Prints a reader's line; says which pages need most.
fn measure((name, read): &Reader, pages: &[(PathBuf, String)]) -> String {
    // What is made once in a process is no page's own.
    for (_, page) in pages {
        peak(*read, page);
    }
    let fixed = peak(*read, "<p>.</p>");
    let mut shares: Vec<(f64, &Path)> = pages
        .iter()
        .map(|(file, page)| {
            (
                peak(*read, page).saturating_sub(fixed) as f64 / page.len() as f64,
                file.as_path(),
            )
        })
        .collect();
    shares.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let figures: Vec<f64> = shares.iter().map(|(share, _)| *share).collect();
    let at = |share| quantile(&figures, share);
    println!(
        "| {name} | {:.1} | {:.2} | {:.2} | {:.2} | {} |",
        fixed as f64 / 1e3,
        at(0.5),
        at(0.95),
        at(1.0),
        figures.iter().filter(|share| **share > MOST).count()
    );
    let named = shares.iter().take(NAMED).map(|(share, file)| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        format!("{name} {share:.2}")
    });
    format!("{name}, most: {}", named.collect::<Vec<_>>().join(", "))
}

/// Bytes that reading a page needs at most, in a thread that has read none.
fn peak(read: fn(&str), page: &str) -> usize {
    std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let before = MEMORY.current_usage();
            MEMORY.reset_peak_usage();
            read(page);
            MEMORY.peak_usage() - before
        });
        reading.join().expect("the page is read")
    })
}
