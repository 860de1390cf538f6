//! Many pages at once: one thread beside two, by the wall.

use std::num::NonZero;
use std::path::Path;
use std::time::{Duration, Instant};

use lead_core::contacts::{Page, extract_many};
use lead_core::prelude::*;

use crate::pages;

/// The fastest turn counts, as it is the least disturbed.
const TURNS: usize = 7;

pub(crate) fn run(folders: &[&str]) {
    let texts: Vec<String> = folders
        .iter()
        .flat_map(|folder| pages::read(Path::new(folder)))
        .map(|(_, page)| page)
        .collect();
    let pages: Vec<Page<'_>> = texts.iter().map(|page| Page::from(page.as_str())).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut best = [Duration::MAX; 2];
    for _ in 0..TURNS {
        for (threads, best) in (1..).zip(&mut best) {
            let start = Instant::now();
            let answers = extract_many(&pages, &ExtractOptions::new(), NonZero::new(threads));
            assert!(answers.iter().all(Result::is_ok), "every page is read");
            *best = (*best).min(start.elapsed());
        }
    }
    println!(
        "{} pages, {:.1} MB, best of {TURNS} turns by the wall\n",
        pages.len(),
        bytes as f64 / 1e6
    );
    println!("| threads | MB/s | x one |");
    println!("|---|---|---|");
    let [one, _] = best;
    for (threads, time) in (1..).zip(best) {
        let seconds = time.as_secs_f64();
        println!(
            "| {threads} | {:.0} | {:.2} |",
            bytes as f64 / 1e6 / seconds,
            one.as_secs_f64() / seconds
        );
    }
}
