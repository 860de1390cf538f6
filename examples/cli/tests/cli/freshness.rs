//! Leads as they age: visited again, compared with what they were, archived and brought back.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::support::{Ran, file, folder, run};

/// What each host answers: to robots.txt, and to everything else. Without an entry there is no such page.
type Pages = Arc<Mutex<BTreeMap<String, (&'static str, String)>>>;

/// Sites whose pages the test changes.
struct Town {
    addr: SocketAddr,
    pages: Pages,
}

impl Town {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let pages = Pages::default();
        let served = Arc::clone(&pages);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(&stream, &served);
            }
        });
        Self { addr, pages }
    }

    /// A shop at this host with this number.
    fn shop(&self, host: &str, number: &str) {
        let page = format!(
            "<html><title>Shop {host}</title><h1>Shop {host}</h1><p>Call <a href='tel:{number}'>{number}</a>"
        );
        self.pages.lock().unwrap().insert(host.to_owned(), ("", page));
    }

    fn close(&self, host: &str) {
        self.pages.lock().unwrap().remove(host);
    }

    fn keep_out(&self, host: &str) {
        let mut pages = self.pages.lock().unwrap();
        pages.get_mut(host).unwrap().0 = "User-agent: *\nDisallow: /\n";
    }

    fn run(&self, folder: &Path, args: &[&str]) -> Ran {
        let resolve = format!("*.test={}", self.addr);
        let net = [
            "--allow-net",
            "127.0.0.1/32",
            "--rate",
            "off",
            "--resolve",
            &resolve,
        ];
        run(folder, &[args, &net].concat())
    }
}

fn answer(mut stream: &std::net::TcpStream, pages: &Pages) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let rest = lines.take_while(|line| !line.is_empty());
    let host = rest.filter_map(|line| line.to_lowercase().strip_prefix("host: ").map(str::to_owned));
    let host = host.last().unwrap_or_default();
    let page = pages.lock().unwrap().get(&host).cloned();
    let (kind, body) = match page {
        Some((robots, _)) if first.contains(" /robots.txt ") => ("text/plain", robots.to_owned()),
        Some((_, page)) => ("text/html", page),
        None => ("text/plain", String::new()),
    };
    let status = if body.is_empty() {
        "404 Not Found"
    } else {
        "200 OK"
    };
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
}

/// Four shops, collected.
fn collected(folder: &Path) -> Town {
    let town = Town::new();
    let hosts = ["a.test", "b.test", "c.test", "d.test"];
    for (number, host) in hosts.iter().enumerate() {
        town.shop(host, &format!("+3347800000{number}"));
    }
    let list = hosts.map(|host| format!("http://{host}/\n")).concat();
    let sites = file(folder, "sites.txt", list).display().to_string();
    let ran = town.run(folder, &["collect", "shops", "--sites", &sites]);
    assert!(matches!(ran.code, Some(0 | 3)), "{ran:?}");
    assert_eq!(leads(folder).len(), 4, "{ran:?}");
    town
}

fn leads(folder: &Path) -> Vec<Value> {
    run(folder, &["leads", "--format", "jsonl"]).expect(0).objects()
}

#[test]
fn leads_are_renewed_and_what_changed_is_told() {
    let folder = folder();
    let path = folder.path();
    let town = collected(path);
    let fresh = town.run(path, &["refresh", "--older-than", "1d"]).expect(0);
    assert!(fresh.err.contains("nothing to do"), "{}", fresh.err);

    town.shop("a.test", "+33478999999");
    town.close("c.test");
    town.keep_out("d.test");
    let ran = town.run(path, &["refresh", "--older-than", "0s"]);
    assert!(matches!(ran.code, Some(0 | 3)), "{ran:?}");
    assert!(
        ran.out
            .contains("Sites: 2 read, 1 gone, 1 kept away from, 0 failed, 0 not visited yet"),
        "{ran:?}"
    );
    assert!(
        ran.out
            .contains("Leads: 2 leads seen since then: 0 new, 1 changed, 1 the same"),
        "{ran:?}"
    );

    let changes = run(path, &["changes", "--since", "last", "--format", "jsonl"])
        .expect(0)
        .objects();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0]["change"], "changed");
    let phones = &changes[0]["fields"][0];
    assert_eq!(phones["field"], "phones");
    assert_eq!(phones["added"][0]["text"], "+33478999999");
    assert_eq!(phones["removed"][0]["text"], "+33478000000");
    let table = run(path, &["changes", "--since", "last"]).expect(0);
    assert!(
        table.out.contains("+33478999999") && table.err.contains("1 changed"),
        "{table:?}"
    );
    let all = run(path, &["changes", "--since", "2020-01-01", "--format", "json"]).expect(0);
    let all: Value = serde_json::from_str(&all.out).unwrap();
    assert_eq!(all["compared"]["new"], 4);
    run(path, &["changes", "--since", "yesterday"]).expect(2);
    let unknown = "01934b3c-0000-7000-8000-000000000000";
    run(path, &["changes", "--since", unknown]).expect(1);
}

#[test]
fn a_refresh_that_was_cut_short_goes_on() {
    let folder = folder();
    let path = folder.path();
    let town = collected(path);
    let cut = town.run(
        path,
        &[
            "refresh",
            "--older-than",
            "0s",
            "--max-requests",
            "2",
            "--concurrency",
            "1",
        ],
    );
    assert!(
        !cut.out.contains(" 0 not visited yet") && cut.err.contains("--resume"),
        "{cut:?}"
    );
    let whole = town.run(path, &["refresh", "--resume", "last"]);
    assert!(matches!(whole.code, Some(0 | 3)), "{whole:?}");
    assert!(
        whole
            .out
            .contains("Sites: 4 read, 0 gone, 0 kept away from, 0 failed, 0 not visited yet"),
        "{whole:?}"
    );
    assert!(whole.out.contains("4 the same"), "{whole:?}");
}

#[test]
fn leads_go_into_archives_and_come_back() {
    let folder = folder();
    let path = folder.path();
    drop(collected(path));
    let before = leads(path);
    let retain = |more: &[&str]| run(path, &[&["retain", "--older-than", "0s"], more].concat());
    retain(&[]).expect(2);
    retain(&["--archive", "archive", "--delete"]).expect(2);
    assert_eq!(
        retain(&["--archive", "archive", "--dry-run"]).expect(0).out,
        "4\n"
    );
    assert_eq!(leads(path).len(), 4);
    let ran = retain(&["--archive", "archive"]).expect(0);
    assert!(ran.err.contains("4 leads archived in 1 files"), "{ran:?}");
    assert!(leads(path).is_empty());
    let file = ran.out.trim();
    assert!(path.join(file).exists(), "{file}");
    run(path, &["restore", file]).expect(0);
    assert_eq!(leads(path), before);
    let again = run(path, &["restore", "archive"]).expect(0);
    assert!(again.err.contains(" 0 sightings brought back"), "{again:?}");

    // Erased from both, so that nothing brings it back.
    let id = before[0]["id"].as_str().unwrap();
    run(path, &["erase", id, "--archive", "archive"]).expect(0);
    run(path, &["restore", "archive"]).expect(0);
    assert_eq!(leads(path), before[1..]);
    let number = before[1]["phones"][0]["e164"].as_str().unwrap();
    run(path, &["suppress", "add", &format!("phone:{number}")]).expect(0);
    let cleansed = run(path, &["retain", "--cleanse", "archive"]).expect(0);
    assert!(
        cleansed.err.contains("1 stripped; 1 of 1 archives"),
        "{cleansed:?}"
    );
    retain(&["--delete"]).expect(0);
    assert!(leads(path).is_empty());
    run(path, &["restore", "no.parquet"]).expect(1);
}

#[test]
fn values_fade_with_age() {
    let folder = folder();
    let path = folder.path();
    drop(collected(path));
    let sure = |more: &[&str]| {
        let args = [&["leads", "--format", "jsonl"], more].concat();
        let leads = run(path, &args).expect(0).objects();
        leads[0]["phones"][0]["confidence"].as_f64().unwrap()
    };
    let stored = sure(&[]);
    assert!((sure(&["--as-of", "now"]) - stored).abs() < 1e-3);
    assert!(sure(&["--as-of", "2040-01-01"]) < stored / 4.0);
    assert!((sure(&[]) - stored).abs() < 1e-9, "what is stored stays");
    run(path, &["leads", "--as-of", "soon"]).expect(2);
}
