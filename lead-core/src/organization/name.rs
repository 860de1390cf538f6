//! A name as it is kept, what is none, and how names of companies end.

use crate::calendar::MONTHS;
use crate::word_list::WordList;

/// A name as it is kept: one line, 2 to 100 characters, letters in it. `None` when it is no name.
pub(crate) fn tidy(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = line.trim_matches(|c: char| matches!(c, ' ' | ',' | '.' | '|' | '-' | '–' | '©' | ':' | '*'));
    // `Inc.` keeps its dot.
    let start = name.as_ptr().addr() - line.as_ptr().addr();
    let name = line
        .get(start..)
        .filter(|rest| {
            rest.starts_with(name) && rest.get(name.len()..).is_some_and(|end| end.starts_with('.'))
        })
        .filter(|_| LEGAL_ENDS.iter().any(|end| name.ends_with(end)))
        .and_then(|rest| rest.get(..=name.len()))
        .unwrap_or(name);
    let fits = (2..=100).contains(&name.chars().count()) && name.chars().any(char::is_alphabetic);
    (fits && !is_generic(name)).then(|| name.to_owned())
}

const LEGAL_ENDS: &[&str] = &[
    "Inc", "Ltd", "Co", "Corp", "Bros", "e.V", "S.A", "S.L", "B.V", "N.V", "S.p.A", "S.r.l", "L.L.C", "LLC",
    "St",
];

/// What titles, logos and copyright lines say in place of a name.
const GENERIC: &[&str] = &[
    "home",
    "homepage",
    "home page",
    "welcome",
    "contact",
    "contact us",
    "contacts",
    "kontakt",
    "contacto",
    "contatti",
    "about",
    "about us",
    "impressum",
    "index",
    "untitled",
    "untitled document",
    "new page 1",
    "all rights reserved",
    "location",
    "locations",
    "find us",
    "website",
    "the",
    "company",
    "company name",
    "our company",
    "directions",
    "services",
    "news",
    "blog",
    "shop",
    "store",
    "menu",
    "accueil",
    "startseite",
    "inicio",
    "contactez-nous",
    "uber uns",
    "über uns",
    "privacy policy",
    "terms of use",
    "sitemap",
    "site map",
    "customer service",
    "support",
    "help",
    "faq",
    "hours",
    "hours & location",
    "get in touch",
    "reach us",
    "contact information",
    "contact info",
    "wordpress",
    "official site",
    "official website",
    "error",
    "404",
    "page not found",
    "login",
    "search",
    "us",
    "design",
    "copyright",
    "rights reserved",
    "powered by",
    "contact page",
    "statement",
    "disclaimer",
    "legal notice",
    "terms and conditions",
    "history",
    "our history",
    "latest news",
    "careers",
    "jobs",
    "products",
    "gallery",
    "testimonials",
    "our team",
    "team",
    "welcome page",
    "main page",
    "mapa serwisu",
    "kontakty",
    "contatto",
    "chi siamo",
    "qui sommes-nous",
    "mentions légales",
    "über",
    "anfahrt",
    "datenschutz",
    "aviso legal",
    "empresa",
    "o nas",
    "over ons",
    "om oss",
    "realisaties",
    "hours and location",
    "hours and directions",
    "map and directions",
    "maps",
    "map data",
];

/// Makers of what pages are made with, which have copyright lines of their own in them.
const MAKERS: &[&str] = &[
    "google",
    "microsoft",
    "bing",
    "openstreetmap",
    "openstreetmap contributors",
    "mapbox",
    "here",
    "tele atlas",
    "navteq",
    "zen cart",
    "oscommerce",
    "joomla",
    "drupal",
    "typo3",
    "phpbb",
    "vbulletin",
    "prestashop",
    "shopify",
    "wix",
    "squarespace",
    "weebly",
    "facebook",
    "twitter",
    "the chromium authors",
    "adobe",
    "vistaprint",
    "godaddy",
];

/// `Come visit us`, `Call us today`: the beginnings of what pages ask of their readers.
const CALLS: &[&str] = &[
    "call", "come", "contact", "email", "find", "follow", "join", "like", "meet", "reach", "see", "tell",
    "visit", "write",
];

/// Whether a line asks something of its reader.
fn is_call(lower: &str) -> bool {
    let mut words = lower.split(' ');
    words.next().is_some_and(|first| CALLS.contains(&first)) && words.any(|word| matches!(word, "us" | "me"))
}

fn is_generic(name: &str) -> bool {
    let lower = name.to_lowercase();
    let plain = lower.trim_matches(|c: char| !c.is_alphanumeric());
    GENERIC.contains(&plain)
        || MAKERS.contains(&plain)
        || MONTHS.contains(&plain)
        || plain.is_empty()
        || is_call(plain)
}

/// Whether a name ends with a legal form: `Rossi Bakery, Inc.`, `Muster GmbH`, `Backer Sp. z o.o.`.
pub(super) fn has_legal_form(name: &str) -> bool {
    if !ends_like_a_form(name) {
        return false;
    }
    let lower = name.to_lowercase();
    let plain = lower.trim_end_matches(BEHIND_FORMS);
    LEGAL_FORMS.iter().any(|form| {
        plain
            .strip_suffix(form)
            .is_some_and(|rest| rest.len() > 2 && rest.ends_with([' ', ',', '\u{a0}']))
    })
}

/// The name without the legal form at its end: `Rossi Bakery` of `Rossi Bakery, Inc.`; the whole when there is none, or nothing
/// before it.
#[cfg(feature = "net")]
pub(crate) fn without_legal_form(name: &str) -> &str {
    let plain = name.trim_end_matches(BEHIND_FORMS);
    let lower = plain.to_lowercase();
    if lower.len() != plain.len() {
        return name;
    }
    let rest = LEGAL_FORMS.iter().filter_map(|form| lower.strip_suffix(form));
    // The longest form leaves the least: `GmbH & Co. KG` goes whole.
    let kept = rest
        .filter(|rest| rest.ends_with([' ', ',', '\u{a0}']))
        .filter_map(|rest| plain.get(..rest.len()))
        .map(|rest| rest.trim_end_matches([' ', ',', '\u{a0}']))
        .filter(|rest| rest.len() > 1);
    kept.min_by_key(|rest| rest.len()).unwrap_or(name)
}

/// What may stand behind a legal form.
const BEHIND_FORMS: [char; 6] = ['.', ',', ')', '®', '™', ' '];

/// A quick look before the list of forms: whether the last word is one of theirs.
pub(super) fn ends_like_a_form(name: &str) -> bool {
    let plain = name.trim_end_matches(BEHIND_FORMS);
    let last = plain.rsplit([' ', ',', '\u{a0}']).next().unwrap_or_default();
    LAST_WORDS.holds(last)
}

/// The last words of legal forms.
static LAST_WORDS: WordList<256> = WordList::new(
    "inc|incorporated|llc|l.l.c|llp|l.l.p|lp|corp|corporation|co|company|pllc|p.c|ltd|limited|plc|ltda|lda|gmbh|kg|\
    ag|ohg|gbr|ug|(haftungsbeschränkt|e.k|e.v|e.u|kgaa|se|s.a|sa|s.a.s|sas|sasu|s.a.r.l|sarl|eurl|sci|snc|s.n.c|\
    s.r.l|srl|s.r.l.s|s.p.a|spa|di|s.l|sl|s.l.u|s.a.u|s.coop|b.v|bv|n.v|nv|v.o.f|vof|bvba|sprl|srl/bv|o.o|o|j|s.c|\
    ab|aktiebolag|as|asa|a/s|aps|i/s|oy|oyj|s.r.o|a.s|d.o.o|kft|k.k|kk",
);

/// Legal forms of the countries whose addresses are read, without their last dot, in lower case (after the list of the
/// PyPI package cleanco, MIT).
const LEGAL_FORMS: &[&str] = &[
    "inc",
    "incorporated",
    "llc",
    "l.l.c",
    "llp",
    "l.l.p",
    "lp",
    "corp",
    "corporation",
    "co",
    "company",
    "pllc",
    "p.c",
    "ltd",
    "limited",
    "plc",
    "pty ltd",
    "pty. ltd",
    "ltda",
    "lda",
    "gmbh",
    "gmbh & co. kg",
    "gmbh & co kg",
    "ag",
    "kg",
    "ohg",
    "gbr",
    "ug",
    "ug (haftungsbeschränkt",
    "e.k",
    "e.v",
    "e.u",
    "kgaa",
    "se",
    "s.a",
    "sa",
    "s.a.s",
    "sas",
    "sasu",
    "s.a.r.l",
    "sarl",
    "eurl",
    "sci",
    "snc",
    "s.n.c",
    "s.r.l",
    "srl",
    "s.r.l.s",
    "s.p.a",
    "spa",
    "s.a.s. di",
    "s.l",
    "sl",
    "s.l.u",
    "s.a.u",
    "s.coop",
    "b.v",
    "bv",
    "n.v",
    "nv",
    "v.o.f",
    "vof",
    "bvba",
    "sprl",
    "srl/bv",
    "sp. z o.o",
    "sp. z o. o",
    "sp. j",
    "spółka z o.o",
    "s.c",
    "ab",
    "aktiebolag",
    "as",
    "asa",
    "a/s",
    "aps",
    "i/s",
    "oy",
    "oyj",
    "s.r.o",
    "a.s",
    "d.o.o",
    "kft",
    "k.k",
    "kk",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_line_and_no_page_name() {
        for (text, name) in [
            (" Rossi\n Bakery | ", Some("Rossi Bakery")),
            ("Rossi & Sons, Inc.", Some("Rossi & Sons, Inc.")),
            ("Contact us", None),
            ("COME VISIT US", None),
            ("Toys For Us", Some("Toys For Us")),
            ("12345", None),
            ("Google", None),
        ] {
            assert_eq!(tidy(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn every_legal_form_ends_with_a_word_that_is_looked_for() {
        assert!(LEGAL_FORMS.iter().all(|form| ends_like_a_form(form)));
    }

    #[test]
    fn legal_forms_end_names() {
        for name in [
            "Rossi Bakery, Inc.",
            "Muster GmbH",
            "Prova S.r.l.",
            "Przykład Sp. z o.o.",
            "Exempel AB",
        ] {
            assert!(has_legal_form(name), "{name}");
        }
        for name in ["Inc.", "Bakery", "Contact", ""] {
            assert!(!has_legal_form(name), "{name}");
        }
    }
}
