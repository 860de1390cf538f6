//! Our benches. Each prints one Markdown table with what it measured; `RESULTS.md` keeps them with machine and date.
//!
//! ```text
//! cargo run --release -p lead-benches -- extract DIR       reading whole pages, side by side, one core
//! cargo run --release -p lead-benches -- text DIR…        finding numbers in text, side by side, one core
//! cargo run --release -p lead-benches -- texts OUT DIR…   the text that `text` reads, a file a page (for scripts/bench-peers)
//! cargo run --release -p lead-benches -- start             the first use in a fresh process, sizes of tables
//! cargo run --release -p lead-benches -- parts DIR [PART]  what each kind of contact costs on whole pages
//! cargo run --release -p lead-benches -- answers DIR…     all that is found, to compare before and after
//! cargo run --release -p lead-benches -- hostile [--max BYTES]   what a byte costs in inputs made to hurt
//! cargo run --release -p lead-benches -- cores DIR…        many pages at once, on one core and on two
//! cargo run --release -p lead-benches -- warc DIR FILE     pages packed into the archive FILE, and read from it
//! cargo run --release -p lead-benches -- frontier          addresses that wait: memory, and how fast they come out
//! cargo run --release -p lead-benches -- commits [URI]     commits a second into SQLite, or into the database of the URI
//! cargo run --release -p lead-benches -- bulk STORE N [BATCH COMMITS]   N sightings into a store (see peers/bulk.py)
//! cargo run --release -p lead-benches -- queries STORE [N]   a dozen queries over N leads of a store
//! cargo run --release -p lead-benches -- limits [REDIS]    a check of one policy and of three, beside the crate governor; and in a Redis
//! cargo run --release -p lead-benches -- collect [N]       a collection of N fixture businesses: time and memory
//! cargo run --release -p lead-benches -- open-data [N]     files of open data with N rows: rows a second, and memory
//! cargo run --release -p lead-benches -- open-data N DIR   the files alone, for `lead import --dry-run`
//! cargo run --release -p lead-benches --bin memory -- DIR…   the most memory that reading a page needs
//! ```
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "a bench prints its figures, dies on what should not happen, and rounds"
)]

mod answers;
mod bulk;
mod businesses;
mod collect;
mod commits;
mod cores;
mod extract;
mod frontier;
mod hostile;
mod itself;
mod limits;
mod open_data;
mod pages;
mod parts;
mod process;
mod quantile;
mod queries;
mod start;
mod text;
mod texts;
mod turns;
mod warc;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["extract", folder] => extract::run(std::path::Path::new(folder)),
        ["answers", folders @ ..] if !folders.is_empty() => answers::print(folders),
        ["parts", folder] => parts::run(std::path::Path::new(folder), None),
        ["parts", folder, only] => parts::run(std::path::Path::new(folder), Some(only)),
        ["text", folders @ ..] if !folders.is_empty() => text::run(folders),
        ["texts", out, folders @ ..] if !folders.is_empty() => texts::write(out, folders),
        ["start"] => start::run(),
        ["start", number] => start::once(number.parse().expect("the number of a use")),
        ["hostile"] => hostile::run(usize::MAX),
        ["hostile", "--max", bytes] => hostile::run(bytes.parse().expect("a number of bytes")),
        ["hostile-one", numbers @ ..] => hostile::one(numbers),
        ["cores", folders @ ..] if !folders.is_empty() => cores::run(folders),
        ["warc", folder, file] => warc::run(std::path::Path::new(folder), std::path::Path::new(file)),
        ["frontier"] => frontier::run(),
        ["frontier-one", size] => frontier::one(size.parse().expect("a number of addresses")),
        ["limits"] => limits::run(None),
        ["limits", redis] => limits::run(Some(redis)),
        ["commits"] => commits::run(None),
        ["commits", server] => commits::run(Some(server)),
        ["bulk", store, count] => bulk::run(store, number(count), 2000, 4),
        ["bulk", store, count, batch, commits] => {
            bulk::run(
                store,
                number(count),
                number(batch) as usize,
                number(commits) as usize,
            );
        }
        ["queries", store] => queries::run(store, 1_000_000),
        ["queries", store, count] => queries::run(store, number(count)),
        ["open-data"] => open_data::run(500_000),
        ["open-data", rows] => open_data::run(rows.parse().expect("a number of rows")),
        ["open-data", rows, folder] => {
            open_data::write(
                rows.parse().expect("a number of rows"),
                std::path::Path::new(folder),
            );
        }
        ["open-data-one", file] => open_data::one(std::path::Path::new(file)),
        ["collect"] => collect::run(10_000),
        ["serve", count] => collect::serve(count.parse().expect("a number of businesses")),
        ["collect", count] => collect::run(count.parse().expect("a number of businesses")),
        _ => {
            eprintln!(
                "usage: bench answers DIR… | extract DIR | parts DIR [PART] | cores DIR… | text DIR… | texts OUT DIR… | start | hostile [--max BYTES] | warc DIR FILE | frontier | limits [REDIS] | commits [URI] | bulk STORE N [BATCH COMMITS] | queries STORE [N] | collect [N] | open-data [N [DIR]]"
            );
            std::process::exit(2);
        }
    }
}

fn number(text: &str) -> u64 {
    text.parse().expect("a number")
}
