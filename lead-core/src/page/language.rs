//! The declared language of a document.

use std::collections::BTreeMap;

use super::attribute::AttrName;
use super::document::Document;
use super::tag::Tag;

/// The first declaration that is a language, strongest first.
pub(super) fn of(document: &Document) -> Option<String> {
    let root = document
        .elements()
        .next()
        .filter(|element| element.tag() == Tag::Html);
    let of_root = root.and_then(|root| root.attr(AttrName::Lang).or_else(|| root.attr(AttrName::XmlLang)));
    let of_root = of_root.and_then(|declared| normal(&declared));
    of_root
        .or_else(|| document.meta().first("content-language").and_then(normal))
        .or_else(|| document.meta().first("og:locale").and_then(normal))
        .or_else(|| of_most_text(document))
        .or_else(|| document.response_language().and_then(normal))
}

/// The `lang` whose elements cover most of the text, if that is more than half of it.
fn of_most_text(document: &Document) -> Option<String> {
    let mut covered: BTreeMap<String, usize> = BTreeMap::new();
    let mut done = 0;
    for element in document.elements() {
        let span = element.span();
        if span.end <= done || span.is_empty() {
            continue;
        }
        if let Some(language) = element
            .attr(AttrName::Lang)
            .and_then(|declared| normal(&declared))
        {
            *covered.entry(language).or_default() += span.end - span.start.max(done);
            done = span.end;
        }
    }
    let (language, bytes) = covered.into_iter().max_by_key(|(_, bytes)| *bytes)?;
    (bytes * 2 > document.text().len()).then_some(language)
}

/// A language tag in the form of BCP 47 section 2.1.1: `pt_br` becomes `pt-BR`. `None` when it is none.
///
/// Of a list (`en, fr`), which `Content-Language` allows, the first.
fn normal(declared: &str) -> Option<String> {
    let first = declared.split([',', ';']).next().unwrap_or_default().trim();
    let mut parts = first.split(['-', '_', '.']);
    let language = parts.next().filter(|part| is_letters(part, 2..=3))?;
    let mut tag = language.to_ascii_lowercase();
    for part in parts {
        if is_letters(part, 4..=4) {
            let (initial, rest) = part.split_at(1);
            tag.push('-');
            tag.push_str(&initial.to_ascii_uppercase());
            tag.push_str(&rest.to_ascii_lowercase());
        } else if is_letters(part, 2..=2)
            || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
        {
            tag.push('-');
            tag.push_str(&part.to_ascii_uppercase());
        } else {
            break;
        }
    }
    Some(tag)
}

fn is_letters(part: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::super::ParseOptions;
    use super::*;

    fn language(html: &str, options: &ParseOptions) -> Option<String> {
        Document::from_html(html, options).unwrap().language()
    }

    #[test]
    fn the_strongest_declaration_wins() {
        let options = ParseOptions::new().content_language("nl, en");
        assert_eq!(
            language("<html lang=' de_at '>", &options).as_deref(),
            Some("de-AT")
        );
        let meta = "<html lang=''><meta http-equiv=content-language content=fr><meta property=og:locale content=it_IT>";
        assert_eq!(language(meta, &options).as_deref(), Some("fr"));
        assert_eq!(
            language("<meta property=og:locale content=it_IT>", &options).as_deref(),
            Some("it-IT")
        );
        assert_eq!(
            language("<p lang=es>Hola, qué tal</p><p lang=en>Hi", &options).as_deref(),
            Some("es")
        );
        assert_eq!(
            language("<p lang=es>Hola</p><p>something much longer", &options).as_deref(),
            Some("nl")
        );
        assert_eq!(language("<p>x", &ParseOptions::new()), None);
    }

    #[test]
    fn tags_are_normalised() {
        assert_eq!(normal("zh-hant-tw").as_deref(), Some("zh-Hant-TW"));
        assert_eq!(normal("es-419").as_deref(), Some("es-419"));
        assert_eq!(normal("en_US.UTF-8").as_deref(), Some("en-US"));
        assert_eq!(normal("english"), None);
        assert_eq!(normal(""), None);
    }
}
