//! Finds telephone numbers in texts, one JSON object a line, as `scripts/numbering/matches` asks:
//! `{"text": "Ring 0478 00 00 01", "region": "FR", "leniency": "VALID"}` gives `[[5,18,"+33478000001",null]]`.
//!
//! With folders as arguments it prints the visible text of their HTML files instead, one JSON string a line.
#![allow(clippy::print_stdout, reason = "a command-line example")]

use std::error::Error;
use std::io::BufRead;
use std::path::Path;

use lead_core::page::{Document, ParseOptions};
use lead_core::phone::{FindOptions, Mode, OffsetUnit, Offsets, find_phones};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let folders: Vec<String> = std::env::args().skip(1).collect();
    for folder in &folders {
        print_texts(Path::new(folder))?;
    }
    if folders.is_empty() {
        for line in std::io::stdin().lock().lines() {
            println!("{}", matches(&serde_json::from_str(&line?)?)?);
        }
    }
    Ok(())
}

fn matches(case: &Value) -> Result<Value, Box<dyn Error>> {
    let field = |name| case.get(name).and_then(Value::as_str);
    let text = field("text").unwrap_or_default();
    let mut options = FindOptions::new().mode(Mode::Compat);
    options.region = field("region").map(str::to_owned);
    options.leniency = field("leniency").unwrap_or("VALID").parse()?;
    options.max_tries = case.get("max_tries").and_then(Value::as_u64);
    let mut offsets = Offsets::new(text, OffsetUnit::CodePoints);
    let found = find_phones(text, &options)?;
    let rows = found.iter().map(|one| {
        let (start, end) = (offsets.at(one.start), offsets.at(one.end));
        json!([start, end, one.e164.to_string(), one.extension])
    });
    Ok(rows.collect())
}

fn print_texts(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut files: Vec<_> = std::fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect();
    files.sort();
    for file in files {
        let document = Document::parse(&std::fs::read(file)?, &ParseOptions::new())?;
        println!("{}", json!(document.text()));
    }
    Ok(())
}
