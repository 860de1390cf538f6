//! Habits of code and manifests.

use crate::tree::File;
use crate::{Breach, blank, line_of, without_tests};

/// Crates whose `src` is a library's: they never print.
const LIBRARIES: &[&str] = &[
    "lead-core/src/",
    "lead-storage/src/",
    "lead-py/src/",
    "lead-node/src/",
    "tests/fixture-web/src/",
];

/// Attributes that allow a lint without saying why.
pub fn reasons(files: &[File]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let code = blank(&file.text);
        for opening in ["[allow(", "[expect("] {
            for (at, _) in code.match_indices(opening) {
                let attribute = code.get(at..).unwrap_or_default();
                let attribute = attribute.split(']').next().unwrap_or_default();
                let is_attribute = code.get(..at).is_some_and(|before| before.ends_with(['#', '!']));
                if is_attribute && !attribute.contains("reason") {
                    breaches.push(format!(
                        "{}:{}: an allowance without a reason",
                        file.path,
                        line_of(&code, at)
                    ));
                }
            }
        }
    }
    breaches
}

/// Libraries that print.
pub fn prints(files: &[File]) -> Vec<Breach> {
    let library = |file: &&File| {
        file.is_rust()
            && LIBRARIES.iter().any(|folder| file.path.starts_with(folder))
            && !file.path.contains("/bin/")
            && !file.path.ends_with("/main.rs")
            && !file.path.ends_with("/tests.rs")
    };
    let mut breaches = Vec::new();
    for file in files.iter().filter(library) {
        let code = without_tests(&blank(&file.text));
        for call in ["print!(", "println!("] {
            for (at, _) in code.match_indices(call) {
                let before = code.get(..at).unwrap_or_default();
                if !before.ends_with(|c: char| c.is_alphanumeric() && c != 'e' || c == '_') {
                    breaches.push(format!(
                        "{}:{}: a library never prints",
                        file.path,
                        line_of(&code, at)
                    ));
                }
            }
        }
    }
    breaches
}

/// Rust that is not safe: measured needs get a tiny crate of their own, which is then named here.
pub fn safety(files: &[File]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let code = blank(&file.text);
        for (at, _) in code.match_indices("unsafe") {
            let rest = code.get(at..).unwrap_or_default();
            let word = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next();
            let begins = !code
                .get(..at)
                .unwrap_or_default()
                .ends_with(|c: char| c.is_alphanumeric() || c == '_');
            if begins && word == Some("unsafe") {
                breaches.push(format!("{}:{}: unsafe", file.path, line_of(&code, at)));
            }
        }
        for (at, _) in code.match_indices("allow(unsafe_code") {
            breaches.push(format!("{}:{}: unsafe", file.path, line_of(&code, at)));
        }
    }
    breaches
}

/// Members that do not inherit the workspace's lints.
pub fn lints(files: &[File]) -> Vec<Breach> {
    files
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml") && !outside(&file.path))
        .filter(|file| {
            let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
            !lines
                .windows(2)
                .any(|pair| pair == ["[lints]", "workspace = true"])
        })
        .map(|file| format!("{}: [lints] workspace = true is missing", file.path))
        .collect()
}

/// Manifests that are workspaces of their own.
fn outside(path: &str) -> bool {
    path.starts_with("fuzz/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_allowance_without_reason_is_caught() {
        let file = |text: &str| [File::new("lead-core/src/a.rs", text)];
        assert_eq!(reasons(&file("#[allow(dead_code)]\nfn a() {}")).len(), 1);
        assert_eq!(
            reasons(&file("\n#![expect(clippy::x)]")),
            ["lead-core/src/a.rs:2: an allowance without a reason"]
        );
        assert_eq!(
            reasons(&file("#[expect(dead_code, reason = \"kept\")] // #[allow(x)]")).len(),
            0
        );
    }

    #[test]
    fn a_planted_print_is_caught() {
        let file = |text: &str| [File::new("lead-core/src/a.rs", text)];
        for planted in [
            "println!(\"x\")",
            "eprintln!(\"x\")",
            "eprint!(\"x\")",
            "std::print!(\"x\")",
        ] {
            assert_eq!(prints(&file(planted)).len(), 1, "{planted}");
        }
        assert_eq!(
            prints(&file(
                "#[cfg(test)] mod tests { fn a() { println!(\"x\") } } // println!()"
            ))
            .len(),
            0
        );
        assert_eq!(
            prints(&[File::new("examples/cli/src/main.rs", "println!()")]).len(),
            0
        );
    }

    #[test]
    fn planted_unsafe_is_caught() {
        let file = |text: &str| [File::new("lead-core/src/a.rs", text)];
        assert_eq!(safety(&file("fn a() { unsafe { b() } }")).len(), 1);
        assert_eq!(safety(&file("#![allow(unsafe_code)]")).len(), 1);
        assert_eq!(safety(&file("#![forbid(unsafe_code)] // unsafe")).len(), 0);
    }

    #[test]
    fn a_member_without_lints_is_caught() {
        assert_eq!(
            lints(&[File::new("a/Cargo.toml", "[package]\nname = \"a\"\n")]).len(),
            1
        );
        assert_eq!(
            lints(&[File::new("a/Cargo.toml", "[lints]\nworkspace = true\n")]).len(),
            0
        );
    }
}
