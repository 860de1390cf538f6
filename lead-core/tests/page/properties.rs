//! What holds of every document, whatever the bytes.

use lead_core::page::{Document, ParseOptions};
use proptest::prelude::*;

use super::html;

/// The invariants of a document.
pub(super) fn check(document: &Document) {
    let text = document.text();
    assert!(
        text == document.source() || !text.contains("\n\n"),
        "no empty lines"
    );
    let mut before = 0;
    for element in document.elements() {
        let span = element.span();
        assert!(
            span.start <= span.end && text.get(span.clone()).is_some(),
            "{element:?} at {span:?}"
        );
        assert!(
            element.source_offset() >= before,
            "elements are in the order of the source"
        );
        before = element.source_offset();
        if let Some(parent) = element.parent() {
            assert!(parent.id() < element.id());
        }
        for attribute in element.attributes() {
            assert!(document.source().get(attribute.source_span()).is_some());
            let _ = (attribute.name(), attribute.value());
        }
    }
    for block in document.blocks() {
        if let Some(parent) = block.parent() {
            assert!(
                parent.id() < block.id() && parent.contains(block.id()) || parent.element().name() == "form"
            );
        }
        let _ = block.group();
    }
    for (offset, _) in text.char_indices() {
        if let Some(block) = document.block_at(offset) {
            assert!(block.id().index() < document.blocks().len());
        }
    }
    let mut end = 0;
    for hidden in document.hidden_spans() {
        assert!(hidden.start >= end && hidden.end > hidden.start && text.get(hidden.clone()).is_some());
        end = hidden.end;
    }
    for link in document.links() {
        let _ = (link.href(), link.url(), link.label(), link.element().block());
    }
    for (index, node) in document.structured().nodes().iter().enumerate() {
        assert!(
            node.properties()
                .iter()
                .filter_map(|(_, value)| value.node())
                .all(|id| document.structured().node(id).is_some())
        );
        assert!(
            node.parent()
                .is_none_or(|parent| document.structured().node(parent).is_some()),
            "{index}"
        );
    }
    let _ = (
        document.title(),
        document.language(),
        document.meta().position(),
        document.warnings().count(),
    );
}

/// Pieces that meet in ways nobody would write.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z0-9 \\n\\t<>&;'\"=/!-]{0,12}",
        2 => prop::sample::select(vec![
            "<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<a href='tel:1'>", "</a>", "<table>", "<tr>", "<td>", "</td>", "</table>",
            "<ul>", "<li>", "</ul>", "<form>", "</form>", "<svg>", "</svg>", "<title>", "</title>", "<script>", "</script>", "<br>",
            "<template>", "</template>", "<select>", "<option>", "</select>", "<pre>", "</pre>", "<x-y>", "</x-y>", "<p hidden>",
            "<span style='display:none'>", "</span>", "<!--", "-->", "<![CDATA[", "]]>", "<body>", "</body>", "<head>", "</head>",
            "<html lang=de>", "</html>", "<noscript>", "</noscript>", "<button>", "<h1>", "</h2>", "<dd>", "<dt>", "<img alt=x>",
            "<p itemscope itemtype='https://schema.org/Place' itemprop=a>", "<i itemprop='name'>", "<i id=r itemref='r q' itemscope>",
            "<script type='application/ld+json'>{\"@id\":\"a\",\"b\":[{\"@id\":\"a\"},{\"@type\":\"T\"}],}</script>",
            "<meta property=og:title content=x>", "<base href='https://a.test/'>", "<textarea>", "</textarea>", "<frameset>", "<noframes>",
            "&amp;", "&#x41;", "&nbsp;", "&copy", "é", "\u{200b}", "日本", "\u{0}", "\r\n",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(document) = Document::parse(&bytes, &ParseOptions::new()) {
            check(&document);
        }
    }

    #[test]
    fn any_markup_is_read(pieces in prop::collection::vec(piece(), 0..40)) {
        check(&html(&pieces.concat()));
    }

    #[test]
    fn any_markup_is_read_at_a_low_cap(pieces in prop::collection::vec(piece(), 0..60)) {
        let options = ParseOptions::new().max_depth(8);
        check(&Document::from_html(pieces.concat(), &options).unwrap());
    }

    /// Text that is read, escaped and read again is the same text.
    #[test]
    fn text_is_stable(pieces in prop::collection::vec(piece(), 0..30)) {
        let once = html(&pieces.concat()).text().to_owned();
        let escaped = once.replace('&', "&amp;").replace('<', "&lt;");
        let again = html(&format!("<body><pre>{escaped}"));
        prop_assert_eq!(again.text(), once.trim_end_matches(['\n', '\r']));
    }

    #[test]
    fn plain_text_stays_as_it_is(text in any::<String>()) {
        let document = Document::from_text(text.clone(), &ParseOptions::new()).unwrap();
        prop_assert_eq!(document.text(), text.as_str());
        check(&document);
    }
}
