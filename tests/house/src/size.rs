//! A file is one thing: how long it may be.

use crate::tree::File;
use crate::{Breach, blank, without_tests};

/// Lines of code, tests aside, from which a file splits.
const CODE: usize = 500;
/// Lines of a platform's folder.
const PLATFORM: usize = 400;
/// Lines that half of all files do not pass.
const MEDIAN: usize = 150;

/// Lines that hold code: no comment, not blank, no test.
pub fn lines_of_code(text: &str) -> usize {
    without_tests(&blank(text))
        .lines()
        .filter(|line| !line.trim().is_empty())
        .count()
}

/// Rust files that should split, and a median that is too high.
pub fn check(files: &[File]) -> Vec<Breach> {
    let rust: Vec<&File> = files.iter().filter(|file| file.is_rust()).collect();
    let mut breaches: Vec<Breach> = rust
        .iter()
        .filter(|file| !file.is_test())
        .filter_map(|file| {
            let lines = lines_of_code(&file.text);
            (lines > CODE).then(|| format!("{}: {lines} lines of code, over {CODE}", file.path))
        })
        .collect();
    let median = median(rust.iter().map(|file| file.text.lines().count()).collect());
    if median > MEDIAN {
        breaches.push(format!(
            "half of the Rust files have over {median} lines; {MEDIAN} is the house's measure"
        ));
    }
    breaches
}

/// Folders of platforms that are too long: an adapter, its functions and what is told of it, the baseline that a test writes aside.
pub fn platforms(files: &[File]) -> Vec<Breach> {
    let adapters = files
        .iter()
        .filter_map(|file| file.path.strip_suffix("/adapter.toml"));
    let lines = |folder: &str| {
        let own = files
            .iter()
            .filter(|file| file.path.rsplit_once('/').is_some_and(|(path, _)| path == folder));
        let written = own.filter(|file| !file.path.ends_with("/baseline.json"));
        written.map(|file| file.text.lines().count()).sum::<usize>()
    };
    adapters
        .filter_map(|folder| {
            let lines = lines(folder);
            (lines > PLATFORM).then(|| format!("{folder}: {lines} lines, over {PLATFORM}"))
        })
        .collect()
}

/// The middle of `lengths`.
pub fn median(mut lengths: Vec<usize>) -> usize {
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_giant_is_caught_and_comments_and_tests_do_not_count() {
        let giant = File::new("lead-core/src/page/big.rs", "fn a() {}\n".repeat(501));
        let small = |at: usize| File::new(format!("lead-core/src/page/{at}.rs"), "fn a() {}\n");
        let mut files = vec![giant, small(0), small(1)];
        assert_eq!(check(&files).len(), 1);
        files[0].text = "// a\n\n".repeat(400)
            + "fn b() {}\n#[cfg(test)]\nmod tests {\n"
            + &"fn a() {}\n".repeat(501)
            + "}";
        assert_eq!(check(&files), Vec::<Breach>::new());
    }

    #[test]
    fn a_planted_platform_that_is_too_long_is_caught() {
        let folder = "lead-core/src/source/big";
        let toml = File::new(format!("{folder}/adapter.toml"), "a = 1\n".repeat(300));
        let rust = File::new(format!("{folder}/parse.rs"), "// a\n".repeat(100));
        assert!(platforms(&[toml.clone(), rust.clone()]).is_empty());
        let docs = File::new(format!("{folder}/docs.md"), "a\n");
        assert_eq!(platforms(&[toml, rust, docs]).len(), 1);
    }

    #[test]
    fn a_median_that_is_too_high_is_caught() {
        let files = [1, 2, 3].map(|at| File::new(format!("{at}.rs"), "// a\n".repeat(151)));
        assert_eq!(check(&files).len(), 1);
    }
}
