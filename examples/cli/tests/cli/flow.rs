//! From a query to leads, and what can be done with them.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{Ran, folder, lead, run};
use crate::web::Web;

/// Collects the dentists of Lyon.
fn collect(web: &Web, folder: &Path, more: &[&str]) -> Ran {
    let mut args = ["collect", "dentists", "--near", "Lyon"]
        .map(str::to_owned)
        .to_vec();
    args.extend(web.flags());
    args.extend(Web::osm());
    args.extend(more.iter().map(|arg| (*arg).to_owned()));
    run(folder, &args)
}

#[test]
fn what_was_collected_is_shown_counted_suppressed_and_erased() {
    let (web, folder) = (Web::new(300), folder());
    let path = folder.path();
    let ran = collect(&web, path, &["--format", "jsonl"]);
    assert!(matches!(ran.code, Some(0 | 3)), "{ran:?}");
    assert!(
        ran.err.contains("\nCost: ") && ran.err.contains("per new lead"),
        "{}",
        ran.err
    );
    let leads = ran.objects();
    let number = |filter: &str| -> usize {
        run(path, &["count", "--filter", filter])
            .expect(0)
            .out
            .trim()
            .parse()
            .unwrap()
    };
    assert_eq!(number(""), leads.len());
    assert!(number("has:phone") > 0 && number("has:phone") <= leads.len());
    let with_phone = leads
        .iter()
        .find(|lead| lead["phones"][0]["e164"].is_string())
        .unwrap();
    let phone = with_phone["phones"][0]["e164"].as_str().unwrap();
    assert_eq!(number(&format!("phone:{phone}")), 1);
    run(path, &["suppress", "add", &format!("phone:{phone}")]).expect(0);
    assert_eq!(number(&format!("phone:{phone}")), 0, "it is taken out at once");
    let listed = run(
        path,
        &["suppress", "check", &format!("phone:{phone}"), "domain:a.test"],
    )
    .expect(0)
    .out;
    assert!(
        listed.contains(&format!("{phone} listed since")) && listed.contains("domain:a.test not listed"),
        "{listed}"
    );
    let _ = collect(&web, path, &[]);
    assert_eq!(number(&format!("phone:{phone}")), 0, "and stays out");
    run(path, &["suppress", "remove", &format!("phone:{phone}")]).expect(0);
    assert!(
        run(path, &["suppress", "list", "--json"])
            .expect(0)
            .out
            .is_empty()
    );
    let id = leads[0]["id"].as_str().unwrap();
    run(path, &["erase", id]).expect(0);
    assert_eq!(number(""), leads.len() - 1);
    run(path, &["erase", id]).expect(1);
    assert!(
        path.join("leads.db").exists() && !path.join("leads.db-wal").exists(),
        "the file alone holds everything"
    );
    run(path, &["erase", "--filter", "has:email"]).expect(2);
    let ran = run(path, &["erase", "--filter", "", "--yes"]).expect(2);
    assert!(ran.err.contains("--all"), "{}", ran.err);
    run(path, &["count", "--filter", "-has:email"]).expect(0);
    run(path, &["erase", "--filter", "has:email", "--yes"]).expect(0);
    assert_eq!(number("has:email"), 0);
}

#[test]
fn pages_of_leads_follow_each_other() {
    let (web, folder) = (Web::new(300), folder());
    let _ = collect(&web, folder.path(), &[]);
    let all = run(folder.path(), &["leads", "--format", "jsonl", "--sort", "-name"])
        .expect(0)
        .objects();
    assert!(all.len() > 5, "{}", all.len());
    let (mut seen, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let mut args = vec!["leads", "--format", "json", "--sort", "-name", "--limit", "4"];
        args.extend(cursor.iter().flat_map(|cursor| ["--cursor", cursor.as_str()]));
        let page: serde_json::Value = serde_json::from_str(&run(folder.path(), &args).expect(0).out).unwrap();
        seen.extend(page["leads"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => break,
        }
    }
    assert_eq!(seen, all);
    let skipping = ["leads", "--format", "json", "--sort", "-name", "--skip", "5"];
    let told = run(folder.path(), &skipping).expect(0).out;
    let behind: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(behind["leads"].as_array().unwrap()[..], seen[5..]);
    let too_far = run(folder.path(), &["leads", "--skip", "1000"]).expect(2);
    assert!(too_far.err.contains("skipped"), "{}", too_far.err);
    let all = ["leads", "--skip", &seen.len().to_string()];
    assert!(run(folder.path(), &all).expect(2).err.contains("skipped"));
    let about = run(folder.path(), &["count", "--about"]).expect(0).out;
    assert_eq!(about.trim(), seen.len().to_string());
    let table = run(folder.path(), &["leads", "--limit", "2"]).expect(0);
    assert!(
        table.out.contains("Seen by") && table.err.contains("--cursor"),
        "{table:?}"
    );
    run(folder.path(), &["leads", "--sort", "nothing"]).expect(2);
    run(folder.path(), &["leads", "--filter", "nothing:1"]).expect(2);
    run(folder.path(), &["leads", "--cursor", "zz"]).expect(2);
}

#[test]
fn leads_are_exported_whole_or_not_at_all() {
    let (web, folder) = (Web::new(300), folder());
    let path = folder.path();
    let _ = collect(&web, path, &[]);
    let leads: usize = run(path, &["count"]).expect(0).out.trim().parse().unwrap();
    let all = run(path, &["export", "--format", "jsonl"]).expect(0);
    assert_eq!(
        all.objects(),
        run(path, &["leads", "--format", "jsonl", "--limit", "10000"])
            .expect(0)
            .objects()
    );
    let ran = run(path, &["export", "--out", "leads.csv", "--filter", "has:phone"]).expect(0);
    assert!(ran.out.is_empty() && ran.err.contains("in leads.csv"), "{ran:?}");
    let csv = std::fs::read_to_string(path.join("leads.csv")).unwrap();
    assert!(
        csv.starts_with("id,name,") && csv.lines().count() > 1,
        "{csv:.200}"
    );
    let legacy = run(path, &["export", "--format", "csv-legacy"]).expect(0).out;
    assert!(legacy.starts_with("Search Query,Platform,"), "{legacy:.200}");
    for (file, begins) in [
        ("a.xlsx", &b"PK"[..]),
        ("a.parquet", b"PAR1"),
        ("a.vcf", b"BEGIN:VCARD"),
        ("a.geojson", b"{\"type\""),
    ] {
        run(path, &["export", "--out", file]).expect(0);
        let bytes = std::fs::read(path.join(file)).unwrap();
        assert!(bytes.starts_with(begins), "{file}: {bytes:.40?}");
    }
    let sold = run(
        path,
        &["export", "--layout", "salesforce", "--columns", "Phone,Company"],
    )
    .expect(0)
    .out;
    assert!(sold.starts_with("Phone,Company\n"), "{sold:.200}");
    run(path, &["export", "--format", "json", "--layout", "zoho"]).expect(2);
    let ran = run(path, &["export", "--columns", "phnoes"]).expect(2);
    assert!(
        ran.err.contains("phnoes") && ran.err.contains("phones"),
        "{}",
        ran.err
    );
    let again = run(path, &["export", "--out", "a.xlsx", "--resume"]).expect(0);
    assert!(again.err.contains("begun from the start"), "{}", again.err);
    let whole = std::fs::read(path.join("a.geojson")).unwrap();
    let again = run(path, &["export", "--out", "a.geojson", "--resume"]).expect(0);
    assert!(!again.err.contains("from the start"), "{}", again.err);
    assert_eq!(std::fs::read(path.join("a.geojson")).unwrap(), whole);
    run(path, &["export", "--resume"]).expect(2);
    let none = run(path, &["export", "--format", "jsonl", "--since", "2999-01-01"]).expect(0);
    assert!(none.out.is_empty());
    let since = run(
        path,
        &["export", "--format", "jsonl", "--since", "2020-01-01T00:00:00Z"],
    )
    .expect(0);
    assert_eq!(since.objects().len(), leads);
    run(path, &["export", "--since", "yesterday"]).expect(2);
    let ran = run(path, &["export", "--out", "no/such/folder/leads.csv"]).expect(1);
    assert!(ran.err.contains("no/such/folder/leads.csv"), "{}", ran.err);
    let mut child = lead(path)
        .args(["export", "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn tenants_do_not_see_each_other() {
    let folder = folder();
    run(
        folder.path(),
        &["suppress", "add", "domain:a.test", "--tenant", "acme"],
    )
    .expect(0);
    assert!(
        run(folder.path(), &["suppress", "list", "--json"])
            .expect(0)
            .out
            .is_empty()
    );
    assert_eq!(
        run(folder.path(), &["suppress", "list", "--json", "--tenant", "acme"])
            .expect(0)
            .objects()
            .len(),
        1
    );
    run(folder.path(), &["count", "--tenant", "A B"]).expect(2);
}

#[test]
fn events_and_figures_are_there_for_machines() {
    let (web, folder) = (Web::new(100), folder());
    let ran = collect(&web, folder.path(), &["--format", "events", "--log", "json"]);
    let events = ran.objects();
    assert_eq!(events.first().unwrap()["event"], "planned");
    assert_eq!(events.last().unwrap()["event"], "done");
    for line in ran.err.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|_| panic!("{line}"));
    }
}

/// Ctrl-C stops a run in good order: 130, and `--resume last` goes on. Meanwhile Prometheus sees its figures.
#[test]
fn an_interrupted_run_keeps_what_it_has_and_goes_on() {
    let (web, folder) = (Web::new(400), folder());
    let sites = web.sites(folder.path()).display().to_string();
    let mut args = [
        "collect",
        "dentists",
        "--near",
        "Lyon",
        "--source",
        "osm",
        "--sites",
        &sites,
        "--concurrency",
        "1",
    ]
    .map(str::to_owned)
    .to_vec();
    args.extend(web.flags());
    args.extend(Web::osm());
    let figures = free_port();
    args.extend(["--metrics".to_owned(), figures.to_string()]);
    let child = lead(folder.path())
        .args(&args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let since = Instant::now();
    while since.elapsed() < Duration::from_secs(20) && sites_done(folder.path()) == 0 {
        std::thread::sleep(Duration::from_millis(20));
    }
    let shown = scrape(figures);
    assert!(shown.contains("\nlead_fetch_attempts_total "), "{shown}");
    let interrupt = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(interrupt.success());
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{told}");
    assert!(
        told.contains("Stopped in") && told.contains("collect --resume"),
        "{told}"
    );
    let before = sites_done(folder.path());
    assert!(before > 0);
    let mut resume = ["collect", "--resume", "last", "--sites", &sites]
        .map(str::to_owned)
        .to_vec();
    resume.extend(web.flags());
    resume.extend(Web::osm());
    let ran = run(folder.path(), &resume);
    assert!(matches!(ran.code, Some(0 | 3)), "{ran:?}");
    assert!(sites_done(folder.path()) > before);
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// What Prometheus is shown.
fn scrape(port: u16) -> String {
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream
        .write_all(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut shown = String::new();
    stream.read_to_string(&mut shown).unwrap();
    shown
}

fn sites_done(folder: &Path) -> u64 {
    if !folder.join("leads.db").exists() {
        return 0;
    }
    let ran = run(folder, &["runs", "--json"]);
    if ran.code != Some(0) {
        return 0; // the store is just being made
    }
    ran.objects()
        .first()
        .map_or(0, |run| run["state"]["sites_done"].as_u64().unwrap())
}

#[test]
fn runs_that_are_not_there_cannot_be_resumed() {
    let folder = folder();
    run(folder.path(), &["collect", "--resume", "last"]).expect(1);
    run(folder.path(), &["suppress", "add", "domain:a.test"]).expect(0);
    for which in ["last", "01a20a4a-508b-7b2d-9200-9833a8dc3aeb"] {
        let ran = run(folder.path(), &["collect", "--resume", which]).expect(1);
        assert!(ran.err.contains("error: NOT_FOUND at run"), "{}", ran.err);
    }
    run(folder.path(), &["collect", "--resume", "nonsense"]).expect(2);
}

/// What failed can be looked up afterwards, and the command told for going on goes on.
#[test]
fn failures_of_a_run_are_kept_and_tried_again() {
    let (web, folder) = (Web::new(300), folder());
    let path = folder.path();
    let site = web.site();
    std::fs::write(
        path.join("sites.txt"),
        format!("{site}\nhttp://nobody.invalid/\nhttp://10.1.2.3/\n"),
    )
    .unwrap();
    let mut args = ["collect", "dentists", "--sites", "sites.txt"]
        .map(str::to_owned)
        .to_vec();
    args.extend(web.flags());
    let ran = run(path, &args).expect(3);
    assert!(
        ran.err
            .contains("Of this run 1 failed and 1 were kept away from: lead runs "),
        "{}",
        ran.err
    );
    let shown = run(path, &["runs", "last"]).expect(0).out;
    for says in [
        "Sites: 3 of 3",
        "2 to be tried again",
        "nobody.invalid",
        "NETWORK",
        "10.1.2.3",
        "GUARD_REFUSED",
    ] {
        assert!(shown.contains(says), "{says}: {shown}");
    }
    assert_eq!(
        run(path, &["count"]).expect(0).out.trim(),
        "1",
        "a site nobody could read is no lead"
    );
    let next = ran
        .err
        .lines()
        .find_map(|line| line.trim().strip_prefix("lead collect --resume "));
    let next = next
        .and_then(|line| line.split_once("   "))
        .unwrap_or_else(|| panic!("{}", ran.err));
    assert_eq!(next.1, "tries again: 2 sites");
    let words: Vec<_> = next.0.split(' ').map(|word| word.trim_matches('\'')).collect();
    let again = run(path, &[&["collect", "--resume"], &words[..]].concat()).expect(1);
    assert!(
        again.err.contains("nobody.invalid") && !again.err.contains("0 pages; leads: 1"),
        "{}",
        again.err
    );
}

#[test]
fn a_domain_on_the_list_stands_for_its_mailboxes() {
    let folder = folder();
    let path = folder.path();
    run(path, &["suppress", "add", "domain:www.a.test"]).expect(0);
    let told = run(
        path,
        &["suppress", "check", "email:info@a.test", "email:info@b.test"],
    )
    .expect(0)
    .out;
    assert!(
        told.contains("email:info@a.test listed by domain:a.test since"),
        "{told}"
    );
    assert!(told.contains("email:info@b.test not listed"), "{told}");
    let ran = run(path, &["suppress", "remove", "domain:b.test", "domain:a.test"]).expect(0);
    assert!(
        ran.err.contains("1 removed") && ran.err.contains("domain:b.test was not listed"),
        "{}",
        ran.err
    );
}

/// The demo needs nothing but itself, can be repeated on the same store, and finds nearly everything.
#[test]
fn the_demo_shows_the_main_job() {
    let folder = folder();
    for _ in 0..2 {
        let ran = run(folder.path(), &["demo", "--businesses", "200"]).expect(0);
        assert!(
            ran.out.contains("│ Name") && ran.out.contains("Pages a second"),
            "{}",
            ran.out
        );
        assert!(ran.out.contains("\nCoverage: found "), "{}", ran.out);
        assert!(ran.out.contains("Suppressed: none of the numbers"), "{}", ran.out);
        assert!(ran.err.contains("lead export"), "{}", ran.err);
        let truth = ran.out.lines().find(|line| line.starts_with("Truth: ")).unwrap();
        let figures: Vec<u32> = truth.split(' ').filter_map(|word| word.parse().ok()).collect();
        let [found, within, right, numbers] = figures[..] else {
            panic!("{truth}")
        };
        assert!(
            found * 100 >= within * 95 && right * 100 >= numbers * 95,
            "{truth}"
        );
    }
}

#[test]
fn the_generated_web_is_served_and_says_how_to_reach_it() {
    let folder = folder();
    let mut command = lead(folder.path());
    let mut child = command
        .args(["serve-fixtures", "--businesses", "20", "--write", "."])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    std::io::BufRead::read_line(&mut out, &mut first).unwrap();
    let port = first.trim().rsplit(':').next().unwrap().to_owned();
    let resolve = format!("*.test=127.0.0.1:{port}");
    let args = [
        "extract",
        "http://fixtures.test/",
        "--resolve",
        &resolve,
        "--allow-net",
        "127.0.0.0/8",
        "--format",
        "jsonl",
    ];
    assert_eq!(
        run(folder.path(), &args).expect(0).objects()[0]["url"],
        "http://fixtures.test/"
    );
    assert_eq!(
        std::fs::read_to_string(folder.path().join("truth.jsonl"))
            .unwrap()
            .lines()
            .count(),
        20
    );
    assert!(folder.path().join("sites.txt").exists());
    run(folder.path(), &["serve-fixtures", "--port", &port]).expect(1);
    let interrupt = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(interrupt.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
