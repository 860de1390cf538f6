//! What a page comes to.

use std::time::Duration;

use lead_core::ErrorKind;
use lead_core::browser::{Until, Wait};
use lead_core::seam::Request;

use super::support::*;

const TEL: &str = "+49 30 23125 123";

/// Renders the first page and looks for the number on it.
async fn finds(pages: impl IntoIterator<Item = (&'static str, Answer)>) {
    finds_on("bakery.test", pages).await;
}

async fn finds_on(host: &str, pages: impl IntoIterator<Item = (&'static str, Answer)>) {
    let server = Server::start(pages).await;
    let browser = server.browser(config());
    let page = render(&browser, &server.url(host, "/")).await.unwrap();
    assert!(
        shown(&page).contains(TEL),
        "{}\n{:?}",
        text(&page),
        page.rendering
    );
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_read_as_its_scripts_leave_it() {
    let script = "<script>fetch('/api').then(r => r.json()).then(d => { root.innerHTML = `<a href='tel:${d.tel}'>Ring us</a>` })</script>";
    finds([
        ("/", html(format!("<title>x</title><div id=root></div>{script}"))),
        (
            "/api",
            html(format!("{{\"tel\": \"{TEL}\"}}")).after(Duration::from_millis(400)),
        ),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_loads_when_it_is_seen_is_seen() {
    let script = "<script>new IntersectionObserver((e, o) => { if (e[0].isIntersecting) { o.disconnect(); fetch('/part').then(r => r.text()).then(t => low.innerHTML = t) } }).observe(low)</script>";
    finds([
        (
            "/",
            html(format!(
                "<div style='height:5000px'>Bread</div><div id=low>…</div>{script}"
            )),
        ),
        ("/part", html(format!("<p>{TEL}</p>"))),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_without_end_is_followed_until_it_brings_nothing() {
    let script = "<script>let page = 0; const more = () => fetch(`/part/${page++}`).then(r => r.ok ? r.text() : '').then(t => list.insertAdjacentHTML('beforeend', t));
        new IntersectionObserver(e => e[0].isIntersecting && more()).observe(end)</script>";
    let part = |text: &str| html(format!("<div style='height:1500px'>{text}</div>"));
    finds([
        (
            "/",
            html(format!(
                "<div style='height:2000px'>Bread</div><div id=list></div><div id=end>end</div>{script}"
            )),
        ),
        ("/part/0", part("one")),
        ("/part/1", part("two")),
        ("/part/2", part("three")),
        ("/part/3", part(TEL)),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn shadow_trees_are_read_in_their_places() {
    for mode in ["open", "closed"] {
        let script = format!(
            "<script>customElements.define('x-card', class extends HTMLElement {{ constructor() {{ super(); this.attachShadow({{mode: '{mode}'}}).innerHTML = '<p>Ring <slot></slot> at {TEL}</p>' }} }})</script>"
        );
        finds([(
            "/",
            html(format!("<h1>Bakery</h1><x-card><b>us</b></x-card>{script}")),
        )])
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_are_read_in_their_places() {
    let server = Server::start([
        ("/", html("<h1>Bakery</h1><iframe src='/near'></iframe><p>between</p><iframe id=far></iframe><script>far.src = `http://map.test:${location.port}/far`</script>")),
        ("/near", html(format!("<p>near {TEL}</p>"))),
        ("/far", html("<p>far</p><iframe src='/deep'></iframe>")),
        ("/deep", html("<p>deep +49 30 23125 124</p>")),
    ])
    .await;
    let browser = server.browser(config());
    let page = shown(&render(&browser, &server.url("bakery.test", "/")).await.unwrap());
    let places: Vec<_> = ["Bakery", TEL, "between", "far", "+49 30 23125 124"]
        .iter()
        .map(|part| page.find(part))
        .collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{page}");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_service_worker_answers_is_read() {
    let script = "<script>navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready)
        .then(r => navigator.serviceWorker.controller || new Promise(done => navigator.serviceWorker.oncontrollerchange = done))
        .then(() => fetch('/from-worker')).then(r => r.text()).then(t => root.textContent = t)</script>";
    let worker = format!(
        "self.onactivate = e => e.waitUntil(clients.claim());
         self.onfetch = e => {{ if (e.request.url.endsWith('/from-worker')) e.respondWith(new Response('{TEL}')) }}"
    );
    finds_on(
        "bakery.localhost",
        [
            ("/", html(format!("<div id=root></div>{script}"))),
            (
                "/worker.js",
                html(worker).header("content-type", "text/javascript"),
            ),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_handed_back_also_those_of_scripts() {
    let server = Server::start([
        ("/moved", html("").status(301).header("location", "/")),
        ("/script", html("<script>location.replace('/home?x')</script>")),
        (
            "/refresh",
            html("<meta http-equiv=refresh content='0; url=/home'>"),
        ),
        ("/home", html("home")),
    ])
    .await;
    let browser = server.browser(config());
    for (path, status, to) in [
        ("/moved", 301, "/".to_owned()),
        ("/script", 302, server.url("bakery.test", "/home?x")),
        ("/refresh", 302, server.url("bakery.test", "/home")),
    ] {
        let page = render(&browser, &server.url("bakery.test", path)).await.unwrap();
        assert_eq!(page.status, status, "{path}");
        assert_eq!(page.header(&http::header::LOCATION), Some(to.as_str()), "{path}");
    }
    assert!(
        !server.paths().iter().any(|path| path.starts_with("/home")),
        "nothing was asked past the layers"
    );
    let followed = browser
        .fetcher()
        .fetch(Request::get(
            server.url("bakery.test", "/script").parse().unwrap(),
        ))
        .await;
    assert_eq!(followed.unwrap().url.as_url().path(), "/home");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_loads_itself_anew_is_waited_for() {
    let script = format!(
        "<script>if (document.cookie.includes('seen')) document.write('{TEL}'); else {{ document.cookie = 'seen=1'; location.reload() }}</script>"
    );
    finds([("/", html(script))]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_page_comes_as_it_was_sent() {
    let server = Server::start([
        (
            "/a.pdf",
            html("%PDF-1.7 bytes").header("content-type", "application/pdf"),
        ),
        (
            "/api",
            html("{\"a\": 1}").header("content-type", "application/json"),
        ),
        (
            "/file",
            html("<p>kept</p>").header("content-disposition", "attachment; filename=a.html"),
        ),
        ("/gone", html("<p>No such page").status(404)),
    ])
    .await;
    let browser = server.browser(config());
    for (path, status, body) in [
        ("/a.pdf", 200, "%PDF-1.7 bytes"),
        ("/api", 200, "{\"a\": 1}"),
        ("/file", 200, "<p>kept</p>"),
    ] {
        let page = render(&browser, &server.url("bakery.test", path)).await.unwrap();
        assert_eq!(
            (page.status.as_u16(), text(&page).as_str()),
            (status, body),
            "{path}"
        );
    }
    let page = render(&browser, &server.url("bakery.test", "/gone"))
        .await
        .unwrap();
    assert_eq!(page.status, 404);
    assert!(text(&page).contains("No such page"));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_says_what_is_waited_for() {
    let script =
        format!("<script>setTimeout(() => {{ root.innerHTML = '<p class=tel>{TEL}</p>' }}, 900)</script>");
    let server = Server::start([("/", html(format!("<div id=root></div>{script}")))]).await;
    let browser = server.browser(config());
    let url = server.url("bakery.test", "/");
    for (until, found) in [
        (Until::Load, false),
        (Until::Selector(".tel".into()), true),
        (
            Until::Predicate("document.body.innerText.includes('+49')".into()),
            true,
        ),
    ] {
        let page = render_until(&browser, &url, Wait::until(until.clone()))
            .await
            .unwrap();
        assert_eq!(
            shown(&page).contains(&format!("class=\"tel\">{TEL}")),
            found,
            "{until:?}"
        );
        assert_eq!(page.rendering.unwrap().unmet, None);
    }
    let bad = render_until(&browser, &url, Wait::until(Until::Predicate("no such(".into())))
        .await
        .unwrap_err();
    assert_eq!(bad.kind(), ErrorKind::Browser, "{bad}");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn past_its_time_a_page_is_read_as_it_stands() {
    let server = Server::start([
        ("/", html(format!("<p>{TEL}</p><script>fetch('/never')</script>"))),
        ("/never", html("").after(Duration::from_mins(1))),
    ])
    .await;
    let mut settings = config();
    settings.page = Duration::from_secs(3);
    let browser = server.browser(settings);
    let page = render(&browser, &server.url("bakery.test", "/")).await.unwrap();
    assert!(shown(&page).contains(TEL));
    assert_eq!(page.rendering.unwrap().unmet.as_deref(), Some("quiet"));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_without_a_word_is_an_answer() {
    let server = Server::start([("/gone", html("").status(410)), ("/broken", html("").status(500))]).await;
    let browser = server.browser(config());
    for (path, status) in [("/gone", 410), ("/broken", 500)] {
        let page = render(&browser, &server.url("bakery.test", path)).await.unwrap();
        assert_eq!((page.status.as_u16(), page.body.len()), (status, 0));
    }
    browser.close().await;
}
