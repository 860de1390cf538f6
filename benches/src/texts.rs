//! The visible text of pages: what all finders of numbers read, ours and the peers in other languages.

use std::path::Path;

use lead_core::page::{Document, ParseOptions};

use crate::pages;

/// The text of every page of the folders, by folder and name.
pub(crate) fn read(folders: &[&str]) -> Vec<String> {
    folders
        .iter()
        .flat_map(|folder| pages::read(Path::new(folder)))
        .filter_map(|(_, page)| Document::parse(page.as_bytes(), &ParseOptions::new()).ok())
        .map(|document| document.text().to_owned())
        .collect()
}

/// Writes each text to a file of its own in `out`; their names sort in the order of the pages.
pub(crate) fn write(out: &str, folders: &[&str]) {
    std::fs::create_dir_all(out).expect("a folder for the texts");
    for (number, text) in read(folders).iter().enumerate() {
        std::fs::write(Path::new(out).join(format!("{number:05}.txt")), text).expect("a text is written");
    }
}
