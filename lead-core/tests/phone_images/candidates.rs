//! Which pictures of a page may be a number.

use lead_core::page::{Document, ParseOptions};
use lead_core::phone::{ImageCandidate, images, numbers_of_image};
use lead_core::record::{Method, PhoneRole};

fn document(html: &str) -> Document {
    let base = "https://bakery.example/contact/".parse().unwrap();
    Document::from_html(html, &ParseOptions::new().base_url(Some(&base))).unwrap()
}

fn candidates(html: &str) -> Vec<ImageCandidate> {
    images(&document(html))
}

#[test]
fn what_speaks_for_a_picture() {
    for (html, role) in [
        ("<p>Tel: <img src=a.gif>", PhoneRole::Tel),
        ("<p>Fax: <img src=a.gif width=140 height=18>", PhoneRole::Fax),
        (
            "<table><tr><td>Mobil<td><img src=a.png></table>",
            PhoneRole::Mobile,
        ),
        ("<img src=/img/phone.png width=160 height=20>", PhoneRole::Tel),
        (
            "<img src='fax-number.gif?v=2' style='width: 160px; height:20px'>",
            PhoneRole::Fax,
        ),
        (
            "<img src=x7.png alt='Telefonnummer' width=200 height=24>",
            PhoneRole::Tel,
        ),
        ("<img src=x7.png class=whatsapp-number>", PhoneRole::Whatsapp),
        (
            "<img data-src=tel.png src=data:image/gif;base64,R0lGOD>",
            PhoneRole::Tel,
        ),
        (
            "<p>Tel: <img src='data:image/png;base64,iVBORw0KGgo='>",
            PhoneRole::Tel,
        ),
    ] {
        let found = candidates(html);
        assert_eq!(
            found.iter().map(|one| one.role).collect::<Vec<_>>(),
            [role],
            "{html}"
        );
    }
}

#[test]
fn a_canvas_may_show_a_number() {
    let found = candidates(
        "<canvas width=40 height=40></canvas><p>Tel: <canvas width=200 height=30>Your browser is too old</canvas><p>Fax: <img src=a.gif>",
    );
    let found: Vec<_> = found
        .iter()
        .map(|one| (one.role, one.source.as_str(), one.is_drawn()))
        .collect();
    assert!(found.contains(&(PhoneRole::Tel, "canvas:1", true)), "{found:?}");
    assert!(found.contains(&(PhoneRole::Fax, "a.gif", false)), "{found:?}");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn what_speaks_against_it() {
    for html in [
        "<img src=logo.png>",
        "<img src=bread.jpg width=140 height=18>",
        "<img src=phone.png width=24 height=24>",
        "<img src=phone.png height=16 width=16 alt=Phone> 030 23125100",
        "<img src=phone-icon.png>",
        "<p>Tel: <img src=phone.svg>",
        "<p>Tel: <img src=shop.jpg width=1200 height=400>",
        "<p>Call us<p><img src=team.jpg width=300 height=300>",
        "<img alt=Tel>",
    ] {
        assert_eq!(candidates(html), [], "{html}");
    }
}

#[test]
fn the_likeliest_comes_first_with_its_address() {
    let found = candidates(
        "<img src=phone.gif><footer>Tel: <img src='../n/1.png' width=120 height=16></footer><img src=mobile.gif>",
    );
    let urls: Vec<String> = found
        .iter()
        .map(|one| one.url.as_ref().unwrap().to_string())
        .collect();
    assert_eq!(
        urls,
        [
            "https://bakery.example/n/1.png",
            "https://bakery.example/contact/phone.gif",
            "https://bakery.example/contact/mobile.gif"
        ]
    );
    assert!(found.is_sorted_by(|one, next| one.score >= next.score));
    let many = "<p>Tel: <img src=a.gif>".repeat(100);
    assert_eq!(candidates(&many).len(), 16);
}

#[test]
fn what_was_read_becomes_a_number_with_its_picture_as_evidence() {
    let page = document("<p>Fax: <img id=n src=a.gif>");
    let found = numbers_of_image(&page, &images(&page)[0], "030 23125-100\n\n12", Some("DE"));
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].e164.to_string().as_str(), found[0].role),
        ("+493023125100", PhoneRole::Fax)
    );
    let trace = &found[0].evidence()[0];
    assert_eq!(
        (&trace.method, trace.locator.as_deref()),
        (&Method::Image, Some("html > body > p > img"))
    );
    assert_eq!(
        numbers_of_image(&page, &images(&page)[0], "24.12.2023 1", Some("DE")),
        []
    );
}
