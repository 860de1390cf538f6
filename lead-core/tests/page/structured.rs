//! JSON-LD, microdata, OpenGraph and meta.

use lead_core::page::structured::{NodeId, Origin};
use lead_core::page::{Document, Node, ParseOptions, Structured, Value, WarningKind};
use url::Url;

use super::html;

fn json_ld(block: &str) -> Document {
    html(&format!("<script type='application/ld+json'>{block}</script>"))
}

fn text(node: &Node, name: &str) -> String {
    node.text(name).unwrap_or_default().into_owned()
}

fn kinds(document: &Document) -> Vec<WarningKind> {
    document.warnings().map(|warning| warning.kind).collect()
}

#[test]
fn graphs_lists_and_nested_nodes() {
    let document = json_ld(
        r##"{"@context": "https://schema.org", "@graph": [
            {"@type": ["Organization", "schema:Dentist"], "@id": "#org", "name": "Rossi",
             "telephone": ["+39 1", {"@value": "+39 2"}], "telephone": "+39 3", "founder": {"@id": "#p"},
             "address": {"@type": "http://schema.org/PostalAddress", "postalCode": 118, "x": null}},
            {"@type": "Person", "@id": "#p", "name": "Ada", "worksFor": {"@id": "#org"}, "sameAs": {"@id": "https://a.test/ada"},
             "knows": {"@list": ["a", true, 1.5]}}]}"##,
    );
    let structured = document.structured();
    assert_eq!(structured.nodes().len(), 3);
    let company = structured.of_type("Dentist").next().unwrap();
    assert_eq!(company.types(), ["Organization", "Dentist"]);
    let phones: Vec<_> = company
        .all("telephone")
        .map(|value| value.to_text().unwrap())
        .collect();
    assert_eq!(
        phones,
        ["+39 1", "+39 2", "+39 3"],
        "lists, values and repeated members"
    );
    assert_eq!(
        text(company.nodes("address", structured).next().unwrap(), "postalCode"),
        "118"
    );
    let founder = company.nodes("founder", structured).next().unwrap();
    assert_eq!(
        (text(founder, "name").as_str(), text(founder, "sameAs").as_str()),
        ("Ada", "https://a.test/ada")
    );
    let knows: Vec<&Value> = founder.all("knows").collect();
    assert_eq!((knows[1], knows[2].to_number()), (&Value::Bool(true), Some(1.5)));
    assert_eq!(
        founder.nodes("worksFor", structured).next().unwrap().id(),
        Some("#org")
    );
    assert_eq!(kinds(&document), []);
}

#[test]
fn references_reach_across_blocks() {
    let block = |json: &str| format!("<script type=application/ld+json>{json}</script>");
    let document = html(&format!(
        "{}{}",
        block(r##"{"@type":"WebSite","publisher":{"@id":"#o"}}"##),
        block(r##"[{"@type":"Organization","@id":"#o","name":"Rossi"}]"##)
    ));
    let structured = document.structured();
    let site = structured.of_type("WebSite").next().unwrap();
    assert_eq!(
        text(site.nodes("publisher", structured).next().unwrap(), "name"),
        "Rossi"
    );
    assert_eq!(structured.roots().count(), 1);
}

#[test]
fn blocks_that_can_be_mended_are_and_it_is_told() {
    for block in [
        "<!-- {\"@type\": \"A\", \"name\": \"x\"} -->",
        "//<![CDATA[\n{\"@type\": \"A\", \"name\": \"x\"}\n//]]>",
        "\u{feff}{\"@type\": \"A\", \"name\": \"x\"};",
    ] {
        let document = json_ld(block);
        assert_eq!(
            (
                text(&document.structured().nodes()[0], "name").as_str(),
                kinds(&document)
            ),
            ("x", vec![]),
            "{block}"
        );
    }
    for (block, name) in [
        ("{\"@type\": \"A\", \"name\": \"x\",}", "x"),
        ("{\"name\": \"x\ny\"}", "x\ny"),
        ("{\"name\": \"O\\'Neill\"}", "O'Neill"),
        ("{ // comment\n \"name\": \"x\" /* y */ }", "x"),
        ("{&quot;name&quot;: &quot;x&quot;}", "x"),
    ] {
        let document = json_ld(block);
        assert_eq!(text(&document.structured().nodes()[0], "name"), name, "{block}");
        assert_eq!(kinds(&document), [WarningKind::MendedJsonLd]);
    }
}

#[test]
fn a_malformed_block_is_a_warning_and_the_others_stay() {
    let document = html(
        "<script type=application/ld+json>{\"name\": \"x\" \"y\"}</script>\
         <script type=application/ld+json>{\"name\": \"z\"}{\"name\": \"w\"} oops</script>\
         <script type=application/ld+json> </script><script type=application/json>{\"name\": \"no\"}</script>",
    );
    let names: Vec<String> = document
        .structured()
        .nodes()
        .iter()
        .map(|node| text(node, "name"))
        .collect();
    assert_eq!(names, ["z", "w"]);
    assert_eq!(
        kinds(&document),
        [WarningKind::MalformedJsonLd, WarningKind::MalformedJsonLd]
    );
    assert_eq!(document.warnings().next().unwrap().offset, Some(0));
}

fn of(source: &str) -> Structured {
    let base = Url::parse("https://a.test/x/").unwrap();
    Document::from_html(source, &ParseOptions::new().base_url(Some(&base)))
        .unwrap()
        .structured()
        .clone()
}

#[test]
fn microdata_values_by_element() {
    let structured = of(
        "<div itemscope itemtype='https://schema.org/LocalBusiness http://b.test/T' itemid=' u:1 '>\
        <h1 itemprop=name>Ros<b>si</b></h1><a itemprop='url sameAs' href=y>z</a><img itemprop=logo src=/l.png>\
        <meta itemprop=priceRange content=' $$ '><time itemprop=foundingDate datetime=1999>then</time><data itemprop=n value=7>seven</data>\
        <span itemprop=telephone content=+391>call</span><p itemprop=address itemscope itemtype=https://schema.org/PostalAddress>\
        <span itemprop=postalCode>00118</span></p></div><p itemprop=name>nobody's</p>",
    );
    assert_eq!(structured.nodes().len(), 2);
    let node = structured.of_type("LocalBusiness").next().unwrap();
    assert_eq!(
        (node.origin(), node.id(), node.has_type("http://b.test/T")),
        (Origin::Microdata, Some("u:1"), true)
    );
    let expected = [
        ("name", "Rossi"),
        ("url", "https://a.test/x/y"),
        ("sameAs", "https://a.test/x/y"),
        ("logo", "https://a.test/l.png"),
        ("priceRange", "$$"),
        ("foundingDate", "1999"),
        ("n", "7"),
        ("telephone", "+391"),
    ];
    for (name, value) in expected {
        assert_eq!(text(node, name), value);
    }
    assert_eq!(node.all("name").count(), 1);
    let address = node.nodes("address", &structured).next().unwrap();
    assert_eq!(
        (
            text(address, "postalCode").as_str(),
            address.parent().map(NodeId::index)
        ),
        ("00118", Some(0))
    );
}

#[test]
fn itemref_reaches_elsewhere() {
    let document = html(
        "<p id=c><b itemprop=telephone>1</b></p><div itemscope itemref='c d none'></div><i id=d itemprop=name>x</i>",
    );
    let node = &document.structured().nodes()[0];
    assert_eq!(
        (text(node, "telephone").as_str(), text(node, "name").as_str()),
        ("1", "x")
    );
    assert_eq!(kinds(&document), [WarningKind::MalformedMicrodata]);
}

#[test]
fn a_node_knows_its_block() {
    let document = html("<footer><p itemscope><b itemprop=name>x</b></p></footer>");
    let node = &document.structured().nodes()[0];
    let element = document.element(node.element()).unwrap();
    assert_eq!(
        (element.text(), element.locator().as_str()),
        ("x", "html > body > footer > p")
    );
}

#[test]
fn meta_open_graph_and_links() {
    let base = Url::parse("https://a.test/x/").unwrap();
    let source = "<meta NAME=Description content=' about us '><meta property='og:site_name' content='Rossi &amp; Co'>\
        <meta name=keywords content='a, b,,c'><meta name=ICBM content='41.9, 12.5'><meta name=author content=''>\
        <meta name=generator content=WordPress><link rel='Canonical' href=/><link rel=alternate hreflang=de href=de>\
        <meta itemprop=x content=y><body><meta property=og:phone_number content=+391>";
    let document = Document::from_html(source, &ParseOptions::new().base_url(Some(&base))).unwrap();
    let meta = document.meta();
    assert_eq!(
        (meta.description(), meta.site_name(), meta.author()),
        (Some("about us"), Some("Rossi & Co"), None)
    );
    assert_eq!(meta.keywords().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(
        (meta.position(), meta.generator()),
        (Some((41.9, 12.5)), Some("WordPress"))
    );
    assert_eq!(meta.canonical().unwrap().as_str(), "https://a.test/");
    assert_eq!(
        document
            .head_links()
            .iter()
            .filter_map(lead_core::page::structured::HeadLink::alternate)
            .map(|(language, url)| (language, url.as_str()))
            .collect::<Vec<_>>(),
        [("de", "https://a.test/x/de")]
    );
    assert_eq!(meta.all("og:phone_number").collect::<Vec<_>>(), ["+391"]);
    assert_eq!(
        html("<meta name=geo.position content='0;0'>").meta().position(),
        None
    );
    assert_eq!(
        html("<meta name=geo.position content='91;0'>").meta().position(),
        None
    );
}
