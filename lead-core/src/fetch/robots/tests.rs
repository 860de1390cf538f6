use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use proptest::prelude::*;

use super::pattern::{Pattern, path};
use super::{Robots, RobotsLayer};
use crate::clock::{Clock, Timestamp};
use crate::fetch::GuardLayer;
use crate::limit::Pacer;
use crate::record::SafeUrl;
use crate::seam::{Fetch, Fetcher, Purpose, Request, Response, State};
use crate::{Error, ErrorKind, Result};

fn allows(file: &str, path: &str) -> bool {
    Robots::parse(file.as_bytes(), "lead").allows(path)
}

/// The examples of RFC 9309 §5.1 and §5.2, with our name for one of theirs.
#[test]
fn the_examples_of_the_rfc() {
    let simple = "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n\
                  User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n\
                  User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\nUser-Agent: quxbot\n";
    for (product, path, allowed) in [
        ("lead", "/a.gif", false),
        ("lead", "/a.gif?x", true),
        ("lead", "/example/x", false),
        ("lead", "/publications/x", true),
        ("lead", "/", true),
        ("foobot", "/", false),
        ("foobot", "/example/page.html", true),
        ("foobot", "/example/allowed.gif", true),
        ("barbot", "/example/page.html", false),
        ("bazbot", "/example/page.html", false),
        ("BazBot", "/example/other.html", true),
        ("quxbot", "/example/page.html", true),
    ] {
        assert_eq!(
            Robots::parse(simple.as_bytes(), product).allows(path),
            allowed,
            "{product} {path}"
        );
    }
    let longest = "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n";
    let longest = Robots::parse(longest.as_bytes(), "foobot");
    assert!(longest.allows("/example/page/x") && !longest.allows("/example/page/disallowed.gif"));
}

/// RFC 9309 §2.2.2's table of encodings, and §2.2.3's of special characters.
#[test]
fn encodings_are_one() {
    for (pattern, target, matches) in [
        ("/foo/bar?baz=quz", "/foo/bar?baz=quz", true),
        ("/foo/bar?baz=http://foo.bar", "/foo/bar?baz=http://foo.bar", true),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84", true),
        ("/foo/bar/%e3%83%84", "/foo/bar/%E3%83%84", true),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", true),
        ("/foo/bar/baz", "/foo/bar/%62%61%7a", true),
        ("/a%2fb", "/a/b", false),
        ("/a%2fb", "/a%2Fb", true),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html", true),
        ("/path/foo-%24", "/path/foo-$", true),
        ("/path/foo$bar", "/path/foo$bar", true),
        ("/100%", "/100%", true),
        ("/100%zz", "/100%zz", true),
    ] {
        assert_eq!(
            Pattern::new(pattern.as_bytes()).matches(&path(target)),
            matches,
            "{pattern} {target}"
        );
    }
}

#[test]
fn stars_and_anchors() {
    for (pattern, target, matches) in [
        ("/", "/anything", true),
        ("/fish", "/fish.html", true),
        ("/fish", "/Fish.asp", false),
        ("/fish", "/catfish", false),
        ("/fish*", "/fishheads", true),
        ("/fish/", "/fish", false),
        ("/*.php", "/folder/a.php?x", true),
        ("/*.php$", "/folder/a.php?x", false),
        ("/*.php$", "/a.php5.php", true),
        ("/fish*.php", "/fishheads/catfish.php?parameters", true),
        ("*", "/", true),
        ("**/x**$", "/a/x", true),
        ("/$", "/", true),
        ("/$", "/a", false),
        ("$", "/", false),
        ("/a*b*c$", "/aXXbXXbc", true),
        ("/a*b*c$", "/aXXcXXb", false),
        ("/ab*ab$", "/ab", false),
    ] {
        assert_eq!(
            Pattern::new(pattern.as_bytes()).matches(&path(target)),
            matches,
            "{pattern} {target}"
        );
    }
}

#[test]
fn groups_merge_and_other_lines_do_not_part_them() {
    let file = "User-agent: lead\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nuser-agent: LEAD/2.0\nDISALLOW : /b # why\n";
    assert!(!allows(file, "/a") && !allows(file, "/b") && allows(file, "/c"));
    let file =
        "User-agent: lead\nSitemap: https://a.test/s.xml\nCrawl-delay: 2\nUser-agent: other\nDisallow: /x\n";
    assert!(
        !allows(file, "/x"),
        "lines that are no rules do not end the list of agents"
    );
    assert!(
        allows("Disallow: /\n", "/"),
        "a rule before any agent holds for nobody"
    );
    assert!(
        allows("User-agent: leader\nDisallow: /\n", "/"),
        "a name is matched whole"
    );
    assert!(!allows(
        "User-agent: *\nDisallow: /\nUser-agent: leader\nAllow: /\n",
        "/"
    ));
    assert!(
        allows("User-agent: *\nDisallow: /\n\nUser-agent: lead\nDisallow:\n", "/"),
        "our own group, though empty"
    );
}

#[test]
fn longest_wins_and_allow_breaks_ties() {
    assert!(allows("User-agent: *\nDisallow: /page\nAllow: /page\n", "/page"));
    assert!(!allows("User-agent: *\nAllow: /p\nDisallow: /page\n", "/page"));
    assert!(allows("User-agent: *\nDisallow: /\nAllow: /$\n", "/"));
    assert!(!allows("User-agent: *\nDisallow: /\nAllow: /$\n", "/a"));
    assert!(allows("User-agent: *\nDisallow: /\n", "/robots.txt"));
}

#[test]
fn sloppy_files_are_read_as_meant() {
    assert!(
        !allows("\u{feff}User-agent: *\r\nDisallow: /a\r\r\n", "/a"),
        "byte order mark, all kinds of line ends"
    );
    assert!(!allows("user-agent *\ndisallow /a\n", "/a"), "no colons");
    assert!(allows("<html><body>Not found</body></html>", "/a"));
    assert!(allows("User-agent: *\nDisallow /a b\n", "/a"));
    let long = format!("User-agent: *\n{}Disallow: /late\n", "# filler\n".repeat(60_000));
    assert!(allows(&long, "/late"), "past 500 KiB nothing is read");
}

#[test]
fn delay_and_site_maps() {
    let file = b"User-agent: *\nCrawl-delay: 10\nUser-agent: lead\nUser-agent: x\nCrawl-delay: 1.5\nDisallow: /a\nSITEMAP: https://a.test/1.xml\nSitemap:\nSitemap: https://b.test/2.xml # two";
    let robots = Robots::parse(file, "lead");
    assert_eq!(robots.crawl_delay(), Some(Duration::from_millis(1500)));
    assert_eq!(
        robots.sitemaps(),
        ["https://a.test/1.xml", "https://b.test/2.xml"]
    );
    for bad in ["-1", "NaN", "inf", "soon", "1e400", ""] {
        let file = format!("User-agent: *\nCrawl-delay: {bad}\n");
        assert_eq!(
            Robots::parse(file.as_bytes(), "lead").crawl_delay(),
            None,
            "{bad}"
        );
    }
}

/// The definition, without cleverness.
fn matches_by_definition(pattern: &[u8], path: &[u8]) -> bool {
    match pattern {
        [] => true,
        [b'$'] => path.is_empty(),
        [b'*', rest @ ..] => (0..=path.len()).any(|skip| matches_by_definition(rest, &path[skip..])),
        [octet, rest @ ..] => path
            .split_first()
            .is_some_and(|(first, path)| first == octet && matches_by_definition(rest, path)),
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read(file in proptest::collection::vec(any::<u8>(), 0..400), path in "/\\PC{0,40}") {
        Robots::parse(&file, "lead").allows(&path);
    }

    #[test]
    fn lines_like_real_ones_are_read(
        file in "((user-agent|disallow|allow|sitemap|crawl-delay)[: ]{0,2}(\\*|lead|/[ab*$%]{0,6}|\\PC{0,8})[\r\n#]{1,2}){0,12}",
        path in "/[ab%$*2]{0,10}",
    ) {
        Robots::parse(file.as_bytes(), "lead").allows(&path);
    }

    #[test]
    fn patterns_match_as_defined(pattern in "/[ab*]{0,8}\\$?", path in "/[ab]{0,10}") {
        prop_assert_eq!(
            Pattern::new(pattern.as_bytes()).matches(path.as_bytes()),
            matches_by_definition(pattern.as_bytes(), path.as_bytes())
        );
    }
}

#[test]
fn a_hostile_pattern_takes_no_time() {
    let file = format!("User-agent: *\nDisallow: /{}b$\n", "a*".repeat(200_000));
    let started = std::time::Instant::now();
    assert!(allows(&file, &format!("/{}", "a".repeat(8000))));
    assert!(started.elapsed() < Duration::from_secs(1));
}

type Answer = dyn Fn(&SafeUrl) -> Result<Response> + Send + Sync;

/// A web whose robots.txt says what a function makes of the host.
#[derive(Clone)]
struct Web {
    robots: Arc<Answer>,
    asked: Arc<AtomicUsize>,
}

impl std::fmt::Debug for Web {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Web")
    }
}

impl Web {
    fn new(robots: impl Fn(&SafeUrl) -> Result<Response> + Send + Sync + 'static) -> Self {
        Self {
            robots: Arc::new(robots),
            asked: Arc::default(),
        }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Fetch for Web {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let robots = request.purpose == Purpose::Robots;
        self.asked.fetch_add(usize::from(robots), Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(50)).await;
        if robots {
            return (self.robots)(&request.url);
        }
        Ok(response(&request.url, 200, "page"))
    }
}

fn response(url: &SafeUrl, status: u16, body: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    Response::new(
        url.clone(),
        status,
        HeaderMap::new(),
        Bytes::from(body.to_owned()),
        Timestamp::UNIX_EPOCH,
    )
}

fn layer() -> RobotsLayer {
    RobotsLayer::new("lead", GuardLayer::default())
}

async fn get(fetcher: &Fetcher, url: &str) -> Result<Response> {
    fetcher.fetch(Request::get(SafeUrl::parse(url).unwrap())).await
}

#[tokio::test(start_paused = true)]
async fn pages_are_refused_apis_are_not_and_one_of_many_asks() {
    let web = Web::new(|url| {
        Ok(response(
            url,
            200,
            "User-agent: *\nDisallow: /private?\nSitemap: x",
        ))
    });
    let layer = layer();
    let fetcher = Fetcher::new(web.clone()).layer(&layer);
    let many = (0..20).map(|_| get(&fetcher, "http://a.test/open#f"));
    assert!(futures::future::join_all(many).await.iter().all(Result::is_ok));
    assert_eq!(web.asked(), 1);
    let error = get(&fetcher, "http://a.test/private?x#f").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RobotsDenied);
    let api = Request::get(SafeUrl::parse("http://a.test/private?x").unwrap()).purpose(Purpose::Api);
    fetcher.fetch(api).await.unwrap();
    get(&fetcher, "http://a.test:8080/open").await.unwrap();
    assert_eq!(web.asked(), 2, "another port is another origin");
    let known = layer
        .remembered(&SafeUrl::parse("http://a.test/other").unwrap())
        .await;
    assert_eq!(known.unwrap().sitemaps(), ["x"]);
}

#[tokio::test(start_paused = true)]
async fn statuses_mean_what_the_rfc_says() {
    for (status, expected) in [
        (404, None),
        (401, None),
        (410, None),
        (304, None),
        (429, Some(ErrorKind::RobotsDenied)),
        (500, Some(ErrorKind::RobotsDenied)),
        (503, Some(ErrorKind::RobotsDenied)),
    ] {
        let web = Web::new(move |url| Ok(response(url, status, "User-agent: *\nDisallow: /")));
        let got = get(&Fetcher::new(web).layer(&layer()), "http://a.test/").await;
        assert_eq!(got.err().map(|error| error.kind()), expected, "{status}");
    }
    for kind in [
        ErrorKind::Network,
        ErrorKind::Timeout,
        ErrorKind::GuardRefused,
        ErrorKind::Decode,
    ] {
        let web = Web::new(move |_| Err(Error::new(kind, "fetch", "no").temporary()));
        let error = get(&Fetcher::new(web).layer(&layer()), "http://a.test/")
            .await
            .unwrap_err();
        assert_eq!(error.kind(), kind, "why it could not be reached is told");
        assert!(!error.is_retryable());
    }
}

#[tokio::test(start_paused = true)]
async fn redirects_are_followed_across_hosts_and_guarded() {
    let hop = |url: &SafeUrl, to: &str| {
        let mut response = response(url, 301, "");
        response.headers.insert("location", to.parse().unwrap());
        Ok(response)
    };
    let web = Web::new(move |url| match url.host() {
        "a.test" => hop(url, "https://www.a.test/robots.txt"),
        "www.a.test" => Ok(response(url, 200, "User-agent: *\nDisallow: /x")),
        "inside.test" => hop(url, "http://127.0.0.1/robots.txt"),
        host => {
            let next = format!("http://n{host}/robots.txt");
            hop(url, &next)
        }
    });
    let fetcher = Fetcher::new(web.clone()).layer(&layer());
    assert_eq!(
        get(&fetcher, "http://a.test/x").await.unwrap_err().kind(),
        ErrorKind::RobotsDenied
    );
    assert_eq!(
        get(&fetcher, "http://inside.test/").await.unwrap_err().kind(),
        ErrorKind::GuardRefused
    );
    let before = web.asked();
    get(&fetcher, "http://endless.test/").await.unwrap();
    assert_eq!(
        web.asked() - before,
        6,
        "after five redirects it counts as absent"
    );
}

#[tokio::test(start_paused = true)]
async fn a_file_is_good_for_a_day_and_failure_for_minutes() {
    let seconds = Arc::new(std::sync::atomic::AtomicI64::new(0));
    let hand = Arc::clone(&seconds);
    let clock = Clock::from_fn(move || Timestamp::from_second(hand.load(Ordering::SeqCst)).unwrap());
    let up = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let works = Arc::clone(&up);
    let web = Web::new(move |url| {
        Ok(if works.load(Ordering::SeqCst) {
            response(url, 200, "User-agent: *\nDisallow: /x")
        } else {
            response(url, 500, "")
        })
    });
    let state = State::new(crate::seam::memory::MemoryState::new(clock.clone()));
    let build = || layer().with_clock(clock.clone()).with_state(state.clone());
    let fetcher = Fetcher::new(web.clone()).layer(&build());
    let pass = |time: i64| seconds.fetch_add(time, Ordering::SeqCst);

    assert!(get(&fetcher, "http://a.test/").await.is_err());
    up.store(true, Ordering::SeqCst);
    pass(299);
    assert!(
        get(&fetcher, "http://a.test/").await.is_err(),
        "not asked again so soon"
    );
    pass(1);
    get(&fetcher, "http://a.test/").await.unwrap();
    assert_eq!(web.asked(), 2);

    // Another process finds the copy.
    let fetcher = Fetcher::new(web.clone()).layer(&build());
    pass(86_399);
    assert_eq!(
        get(&fetcher, "http://a.test/x").await.unwrap_err().kind(),
        ErrorKind::RobotsDenied
    );
    assert_eq!(web.asked(), 2);
    // When the site fails after a day the old copy holds.
    up.store(false, Ordering::SeqCst);
    pass(1);
    get(&fetcher, "http://a.test/").await.unwrap();
    assert_eq!(
        get(&fetcher, "http://a.test/x").await.unwrap_err().kind(),
        ErrorKind::RobotsDenied
    );
    assert_eq!(web.asked(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_crawl_delay_reaches_the_pacer() {
    let web = Web::new(|url| Ok(response(url, 200, "User-agent: *\nCrawl-delay: 7")));
    let pacer = Pacer::default();
    let fetcher = Fetcher::new(web).layer(&layer().with_pacer(pacer.clone()));
    get(&fetcher, "http://a.test/").await.unwrap();
    let started = tokio::time::Instant::now();
    for _ in 0..2 {
        drop(pacer.acquire("a.test").await.unwrap());
    }
    assert_eq!(started.elapsed().as_secs(), 7);
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_while_asking_leaves_it_to_the_next() {
    let web = Web::new(|url| Ok(response(url, 200, "")));
    let fetcher = Fetcher::new(web.clone()).layer(&layer());
    let first = tokio::time::timeout(Duration::from_millis(10), get(&fetcher, "http://a.test/"));
    let (gave_up, second) = tokio::join!(first, get(&fetcher, "http://a.test/"));
    assert!(gave_up.is_err() && second.is_ok());
    assert_eq!(web.asked(), 2);
}
