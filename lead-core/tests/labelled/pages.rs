//! The labelled pages, each read once.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use lead_core::contacts::ExtractOptions;
use lead_core::extract;
use lead_core::record::Contacts;
use serde_json::Value;

/// A file or folder of the shared data; `None`, and told, when it is not there.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("LEAD_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    );
    let found = root.join("data").join(path);
    if !found.exists() {
        println!("SKIPPED: {} is not there (set LEAD_SHARED)", found.display());
        return None;
    }
    Some(found)
}

/// A page, what a person labelled on it, and what was found.
pub(crate) struct Page {
    label: Value,
    /// Which half of the sites it is of: 0 was tuned on, 1 was not.
    pub(crate) half: usize,
    pub(crate) contacts: Contacts,
}

impl Page {
    /// Whether it is one of those with e-mail addresses, parts of addresses and names labelled throughout.
    pub(crate) fn is_whole(&self) -> bool {
        self.label["corpus"] == "us_contact_pages"
    }

    /// What was labelled as `kind`.
    pub(crate) fn labels(&self, kind: &str) -> Vec<&str> {
        let list = self.label[kind].as_array().unwrap().iter();
        list.map(|label| label.as_str().unwrap()).collect()
    }

    /// The same, each once, in lower case with single spaces for all other signs.
    pub(crate) fn plain_labels(&self, kind: &str) -> BTreeSet<String> {
        self.labels(kind).into_iter().map(plain).collect()
    }
}

/// Letters and digits of ASCII in lower case, single spaces for everything else.
pub(crate) fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// All pages; none when the data is not there.
pub(crate) static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    let Some(folder) = shared("labelled") else {
        return Vec::new();
    };
    let labels = std::fs::read_to_string(folder.join("labels.jsonl")).unwrap();
    let labels = labels
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let page = |label: Value| {
        let html = std::fs::read(folder.join(label["file"].as_str().unwrap())).unwrap();
        Page {
            half: half(label["site"].as_str().unwrap()),
            contacts: extract(&html, &ExtractOptions::new()).unwrap(),
            label,
        }
    };
    labels.map(page).collect()
});

/// Which half of the labelled sites a page is of. FNV-1a of the site's name.
fn half(site: &str) -> usize {
    let hash = site.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash % 2) as usize
}
