//! Input made to hurt: nothing overflows the stack, everything takes linear time, caps give typed errors.

use std::time::{Duration, Instant};

use lead_core::ErrorKind;
use lead_core::page::{Document, ParseOptions, WarningKind};

use super::html;

/// Bytes of the smaller input; the larger has sixteen times as many.
const SIZE: usize = 1 << 13;

/// Reading sixteen times the input takes some sixteen times as long (fifty, with caches and page faults), where a
/// quadratic pass would take 256 times. One of several tries has to show it, since the machine may be busy at any moment;
/// what takes no time at all need not.
fn takes_linear_time(name: &str, make: impl Fn(usize) -> String) {
    let (small, large) = (make(SIZE), make(16 * SIZE));
    let tries: Vec<_> = (0..5)
        .map_while(|_| too_slow(time_to_read(&small), time_to_read(&large)))
        .collect();
    assert!(tries.len() < 5, "{name}: not linear: {tries:?}");
}

fn too_slow(small: Duration, large: Duration) -> Option<(Duration, Duration)> {
    let linear = large < Duration::from_millis(2) || large < small * 100;
    (!linear).then_some((small, large))
}

fn time_to_read(source: &str) -> Duration {
    let start = Instant::now();
    let document = html(source);
    let _ = document.structured();
    let _ = document.language();
    let _ = document.links().map(|link| link.href().len()).sum::<usize>();
    let _ = document.blocks().filter_map(|block| block.parent()).count();
    start.elapsed()
}

#[test]
fn repeated_pieces_take_linear_time() {
    let units = [
        "<",
        ">",
        "&",
        "&a",
        "&#",
        "&#x1",
        "-",
        "<!",
        "<!-",
        "<!--",
        "<!-- --",
        "--!",
        "</",
        "</a",
        "<a",
        "<a>",
        "</a>",
        "<a ",
        "<a b=",
        "<a b='",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<b><p>",
        "</b></p>",
        "<div>",
        "</div>",
        "<table>",
        "<tr>",
        "<td>",
        "<table><tr><td>",
        "<li>",
        "<ul><li>",
        "<svg>",
        "<svg><p>",
        "<title>",
        "</title>",
        "<title></title>",
        "<script>",
        "<script><!--",
        "</script",
        "<!--<script>",
        "<template>",
        "<select><option>",
        "<form>",
        "<form></form>",
        "<x-y>",
        "</x-y>",
        "<x-y></z-y>",
        "<br>",
        "<a href=x>",
        "<p itemscope itemprop=a>",
        "<p itemprop=a>",
        "<p id=a itemscope itemref=a>",
        "<frameset>",
        "<![CDATA[",
        "<?",
        "\u{fffd}",
        " ",
        "\n",
        "\0",
        "a b ",
        "<font>",
        "<h1>",
        "<p style='display:none'>",
        "<button>",
        "<i></b></i>",
        "<p lang=en>a",
        "<noscript>",
        "<textarea>",
        "<plaintext>",
        "<dd><dt>",
    ];
    for unit in units {
        takes_linear_time(unit, |size| unit.repeat(size / unit.len()));
    }
}

#[test]
fn one_long_line_attribute_or_name_takes_linear_time() {
    let after = |before: &'static str, unit: &'static str, end: &'static str| {
        move |size: usize| format!("{before}{}{end}", unit.repeat(size / unit.len()))
    };
    takes_linear_time("line", after("", "a ", ""));
    takes_linear_time("attribute", after("<a href='", "&amp; ", "'>"));
    takes_linear_time("attributes", after("<a ", "data-a=1 ", ">"));
    takes_linear_time("name", after("<", "a", ">"));
    takes_linear_time("reference", after("&", "a", ";"));
    takes_linear_time("number", after("&#", "1", ";"));
    takes_linear_time("distinct attributes", |size| {
        format!(
            "<a {}>",
            (0..size / 16)
                .map(|index| format!("data-{index:08}=1 "))
                .collect::<String>()
        )
    });
    takes_linear_time("names", |size| format!("<{0}></{0}>", "a-".repeat(size / 4)));
    takes_linear_time("end tags that end nothing", |size| {
        "<div>".repeat(400) + &"</p></b></x-y>".repeat(size / 14)
    });
    takes_linear_time("end tags of unknown names", |size| {
        "<x-y>".repeat(400) + &"</z-z>".repeat(size / 6)
    });
    takes_linear_time("body tags", |size| {
        "<body class=a data-b=c itemscope>".repeat(size / 33)
    });
}

#[test]
fn nesting_overflows_no_stack() {
    for depth in [10_000, 100_000] {
        for (open, close) in [
            ("<div>", "</div>"),
            ("<b>", "</b>"),
            ("<x-y>", ""),
            ("<table><tr><td>", ""),
            ("<svg>", "</svg>"),
            ("<p><ul><li>", ""),
        ] {
            let document = html(&format!(
                "{}deep{}<p>after",
                open.repeat(depth),
                close.repeat(depth)
            ));
            assert!(document.text().starts_with("deep"), "{open}");
            assert!(document.text().ends_with("after"));
            assert!(
                document
                    .warnings()
                    .any(|warning| warning.kind == WarningKind::TooDeep),
                "{open}"
            );
            assert!(
                document
                    .blocks()
                    .rev()
                    .take(100)
                    .all(|block| block.ancestors().count() <= 512)
            );
            assert_eq!(document.dom().unwrap_err().kind(), ErrorKind::TooLarge);
            drop(document);
        }
    }
}

#[test]
fn a_million_deep() {
    let document = html(&format!("{}x", "<div>".repeat(1_000_000)));
    assert_eq!(document.text(), "x");
    let last = document.elements().next_back().unwrap();
    assert!(last.locator().len() < 2_000, "a locator stays short");
}

/// Unclosed inline tags in a page of ordinary size must not swallow its structure once they are too many.
#[test]
fn what_follows_the_depth_cap_still_nests() {
    let rows: String = (0..2000)
        .map(|row| format!("<tr><td><font>{row}<td><font>b"))
        .collect();
    let document = html(&format!("<table>{rows}</table><p>c"));
    assert!(document.text().ends_with("1999\tb\nc"));
    assert_eq!(
        document.warnings().count(),
        0,
        "cells end what stands open in them"
    );
    let document = html(&format!(
        "{}<table><tr><td>a<td>b<tr><td>c</table>",
        "<font>".repeat(600)
    ));
    assert_eq!(
        document.text(),
        "a\nb\nc",
        "deeper than the cap everything is a line"
    );
}

#[test]
fn json_too_deep_is_a_warning() {
    let deep = format!(
        "<script type=application/ld+json>{}</script><p>a",
        "[".repeat(200_000)
    );
    let document = html(&deep);
    assert_eq!(document.text(), "a");
    assert!(
        document
            .warnings()
            .any(|warning| warning.kind == WarningKind::MalformedJsonLd)
    );
}

#[test]
fn json_without_end_is_read_up_to_a_cap() {
    let businesses = r#"{"@type":"Bakery","name":"Rossi"},"#.repeat(60_000);
    let script = |content: &str| format!("<script type=application/ld+json>{content}</script>");
    let document = html(&format!(
        "{}{}",
        script(&format!("[{businesses}1]")),
        script("{}")
    ));
    let count = document.structured().of_type("Bakery").count();
    assert!((10_000..20_000).contains(&count), "{count}");
    let kinds: Vec<WarningKind> = document.warnings().map(|warning| warning.kind).collect();
    assert_eq!(kinds, [WarningKind::TooMuchJsonLd]);
}

#[test]
fn too_large_is_a_typed_error() {
    let huge = vec![b'a'; 100 << 20];
    let error = Document::parse(&huge, &ParseOptions::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    let mut options = ParseOptions::new().max_bytes(10);
    assert_eq!(
        Document::from_html("12345678901", &options).unwrap_err().kind(),
        ErrorKind::TooLarge
    );
    assert_eq!(
        Document::from_text("12345678901", &options).unwrap_err().kind(),
        ErrorKind::TooLarge
    );
    assert!(Document::from_html("1234567890", &options).is_ok());
    options = ParseOptions::new();
    options.max_elements = 10;
    assert_eq!(
        Document::from_html("<b>".repeat(11), &options)
            .unwrap_err()
            .kind(),
        ErrorKind::TooLarge
    );
}

#[test]
fn documents_can_be_shared_between_threads() {
    fn shareable<T: Send + Sync + 'static>() {}
    shareable::<Document>();
}
