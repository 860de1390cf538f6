//! `lead crawl` on the generated web: what it prints, and that no kill loses a page.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{file, folder, kill_after, run};
use crate::web::Web;

/// Requests a crawl has under way, so that a kill can hit at most these.
const CONCURRENCY: usize = 8;

#[test]
fn a_site_is_crawled_and_its_pages_are_told_once_with_their_contacts() {
    let (web, folder) = (Web::new(50), folder());
    let site = web.site();
    let mut args = vec![
        "crawl".to_owned(),
        site.clone(),
        "--format".to_owned(),
        "jsonl".to_owned(),
    ];
    args.extend(web.flags());
    let pages = told(run(folder.path(), &args).expect(0).objects());
    assert!(pages.len() > 3, "{pages:#?}");
    assert!(
        pages.keys().all(|url| url.starts_with(&site)),
        "{:?}",
        pages.keys()
    );
    assert_eq!(pages[&site]["outcome"], "page");
    let values = |field: &str| {
        pages
            .values()
            .filter_map(|page| page[field].as_array())
            .map(Vec::len)
            .sum::<usize>()
    };
    assert!(values("phones") > 0 && values("organizations") > 0);
}

#[test]
fn bounds_and_patterns_hold() {
    let (web, folder) = (Web::new(50), folder());
    let crawl = |more: &[&str]| {
        let mut args = vec![
            "crawl".to_owned(),
            web.site(),
            "--format".to_owned(),
            "jsonl".to_owned(),
        ];
        args.extend(more.iter().map(|arg| (*arg).to_owned()));
        args.extend(web.flags());
        told(run(folder.path(), &args).expect(0).objects())
    };
    assert_eq!(crawl(&["--max-pages", "2"]).len(), 2);
    assert_eq!(
        crawl(&["--max-depth", "0"])
            .values()
            .filter(|page| page["depth"] != 0)
            .count(),
        0
    );
    let alone = crawl(&["--exclude", "/**"]);
    assert_eq!(alone.values().filter(|page| page["outcome"] == "page").count(), 1);
    run(folder.path(), &["crawl", "http://a.test/", "--include", "/["]).expect(2);
    run(folder.path(), &["crawl", "http://a.test/", "--region", "XX"]).expect(2);
    run(folder.path(), &["crawl"]).expect(2);
}

#[test]
fn who_cannot_be_reached_is_told_and_loopback_is_refused() {
    let folder = folder();
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let url = format!("http://{free}/");
    let mut args = vec!["crawl", &url, "--rate", "off", "--format", "jsonl"];
    let outcome = |args: &[&str]| run(folder.path(), args).expect(1).objects()[0]["outcome"].clone();
    assert_eq!(outcome(&args), "guarded");
    args.extend(["--allow-net", "127.0.0.0/8"]);
    assert_eq!(outcome(&args), "unreachable");
}

#[test]
fn a_crawl_killed_at_fifty_moments_tells_every_page_once() {
    killed(50, 20_261_128);
}

/// The long one: `cargo test -p lead-cli --release -- --ignored soak_crawl`.
#[test]
#[ignore = "minutes: run by scripts/test --soak"]
fn soak_crawl_killed() {
    killed(200, fastrand::u64(..));
}

#[test]
fn a_folder_holds_one_crawl_at_a_time() {
    let (web, folder) = (Web::new(50), folder());
    file(folder.path(), "file", "");
    let crawl = |journal: &str| run(folder.path(), &args(&web, journal));
    assert!(crawl("file").expect(2).err.contains("a folder is wanted"));
    std::fs::create_dir(folder.path().join("held")).unwrap();
    let lock = std::fs::File::create(folder.path().join("held/crawl.lock")).unwrap();
    lock.lock().unwrap();
    let ran = crawl("held").expect(1);
    assert!(
        ran.err.contains("LOCKED") && ran.err.contains("held"),
        "{}",
        ran.err
    );
    drop(lock);
    assert!(!crawl("held").objects().is_empty());
}

fn killed(times: u32, seed: u64) {
    eprintln!("killing {times} times, seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let (web, folder) = (Web::new(300), folder());
    let begun = Instant::now();
    let whole = crawl(&web, folder.path(), "whole");
    let span = begun.elapsed();
    let whole_requests = web.requests();
    assert!(whole.len() > 300, "{} pages", whole.len());
    let (mut kills, mut round) = (0, 0);
    while kills < times {
        round += 1;
        let journal = format!("round-{round}");
        let before = web.requests();
        let mut hits = 0;
        // Moments over the whole of a crawl, the start of the process included.
        while kills < times
            && kill_after(
                folder.path(),
                &args(&web, &journal),
                span.mul_f64(random.f64() / 6.0) + Duration::from_millis(50),
            )
        {
            (kills, hits) = (kills + 1, hits + 1);
        }
        let resumed = crawl(&web, folder.path(), &journal);
        let again = web.requests() - before - whole_requests.min(web.requests() - before);
        eprintln!(
            "round {round}: {kills} kills so far, {} pages, {again} requests more than a whole crawl",
            resumed.len()
        );
        assert_same(&whole, &resumed, seed);
        // A page that was in flight, or had come back and was not written yet, takes a place among those under way; each may
        // have asked for its host's robots.txt first.
        let in_flight = 2 * CONCURRENCY as u64 * hits;
        assert!(
            again <= in_flight,
            "seed {seed}: {again} requests again after {hits} kills"
        );
    }
}

fn args(web: &Web, journal: &str) -> Vec<String> {
    let mut args = vec!["crawl".to_owned()];
    args.extend(web.some_sites(60));
    args.extend(
        [
            "--resume",
            journal,
            "--format",
            "jsonl",
            "--concurrency",
            &CONCURRENCY.to_string(),
        ]
        .map(str::to_owned),
    );
    args.extend(web.flags());
    args
}

fn crawl(web: &Web, folder: &Path, journal: &str) -> BTreeMap<String, Value> {
    let ran = run(folder, &args(web, journal));
    assert!(matches!(ran.code, Some(0 | 3)), "{ran:?}");
    told(ran.objects())
}

/// Pages by their address, without what differs from run to run; none may be told twice.
fn told(lines: Vec<Value>) -> BTreeMap<String, Value> {
    let mut pages = BTreeMap::new();
    for mut page in lines {
        let fields = page.as_object_mut().unwrap();
        fields.retain(|name, _| !matches!(name.as_str(), "fetched_at" | "attempts"));
        let url = page["input"].as_str().unwrap().to_owned();
        assert!(pages.insert(url.clone(), page).is_none(), "{url} is told twice");
    }
    pages
}

fn assert_same(whole: &BTreeMap<String, Value>, resumed: &BTreeMap<String, Value>, seed: u64) {
    for (url, page) in whole {
        let mut other = resumed
            .get(url)
            .unwrap_or_else(|| panic!("seed {seed}: {url} is lost"))
            .clone();
        // How deep a page lies depends on which of two ways to it was read first.
        other["depth"] = page["depth"].clone();
        assert_eq!(*page, other, "seed {seed}: {url}");
    }
    assert_eq!(whole.len(), resumed.len(), "seed {seed}");
}

/// An archive written by a crawl, read by `lead extract`: the same contacts, damage told, the rest read.
#[test]
fn an_archive_of_a_crawl_gives_its_contacts_again() {
    let (web, folder) = (Web::new(50), folder());
    let mut args = vec!["crawl".to_owned(), web.site()];
    args.extend(["--format", "jsonl", "--warc", "site.warc.gz"].map(str::to_owned));
    args.extend(web.flags());
    let crawled = told(run(folder.path(), &args).expect(0).objects());
    let extract = || run(folder.path(), &["extract", "site.warc.gz", "--format", "jsonl"]);
    let archived: BTreeMap<String, Value> = extract()
        .expect(0)
        .objects()
        .into_iter()
        .map(|page| (page["url"].as_str().unwrap().to_owned(), page))
        .collect();
    let pages = crawled.iter().filter(|(_, page)| page["outcome"] == "page");
    let mut count = 0;
    for (url, page) in pages {
        for field in ["phones", "emails", "socials", "addresses", "organizations"] {
            assert_eq!(page[field], archived[url][field], "{field} of {url}");
        }
        count += 1;
    }
    assert!(count > 3, "{count}");
    let path = folder.path().join("site.warc.gz");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 40].fill(0);
    std::fs::write(&path, &bytes).unwrap();
    let ran = extract().expect(3);
    assert!(
        ran.err.contains("CORRUPT") && ran.err.contains("offset"),
        "{}",
        ran.err
    );
    assert!(ran.objects().len() >= archived.len() - 2);
}
