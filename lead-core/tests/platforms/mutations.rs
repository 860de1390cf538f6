//! What is still read when a platform changes its pages: `docs/mutations.md`. The counts may only rise; `UPDATE=1` writes them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lead_core::source::adapter::{Outcome, ParseRequest};
use regex::{Captures, Regex};
use scraper::{Html, Node};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/mutations.md");

/// How often a field is read: as saved, classes renamed, siblings reordered, JSON-LD dropped.
type Counts = [usize; 4];

/// Every class gets another name, as a build of a page's styles gives them.
fn classes_renamed(page: &str) -> String {
    let attribute = Regex::new(r#"(\sclass=)(?:"([^"\\]*)"|'([^'\\]*)')"#).unwrap();
    let renamed = |captures: &Captures<'_>| {
        let own = captures.get(2).or_else(|| captures.get(3)).unwrap().as_str();
        let names: Vec<String> = own
            .split_whitespace()
            .map(|name| format!("c{}", name.chars().rev().collect::<String>()))
            .collect();
        format!("{}\"{}\"", &captures[1], names.join(" "))
    };
    attribute.replace_all(page, renamed).into_owned()
}

/// The children of every element of the body in reverse order.
fn siblings_reordered(page: &str) -> String {
    let mut html = Html::parse_document(page);
    let is_body = |node: ego_tree::NodeRef<'_, Node>| matches!(node.value(), Node::Element(element) if element.name() == "body");
    let body = html
        .tree
        .root()
        .descendants()
        .find(|node| is_body(*node))
        .map(|node| node.id());
    let parents: Vec<_> = body
        .and_then(|id| html.tree.get(id))
        .into_iter()
        .flat_map(|body| body.descendants())
        .map(|node| node.id())
        .collect();
    for parent in parents {
        let children: Vec<_> = html
            .tree
            .get(parent)
            .unwrap()
            .children()
            .map(|child| child.id())
            .collect();
        for child in children.into_iter().rev() {
            html.tree.get_mut(child).unwrap().detach();
            html.tree.get_mut(parent).unwrap().append_id(child);
        }
    }
    html.html()
}

fn json_ld_dropped(page: &str) -> String {
    let script = Regex::new(r"(?is)<script[^>]*application/ld\+json[^>]*>.*?</script>").unwrap();
    script.replace_all(page, "").into_owned()
}

/// For each field of a file what is read of it after each change.
fn survivors(file: &str, all: &mut BTreeMap<(String, String), Counts>) {
    let page = std::fs::read(super::shared().unwrap().join(file)).unwrap();
    let page = String::from_utf8_lossy(&page).into_owned();
    let platform = file.split('/').next().unwrap();
    let adapter = lead_core::source::adapter(platform).unwrap();
    let pages = [
        page.clone(),
        classes_renamed(&page),
        siblings_reordered(&page),
        json_ld_dropped(&page),
    ];
    for (index, page) in pages.iter().enumerate() {
        let Ok(Outcome::Listings(reading)) = adapter.parse(page.as_bytes(), &ParseRequest::new()) else {
            continue;
        };
        for field in super::table::fields(file) {
            let count = super::table::count(&reading, &field);
            all.entry((platform.to_owned(), field)).or_default()[index] += count;
        }
    }
}

fn committed(text: &str) -> BTreeMap<(String, String), Counts> {
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, platform, field, a, b, c, d, _] = cells.as_slice() else {
            return None;
        };
        let counts = [a.parse().ok()?, b.parse().ok()?, c.parse().ok()?, d.parse().ok()?];
        Some((((*platform).to_owned(), (*field).to_owned()), counts))
    });
    rows.collect()
}

#[test]
fn what_survives_a_change_of_the_pages_only_rises() {
    if super::shared().is_none() {
        return;
    }
    let mut ours = BTreeMap::new();
    let pages = super::table::files().into_iter().filter(|file| {
        std::path::Path::new(file)
            .extension()
            .is_some_and(|ending| ending == "html")
    });
    pages.for_each(|file| survivors(&file, &mut ours));
    let mut text = String::from(include_str!("mutations.md"));
    for ((platform, field), [saved, classes, siblings, json_ld]) in &ours {
        writeln!(
            text,
            "| {platform} | {field} | {saved} | {classes} | {siblings} | {json_ld} |"
        )
        .unwrap();
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(TABLE, text).unwrap();
        return;
    }
    let before = committed(&std::fs::read_to_string(TABLE).unwrap());
    assert_eq!(before.len(), ours.len(), "UPDATE=1 writes the table anew");
    let fell: Vec<_> = before
        .iter()
        .filter(|(key, counts)| {
            ours.get(*key)
                .is_none_or(|ours| ours.iter().zip(*counts).any(|(now, before)| now < before))
        })
        .collect();
    assert!(fell.is_empty(), "less survives than before: {fell:?}");
}

/// Guards against changes that change nothing.
#[test]
fn each_change_changes_what_it_says() {
    let page = "<html><head><script type=\"application/ld+json\">{}</script></head><body><p class='a b'>1</p><p>2</p></body></html>";
    assert!(classes_renamed(page).contains("class=\"ca cb\""));
    assert!(siblings_reordered(page).contains("<p>2</p><p class=\"a b\">1</p>"));
    assert!(!json_ld_dropped(page).contains("ld+json"));
}
