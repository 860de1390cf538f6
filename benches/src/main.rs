//! Our benches. Each prints one Markdown table with what it measured; `RESULTS.md` keeps them with machine and date.
//!
//! ```text
//! cargo run --release -p lead-benches -- extract DIR       reading whole pages, side by side, one core
//! cargo run --release -p lead-benches -- text DIR…        finding numbers in text, side by side, one core
//! cargo run --release -p lead-benches -- commits           commits a second into SQLite
//! cargo run --release -p lead-benches -- collect [N]       a collection of N fixture businesses: time and memory
//! ```
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::cast_precision_loss,
    reason = "a bench prints its figures, dies on what should not happen, and rounds"
)]

mod collect;
mod commits;
mod extract;
mod memory;
mod pages;
mod text;
mod turns;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["extract", folder] => extract::run(std::path::Path::new(folder)),
        ["text", folders @ ..] if !folders.is_empty() => text::run(folders),
        ["commits"] => commits::run(),
        ["collect"] => collect::run(10_000),
        ["serve", count] => collect::serve(count.parse().expect("a number of businesses")),
        ["collect", count] => collect::run(count.parse().expect("a number of businesses")),
        _ => {
            eprintln!("usage: bench extract DIR | text DIR… | commits | collect [N]");
            std::process::exit(2);
        }
    }
}
