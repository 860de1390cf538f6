//! The project keeps its own rules. Each check is shown to catch a planted breach beside its source.
#![allow(clippy::panic, reason = "a test harness")]

use std::sync::LazyLock;

use house::tree::{self, File};
use house::{Breach, habits, leaks, size, stations};
use lead_core::crawl::Outcome;

static FILES: LazyLock<Vec<File>> = LazyLock::new(|| tree::files(&tree::root()));

fn none(breaches: &[Breach]) {
    assert!(
        breaches.is_empty(),
        "{} breaches:\n{}",
        breaches.len(),
        breaches.join("\n")
    );
}

/// Guards the checks themselves: an empty tree would keep every rule.
#[test]
fn the_tree_is_seen() {
    let rust = FILES
        .iter()
        .filter(|file| file.path.starts_with("lead-core/src/"))
        .count();
    assert!(rust > 50, "{rust} files of lead-core");
}

#[test]
fn imports_go_one_way() {
    none(&stations::check(&FILES));
}

#[test]
fn files_are_small() {
    none(&size::check(&FILES));
}

#[test]
fn platforms_are_small() {
    none(&size::platforms(&FILES));
}

#[test]
fn allowances_have_reasons() {
    none(&habits::reasons(&FILES));
}

#[test]
fn libraries_do_not_print() {
    none(&habits::prints(&FILES));
}

#[test]
fn members_inherit_the_lints() {
    none(&habits::lints(&FILES));
}

#[test]
fn no_file_names_a_machine_or_a_registry() {
    none(&leaks::check(&FILES));
}

#[test]
fn there_is_no_unsafe_code() {
    none(&habits::safety(&FILES));
}

/// Guards the bindings: a new kind of error needs its class in Python and its code in Node's types.
#[test]
fn every_kind_of_error_has_its_class_and_code() {
    let text = |path: &str| {
        &FILES
            .iter()
            .find(|file| file.path == path)
            .unwrap_or_else(|| panic!("{path}"))
            .text
    };
    let (classes, names) = (
        text("lead-py/python/lead/_errors.py"),
        text("lead-py/python/lead/__init__.py"),
    );
    let types = text("lead-node/index.d.ts");
    for kind in lead_core::ErrorKind::ALL {
        let (name, code) = (kind.name(), kind.code());
        assert!(
            classes.contains(&format!("class {name}Error(LeadError")),
            "{name}: no class in Python"
        );
        assert!(
            classes.contains(&format!("    code = \"{code}\"")),
            "{code}: no class in Python"
        );
        assert!(
            names.contains(&format!("\"{name}Error\",")),
            "{name}: not exported in Python"
        );
        assert!(
            types.contains(&format!("\n  | '{code}' // ")),
            "{code}: not in Node's types"
        );
    }
}

/// Guards the bindings: what comes of a page is a word that the types of both know, and no other.
#[test]
fn every_outcome_is_a_word_of_both_languages() {
    let words = |path: &str, from: &str, until: &str, quote: char| {
        let file = FILES.iter().find(|file| file.path == path);
        let text = &file.unwrap_or_else(|| panic!("{path}")).text;
        let list = text.split_once(from).and_then(|(_, list)| list.split_once(until));
        let (list, _) = list.unwrap_or_else(|| panic!("{path}: no list of outcomes"));
        let lines = list.lines().filter_map(|line| line.split(quote).nth(1));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let known: Vec<_> = Outcome::ALL.iter().map(|outcome| outcome.code()).collect();
    assert_eq!(
        words("lead-py/python/lead/_types.py", "Outcome = Literal[", "]", '"'),
        known
    );
    assert_eq!(
        words("lead-node/crawl.d.ts", "type Outcome =", "\n\n", '\''),
        known
    );
}
