//! Prints the contacts of every HTML file of a folder, one JSON object a line:
//! `cargo run --release -p lead-core --example extract_pages -- DIR [REGION] > OUT.jsonl`
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line example")]

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use lead_core::contacts::ExtractOptions;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: extract_pages DIR [REGION]")?;
    let mut options = ExtractOptions::new();
    if let Some(region) = arguments.next() {
        options = options.region(region);
    }
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "html"))
        .collect();
    files.sort();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut bytes, mut seconds) = (0, 0.0);
    for file in &files {
        let html = std::fs::read(file)?;
        bytes += html.len();
        let start = Instant::now();
        let contacts = lead_core::extract(&html, &options);
        seconds += start.elapsed().as_secs_f64();
        let mut line = serde_json::Map::new();
        line.insert("input".to_owned(), file.to_string_lossy().into());
        match contacts {
            Ok(contacts) => {
                if let serde_json::Value::Object(fields) = serde_json::to_value(&contacts)? {
                    line.extend(fields);
                }
            }
            Err(error) => {
                line.insert("error".to_owned(), error.to_string().into());
            }
        }
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    #[expect(clippy::cast_precision_loss, reason = "sizes of folders are far below 2^52")]
    let rate = bytes as f64 / 1e6 / seconds;
    eprintln!(
        "{} files, {bytes} bytes, {seconds:.3} s, {rate:.1} MB/s",
        files.len()
    );
    Ok(())
}
