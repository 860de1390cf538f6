//! Pages that mean ill, browsers that die or hang, and hosts that do.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use lead_core::ErrorKind;
use lead_core::browser::BrowserConfig;
use lead_core::seam::Request;

use super::support::*;

/// Settings with a folder of the test's own.
pub(crate) fn config_in(folder: &Path) -> BrowserConfig {
    let mut settings = config();
    settings.folder = Some(folder.to_owned());
    settings.health = Duration::from_secs(1);
    settings.hang = Duration::from_secs(4);
    settings
}

/// A folder that every user may pass through.
pub(crate) fn folder() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o711)).unwrap();
    folder
}

/// Processes started out of `folder`, and profiles left in it.
pub(crate) fn left_in(folder: &Path) -> (usize, usize) {
    let name = folder.to_str().unwrap().as_bytes();
    let processes = std::fs::read_dir("/proc").unwrap().flatten().filter(|process| {
        let command = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
        command.windows(name.len()).any(|window| window == name)
    });
    let profiles = std::fs::read_dir(folder.join("lead-browser")).map_or(0, Iterator::count);
    (processes.count(), profiles)
}

pub(crate) fn signal(name: &str, target: &str) {
    assert!(
        Command::new("kill")
            .args([&format!("-{name}"), "--", target])
            .status()
            .unwrap()
            .success()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_mean_ill_do_no_harm() {
    let server = Server::start([
        ("/endless", html("<p>bread</p><script>for (;;);</script>")),
        ("/dialogs", html("<script>onbeforeunload = () => 'stay'; for (let i = 0; i < 50; i++) { alert(i); confirm(i); prompt(i) }</script><p>bread</p>")),
        ("/windows", html("<script>for (let i = 0; i < 1000; i++) window.open('/window' + i)</script><p>bread</p>")),
        ("/downloads", html("<script>for (let i = 0; i < 20; i++) { const a = document.createElement('a'); a.href = '/file' ; a.download = 'x' + i; document.body?.append(a) ?? document.documentElement.append(a); a.click() }</script><p>bread</p>")),
        ("/file", html("x".repeat(1000)).header("content-disposition", "attachment")),
        ("/deep", html(format!("{}bread", "<div>".repeat(20_000)))),
        ("/crash", html("<script>location.href = 'chrome://crash'; document.write('<p>bread')</script>")),
        ("/print", html("<script>print()</script><p>bread</p>")),
        ("/frames", html("<script>for (let i = 0; i < 500; i++) document.write(`<iframe src=/leaf></iframe>`)</script><p>bread</p>")),
        ("/leaf", html("leaf")),
        ("/good", html("<p>bread</p>")),
    ])
    .await;
    let folder = folder();
    let mut settings = config_in(folder.path());
    settings.page = Duration::from_secs(5);
    let browser = server.browser(settings);
    let endless = render(&browser, &server.url("bakery.test", "/endless"))
        .await
        .unwrap_err();
    assert_eq!(endless.kind(), ErrorKind::Timeout, "{endless}");
    for path in [
        "/dialogs",
        "/windows",
        "/downloads",
        "/deep",
        "/crash",
        "/print",
        "/frames",
        "/good",
    ] {
        let page = render(&browser, &server.url("bakery.test", path)).await;
        let page = page.unwrap_or_else(|error| panic!("{path}: {error:?}"));
        assert!(shown(&page).contains("bread"), "{path}: {}", text(&page));
    }
    let windows = server
        .paths()
        .iter()
        .filter(|path| path.starts_with("/window"))
        .count();
    assert_eq!(windows, 1, "no window was opened");
    browser.close().await;
    assert_eq!(left_in(folder.path()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_end_is_cut_off() {
    let page = "<p>bread</p>".repeat(1 << 16);
    let server = Server::start([
        ("/big", html(page.repeat(8))),
        (
            "/many",
            html("<script>for (let i = 0; i < 200; i++) fetch('/part?' + i)</script>"),
        ),
    ])
    .await;
    let mut settings = config();
    settings.max_bytes = 1 << 20;
    let browser = server.browser(settings);
    let error = render(&browser, &server.url("bakery.test", "/big"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_is_killed_or_stopped_costs_no_page() {
    let server = Server::start([
        ("/", html("<p>bread</p><script>fetch('/slow')</script>")),
        ("/slow", html("").after(Duration::from_millis(300))),
    ])
    .await;
    let folder = folder();
    let mut settings = config_in(folder.path());
    settings.processes = 2;
    let browser = server.browser(settings);
    let fetcher = browser.fetcher();
    let url = server.url("bakery.test", "/");
    let pages = (0..12).map(|_| {
        let (fetcher, url) = (fetcher.clone(), url.clone());
        tokio::spawn(async move { fetcher.fetch(Request::get(url.parse().unwrap())).await })
    });
    let pages: Vec<_> = pages.collect();
    let trouble = async {
        for (place, signal_name) in ["KILL", "STOP", "KILL"].into_iter().enumerate() {
            let begun = Instant::now();
            while browser.groups().is_empty() && begun.elapsed() < Duration::from_secs(20) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            tokio::time::sleep(Duration::from_millis(300 + 200 * place as u64)).await;
            if let Some(group) = browser.groups().first() {
                signal(signal_name, &group.to_string());
            }
        }
    };
    let (pages, ()) = tokio::join!(futures::future::join_all(pages), trouble);
    for page in pages {
        assert!(shown(&page.unwrap().unwrap()).contains("bread"));
    }
    browser.close().await;
    assert_eq!(left_in(folder.path()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_are_replaced_and_rest() {
    let server = Server::start([("/", html("<p>bread</p>"))]).await;
    let folder = folder();
    let mut settings = config_in(folder.path());
    settings.recycle_pages = 2;
    settings.idle = Duration::from_secs(1);
    settings.health = Duration::from_millis(200);
    let browser = server.browser(settings);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..4 {
        render(&browser, &server.url("bakery.test", "/")).await.unwrap();
        seen.extend(browser.groups());
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    assert!(seen.len() >= 2, "{seen:?}");
    let begun = Instant::now();
    while left_in(folder.path()) != (0, 0) {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "an idle browser rests: {:?}",
            browser.stats()
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // And wakes again.
    render(&browser, &server.url("bakery.test", "/")).await.unwrap();
    browser.close().await;
    assert_eq!(left_in(folder.path()), (0, 0));
    let closed = render(&browser, &server.url("bakery.test", "/"))
        .await
        .unwrap_err();
    assert_eq!(closed.kind(), ErrorKind::Cancelled);
}

/// What a host process does in the test below: it renders until it is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "run by the test that kills it"]
async fn host() {
    let folder = std::env::var("LEAD_TEST_FOLDER").unwrap();
    let server = Server::start([("/", html("<p>bread</p>"))]).await;
    let browser = server.browser(config_in(Path::new(&folder)));
    loop {
        render(&browser, &server.url("bakery.test", "/")).await.unwrap();
        println!("rendered");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_killed_takes_its_browser_along() {
    use std::io::{BufRead, BufReader};

    let folder = folder();
    for stopped in [false, true] {
        let mut host = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "trouble::host", "--nocapture"])
            .env("LEAD_TEST_FOLDER", folder.path())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(host.stdout.take().unwrap()).lines();
        assert!(lines.map_while(Result::ok).any(|line| line.contains("rendered")));
        let (processes, profiles) = left_in(folder.path());
        assert!(processes > 0 && profiles == 1, "{processes} {profiles}");
        if stopped {
            let running = std::fs::read_to_string(owner_in(folder.path())).unwrap();
            signal("STOP", &format!("-{}", running.trim()));
        }
        host.kill().unwrap();
        host.wait().unwrap();
        let begun = Instant::now();
        while left_in(folder.path()).0 > 0 && begun.elapsed() < Duration::from_secs(10) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(left_in(folder.path()).0, 0, "stopped: {stopped}");
        // The folder is taken away by the next one that starts a browser.
        let server = Server::start([("/", html("<p>bread</p>"))]).await;
        let browser = server.browser(config_in(folder.path()));
        render(&browser, &server.url("bakery.test", "/")).await.unwrap();
        browser.close().await;
        assert_eq!(left_in(folder.path()), (0, 0));
    }
}

fn owner_in(folder: &Path) -> std::path::PathBuf {
    let profile = std::fs::read_dir(folder.join("lead-browser"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    profile.path().join("owner")
}

/// A small disk of its own below `folder`, where we may make one.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    fn new(folder: &'a Path, size: &str) -> Option<Self> {
        let options = format!("size={size},mode=711");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(folder)
            .output();
        mounted
            .is_ok_and(|mounted| mounted.status.success())
            .then_some(Self(folder))
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_survived() {
    let server = Server::start([("/", html("<p>bread</p>"))]).await;
    let folder = folder();
    let Some(disk) = Disk::new(folder.path(), "64k") else {
        eprintln!("SKIPPED: no disk can be mounted here");
        return;
    };
    let mut settings = config_in(folder.path());
    settings.start = Duration::from_secs(10);
    let browser = server.browser(settings);
    // Chromium does without what it cannot write, or does not start: both are fine, hanging is not.
    for _ in 0..2 {
        match render(&browser, &server.url("bakery.test", "/")).await {
            Ok(page) => assert!(shown(&page).contains("bread")),
            Err(error) => assert!(
                matches!(
                    error.kind(),
                    ErrorKind::Browser | ErrorKind::StorageFull | ErrorKind::Timeout
                ),
                "{error:?}"
            ),
        }
    }
    drop(disk);
    let page = render(&browser, &server.url("bakery.test", "/")).await.unwrap();
    assert!(shown(&page).contains("bread"));
    browser.close().await;
    assert_eq!(left_in(folder.path()), (0, 0));
}
