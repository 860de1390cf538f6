//! Numbers that pages show as pictures, as a browser sees them.

use lead_core::page::{Document, ParseOptions};
use lead_core::phone::{Tesseract, images, numbers_of_image};
use lead_core::record::PhoneRole;
use lead_core::seam::{Recognize as _, Response};

use super::support::*;

/// One number is drawn, one is an image of lines, one an image without a label; a canvas that shows none stands between.
const PAGE: &str = "<!doctype html><meta charset=utf-8><title>Bakery</title>
    <canvas width=40 height=40></canvas>
    <p>Phone: <canvas id=tel width=260 height=40></canvas></p>
    <div id=host></div>
    <p>Fax: <img src=/fax width=260 height=40></p>
    <p><img src=/bread width=300 height=200></p>
    <div style='height: 2000px'></div>
    <p>Mobile: <canvas id=far width=260 height=40></canvas></p>
    <script>
      const draw = (canvas, text) => {
        const pen = canvas.getContext('2d');
        pen.fillStyle = 'white';
        pen.fillRect(0, 0, 260, 40);
        pen.fillStyle = 'black';
        pen.font = '26px sans-serif';
        pen.fillText(text, 6, 29);
      };
      draw(tel, '030 23125 130');
      draw(far, '0151 23125131');
      host.attachShadow({ mode: 'closed' }).innerHTML = '<canvas width=30 height=30></canvas>';
    </script>";

const FAX: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='260' height='40'><rect width='260' height='40' fill='white'/><text x='6' y='29' font-family='sans-serif' font-size='26'>030 23125 132</text></svg>";

fn svg() -> Answer {
    html(FAX).header("content-type", "image/svg+xml")
}

async fn rendered(keep: bool) -> (Server, Response) {
    let server = Server::start([("/", html(PAGE)), ("/fax", svg()), ("/bread", svg())]).await;
    let mut settings = config();
    settings.keep_shots = keep;
    let browser = server.browser(settings);
    let page = render(&browser, &server.url("bakery.test", "/")).await.unwrap();
    browser.close().await;
    (server, page)
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_drawn_on_a_page_are_read() {
    let (_server, page) = rendered(true).await;
    let document = Document::from_html(text(&page), &ParseOptions::new()).unwrap();
    let rendering = page.rendering.unwrap();
    let engine = Tesseract::new();
    let mut read = Vec::new();
    for candidate in images(&document) {
        let shot = rendering
            .shot(&candidate.source)
            .unwrap_or_else(|| panic!("{candidate:?}"));
        assert!(shot.png.starts_with(b"\x89PNG"));
        let digits = engine.recognize(&shot.png).await.unwrap();
        for phone in numbers_of_image(&document, &candidate, &digits, Some("DE")) {
            read.push((phone.role, phone.e164.to_string()));
        }
    }
    read.sort();
    let wanted = [
        (PhoneRole::Tel, "+493023125130"),
        (PhoneRole::Fax, "+493023125132"),
        (PhoneRole::Mobile, "+4915123125131"),
    ];
    let wanted: Vec<_> = wanted.map(|(role, number)| (role, number.to_owned())).into();
    assert_eq!(read.len(), 3, "{read:?}");
    for number in wanted {
        assert!(read.contains(&number), "{number:?}: {read:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_wish_for_them_no_picture_is_loaded() {
    let (server, page) = rendered(false).await;
    assert!(page.rendering.unwrap().shots.is_empty());
    assert!(
        !server.paths().contains(&"/fax".to_owned()),
        "{:?}",
        server.paths()
    );
}
