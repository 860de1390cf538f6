//! The rules of the text, of blocks and of what is hidden.

use lead_core::page::BlockKind::{Body, Footer, Heading, List, ListItem, Main, Paragraph};
use lead_core::page::{BlockKind, Document, ParseOptions, Tag, WarningKind};

use super::{html, text};

#[test]
fn inline_tags_are_transparent_and_words_are_not() {
    assert_eq!(
        text("<p>(06) <b>12</b><i>3</i><!-- x -->45<wbr>67"),
        "(06) 1234567"
    );
    assert_eq!(text("a<img src=x>b<input>c<svg><path d=''/></svg>d"), "a b c d");
    assert_eq!(text("<my-a>x</my-a><other:b>y</other:b>"), "xy");
}

#[test]
fn blocks_and_breaks_end_lines_once() {
    assert_eq!(
        text("<div><p>a</p>\n\n<p>b<br><br/>c</br>d</div>e"),
        "a\nb\nc\nd\ne"
    );
    assert_eq!(text("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>"), "a\nb\nc\nd");
    assert_eq!(text("<h2>a<p>b</h2>c<hr>d"), "a\nb\nc\nd");
}

#[test]
fn cells_are_parted_by_tabs() {
    assert_eq!(
        text("<table><tr><th>a<td> b <td><i>c</i></tr><tr><td>d</table>e"),
        "a\tb\tc\nd\ne"
    );
    assert_eq!(
        text("<table><tr><td><p>a</p><td>b</table>"),
        "a\nb",
        "a line end is stronger"
    );
    assert_eq!(
        text("<td>a</td><td>b</td>"),
        "a\nb",
        "cells outside a table are no cells"
    );
}

#[test]
fn white_space_stays_in_preformatted_text_only() {
    assert_eq!(text("<pre>\n a  b\n\tc</pre> d  e"), " a  b\n\tc\nd e");
    assert_eq!(text("<textarea>a\r\nb &amp; c</textarea>d"), "a\nb & c d");
    assert_eq!(text("a&nbsp;b&#8203;c&shy;d"), "a\u{a0}b\u{200b}c\u{ad}d");
}

#[test]
fn what_is_no_text_is_out() {
    let out = "<head><title>t</title><style>s{}</style></head><script>x</script><template>y<p>z</template><iframe>i</iframe>\
               <noembed>n</noembed><datalist><option>o</datalist><ruby>a<rp>(</rp><rt>b</rt></ruby>\
               <svg><title>t</title><desc>d</desc><text>c</text></svg>";
    assert_eq!(text(out), "ab c");
}

#[test]
fn noscript_is_in() {
    assert_eq!(text("<p>a<noscript><b>b</b> c</noscript>"), "ab c");
    let document = html("<head><noscript><link rel=stylesheet href=x></noscript></head><p>a");
    assert_eq!((document.text(), document.head_links().len()), ("a", 1));
}

#[test]
fn scripts_end_where_browsers_end_them() {
    let document = html(
        "<script>if (a</b) '</p>' + \"<!-- <script> </script> -->\"</SCRIPT >after<script src=x></script>",
    );
    assert_eq!(document.text(), "after");
    assert_eq!(
        document.scripts().map(|(_, body)| body.len()).collect::<Vec<_>>(),
        [48, 0]
    );
}

#[test]
fn comments_of_every_kind_end() {
    assert_eq!(
        text("a<!-->b<!--->c<!-- x --!>d<!-- -- - -->e<! f>g<?php h?>i</ j>k</>l<!---->m"),
        "abcdegiklm"
    );
    assert_eq!(
        text("a<!--[if IE]>b<![endif]-->c<![if !IE]>d<![endif]>e<![CDATA[f]]>g"),
        "acdeg"
    );
    assert_eq!(text("<svg><![CDATA[a<b>&amp;]]></svg>"), "a<b>&amp;");
    assert_eq!(text("a<!-- never closed <p>b"), "a");
}

#[test]
fn less_than_is_text_where_no_tag_begins() {
    assert_eq!(text("1 < 2 <3 <- << a<"), "1 < 2 <3 <- << a<");
    assert_eq!(text("a</"), "a</");
}

#[test]
fn a_tag_that_is_cut_off_is_dropped_and_told() {
    for cut in ["a<p class=\"x", "a<p class=x", "a<p", "a<p class=", "a<p class"] {
        let document = html(cut);
        assert_eq!(document.text(), "a", "{cut}");
        assert!(
            document
                .warnings()
                .any(|warning| warning.kind == WarningKind::Truncated),
            "{cut}"
        );
    }
    assert_eq!(text("a</p class='>"), "a");
}

#[test]
fn wrong_nesting_is_read_as_browsers_read_it() {
    assert_eq!(text("<p>a<div>b</p>c</div>d"), "a\nb\nc\nd");
    assert_eq!(text("<b>a<p>b</b>c</p>d"), "a\nbc\nd");
    let document = html("<ul><li>a<ul></li><li>b</ul>c</li></ul>");
    let items: Vec<&str> = document
        .blocks()
        .filter(|block| block.kind() == BlockKind::ListItem)
        .map(|block| block.text())
        .collect();
    assert_eq!(
        items,
        ["a\nb\nc", "b"],
        "a list inside an item keeps the item's end tag out"
    );
    assert_eq!(
        text("<table><tr><td>a<table><tr><td>b</table>c<td>d</table>"),
        "a\nb\nc\td"
    );
    assert_eq!(
        text("<select><option>a<option>b<optgroup><option>c</select>d"),
        "a\nb\nc\nd"
    );
    assert_eq!(text("</div></p>a</span></td>b"), "a\tb");
    assert_eq!(
        text("<svg><circle><p>a</p>b"),
        "a\nb",
        "a paragraph ends the drawing"
    );
}

#[test]
fn blocks_nest_and_know_their_kind() {
    let document = html(
        "<main><h1>Rossi</h1><ul><li><p>Roma <b>1</b></p><p>Tel 2</p></li><li>x</li></ul></main><footer>f</footer>",
    );
    let kinds: Vec<BlockKind> = document.blocks().map(|block| block.kind()).collect();
    assert_eq!(
        kinds,
        [
            Body,
            Main,
            Heading(1),
            List,
            ListItem,
            Paragraph,
            Paragraph,
            ListItem,
            Footer
        ]
    );
    let at = document.block_at(document.text().find('2').unwrap()).unwrap();
    assert_eq!((at.kind(), at.text()), (Paragraph, "Tel 2"));
    assert_eq!(
        (at.group().kind(), at.group().text()),
        (ListItem, "Roma 1\nTel 2")
    );
    assert!(at.group().contains(at.id()) && !at.contains(at.group().id()));
    assert_eq!(at.group().descendants().count(), 2);
    assert_eq!(
        at.ancestors().map(|block| block.kind()).collect::<Vec<_>>(),
        [ListItem, List, Main, Body]
    );
}

#[test]
fn a_card_made_of_divisions_is_a_group() {
    let document = html(
        "<div><div><div>Rossi</div><div><span>Tel 1</span></div></div><div><div>Verdi</div><div>Tel 2</div></div></div>",
    );
    let group = |needle| {
        document
            .block_at(document.text().find(needle).unwrap())
            .unwrap()
            .group()
            .text()
            .to_owned()
    };
    assert_eq!(
        (group("1"), group("Verdi")),
        ("Rossi\nTel 1".to_owned(), "Verdi\nTel 2".to_owned())
    );
}

#[test]
fn a_separator_belongs_to_the_block_before_it() {
    let document = html("<p>a</p><p>b</p>");
    let text = |offset| document.block_at(offset).unwrap().text();
    assert_eq!((text(0), text(1), text(2), text(99)), ("a", "a", "b", "b"));
    assert!(html("").block_at(0).is_none());
}

#[test]
fn hidden_text_is_kept_and_flagged() {
    let document = html(
        "info<span style='color:red; DISPLAY : none !important'>no<b>spam</b></span>@x.test<p hidden>y<p>z<video>v</video>",
    );
    assert_eq!(document.text(), "infonospam@x.test\ny\nz v");
    let hidden: Vec<&str> = document
        .hidden_spans()
        .map(|span| &document.text()[span])
        .collect();
    assert_eq!(hidden, ["nospam", "y", "v"]);
    assert!(document.is_hidden(0..5) && !document.is_hidden(0..4) && !document.is_hidden(10..17));
}

#[test]
fn spans_have_no_white_space_at_their_ends() {
    let document = html("<p>a <b> bc </b> d<i> </i><u><br>e</u>");
    let of = |tag| {
        document
            .elements()
            .find(|element| element.tag() == tag)
            .unwrap()
            .text()
    };
    assert_eq!(
        (of(Tag::B), of(Tag::I), of(Tag::U), of(Tag::P)),
        ("bc", "", "e", "a bc d\ne")
    );
}

#[test]
fn title_language_and_base() {
    let document = html(
        "<html lang=en-us><title> A &amp;\n B </title><title>C</title><base href=https://a.test/b/><a href=c>d</a>",
    );
    assert_eq!(document.title(), Some("A & B"));
    assert_eq!(document.language().as_deref(), Some("en-US"));
    assert_eq!(
        document.links().next().unwrap().url().unwrap().as_str(),
        "https://a.test/b/c"
    );
    assert_eq!(html("<title> </title>").title(), None);
    assert_eq!(
        html("<svg><title>x</title></svg>").title(),
        None,
        "a drawing's title is not the page's"
    );
}

#[test]
fn plain_text_is_taken_as_it_is() {
    let options = ParseOptions::new().content_type("text/plain; charset=utf-8");
    let document = Document::parse("Rossi <b>\nTel 1\n\n Verdi &amp;\n".as_bytes(), &options).unwrap();
    assert_eq!(document.text(), "Rossi <b>\nTel 1\n\n Verdi &amp;\n");
    let paragraphs: Vec<&str> = document.blocks().skip(1).map(|block| block.text()).collect();
    assert_eq!(paragraphs, ["Rossi <b>\nTel 1", " Verdi &amp;"]);
    assert_eq!(
        document.block_at(20).unwrap().element().locator(),
        "body > p:nth-of-type(2)"
    );
}

#[test]
fn an_empty_document_is_a_document() {
    for empty in ["", " \n"] {
        let document = Document::parse(empty.as_bytes(), &ParseOptions::new()).unwrap();
        assert_eq!(document.text(), "");
        assert_eq!(
            document
                .warnings()
                .map(|warning| warning.kind)
                .collect::<Vec<_>>(),
            [WarningKind::Empty]
        );
    }
}
