//! Web archives: pages written into one, read from it, and read from it for their contacts, on one core.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use lead_core::clock::{Clock, Timestamp};
use lead_core::contacts::extract_document;
use lead_core::fetch::warc::{Compression, Pages, Reader, Writer};
use lead_core::page::Document;
use lead_core::prelude::*;
use lead_core::record::SafeUrl;
use lead_core::seam::{Request, Response};

use crate::{pages, turns};

/// How often each is done; the fastest turn counts.
const TURNS: usize = 5;

/// A contender: its name, and what it does with the archive; it says how many bytes of HTML came by.
type Contender = (&'static str, fn(&Path) -> usize);

const CONTENDERS: &[Contender] = &[
    ("records read", records),
    ("pages read (codings undone)", read),
    ("pages read, extract, everything", extract),
];

/// Packs the pages of `folder` into `file` and reads that.
pub(crate) fn run(folder: &Path, file: &Path) {
    let bytes = pack(folder, file);
    let packed = std::fs::metadata(file).expect("the archive").len();
    println!(
        "{:.1} MB of HTML in {:.1} MB of WARC.gz, one core, best of {TURNS} turns\n",
        bytes as f64 / 1e6,
        packed as f64 / 1e6
    );
    println!("| what | MB/s of HTML |");
    println!("|---|---|");
    let best = turns::best(TURNS, CONTENDERS, |(_, act)| act(file));
    for ((name, _), (time, found)) in CONTENDERS.iter().zip(best) {
        assert!(found >= bytes, "{name} lost pages");
        println!("| {name} | {:.0} |", bytes as f64 / 1e6 / time.as_secs_f64());
    }
}

/// Writes every page as an answer; gives back the bytes of HTML.
fn pack(folder: &Path, file: &Path) -> usize {
    let out = BufWriter::new(File::create(file).expect("a file to write"));
    let mut writer = Writer::new(out, Compression::Gzip);
    let at: Timestamp = Clock::system().now();
    let mut bytes = 0;
    for (number, (_, page)) in pages::read(folder).into_iter().enumerate() {
        let url = SafeUrl::parse(&format!("https://site{number}.test/")).expect("a URL");
        let mut headers = http::HeaderMap::new();
        let kind = http::HeaderValue::from_static("text/html; charset=utf-8");
        headers.insert(http::header::CONTENT_TYPE, kind);
        bytes += page.len();
        let response = Response::new(url.clone(), http::StatusCode::OK, headers, page.into(), at);
        writer.exchange(&Request::get(url), &response).expect("room");
    }
    writer.flush().expect("room");
    bytes
}

fn records(file: &Path) -> usize {
    let file = std::io::BufReader::with_capacity(1 << 18, File::open(file).expect("the archive"));
    Reader::new(file)
        .map(|record| record.expect("a record").block.len())
        .sum()
}

fn read(file: &Path) -> usize {
    let pages = Pages::open(file).expect("the archive");
    pages.map(|page| page.expect("a page").body.len()).sum()
}

fn extract(file: &Path) -> usize {
    let pages = Pages::open(file).expect("the archive");
    pages
        .map(|page| {
            let page = page.expect("a page");
            let document = Document::parse(&page.body, &page.parse_options()).expect("HTML");
            std::hint::black_box(extract_document(&document, &ExtractOptions::new()));
            page.body.len()
        })
        .sum()
}
