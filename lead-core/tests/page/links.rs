//! Links, attributes and locators.

use lead_core::page::{AttrName, Document, ParseOptions, Tag};
use url::Url;

use super::html;

#[test]
fn links_are_resolved_and_say_where_they_stand() {
    let base = Url::parse("https://a.test/dir/page").unwrap();
    let source = "<footer><a HREF=' ../kontakt?a=1&amp;b=2&copy=3 ' REL='NoFollow'><b>Kontakt</b></a><a name=x>no link</a>\
                  <a href=tel:+1&nbsp;23><img alt=phone></a><map><area href=#top></map>";
    let document = Document::from_html(source, &ParseOptions::new().base_url(Some(&base))).unwrap();
    let links: Vec<_> = document.links().collect();
    assert_eq!(links.len(), 3);
    assert_eq!(links[0].href(), "../kontakt?a=1&b=2&copy=3");
    assert_eq!(
        links[0].url().unwrap().as_str(),
        "https://a.test/kontakt?a=1&b=2&copy=3"
    );
    assert_eq!(
        (links[0].text(), links[0].rel().as_str()),
        ("Kontakt", "nofollow")
    );
    assert_eq!(links[0].element().block().unwrap().element().tag(), Tag::Footer);
    assert_eq!(links[1].href(), "tel:+1\u{a0}23");
    assert_eq!(links[2].url().unwrap().as_str(), "https://a.test/dir/page#top");
}

#[test]
fn a_link_without_text_has_a_label() {
    let document =
        html("<a href=x aria-label='Call us'></a><a href=x title=Mail><i></i></a><a href=x title=t>Fax</a>");
    let labels: Vec<String> = document.links().map(|link| link.label().into_owned()).collect();
    assert_eq!(labels, ["Call us", "Mail", "Fax"]);
    assert_eq!(
        document.links().next().unwrap().url(),
        None,
        "relative, and there is no base"
    );
}

#[test]
fn attributes_are_read_as_the_standard_says() {
    let source = "<p id=a ID=b class = \"x &lt; y\" data-Phone='1' data-phone=2 title data-e=\"q>\"onclick='f(\"x\")'/value=v/ =x=y width=3>t";
    let document = html(source);
    let paragraph = document
        .elements()
        .find(|element| element.tag() == Tag::P)
        .unwrap();
    let attributes: Vec<(String, String)> = paragraph
        .attributes()
        .map(|one| (one.name().into_owned(), one.value().into_owned()))
        .collect();
    let expected = [
        ("id", "a"),
        ("class", "x < y"),
        ("data-phone", "1"),
        ("title", ""),
        ("data-e", "q>"),
        ("onclick", "f(\"x\")"),
        ("value", "v/"),
    ];
    let expected: Vec<(String, String)> = expected
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
    assert_eq!(attributes, expected);
    assert!(paragraph.has_class("<") && !paragraph.has_class("x <"));
    assert_eq!(paragraph.text(), "t");
}

#[test]
fn every_attribute_leads_back_to_source_and_text() {
    let source = "<body><ul><li data-tel=12>A</li><li data-tel='34'><span itemprop=name>B</span></li></ul>";
    let document = html(source);
    let seen: Vec<(String, &str, &str)> = document
        .attributes()
        .map(|one| {
            (
                one.element().name().into_owned(),
                &source[one.source_span()],
                one.element().text(),
            )
        })
        .collect();
    let expected = [("li", "12", "A"), ("li", "34", "B"), ("span", "name", "B")];
    assert_eq!(
        seen,
        expected.map(|(name, value, text)| (name.to_owned(), value, text))
    );
}

#[test]
fn attributes_of_a_template_are_no_attributes_of_the_page() {
    let document = html("<template><a href=tel:1 data-x=1>a</a></template><a href=tel:2>b</a>");
    assert_eq!(
        document
            .links()
            .map(|link| link.href().into_owned())
            .collect::<Vec<_>>(),
        ["tel:2"]
    );
    assert_eq!(document.attributes().count(), 1);
}

#[test]
fn a_late_body_tag_gives_its_attributes_to_the_body() {
    let document = html(
        "<p>a<html lang=de><body class=x id=b itemscope itemtype=https://schema.org/Place><body id=c lang=en><i itemprop=name>n",
    );
    let body = document
        .elements()
        .find(|element| element.tag() == Tag::Body)
        .unwrap();
    let of = |name| body.attr(name).unwrap_or_default().into_owned();
    assert_eq!(
        (of(AttrName::Class), of(AttrName::Id), of(AttrName::Lang)),
        ("x".into(), "b".into(), "en".into())
    );
    assert_eq!(document.language().as_deref(), Some("de"));
    assert_eq!(
        document.structured().nodes()[0].text("name").as_deref(),
        Some("n")
    );
}

#[test]
fn too_many_attributes_are_cut_and_told() {
    let many: String = (0..1000).map(|index| format!(" data-a{index}={index}")).collect();
    let document = html(&format!("<p{many} id=x>t"));
    assert_eq!(document.attributes().count(), 128);
    assert_eq!(document.warnings().count(), 1);
}

#[test]
fn a_link_across_blocks_covers_them() {
    let document = html("<a href=x><div>a</div><p>b</p></a>c<p><a href=y>d<p>e</a>f");
    let texts: Vec<&str> = document.links().map(|link| link.text()).collect();
    assert_eq!(texts, ["a\nb", "d"]);
}

#[test]
fn locators_count_siblings_of_a_name_only() {
    let document = html(
        "<div>a</div><p>b</p><div><my-card>c</my-card><other-card>d</other-card><my-card><i>e</i></my-card></div>",
    );
    let locator = |tag| {
        document
            .elements()
            .rfind(|element| element.tag() == tag)
            .unwrap()
            .locator()
    };
    assert_eq!(
        locator(Tag::I),
        "html > body > div:nth-of-type(2) > my-card:nth-of-type(2) > i"
    );
    assert_eq!(locator(Tag::P), "html > body > p");
    let card = document
        .elements()
        .find(|element| element.name() == "other-card")
        .unwrap();
    assert!(card.locator().ends_with("div:nth-of-type(2) > other-card"));
    assert_eq!(card.attr(AttrName::Id), None);
}
