//! Pages that have no listings, each known for what it is: `negative.toml`, and the table `docs/negative-pages.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use lead_core::ErrorKind;
use lead_core::source::adapter::{Outcome, PageKind, ParseRequest};
use serde::Deserialize;

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/negative-pages.md");

/// The kinds every platform is asked about.
const KINDS: [PageKind; 7] = [
    PageKind::Captcha,
    PageKind::LoginWall,
    PageKind::SoftBlock,
    PageKind::NotFound,
    PageKind::Consent,
    PageKind::Closed,
    PageKind::NoResults,
];

/// What stands before any site, whatever the platform.
const ANY: [(PageKind, &str); 5] = [
    (
        PageKind::Captcha,
        "<title>Just a moment...</title><p>Verify you are human by completing the action below.",
    ),
    (
        PageKind::LoginWall,
        "<h1>Sign in to continue</h1><form><input name=u><input type=password name=p></form>",
    ),
    (
        PageKind::SoftBlock,
        "<title>Access Denied</title><p>You don't have permission to access this page. Reference #18.5c",
    ),
    (
        PageKind::NotFound,
        "<title>404 - Page not found</title><h1>Oops!</h1><p>The page you are looking for is not here.",
    ),
    (
        PageKind::Consent,
        "<title>Before you continue</title><p>We use cookies and data to deliver our services.<button>Reject all</button><button>Accept all</button>",
    ),
];

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
    cannot: Vec<Cannot>,
}

#[derive(Deserialize)]
struct Case {
    platform: String,
    kind: PageKind,
    model: String,
    page: Option<String>,
    file: Option<String>,
}

#[derive(Deserialize)]
struct Cannot {
    platforms: Vec<String>,
    kinds: Vec<PageKind>,
    why: String,
}

fn cases() -> Cases {
    toml::from_str(include_str!("negative.toml")).unwrap()
}

fn word(kind: PageKind) -> String {
    serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned()
}

/// What a platform says of a page: its kind, and the rule that knew it.
fn negative(platform: &str, page: &[u8]) -> Result<(PageKind, String), String> {
    let adapter = lead_core::source::adapter(platform).unwrap();
    match adapter.parse(page, &ParseRequest::new()) {
        Ok(Outcome::Negative { kind, page }) => Ok((kind, page)),
        Ok(other) => Err(format!("{other:?}")),
        Err(error) => Err(error.to_string()),
    }
}

fn bytes(case: &Case) -> Option<Vec<u8>> {
    match (&case.page, &case.file) {
        (Some(page), _) => Some(page.clone().into_bytes()),
        (None, Some(file)) => Some(std::fs::read(super::shared()?.join(file)).unwrap()),
        (None, None) => panic!("{}: neither a page nor a file", case.platform),
    }
}

#[test]
fn each_page_without_listings_is_known_for_what_it_is() {
    let mut wrong = Vec::new();
    for case in cases().case {
        let Some(bytes) = bytes(&case) else { continue };
        let ours = negative(&case.platform, &bytes);
        if !matches!(&ours, Ok((kind, _)) if *kind == case.kind) {
            let page = case.page.or(case.file).unwrap();
            wrong.push(format!("{} {:?} {page}: {ours:?}", case.platform, case.kind));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Guards against rules that no page ever meets.
#[test]
fn each_negative_rule_of_an_adapter_has_its_page() {
    if super::shared().is_none() {
        return;
    }
    let mut met: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for case in cases().case {
        let rule = negative(&case.platform, &bytes(&case).unwrap()).map(|(_, rule)| rule);
        met.entry(case.platform).or_default().extend(rule);
    }
    let mut idle = Vec::new();
    for id in lead_core::source::adapters() {
        let adapter = lead_core::source::adapter(id).unwrap();
        let rules = adapter.pages().filter(|(_, kind)| *kind != PageKind::Listings);
        let met = met.get(id).cloned().unwrap_or_default();
        idle.extend(
            rules
                .filter(|(name, _)| !met.contains(*name))
                .map(|(name, _)| format!("{id}: {name}")),
        );
    }
    assert!(idle.is_empty(), "no page meets {idle:?}");
}

#[test]
fn walls_before_any_site_are_known_on_every_platform() {
    for id in lead_core::source::adapters() {
        for (kind, page) in ANY {
            let ours = negative(id, page.as_bytes());
            assert!(
                matches!(&ours, Ok((ours, _)) if *ours == kind),
                "{id} {kind:?}: {ours:?}"
            );
        }
    }
}

/// `docs/negative-pages.md`: each platform × each kind, and by what it is known. `UPDATE=1` writes it.
#[test]
fn the_table_of_negative_kinds_is_that_of_the_cases() {
    let cases = cases();
    let mut text = String::from(include_str!("negative.md"));
    let head: Vec<String> = KINDS.iter().map(|kind| format!("`{}`", word(*kind))).collect();
    writeln!(text, "\n| platform | {} |", head.join(" | ")).unwrap();
    writeln!(text, "|{}", "---|".repeat(KINDS.len() + 1)).unwrap();
    for id in lead_core::source::adapters() {
        let cells: Vec<String> = KINDS.iter().map(|kind| cell(&cases, id, *kind)).collect();
        writeln!(text, "| {id} | {} |", cells.join(" | ")).unwrap();
    }
    text.push('\n');
    for (number, cannot) in (1..).zip(&cases.cannot) {
        writeln!(text, "{number}. {}.", cannot.why).unwrap();
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(TABLE, text).unwrap();
        return;
    }
    assert_eq!(
        std::fs::read_to_string(TABLE).unwrap(),
        text,
        "UPDATE=1 writes it"
    );
}

fn cell(cases: &Cases, id: &str, kind: PageKind) -> String {
    let own = cases
        .case
        .iter()
        .filter(|case| case.platform == id && case.kind == kind);
    let models: BTreeSet<&str> = own.map(|case| case.model.as_str()).collect();
    let cannot = (1..)
        .zip(&cases.cannot)
        .find(|(_, one)| one.kinds.contains(&kind) && one.platforms.iter().any(|own| own == id));
    match (models.is_empty(), cannot) {
        (false, None) => models.into_iter().collect::<Vec<_>>().join(", "),
        (true, Some((number, _))) => format!("– ({number})"),
        (true, None) if ANY.iter().any(|(any, _)| *any == kind) => "any site's".to_owned(),
        (empty, _) => panic!(
            "{id} {kind:?}: {}",
            if empty {
                "no page and no reason"
            } else {
                "a page, and a reason why not"
            }
        ),
    }
}

#[test]
fn a_page_that_no_rule_knows_is_never_an_empty_success() {
    for id in lead_core::source::adapters() {
        let adapter = lead_core::source::adapter(id).unwrap();
        for page in [
            "",
            "{}",
            "[]",
            "null",
            "<html><body><p>Hello</p></body></html>",
            "\u{0}\u{1}",
        ] {
            if (id, page) == ("nominatim", "[]") {
                continue; // its own way to say that there is no such place
            }
            let error = adapter.parse(page.as_bytes(), &ParseRequest::new()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnrecognisedPage, "{id}: {page:?}");
        }
    }
}
