//! The pages that benches read.

use std::path::{Path, PathBuf};

/// Every HTML file of a folder, by name: which it is, and its text whatever its encoding.
pub(crate) fn read(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder of pages")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect();
    files.sort();
    let text = |path: &PathBuf| String::from_utf8_lossy(&std::fs::read(path).expect("a page")).into_owned();
    files
        .into_iter()
        .map(|path| (path.clone(), text(&path)))
        .collect()
}
