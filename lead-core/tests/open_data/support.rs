//! Files to read, and reading them.

use std::path::PathBuf;

use lead_core::record::Listing;
use lead_core::seam::Reject;
use lead_core::source::open_data::{Layout, Portion, ReadOptions, read};

/// A file that goes away with the test.
pub(crate) struct Made {
    _folder: tempfile::TempDir,
    pub(crate) path: PathBuf,
}

pub(crate) fn made(content: impl AsRef<[u8]>) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    std::fs::write(&path, content).unwrap();
    Made {
        _folder: folder,
        path,
    }
}

/// Everything a file holds, in one portion.
pub(crate) fn whole(file: &Made, layout: Layout, options: &ReadOptions) -> Portion {
    assert_eq!(Layout::detect(&file.path).unwrap(), layout);
    let mut all = Portion::default();
    for portion in read(&file.path, layout, options).unwrap() {
        let portion = portion.unwrap();
        assert!(portion.position >= all.position);
        all.position = portion.position;
        all.rows += portion.rows;
        all.passed += portion.passed;
        all.listings.extend(portion.listings);
        all.rejects.extend(portion.rejects);
    }
    assert_eq!(
        all.rows,
        all.passed + (all.listings.len() + all.rejects.len()) as u64
    );
    all
}

pub(crate) fn keys(listings: &[Listing]) -> Vec<&str> {
    listings
        .iter()
        .map(|listing| listing.natural_key.as_str())
        .collect()
}

pub(crate) fn places(rejects: &[Reject]) -> Vec<&str> {
    rejects.iter().map(|reject| reject.entry.as_str()).collect()
}

/// The value of a text attribute.
pub(crate) fn attribute(listing: &Listing, name: &str) -> Option<String> {
    let all = &listing.findings.attributes;
    let found = all.iter().find(|found| found.value.name.as_str() == name);
    found.map(|found| found.value.value.to_string())
}
