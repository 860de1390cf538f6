//! Input made to hurt the finders of e-mail addresses and profiles: sixteen times the input takes some sixteen times as
//! long. A quadratic pass would take 256 times.
#![allow(clippy::unwrap_used, reason = "a test harness")]

use std::time::{Duration, Instant};

use lead_core::email::find_emails;
use lead_core::page::{Document, ParseOptions};
use lead_core::social::find_profiles;

/// Bytes of the smaller input; the larger has sixteen times as many.
const SIZE: usize = 1 << 15;

fn time_to_find(page: &str) -> Duration {
    let document = Document::from_html(page, &ParseOptions::new()).unwrap();
    let start = Instant::now();
    let _ = (find_emails(&document), find_profiles(&document));
    start.elapsed()
}

/// One of several tries has to show it, since the machine may be busy at any moment; what takes no time at all need not.
fn takes_linear_time(name: &str, make: impl Fn(usize) -> String) {
    let (small, large) = (make(SIZE), make(16 * SIZE));
    let tries: Vec<_> = (0..5)
        .map_while(|_| {
            let (small, large) = (time_to_find(&small), time_to_find(&large));
            let linear = large < Duration::from_millis(2) || large < small * 100;
            (!linear).then_some((small, large))
        })
        .collect();
    assert!(tries.len() < 5, "{name}: not linear: {tries:?}");
}

#[test]
fn repeated_pieces_take_linear_time() {
    for unit in [
        "@",
        "a@",
        "@a",
        "a@b.example ",
        "a@b.example",
        "a@b.",
        "＠",
        "&#64;",
        "a&#64;",
        "%40",
        "(at)",
        "((((",
        "[[{{(",
        "a (at) ",
        "a at b dot ",
        " at ",
        "a (at) b (dot) ",
        "<at>",
        "{a,",
        "{a}@",
        "\u{200b}",
        "a\u{ad}@",
        "<a href='mailto:a@b.example'>a@b.example</a>",
        "<a href='mailto:a@b.example'>x</a>",
        "<a href='mailto:a@b.example,'></a>Anna Rossi ",
        "<a href='javascript:'>",
        "<i hidden>x</i>@",
        "a<i hidden>@</i>",
        "<i style='unicode-bidi:bidi-override;direction:rtl'>x@",
        "<bdo dir=rtl>",
        "<p data-domain='a.example' data-name='b'>",
        "<script>a+='@'</script>",
        "<style>.a{display:none}</style><i class=a>@",
        "<a href='https://www.facebook.com/rossi'>x</a>",
        "<a href='https://a.a.a.a.facebook.com/'>x</a>",
    ] {
        takes_linear_time(unit, |size| unit.repeat(size / unit.len()));
    }
}

#[test]
fn one_long_script_link_or_sheet_takes_linear_time() {
    let within = |before: &'static str, unit: &'static str, after: &'static str| {
        move |size: usize| format!("{before}{}{after}", unit.repeat(size / unit.len()))
    };
    takes_linear_time("mailto", within("<a href='mailto:", "a@b.example,", "'>x</a>"));
    takes_linear_time(
        "copies",
        within("<a href='mailto:?", "cc=a@b.example&", "'>x</a>"),
    );
    takes_linear_time("title", within("<p title='", "a@", "'>"));
    takes_linear_time("click", within("<p onclick=\"a='@';", "a+=a;", "\">"));
    takes_linear_time(
        "rules",
        within("<style>", ".a{display:none}", "</style><i class=a>@</i>"),
    );
    takes_linear_time("scripts", |size| {
        let script = format!("<script>a='@';{}</script>", "a+=a;".repeat(200));
        script.repeat(size / script.len() + 1)
    });
    takes_linear_time("lists", |size| {
        let script = format!("<script>x='@';[{}]</script>", "'@',[".repeat(200));
        script.repeat(size / script.len() + 1)
    });
}
