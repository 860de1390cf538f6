//! What single sites want: a wall is told, unless a rule of the caller's says what to answer.

use lead_core::browser::{Browser, BrowserFetch};
use lead_core::crawl::{CrawlEvent, CrawlFetcher, CrawledPage, Crawler, Hybrid, Outcome};
use lead_core::fetch::HttpTransport;
use lead_core::seam::{Fetch as _, Request};

use super::support::*;

/// A wall in place of the page, until the cookie is there or the second button has been pressed by a hand.
const WALL: &str = "<!doctype html><title>Before you continue</title><main id=wall>
    <p>We use cookies and data to deliver and maintain our services.</p>
    <button class=all>Accept all</button><button class=none>Reject all</button></main>
    <script>
      const page = () => { wall.innerHTML = '<h1>Bakery Moretti</h1>' + '<p>Bread and rolls, cake on Sundays, open from six.</p>'.repeat(8) + '<p>Phone: 030 23125 140</p>' };
      document.querySelector('.all').onclick = () => { document.title = 'followed' };
      document.querySelector('.none').onclick = (event) => event.isTrusted && page();
      if (document.cookie.includes('consent=none')) page();
    </script>";

async fn crawled(rules: &str) -> CrawledPage {
    let server = Server::start([("/", html(WALL)), ("/robots.txt", html("").status(404))]).await;
    let mut settings = config();
    settings.rules = rules.parse().unwrap();
    let mut fetch = server.fetch_config();
    fetch.timeout = settings.attempt(fetch.timeout);
    let browser = Browser::new(settings, &fetch).unwrap();
    let plain = HttpTransport::new(&fetch).unwrap();
    let transport = Hybrid::always(plain, BrowserFetch::new(browser.clone()));
    let fetcher = CrawlFetcher::standard(transport, &fetch, None);
    let seed = server.url("bakery.test", "/").parse().unwrap();
    let mut crawl = Crawler::new([seed]).fetcher(fetcher).start().await.unwrap();
    let mut page = None;
    while let Some(event) = crawl.next().await {
        if let CrawlEvent::Page(crawled) = event {
            page = Some(*crawled);
        }
    }
    browser.close().await;
    page.unwrap()
}

/// Numbers behind buttons, one of which comes with the other.
const HIDDEN: &str = "<!doctype html><p>Bakery</p><button class=show>show number</button><script>
    const press = (button, number, then) => button.onclick = (event) => {
      if (event.isTrusted) button.outerHTML = number + (then ? '<button class=show id=second>more</button>' : '');
      if (then) press(second, '030 23125 142');
    };
    press(document.querySelector('.show'), '030 23125 141 ', true);
</script>";

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_may_say_which_buttons_show_something() {
    let server = Server::start([("/", html(HIDDEN))]).await;
    let mut settings = config();
    settings.rules = "[[site]]\nhosts = ['bakery.test']\npress = ['in:valid[']"
        .parse()
        .unwrap();
    let browser = server.browser(settings);
    let mut request = Request::get(server.url("bakery.test", "/").parse().unwrap());
    request.reveal = ["button.show".to_owned(), "!".to_owned()].into();
    let page = BrowserFetch::new(browser.clone()).fetch(request).await.unwrap();
    browser.close().await;
    let page = shown(&page);
    assert!(
        page.contains("030 23125 141") && page.contains("030 23125 142"),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wall_is_told_and_a_rule_answers_it() {
    let wall = crawled("").await;
    assert_eq!(wall.outcome, Outcome::ConsentWall, "{wall:?}");
    for rule in [
        "press = ['button.none', '.not-there']",
        "cookies = [{ name = 'consent', value = 'none' }]",
    ] {
        let page = crawled(&format!("[[site]]\nhosts = ['bakery.test']\n{rule}")).await;
        assert_eq!(page.outcome, Outcome::Page, "{rule}: {page:?}");
        assert!(
            page.rendered && page.title.as_deref() != Some("followed"),
            "{page:?}"
        );
    }
    // A rule for another site changes nothing here.
    let other = crawled("[[site]]\nhosts = ['*.other.test']\npress = ['button']").await;
    assert_eq!(other.outcome, Outcome::ConsentWall);
}
