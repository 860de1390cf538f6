//! What a page may ask for, and as whom.

use lead_core::ErrorKind;
use lead_core::browser::{Browser, BrowserFetch};
use lead_core::fetch::FetchConfig;
use lead_core::seam::{Fetch as _, Request};

use super::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_asks_for_passes_the_guard() {
    let server = Server::start([
        (
            "/",
            html("<script>for (const u of ['http://169.254.169.254/latest', 'http://localhost:1/x', 'http://10.0.0.1/', 'https://192.168.0.1/']) fetch(u, {mode: 'no-cors'}).catch(() => {})</script><iframe src='http://10.0.0.2/'></iframe><p>bread</p>"),
        ),
    ])
    .await;
    let mut fetch = FetchConfig::default();
    fetch.guard = fetch.guard.allow("127.0.0.1/32".parse().unwrap());
    fetch
        .resolve
        .push(format!("*.test={}", server.addr).parse().unwrap());
    fetch.resolve.push("inner.test=10.0.0.3:80".parse().unwrap());
    let browser = Browser::new(config(), &fetch).unwrap();
    let page = render(&browser, &server.url("bakery.test", "/")).await.unwrap();
    let rendering = page.rendering.unwrap();
    assert!(rendering.refused >= 4, "{rendering:?}");
    assert_eq!(server.paths(), ["/"]);
    let inner = render(&browser, "http://10.0.0.1/").await.unwrap_err();
    assert_eq!(inner.kind(), ErrorKind::GuardRefused);
    fetch
        .resolve
        .insert(0, "rebound.test=10.0.0.3:80".parse().unwrap());
    let browser = Browser::new(config(), &fetch).unwrap();
    let rebound = render(&browser, "http://rebound.test/").await.unwrap_err();
    assert_eq!(rebound.kind(), ErrorKind::GuardRefused, "{rebound}");
    let rebound = render(&browser, "https://rebound.test/").await.unwrap_err();
    assert_eq!(rebound.kind(), ErrorKind::GuardRefused, "{rebound}");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn robots_hold_for_rendered_pages() {
    let server = Server::start([
        (
            "/robots.txt",
            html("User-agent: lead\nDisallow: /private\n").header("content-type", "text/plain"),
        ),
        ("/", html("<script>location.href = '/private'</script>")),
        ("/private", html("secret")),
    ])
    .await;
    let browser = server.browser(config());
    let fetched = browser
        .fetcher()
        .fetch(Request::get(server.url("bakery.test", "/").parse().unwrap()))
        .await;
    assert_eq!(fetched.unwrap_err().kind(), ErrorKind::RobotsDenied);
    assert_eq!(server.paths(), ["/robots.txt", "/"]);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_fonts_and_media_stay_away() {
    let server = Server::start([
        (
            "/",
            html("<style>@font-face { font-family: x; src: url(/x.woff2) } body { font-family: x }</style><link rel=stylesheet href=/a.css><img src=/a.png><video src=/a.mp4 autoplay></video><audio src=/a.mp3 autoplay></audio><p>bread</p>"),
        ),
        ("/a.css", html("p { color: red }").header("content-type", "text/css")),
    ])
    .await;
    let browser = server.browser(config());
    render(&browser, &server.url("bakery.test", "/")).await.unwrap();
    let mut paths = server.paths();
    paths.sort();
    assert_eq!(paths, ["/", "/a.css"]);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_is_honest_and_the_same_everywhere() {
    let script = "<script>Promise.all([navigator.userAgentData?.getHighEntropyValues(['fullVersionList']), new Promise(done => { const w = new Worker('/w.js'); w.onmessage = e => done(e.data) })])
        .then(([hints, worker]) => { document.body.dataset.agent = navigator.userAgent; document.body.dataset.worker = worker; document.body.dataset.hints = JSON.stringify(hints ?? null) })</script>";
    let server = Server::start([
        ("/", html(format!("<body>{script}"))),
        (
            "/w.js",
            html("postMessage(navigator.userAgent)").header("content-type", "text/javascript"),
        ),
    ])
    .await;
    let browser = server.browser(config());
    let page = text(
        &render(&browser, &server.url("bakery.localhost", "/"))
            .await
            .unwrap(),
    );
    let sent: Vec<_> = server
        .asked()
        .iter()
        .map(|asked| asked.headers["user-agent"].to_str().unwrap().to_owned())
        .collect();
    assert_eq!(sent.len(), 2);
    for agent in &sent {
        assert!(
            agent.contains("HeadlessChrome/") && agent.contains(" lead/"),
            "{agent}"
        );
        assert!(
            page.contains(&format!("data-agent=\"{agent}\""))
                && page.contains(&format!("data-worker=\"{agent}\"")),
            "{page}"
        );
    }
    assert!(page.contains("HeadlessChrome&quot;,&quot;version"), "{page}");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_asked_with_what_the_caller_gives() {
    let server = Server::start([
        ("/form", html("<script>fetch('/sub')</script>thanks")),
        ("/", html("hello")),
    ])
    .await;
    let browser = server.browser(config());
    let url = server.url("bakery.test", "/form");
    let mut request = Request::post_form(url.parse().unwrap(), [("city", "Lyon")]);
    request.headers.insert("cookie", "a=1; b=2".parse().unwrap());
    request.headers.insert("accept-language", "fr".parse().unwrap());
    BrowserFetch::new(browser.clone()).fetch(request).await.unwrap();
    let asked = server.asked();
    assert_eq!(
        (asked[0].method.as_str(), &asked[0].body[..]),
        ("POST", &b"city=Lyon"[..])
    );
    assert_eq!(asked[0].headers["cookie"], "a=1; b=2");
    assert_eq!(asked[0].headers["accept-language"], "fr");
    assert_eq!(
        (asked[1].path.as_str(), &asked[1].headers["cookie"]),
        ("/sub", &"a=1; b=2".parse().unwrap())
    );
    // Nothing one page keeps is seen by another.
    render(&browser, &server.url("bakery.test", "/")).await.unwrap();
    assert!(server.asked()[2].headers.get("cookie").is_none());
    browser.close().await;
}
