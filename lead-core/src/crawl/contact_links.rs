//! Links that lead to contacts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use url::Url;

use crate::page::Document;
use crate::record::SafeUrl;

/// What a page of a site is for, by the link that leads to it. The order is that of their yield.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PageKind {
    /// How to reach them.
    Contact,
    /// Who is responsible, by law: German, Austrian and Swiss sites must say (§ 5 DDG), French ones too (art. 6 LCEN).
    Imprint,
    /// Who they are.
    About,
    /// Where their places are.
    Locations,
    /// Terms and privacy, which name who is responsible.
    Legal,
}

/// Words of links, folded to lower case without accents, in en, de, fr, es, it, nl, pt, pl and ja.
const WORDS: &[(PageKind, &[&str])] = &[
    (
        PageKind::Contact,
        &[
            "contact",
            "kontakt",
            "contatt",
            "contato",
            "contacto",
            "contactez",
            "reach-us",
            "get-in-touch",
            "find-us",
            "anfahrt",
            "nous-joindre",
            "donde-estamos",
            "dove-siamo",
            "お問い合わせ",
            "お問合せ",
            "連絡先",
            "アクセス",
        ],
    ),
    (
        PageKind::Imprint,
        &[
            "impressum",
            "imprint",
            "mentions-legales",
            "mentions legales",
            "aviso-legal",
            "aviso legal",
            "note-legali",
            "note legali",
            "colofon",
            "ficha-tecnica",
            "会社概要",
            "特定商取引",
        ],
    ),
    (
        PageKind::About,
        &[
            "about",
            "ueber-uns",
            "uber-uns",
            "uber uns",
            "ueber uns",
            "a-propos",
            "a propos",
            "qui-sommes-nous",
            "qui sommes",
            "quienes-somos",
            "quienes somos",
            "sobre",
            "chi-siamo",
            "chi siamo",
            "over-ons",
            "over ons",
            "quem-somos",
            "quem somos",
            "o-nas",
            "o nas",
            "team",
            "equipe",
            "company",
            "unternehmen",
            "私たち",
            "当社",
            "当院",
        ],
    ),
    (
        PageKind::Locations,
        &[
            "locations",
            "branches",
            "standorte",
            "filialen",
            "agences",
            "sucursales",
            "sedi",
            "vestigingen",
            "oddzialy",
            "店舗",
        ],
    ),
    (
        PageKind::Legal,
        &[
            "legal",
            "privacy",
            "datenschutz",
            "agb",
            "terms",
            "confidentialite",
            "cgv",
            "privacidad",
            "privacidade",
            "privacyverklaring",
            "polityka-prywatnosci",
            "regulamin",
            "プライバシー",
        ],
    ),
];

/// The links of `page` that stay on `site` and lead to contacts, the most promising first, each page once.
///
/// Links marked `nofollow` are followed: the mark speaks of endorsement (HTML standard, link types), not of permission.
pub fn contact_links(page: &Document, site: &str) -> Vec<(PageKind, SafeUrl)> {
    let mut found: BTreeMap<SafeUrl, PageKind> = BTreeMap::new();
    for link in page.links() {
        let Some(url) = link.url().and_then(|url| SafeUrl::from_url(url).ok()) else {
            continue;
        };
        let url = url.without_fragment();
        if url.site() != site || is_file(url.as_url()) {
            continue;
        }
        if let Some(kind) = kind_of(url.as_url(), &link.label()) {
            let known = found.entry(url).or_insert(kind);
            *known = kind.min(*known);
        }
    }
    let mut links: Vec<_> = found.into_iter().map(|(url, kind)| (kind, url)).collect();
    links.sort();
    links
}

/// All words in one machine, so that a link costs one walk over its text; the kind of each, by its place. None when the
/// machine cannot be built, which a test rules out.
static MACHINE: LazyLock<Option<(AhoCorasick, Vec<PageKind>)>> = LazyLock::new(|| {
    let words = || {
        WORDS
            .iter()
            .flat_map(|(kind, words)| words.iter().map(|word| (*kind, *word)))
    };
    let machine = AhoCorasick::new(words().map(|(_, word)| word)).ok()?;
    Some((machine, words().map(|(kind, _)| kind).collect()))
});

/// What the page behind a link is for, by its address and what the link says.
pub(super) fn kind_of(url: &Url, label: &str) -> Option<PageKind> {
    let path = percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy();
    // Long texts are articles that mention a contact, not links to it.
    let label = if label.chars().nth(40).is_none() {
        label
    } else {
        ""
    };
    [&*path, label]
        .into_iter()
        .filter_map(|text| best_kind(&folded(text)))
        .min()
}

/// The most promising kind a folded text names.
fn best_kind(text: &str) -> Option<PageKind> {
    let (machine, kinds) = MACHINE.as_ref()?;
    let found = machine.find_overlapping_iter(text);
    found
        .filter_map(|word| kinds.get(word.pattern().as_usize()).copied())
        .min()
}

/// Lower case, the accents of the languages above taken off.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let plain = |c| match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        'ł' => 'l',
        c => c,
    };
    text.chars().flat_map(char::to_lowercase).map(plain).collect()
}

/// Whether the path names a file that is no page.
pub(super) fn is_file(url: &Url) -> bool {
    let name = url.path().rsplit('/').next().unwrap_or_default();
    let ending = name
        .rsplit_once('.')
        .map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    matches!(
        ending.as_str(),
        "pdf"
            | "jpg"
            | "jpeg"
            | "png"
            | "gif"
            | "svg"
            | "webp"
            | "zip"
            | "doc"
            | "docx"
            | "xls"
            | "xlsx"
            | "mp3"
            | "mp4"
            | "css"
            | "js"
            | "ics"
            | "vcf"
            | "xml"
            | "rss"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::ParseOptions;

    fn links(html: &str) -> Vec<(PageKind, String)> {
        let base = Url::parse("https://www.exemple.test/accueil").unwrap();
        let page = Document::parse(html.as_bytes(), &ParseOptions::new().base_url(Some(&base))).unwrap();
        contact_links(&page, "exemple.test")
            .into_iter()
            .map(|(kind, url)| (kind, url.to_string()))
            .collect()
    }

    #[test]
    fn finds_the_pages_that_lead_to_contacts_in_order_of_promise() {
        let found = links(
            "<a href='/datenschutz'>Datenschutz</a><a href='/p/7'>Über uns</a><a href='kontakt.html#form'>Schreiben Sie uns</a>\
             <a href='/mentions-l%C3%A9gales'>Infos</a><a href='/kontakt.html'>Kontakt</a><a href='/blog'>Blog</a>",
        );
        let wanted = [
            (PageKind::Contact, "https://www.exemple.test/kontakt.html"),
            (
                PageKind::Imprint,
                "https://www.exemple.test/mentions-l%C3%A9gales",
            ),
            (PageKind::About, "https://www.exemple.test/p/7"),
            (PageKind::Legal, "https://www.exemple.test/datenschutz"),
        ];
        assert_eq!(found, wanted.map(|(kind, url)| (kind, url.to_owned())));
    }

    #[test]
    fn stays_on_the_site_and_away_from_files() {
        let found = links(
            "<a href='https://other.test/contact'>Contact</a><a href='/contact.pdf'>Contact</a><a href='mailto:contact@a.test'>x</a>\
             <a href='https://shop.exemple.test/contact'>Contact</a><a href='javascript:contact()'>Contact</a>",
        );
        assert_eq!(
            found,
            [(PageKind::Contact, "https://shop.exemple.test/contact".to_owned())]
        );
    }
}
