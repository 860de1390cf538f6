//! Many pages while browsers and hosts are killed: none is lost, and nothing is left.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use futures::StreamExt as _;
use lead_core::browser::Browser;
use lead_core::fetch::FetchConfig;
use lead_core::limit::Rate;
use lead_core::seam::Request;

use super::support::*;
use super::trouble::{config_in, folder, left_in};

/// The pages a host has to render, and those it has.
const TODO: &str = "todo";
const DONE: &str = "done";

fn lines(file: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    // A line that was being written when the host was killed has no end.
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole.lines().map(str::to_owned).collect()
}

/// What a host does: it renders what is left, and writes down each page it has.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "run by the tests that kill it"]
async fn host() {
    let folder = PathBuf::from(std::env::var("LEAD_TEST_FOLDER").unwrap());
    let addr = std::env::var("LEAD_TEST_SERVER").unwrap();
    let mut fetch = FetchConfig::default();
    fetch.guard = fetch.guard.allow("127.0.0.0/8".parse().unwrap());
    fetch.resolve.push(format!("*.test={addr}").parse().unwrap());
    fetch.pace.rate = Rate::Off;
    fetch.retry.max_attempts = 20;
    let mut settings = config_in(&folder);
    settings.processes = 2;
    settings.pages = 2;
    let browser = Browser::new(settings, &fetch).unwrap();
    let fetcher = browser.fetcher();
    let mut left = lines(&folder.join(TODO));
    for done in lines(&folder.join(DONE)) {
        left.remove(&done);
    }
    let mut done = std::fs::File::options()
        .create(true)
        .append(true)
        .open(folder.join(DONE))
        .unwrap();
    let pages = futures::stream::iter(left).map(|url| {
        let fetcher = fetcher.clone();
        async move {
            let page = fetcher.fetch(Request::get(url.parse().unwrap())).await.unwrap();
            assert!(shown(&page).contains("bread"), "{url}");
            url
        }
    });
    let mut pages = std::pin::pin!(pages.buffer_unordered(4));
    while let Some(url) = pages.next().await {
        done.write_all(format!("{url}\n").as_bytes()).unwrap();
    }
    browser.close().await;
}

fn start(folder: &Path, server: &Server) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "chaos::host"])
        .env("LEAD_TEST_FOLDER", folder)
        .env("LEAD_TEST_SERVER", server.addr.to_string())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// The process groups of the browsers that run out of `folder`.
fn groups(folder: &Path) -> Vec<String> {
    let Ok(profiles) = std::fs::read_dir(folder.join("lead-browser")) else {
        return Vec::new();
    };
    let owners = profiles
        .flatten()
        .filter_map(|profile| std::fs::read_to_string(profile.path().join("owner")).ok());
    owners
        .map(|group| group.trim().to_owned())
        .filter(|group| !group.is_empty())
        .collect()
}

/// Renders `pages` pages while `kills` browsers and `hosts` hosts are killed, at moments drawn by a seed.
async fn survive(pages: usize, kills: usize, hosts: usize) {
    let server = Server::start([("/", html("<div id=root></div><script>fetch('/part').then(r => r.text()).then(t => root.innerHTML = t)</script>")), ("/part", html("<p>bread</p>"))]).await;
    let folder = folder();
    let todo = (0..pages).map(|page| server.url(&format!("b{page}.test"), "/"));
    let todo = todo.collect::<Vec<_>>().join("\n") + "\n";
    std::fs::write(folder.path().join(TODO), todo).unwrap();
    let mut lot = fastrand::Rng::with_seed(11);
    let (mut killed, mut ended) = (0, 0);
    let mut host = start(folder.path(), &server);
    let begun = Instant::now();
    let limit = Duration::from_secs(60 + 3 * pages as u64);
    loop {
        tokio::time::sleep(Duration::from_millis(lot.u64(300..1500))).await;
        assert!(
            begun.elapsed() < limit,
            "{} of {pages} pages",
            lines(&folder.path().join(DONE)).len()
        );
        if let Some(status) = host.try_wait().unwrap() {
            assert!(status.success());
            break;
        }
        let done = lines(&folder.path().join(DONE)).len();
        // Spread over the work, so that the last pages are as likely to be hit as the first.
        if ended < hosts && done * (hosts + 1) > pages * (ended + 1) {
            host.kill().unwrap();
            host.wait().unwrap();
            ended += 1;
            host = start(folder.path(), &server);
        } else if killed < kills
            && done * (kills + 1) > pages * (killed + 1)
            && let Some(group) = lot.choice(groups(folder.path()))
        {
            let how = if lot.bool() { "KILL" } else { "STOP" };
            let _ = Command::new("kill")
                .args([&format!("-{how}"), "--", &group])
                .status();
            killed += 1;
        }
    }
    assert_eq!(lines(&folder.path().join(DONE)), lines(&folder.path().join(TODO)));
    assert_eq!((killed, ended), (kills, hosts), "all blows were struck");
    assert_eq!(left_in(folder.path()), (0, 0));
    println!(
        "{pages} pages, {kills} browsers and {hosts} hosts killed, in {:.0?}",
        begun.elapsed()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_is_lost_to_a_kill() {
    survive(24, 2, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "soak: some minutes"]
async fn soak_no_page_is_lost_to_twenty_kills() {
    survive(500, 20, 5).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "soak: half an hour"]
async fn soak_no_page_is_lost_to_two_hundred_kills() {
    survive(2000, 200, 20).await;
}
