//! Imports go one way: a station uses the ground floor, the record, the seams and stations above it.

use std::collections::BTreeMap;

use crate::tree::File;
use crate::{Breach, blank, line_of, without_tests};

/// The way of a lead, docs/ARCHITECTURE.md §1: those on one line are siblings and do not import each other.
const ORDER: &[&[&str]] = &[
    &[
        "error",
        "clock",
        "telemetry",
        "word_list",
        "word_places",
        "places",
    ],
    &["calendar", "parallel"],
    &["record"],
    &["seam"],
    &["page"],
    &["sighting"],
    &[
        "phone",
        "email",
        "social",
        "hours",
        "geo",
        "organization",
        "person",
    ],
    &["address"],
    &["contacts"],
    &["columns"],
    &["limit"],
    &["work"],
    &["fetch"],
    &["browser"],
    &["crawl"],
    &["plan"],
    &["source"],
    &["enrich"],
    &["matching"],
    &["resolve"],
    &["score"],
    &["comply"],
    &["collect"],
    &["service"],
];

const SOURCE: &str = "lead-core/src/";

fn rank(station: &str) -> Option<usize> {
    ORDER.iter().position(|level| level.contains(&station))
}

/// Every import of `files` against the order, and every station the order does not name.
pub fn check(files: &[File]) -> Vec<Breach> {
    let root = files.iter().find(|file| file.path == format!("{SOURCE}lib.rs"));
    let exports = root.map(|root| exports(&blank(&root.text))).unwrap_or_default();
    files
        .iter()
        .filter(|file| file.path.starts_with(SOURCE) && file.is_rust() && !file.is_test())
        .flat_map(|file| check_file(file, &exports))
        .collect()
}

fn check_file(file: &File, exports: &BTreeMap<String, String>) -> Vec<Breach> {
    let inner = file.path.strip_prefix(SOURCE).unwrap_or_default();
    let station = inner.split(['/', '.']).next().unwrap_or_default();
    if matches!(inner, "lib.rs" | "prelude.rs") {
        return Vec::new(); // the front door shows every station
    }
    let Some(own) = rank(station) else {
        return vec![format!(
            "{}: no station {station} in the order: name it in tests/house and the architecture",
            file.path
        )];
    };
    let code = without_tests(&blank(&file.text));
    let mut breaches = Vec::new();
    for (at, name) in root_paths(&code, depth(inner)) {
        let target = exports.get(&name).unwrap_or(&name);
        let fine = target == station || rank(target).is_some_and(|other| other < own);
        if !fine {
            breaches.push(format!(
                "{}:{}: {station} must not import {name}",
                file.path,
                line_of(&code, at)
            ));
        }
    }
    breaches
}

/// How many modules the file lies below the crate's root.
fn depth(inner: &str) -> usize {
    let folders = inner.matches('/').count();
    if inner.ends_with("/mod.rs") {
        folders
    } else {
        folders + 1
    }
}

/// What lib.rs re-exports: name → station.
fn exports(root: &str) -> BTreeMap<String, String> {
    let mut exports = BTreeMap::new();
    for part in root.split("pub use ").skip(1) {
        let path = part.split(';').next().unwrap_or_default();
        let Some((station, names)) = path.split_once("::") else {
            continue;
        };
        let names = names.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        exports.extend(
            names
                .filter(|name| !name.is_empty())
                .map(|name| (name.to_owned(), station.trim().to_owned())),
        );
    }
    exports
}

/// The names right below the crate's root that paths in `code` begin with, and where.
fn root_paths(code: &str, depth: usize) -> Vec<(usize, String)> {
    let climb = "super::".repeat(depth);
    let mut found = Vec::new();
    for prefix in ["crate::", climb.as_str()] {
        for (at, _) in code.match_indices(prefix) {
            let whole_word = !code
                .get(..at)
                .unwrap_or_default()
                .ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let climbs = prefix != "crate::" && code.get(..at).unwrap_or_default().ends_with("super::");
            if whole_word && !climbs {
                let after = code.get(at + prefix.len()..).unwrap_or_default();
                found.extend(heads(after).into_iter().map(|name| (at, name)));
            }
        }
    }
    found
}

/// The first names of what follows `crate::`: one, or those of a group `{a, b::c, d::{e, f}}`.
fn heads(after: &str) -> Vec<String> {
    let word = |text: &str| {
        let end = text
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(text.len());
        let is_macro = text.get(end..).is_some_and(|rest| rest.starts_with('!'));
        text.get(..end)
            .filter(|word| !word.is_empty() && *word != "super" && !is_macro)
            .map(str::to_owned)
    };
    let Some(group) = after.strip_prefix('{') else {
        return word(after).into_iter().collect();
    };
    let mut names = Vec::new();
    let mut nested = 0_usize;
    let mut start = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => nested += 1,
            '}' if nested > 0 => nested -= 1,
            ',' | '}' if nested == 0 => {
                names.extend(word(group.get(start..at).unwrap_or_default().trim_start()));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(path: &str, text: &str) -> Vec<Breach> {
        let root = File::new(
            "lead-core/src/lib.rs",
            "pub use error::{Error, Result};\npub use contacts::extract;",
        );
        check(&[root, File::new(path, text)])
    }

    #[test]
    fn stations_above_may_be_imported() {
        let text = "use crate::{Error, Result, record::{E164, Phone}, seam::Fetch};\nuse super::super::page::Document;\n\
                    use crate::phone::find;\n// crate::collect\n#[cfg(test)]\nmod tests { use crate::collect::Collector; }";
        assert_eq!(
            breaches("lead-core/src/phone/find.rs", text),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_planted_import_of_a_station_below_is_caught() {
        let planted = [
            "use crate::fetch::Http;",
            "use crate::{record::E164, fetch};",
            "fn f() { crate::collect::run() }",
            "use super::super::contacts::extract;",
            "use crate::extract;",
            "use crate::email::Email;",
            "macro_rules! m { () => { $crate::source::sites() } }",
        ];
        for text in planted {
            let found = breaches("lead-core/src/phone/find.rs", &format!("\n{text}"));
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(
                found[0].starts_with("lead-core/src/phone/find.rs:2: phone must not import "),
                "{found:?}"
            );
        }
    }

    #[test]
    fn a_station_that_the_order_does_not_name_is_caught() {
        assert_eq!(breaches("lead-core/src/helpers/mod.rs", "").len(), 1);
    }

    #[test]
    fn super_counts_from_where_the_file_lies() {
        assert_eq!(
            breaches("lead-core/src/phone/mod.rs", "use super::fetch::Http;").len(),
            1
        );
        assert_eq!(
            breaches("lead-core/src/phone/find.rs", "use super::fetch::Http;").len(),
            0,
            "phone::fetch"
        );
        assert_eq!(
            breaches(
                "lead-core/src/phone/a/b.rs",
                "use super::super::super::fetch::Http;"
            )
            .len(),
            1
        );
    }
}
