//! The part of a title that names the business.

use super::name::{has_legal_form, tidy};
use super::site::Site;

/// The likeliest part: the one the site is called after; else one with a legal form; else the one that the text says again;
/// else the last when the first is the name of a page, else the first.
pub(super) fn best(title: &str, text: &str, site: &Site) -> Option<String> {
    let parts = split(title);
    let names: Vec<String> = parts.iter().filter_map(|part| tidy(strip_lead(part))).collect();
    // `Rossi Bakery, wedding cakes in Town`: finer parts only where the site agrees.
    let fine = names
        .iter()
        .flat_map(|name| name.split([',', ':']))
        .filter_map(tidy);
    let agreeing = names.iter().cloned().chain(fine).filter(|name| site.agrees(name));
    if let Some(name) = agreeing.min_by_key(String::len) {
        return Some(name);
    }
    let first_generic = parts.first().is_some_and(|part| tidy(strip_lead(part)).is_none());
    let said = |name: &&String| count(text, name) >= 2;
    let named = names.iter().find(|name| has_legal_form(name));
    let repeated = || names.iter().rev().find(said).filter(|_| names.len() > 1);
    let default = || {
        if first_generic {
            names.last()
        } else {
            names.first()
        }
    };
    named.or_else(repeated).or_else(default).cloned()
}

/// How often the text says a name, up to a few.
pub(super) fn count(text: &str, name: &str) -> usize {
    memchr::memmem::find_iter(text.as_bytes(), name).take(4).count()
}

fn split(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for separator in [
        " | ",
        "|",
        " - ",
        " – ",
        " — ",
        " :: ",
        " » ",
        " : ",
        ": ",
        " · ",
        " • ",
        " ~ ",
        " \u{2014} ",
        " / ",
    ] {
        // Most titles have one of them at most.
        if memchr::memmem::find(title.as_bytes(), separator.as_bytes()).is_none() {
            continue;
        }
        parts = parts.iter().flat_map(|part| part.split(separator)).collect();
    }
    parts
}

/// A greeting before a name.
fn strip_lead(part: &str) -> &str {
    const LEADS: &[&str] = &[
        "welcome to the ",
        "welcome to ",
        "contact us at ",
        "contact us ",
        "contact ",
        "about us ",
        "about ",
        "willkommen bei ",
        "home of ",
    ];
    let part = part.trim();
    let begins = |lead: &&&str| {
        part.get(..lead.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(lead))
    };
    let lead = LEADS.iter().find(begins).map_or(0, |lead| lead.len());
    part.get(lead..).unwrap_or(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Document, ParseOptions};

    #[test]
    fn titles_lose_page_names() {
        let name = |title: &str, text: &str| {
            let document =
                Document::from_html("<base href='https://rossi-bakery.com/'>", &ParseOptions::new()).unwrap();
            best(title, text, &Site::of(&document, &[]))
        };
        assert_eq!(
            name("Contact Us | Smith Bakery", "").as_deref(),
            Some("Smith Bakery")
        );
        assert_eq!(
            name("Smith Bakery - Contact", "").as_deref(),
            Some("Smith Bakery")
        );
        assert_eq!(
            name("Fresh bread daily | Rossi Bakery", "").as_deref(),
            Some("Rossi Bakery")
        );
        assert_eq!(
            name("Fresh bread daily | Smith", "Smith bakes. Smith!").as_deref(),
            Some("Smith")
        );
        assert_eq!(
            name("Contact Us Smith Bakery", "").as_deref(),
            Some("Smith Bakery")
        );
        assert_eq!(name("Home", ""), None);
    }
}
