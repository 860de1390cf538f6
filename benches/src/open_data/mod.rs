//! Open data: files made in the real schemas, read into listings, nothing stored; each in a process of its own.

mod columns;
#[allow(clippy::cast_possible_wrap, reason = "numbers of rows are small")]
mod lines;
#[path = "../../../lead-core/tests/open_data/pbf_writer.rs"]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::precedence,
    dead_code,
    reason = "the tests' own writer, of which a part is used here: numbers in seven bits a byte"
)]
mod pbf_writer;

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use lead_core::source::open_data::{Layout, ReadOptions, read};

use crate::process::mib;

/// What writes a file of so many rows.
type Writer = fn(&Path, usize);

const FILES: &[(&str, Writer)] = &[
    ("overture.parquet", columns::overture),
    ("foursquare.parquet", columns::foursquare),
    ("alltheplaces.ndgeojson", lines::all_the_places),
    ("overture.ndgeojson", lines::overture),
    ("gleif.csv", lines::gleif),
    ("sirene.csv", lines::sirene),
    ("companies_house.csv", lines::companies_house),
    ("osm.pbf", lines::osm),
];

/// Writes files of `rows` rows into a folder and leaves them there: for `lead import --dry-run`, which measures what users get.
pub(crate) fn write(rows: usize, folder: &Path) {
    for (name, write) in FILES {
        write(&folder.join(name), rows);
    }
}

/// Writes and reads files of `rows` rows.
pub(crate) fn run(rows: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    println!("| file | MB | rows | listings | rows/s | RSS at most, MiB |");
    println!("|---|---|---|---|---|---|");
    let own = std::env::current_exe().expect("this program");
    for (name, write) in FILES {
        let path = folder.path().join(name);
        write(&path, rows);
        let read = Command::new(&own).arg("open-data-one").arg(&path).status();
        assert!(read.expect("a process").success(), "{name}");
        std::fs::remove_file(&path).expect("the file");
    }
}

/// Reads one file and prints its line.
pub(crate) fn one(path: &Path) {
    let start = Instant::now();
    let layout = Layout::detect(path).expect("a layout");
    let (mut rows, mut listings) = (0, 0);
    for portion in read(path, layout, &ReadOptions::new()).expect("the file") {
        let portion = portion.expect("a portion");
        assert!(portion.rejects.is_empty(), "{:?}", portion.rejects.first());
        rows += portion.rows;
        listings += portion.listings.len();
    }
    let seconds = start.elapsed().as_secs_f64();
    let size = std::fs::metadata(path).expect("the file").len();
    println!(
        "| {} | {:.0} | {rows} | {listings} | {:.0} | {:.0} |",
        path.file_name().unwrap_or_default().to_string_lossy(),
        size as f64 / 1e6,
        rows as f64 / seconds,
        mib("VmHWM"),
    );
}
