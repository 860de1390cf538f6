//! Cookies: whose they are, and who is sent them.

use http::header::{COOKIE, HeaderValue};
use lead_core::fetch::{CookieLayer, FetchConfig, StandardStack};
use lead_core::limit::Rate;
use lead_core::seam::{Fetcher, Purpose, Request};

use crate::fake::{Fake, answer, clock, url};

/// Sets at `/set` what the query says, and answers with the cookies it was sent.
fn echo() -> Fake {
    Fake::new(|request, _| {
        let sent = request.headers.get(COOKIE);
        let sent = sent.map_or(String::new(), |value| value.to_str().unwrap().to_owned());
        let query = request.url.as_url().query().map(str::to_owned);
        match (request.url.as_url().path(), query) {
            ("/set", Some(cookie)) => answer(
                request,
                200,
                &[("set-cookie", &cookie.replace("%20", " "))],
                &sent,
            ),
            _ => answer(request, 200, &[], &sent),
        }
    })
}

async fn sent(fetcher: &Fetcher, target: &str) -> String {
    let response = fetcher.fetch(Request::get(url(target))).await.unwrap();
    String::from_utf8(response.body.to_vec()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_cookie_goes_back_to_who_set_it_and_to_nobody_else() {
    for (setter, cookie, asked, wanted) in [
        ("http://a.test", "k=v", "http://a.test/x", "k=v"),
        ("http://a.test", "k=v", "http://a.test:81/x", "k=v"),
        ("http://a.test", "k=v", "http://b.test/", ""),
        ("http://www.a.test", "k=v", "http://a.test/", ""),
        (
            "http://www.a.test",
            "k=v;%20Domain=a.test",
            "http://shop.a.test/",
            "k=v",
        ),
        ("http://www.a.test", "k=v;%20Domain=b.test", "http://b.test/", ""),
        // A public suffix is nobody's.
        ("http://a.co.uk", "k=v;%20Domain=co.uk", "http://b.co.uk/", ""),
        (
            "http://a.github.io",
            "k=v;%20Domain=github.io",
            "http://b.github.io/",
            "",
        ),
        ("http://a.test", "k=v;%20Path=/in", "http://a.test/out", ""),
        ("http://a.test", "k=v;%20Path=/in", "http://a.test/in/side", "k=v"),
        ("https://a.test", "k=v;%20Secure", "http://a.test/", ""),
        ("https://a.test", "k=v;%20Secure", "https://a.test/", "k=v"),
        ("http://a.test", "k=v;%20Max-Age=0", "http://a.test/", ""),
        ("http://a.test", "no cookie", "http://a.test/", ""),
    ] {
        let fetcher = Fetcher::new(echo()).layer(&CookieLayer::default());
        sent(&fetcher, &format!("{setter}/set?{cookie}")).await;
        assert_eq!(sent(&fetcher, asked).await, wanted, "{setter} {cookie} {asked}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_site_gets_its_share_and_no_more() {
    let fetcher = Fetcher::new(echo()).layer(&CookieLayer::default());
    for number in 0..80 {
        sent(&fetcher, &format!("http://a.test/set?k{number}=v")).await;
    }
    sent(&fetcher, &format!("http://a.test/set?big={}", "x".repeat(5000))).await;
    let cookies = sent(&fetcher, "http://a.test/").await;
    assert_eq!(cookies.split("; ").count(), 50);
    assert!(!cookies.contains("big"));
}

#[tokio::test(start_paused = true)]
async fn a_callers_own_cookies_and_robots_are_left_alone() {
    let fake = echo();
    let fetcher = Fetcher::new(fake.clone()).layer(&CookieLayer::default());
    sent(&fetcher, "http://a.test/set?k=v").await;
    let own = Request::get(url("http://a.test/")).header(COOKIE, HeaderValue::from_static("own=1"));
    assert_eq!(fetcher.fetch(own).await.unwrap().body, "own=1");
    let robots = Request::get(url("http://a.test/robots.txt")).purpose(Purpose::Robots);
    assert_eq!(fetcher.fetch(robots).await.unwrap().body, "");
}

/// Guards against taking a site that asks for cookies for a circle.
#[tokio::test(start_paused = true)]
async fn a_page_that_sets_a_cookie_and_comes_back_is_read() {
    let door = || {
        Fake::new(|request, _| match request.headers.get(COOKIE) {
            _ if request.purpose == Purpose::Robots => answer(request, 404, &[], ""),
            Some(_) => answer(request, 200, &[], "inside"),
            None => answer(request, 302, &[("location", "/"), ("set-cookie", "seen=1")], ""),
        })
    };
    let ask = async |cookies: bool, fake: &Fake| {
        let mut config = FetchConfig::default();
        config.cookies = cookies;
        config.pace.rate = Rate::Off;
        let fetcher = StandardStack::new(&config).clock(clock()).build(fake.clone());
        fetcher.fetch(Request::get(url("http://a.test/"))).await
    };
    let fake = door();
    assert_eq!(ask(true, &fake).await.unwrap().body, "inside");
    assert_eq!(fake.log().len(), 2);
    assert!(ask(false, &door()).await.is_err());
    // One that sets another each time is still a circle.
    let endless = Fake::new(|request, before| {
        let cookie = format!("seen={before}");
        answer(request, 302, &[("location", "/"), ("set-cookie", &cookie)], "")
    });
    assert!(ask(true, &endless).await.is_err());
    assert!(endless.log().len() <= 4, "{}", endless.log().len());
}
