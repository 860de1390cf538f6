//! What servers do wrong, and what a crawl makes of each: a typed outcome, and the rest of the site is read all the same.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use lead_core::crawl::{CrawlEvent, CrawlFetcher, CrawledPage, Crawler, Outcome};
use lead_core::fetch::FetchConfig;
use lead_core::limit::Rate;
use lead_core::record::SafeUrl;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use crate::server::{Server, Step, answer, serve};
use crate::transport;

const HTML: (&str, &str) = ("Content-Type", "text/html");
const CONTACT: &str = "<p>Ring us: <a href='tel:+33478000001'>04 78 00 00 01</a>";

fn config(server: &Server) -> FetchConfig {
    let mut config = transport::config(server);
    config.timeout = Duration::from_millis(600);
    config.pace.rate = Rate::Off;
    config.retry.max_attempts = 2;
    config.retry.base = Duration::from_millis(1);
    config
}

/// A site whose first page leads to `/fault` and to a page that is fine.
async fn site(fault: Vec<Step>) -> Server {
    serve(move |head| match path(head) {
        "/" => page("<a href='/fault'>f</a><a href='/fine'>g</a>"),
        "/fine" => page(CONTACT),
        "/fault" => fault.clone(),
        _ => vec![Step::Send(answer(404, &[], b""))],
    })
    .await
}

fn path(head: &str) -> &str {
    head.split(' ').nth(1).unwrap_or_default()
}

fn page(html: &str) -> Vec<Step> {
    vec![Step::Send(answer(200, &[HTML], html.as_bytes()))]
}

fn head(fields: &str) -> Step {
    Step::Send(format!("HTTP/1.1 200 X\r\nContent-Type: text/html\r\n{fields}").into_bytes())
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

/// Where somebody listens who knows no TLS.
async fn plain() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 no TLS here\r\n\r\n").await;
        }
    });
    address
}

/// Crawls to the end: each address that was asked, once.
async fn crawl(seeds: &[&str], config: &FetchConfig) -> BTreeMap<String, CrawledPage> {
    let seeds = seeds.iter().map(|seed| SafeUrl::parse(seed).unwrap());
    let crawler = Crawler::new(seeds).fetcher(CrawlFetcher::http(config).unwrap());
    let mut crawl = crawler.start().await.unwrap();
    let mut pages = BTreeMap::new();
    while let Some(event) = crawl.next().await {
        match event {
            CrawlEvent::Page(page) => {
                let path = page.input.path_and_query().to_owned();
                let key = if page.input.host() == "bakery.test" {
                    path
                } else {
                    page.input.to_string()
                };
                assert!(pages.insert(key, *page).is_none(), "a page twice");
            }
            CrawlEvent::Failed(failure) => panic!("{failure:?}"),
            _ => {}
        }
    }
    pages
}

/// Reads a site of which one page is at fault: that has its outcome, with the reason, and the other is read.
async fn fails(fault: &str, steps: impl IntoIterator<Item = Step>, wanted: Outcome) {
    let server = site(steps.into_iter().collect()).await;
    let pages = crawl(&["http://bakery.test/"], &config(&server)).await;
    let came = &pages["/fault"];
    assert_eq!(came.outcome, wanted, "{fault}: {:?}", came.reason);
    assert_eq!(pages["/fine"].outcome, Outcome::Page, "{fault}");
    assert!(pages["/fine"].has_contacts(), "{fault}");
    if wanted == Outcome::Unreachable || wanted == Outcome::Timeout {
        assert_eq!(came.attempts, 2, "{fault}: {:?}", came.reason);
    }
    if wanted.is_failure() && wanted != Outcome::RedirectLoop {
        assert!(came.reason.is_some(), "{fault}: nobody is told why");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_costs_no_other_page() {
    let half = head("Content-Length: 100\r\n\r\nhalf");
    fails(
        "a reset within the body",
        [half, Step::Reset],
        Outcome::Unreachable,
    )
    .await;
    fails("a reset at once", [Step::Reset], Outcome::Unreachable).await;
    let banner = Step::Send(b"SSH-2.0-OpenSSH_9\r\n".to_vec());
    fails("another protocol", [banner, Step::Reset], Outcome::Unreachable).await;
}

#[tokio::test]
async fn a_wrong_length_costs_no_other_page() {
    let of = |length: &str| {
        let head = head(&format!("Content-Length: {length}\r\n\r\n<p>Some words"));
        [head, Step::Reset]
    };
    fails("too long", of("5000"), Outcome::Unreachable).await;
    fails("too short", of("9"), Outcome::Page).await;
    fails("no number", of("many"), Outcome::Unreachable).await;
    fails("two of them", of("5\r\nContent-Length: 6"), Outcome::Unreachable).await;
}

#[tokio::test]
async fn a_damaged_coding_costs_no_other_page() {
    let whole = gzip("Bread and cake. ".repeat(2000).as_bytes());
    let coded = |body: &[u8]| {
        [Step::Send(answer(
            200,
            &[HTML, ("Content-Encoding", "gzip")],
            body,
        ))]
    };
    let torn = whole.get(..whole.len() / 2).unwrap();
    fails("a torn body", coded(torn), Outcome::NotAPage).await;
    fails("a bomb", coded(&gzip(&vec![0; 64 << 20])), Outcome::TooLarge).await;
    let byte = |byte| [b'1', b'\r', b'\n', byte, b'\r', b'\n'];
    let chunks: Vec<u8> = CONTACT.bytes().flat_map(byte).collect();
    let head = head("Transfer-Encoding: chunked\r\n\r\n");
    let end = Step::Send(b"0\r\n\r\n".to_vec());
    fails("chunks of a byte", [head, Step::Send(chunks), end], Outcome::Page).await;
}

#[tokio::test]
async fn a_slow_answer_costs_no_other_page() {
    let drip = || {
        let drop = [Step::Wait(Duration::from_millis(100)), Step::Send(b"x".to_vec())];
        drop.into_iter().cycle().take(100)
    };
    let name = Step::Send(b"HTTP/1.1 200 X\r\nX-Slow: ".to_vec());
    fails(
        "a head that drips",
        [name].into_iter().chain(drip()),
        Outcome::Timeout,
    )
    .await;
    let body = head("Content-Length: 5000\r\n\r\n");
    fails(
        "a body that drips",
        [body].into_iter().chain(drip()),
        Outcome::Timeout,
    )
    .await;
    fails(
        "no answer",
        [Step::Wait(Duration::from_secs(5))],
        Outcome::Timeout,
    )
    .await;
}

#[tokio::test]
async fn an_answer_without_an_end_costs_no_other_page() {
    let headers = [head(""), Step::Flood(b"X-Filler: yes\r\n".repeat(100))];
    fails("headers without an end", headers, Outcome::TooLarge).await;
    let body = [head("\r\n"), Step::Flood(vec![b'x'; 1 << 16])];
    fails("a body without an end", body, Outcome::TooLarge).await;
}

#[tokio::test]
async fn a_redirect_that_leads_nowhere_costs_no_other_page() {
    let to = |target: &str| [Step::Send(answer(302, &[("Location", target)], b""))];
    fails("a circle", to("/fault"), Outcome::RedirectLoop).await;
    fails("no address", to("http://"), Outcome::RedirectLoop).await;
    fails("inward", to("http://10.0.0.1/"), Outcome::RedirectOut).await;
}

#[tokio::test]
async fn a_host_at_fault_costs_no_other_host() {
    let fine = site(Vec::new()).await;
    let no_tls = plain().await;
    let inward = serve(|head| match path(head) {
        "/robots.txt" => vec![Step::Send(answer(404, &[], b""))],
        "/" => vec![Step::Send(answer(302, &[("Location", "/next")], b""))],
        _ => vec![Step::Send(answer(
            302,
            &[("Location", "http://169.254.169.254/latest/")],
            b"",
        ))],
    })
    .await;
    let mut config = config(&fine);
    config.resolve = [
        format!("bakery.test={}", fine.address),
        format!("inward.test={}", inward.address),
        "rebound.test=10.0.0.1".to_owned(),
    ]
    .map(|text| text.parse().unwrap())
    .to_vec();
    let secure = format!("https://{no_tls}/");
    let seeds = [
        "http://bakery.test/",
        "http://inward.test/",
        "http://rebound.test/",
        "http://nowhere.invalid/",
        "http://192.168.0.1/",
        "http://[::ffff:10.0.0.1]/",
        &secure,
    ];
    let pages = crawl(&seeds, &config).await;
    for (address, wanted) in [
        ("http://inward.test/", Outcome::Redirect),
        ("http://inward.test/next", Outcome::Redirect),
        ("http://169.254.169.254/latest/", Outcome::Guarded),
        ("http://rebound.test/", Outcome::Guarded),
        ("http://nowhere.invalid/", Outcome::Unreachable),
        ("http://192.168.0.1/", Outcome::Guarded),
        ("http://[::ffff:a00:1]/", Outcome::Guarded),
        (&secure, Outcome::Unreachable),
        ("/fine", Outcome::Page),
    ] {
        let came = pages
            .get(address)
            .unwrap_or_else(|| panic!("{address}: not asked"));
        assert_eq!(came.outcome, wanted, "{address}: {:?}", came.reason);
    }
    assert!(pages["/fine"].has_contacts());
}

#[tokio::test]
async fn a_robots_file_without_measure_is_read_as_far_as_it_must_be() {
    let rules = format!(
        "User-agent: *\nDisallow: /private/\n{}",
        "Disallow: /x\n".repeat(1_200_000)
    );
    assert!(rules.len() > 10 << 20);
    let server = serve(move |head| match path(head) {
        "/robots.txt" => vec![Step::Send(answer(200, &[], rules.as_bytes()))],
        "/" => page("<a href='/private/a'>a</a><a href='/fine'>b</a>"),
        _ => page(CONTACT),
    })
    .await;
    let pages = crawl(&["http://bakery.test/"], &config(&server)).await;
    let denied = &pages["/private/a"];
    assert_eq!((denied.outcome, denied.attempts), (Outcome::RobotsDenied, 0));
    assert_eq!(pages["/fine"].outcome, Outcome::Page);
}

#[tokio::test]
async fn a_sitemap_bomb_is_told_and_the_site_is_read() {
    let entry = "<url><loc>http://bakery.test/x</loc></url>\n";
    let bomb = gzip(format!("<urlset>{}</urlset>", entry.repeat(2_000_000)).as_bytes());
    let itself = "<sitemapindex><sitemap><loc>http://bakery.test/index.xml</loc></sitemap></sitemapindex>";
    let server = serve(move |head| match path(head) {
        "/robots.txt" => vec![Step::Send(answer(
            200,
            &[],
            b"Sitemap: http://bakery.test/bomb.xml.gz\nSitemap: http://bakery.test/index.xml",
        ))],
        "/bomb.xml.gz" => vec![Step::Send(answer(
            200,
            &[("Content-Type", "application/gzip")],
            &bomb,
        ))],
        "/index.xml" => vec![Step::Send(answer(
            200,
            &[("Content-Type", "text/xml")],
            itself.as_bytes(),
        ))],
        "/" => page("<a href='/fine'>b</a>"),
        _ => page(CONTACT),
    })
    .await;
    let pages = crawl(&["http://bakery.test/"], &config(&server)).await;
    assert_eq!(pages["/bomb.xml.gz"].outcome, Outcome::TooLarge);
    assert_eq!(pages["/index.xml"].outcome, Outcome::List);
    assert_eq!(pages["/fine"].outcome, Outcome::Page);
}

#[tokio::test]
async fn a_calendar_without_an_end_is_left() {
    let server = serve(|head| match path(head) {
        "/robots.txt" => vec![Step::Send(answer(404, &[], b""))],
        "/fine" => page(CONTACT),
        path => {
            let month: u32 = path.rsplit('=').next().unwrap().parse().unwrap_or(0);
            page(&format!(
                "<a href='/?month={}'>next</a><a href='/fine'>b</a>",
                month + 1
            ))
        }
    })
    .await;
    let pages = crawl(&["http://bakery.test/"], &config(&server)).await;
    assert_eq!(
        pages.len(),
        52,
        "the first page, fifty months, and the page that is fine"
    );
    assert!(pages["/fine"].has_contacts());
}
