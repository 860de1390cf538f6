//! What is seen of pages while they are rendered.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use lead_core::browser::{LiveEvent, NumberBox, Rect};

use super::support::*;

/// A page that writes down where its numbers stand, as it sees them itself.
const PAGE: &str = "<!doctype html><meta charset=utf-8><style>body { margin: 20px; font: 16px sans-serif } p { margin: 40px 0 } .far { margin-top: 1600px }</style>
    <h1>Bakery</h1>
    <p>Ring <span class=n data-n='+493023125123'>+49 30 23125 123</span> from five.</p>
    <p>Or <b class=n data-n='+493023125124'>+49 <i>30</i> 23125-124</b>, fax: <a class=n data-n='+493023125125' href='tel:+493023125125'>our fax</a></p>
    <div id=host></div>
    <p class=far>Far below: <span class=n data-n='+493023125127'>+49 (30) 23125 127</span></p>
    <script>
      const inside = host.attachShadow({mode: 'open'});
      inside.innerHTML = `<p>In a shadow: <span class=n data-n='+493023125126'>+49 30 23125126</span></p>`;
      setTimeout(() => {
        const all = [...document.querySelectorAll('.n'), ...inside.querySelectorAll('.n')];
        document.body.dataset.boxes = JSON.stringify(all.map((element) => {
          const box = element.getBoundingClientRect();
          return { number: element.dataset.n, x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height };
        }));
      }, 50);
    </script>";

#[tokio::test(flavor = "multi_thread")]
async fn frames_come_and_boxes_are_where_the_numbers_are() {
    let server = Server::start([("/", html(PAGE))]).await;
    let browser = server.browser(config());
    let mut live = browser.live();
    let begun = Instant::now();
    let seeing = tokio::spawn(async move {
        let mut seen = Vec::new();
        while let Some(event) = live.next().await {
            let closed = matches!(event, LiveEvent::Closed { .. });
            seen.push((begun.elapsed(), event));
            if closed {
                break;
            }
        }
        seen
    });
    let page = text(&render(&browser, &server.url("bakery.test", "/")).await.unwrap());
    browser.close().await;
    let seen = seeing.await.unwrap();
    assert!(
        matches!(seen.first(), Some((_, LiveEvent::Opened { .. }))),
        "{seen:?}"
    );
    let frames: Vec<_> = seen
        .iter()
        .filter_map(|(_, event)| match event {
            LiveEvent::Frame(frame) => Some(frame),
            _ => None,
        })
        .collect();
    assert!(!frames.is_empty());
    for frame in &frames {
        assert!(
            frame.jpeg.starts_with(b"\xff\xd8") && frame.shows.width > 1000.0,
            "{:?}",
            frame.shows
        );
    }
    let boxes = seen.iter().find_map(|(_, event)| match event {
        LiveEvent::Boxes { boxes, .. } => Some(boxes),
        _ => None,
    });
    let wanted = page
        .split("data-boxes=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .replace("&quot;", "\"");
    let wanted: Vec<serde_json::Value> = serde_json::from_str(&wanted).unwrap();
    assert_eq!(wanted.len(), 5);
    let found: BTreeMap<&str, &NumberBox> = boxes
        .unwrap()
        .iter()
        .map(|found| (found.number.as_str(), found))
        .collect();
    for wanted in wanted {
        let number = wanted["number"].as_str().unwrap();
        let rect: Rect = serde_json::from_value(wanted.clone()).unwrap();
        let found = found.get(number).unwrap_or_else(|| panic!("{number}: {found:?}"));
        for (is, should) in [
            (found.rect.x, rect.x),
            (found.rect.y, rect.y),
            (found.rect.width, rect.width),
            (found.rect.height, rect.height),
        ] {
            assert!(
                (is - should).abs() <= 2.0,
                "{number}: {:?} instead of {rect:?}",
                found.rect
            );
        }
    }
}

/// A frame of another site, in a frame of this one.
const OUTER: &str = "<!doctype html><style>body { margin: 10px } iframe { border: 7px solid; width: 500px; height: 200px; margin: 30px }</style>
    <p>Bakery, phone <span>+49 30 23125 150</span></p><iframe src=/inner></iframe>";
const INNER: &str = "<!doctype html><style>body { margin: 5px } iframe { border: 3px solid; width: 400px; height: 120px; margin: 11px }</style>
    <iframe src='http://other.test:PORT/far'></iframe>";
const FAR: &str = "<!doctype html><style>body { margin: 0 } span { position: absolute; left: 40px; top: 25px; font: 16px sans-serif }</style>
    <span>+49 30 23125 151</span>";

#[tokio::test(flavor = "multi_thread")]
async fn boxes_in_frames_of_other_sites_are_where_the_numbers_are() {
    let far = Server::start([("/far", html(FAR))]).await;
    let inner = INNER.replace("PORT", &far.addr.port().to_string());
    let server = Server::start([("/", html(OUTER)), ("/inner", html(inner))]).await;
    let mut settings = config();
    settings.keep_pictures = true;
    let mut fetch = server.fetch_config();
    fetch
        .resolve
        .insert(0, format!("other.test={}", far.addr).parse().unwrap());
    let browser = lead_core::browser::Browser::new(settings, &fetch).unwrap();
    let page = render(&browser, &server.url("bakery.test", "/")).await.unwrap();
    browser.close().await;
    let html = text(&page);
    let rendering = page.rendering.unwrap();
    let boxes = &rendering.picture.as_ref().unwrap().boxes;
    let far = boxes
        .iter()
        .find(|found| found.number == "+493023125151")
        .unwrap_or_else(|| panic!("{boxes:?}\n{html}"));
    let near = boxes
        .iter()
        .find(|found| found.number == "+493023125150")
        .unwrap();
    // Border and margin of the inner frame, those of its body, the place of the number.
    assert!(
        (far.rect.x - (10.0 + 30.0 + 7.0 + 5.0 + 11.0 + 3.0 + 40.0)).abs() <= 2.0,
        "{boxes:?}"
    );
    assert!(
        far.rect.y > near.rect.y + 30.0 + 7.0 + 11.0 + 3.0 + 25.0,
        "{boxes:?}"
    );
    assert_eq!(boxes.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_drawn_while_nobody_looks() {
    let server = Server::start([("/", html(PAGE))]).await;
    let browser = server.browser(config());
    drop(browser.live());
    render(&browser, &server.url("bakery.test", "/")).await.unwrap();
    let mut late = browser.live();
    let waited = tokio::time::timeout(Duration::from_millis(200), late.next()).await;
    assert!(waited.is_err(), "{waited:?}");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_kept_on_demand() {
    let server = Server::start([("/", html(PAGE))]).await;
    let mut settings = config();
    settings.keep_pictures = true;
    let browser = server.browser(settings);
    let page = render(&browser, &server.url("bakery.test", "/")).await.unwrap();
    let rendering = page.rendering.unwrap();
    let picture = rendering.picture.as_ref().unwrap();
    assert!(
        picture.jpeg.starts_with(b"\xff\xd8") && picture.boxes.len() == 5,
        "{:?}",
        picture.boxes
    );
    assert!(
        picture.shows.height > 1600.0,
        "the whole page: {:?}",
        picture.shows
    );
    browser.close().await;
}
