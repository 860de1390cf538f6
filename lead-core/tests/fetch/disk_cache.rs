//! Answers kept in a folder.

use std::fs;
use std::path::Path;
use std::time::Duration;

use http::header::IF_NONE_MATCH;
use lead_core::ErrorKind;
use lead_core::clock::Clock;
use lead_core::fetch::{CacheLayer, DiskCache};
use lead_core::seam::{Fetcher, Request, Response};

use crate::fake::{Fake, answer, now, url};

/// Pages with a tag, fresh for an hour.
fn pages() -> Fake {
    Fake::new(|request, _| {
        let headers = [("etag", "\"1\""), ("cache-control", "max-age=3600"), ("x-a", "b")];
        match request.headers.get(IF_NONE_MATCH) {
            Some(_) => answer(request, 304, &headers, ""),
            None => answer(
                request,
                200,
                &headers,
                &format!("page {} ", request.url).repeat(500),
            ),
        }
    })
}

/// A new process: nothing in memory, and the folder.
fn process(folder: &Path, fake: &Fake, bytes: u64, clock: &Clock) -> Fetcher {
    let disk = DiskCache::open(folder, bytes, clock).unwrap();
    let cache = CacheLayer::new(0).on_disk(disk).with_clock(clock.clone());
    Fetcher::new(fake.clone()).layer(&cache)
}

async fn get(fetcher: &Fetcher, target: &str) -> Response {
    fetcher.fetch(Request::get(url(target))).await.unwrap()
}

/// The files of the folder, but for its tag.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for part in fs::read_dir(folder)
        .unwrap()
        .flatten()
        .filter(|part| part.path().is_dir())
    {
        files.extend(
            fs::read_dir(part.path())
                .unwrap()
                .flatten()
                .map(|file| file.path()),
        );
    }
    files
}

#[tokio::test]
async fn the_next_process_finds_what_this_one_kept() {
    let (folder, fake, clock) = (tempfile::tempdir().unwrap(), pages(), Clock::fixed(now()));
    let first = get(&process(folder.path(), &fake, 1 << 20, &clock), "http://a.test/x").await;
    let again = get(&process(folder.path(), &fake, 1 << 20, &clock), "http://a.test/x").await;
    assert!(!first.from_cache && again.from_cache);
    assert_eq!(
        (again.body, again.status, again.fetched_at),
        (first.body, first.status, first.fetched_at)
    );
    assert_eq!(again.headers["x-a"], "b");
    assert_eq!(fake.log().len(), 1);
    let other = get(&process(folder.path(), &fake, 1 << 20, &clock), "http://a.test/y").await;
    assert!(!other.from_cache);
}

#[tokio::test]
async fn a_stale_answer_is_asked_about_by_the_next_process() {
    let (folder, fake) = (tempfile::tempdir().unwrap(), pages());
    let first = get(
        &process(folder.path(), &fake, 1 << 20, &Clock::fixed(now())),
        "http://a.test/x",
    )
    .await;
    let later = Clock::fixed(now() + Duration::from_hours(5));
    let again = get(&process(folder.path(), &fake, 1 << 20, &later), "http://a.test/x").await;
    assert!(again.from_cache && again.attempts == 1);
    assert_eq!(again.body, first.body);
    assert_eq!(fake.log().len(), 2);
}

#[tokio::test]
async fn a_damaged_file_is_no_answer_and_no_error() {
    let (folder, fake, clock) = (tempfile::tempdir().unwrap(), pages(), Clock::fixed(now()));
    get(&process(folder.path(), &fake, 1 << 20, &clock), "http://a.test/x").await;
    let file = files(folder.path()).pop().unwrap();
    let whole = fs::read(&file).unwrap();
    for damaged in [
        whole[..whole.len() / 2].to_vec(),
        Vec::new(),
        b"something else".to_vec(),
    ] {
        fs::write(&file, damaged).unwrap();
        let again = get(&process(folder.path(), &fake, 1 << 20, &clock), "http://a.test/x").await;
        assert!(!again.from_cache);
        assert_eq!(fs::read(&file).unwrap(), whole, "and it is whole again");
    }
}

#[tokio::test]
async fn the_folder_stays_within_its_bytes_and_the_newest_stay() {
    let (folder, fake, clock) = (tempfile::tempdir().unwrap(), pages(), Clock::fixed(now()));
    let fetcher = process(folder.path(), &fake, 20_000, &clock);
    for number in 0..200 {
        get(&fetcher, &format!("http://a.test/{number}")).await;
    }
    let bytes: u64 = files(folder.path())
        .iter()
        .map(|file| fs::metadata(file).unwrap().len())
        .sum();
    assert!(bytes <= 20_000 && bytes > 10_000, "{bytes}");
    assert!(get(&fetcher, "http://a.test/199").await.from_cache);
    assert!(!get(&fetcher, "http://a.test/0").await.from_cache);
    // A smaller bound holds from the start.
    drop(process(folder.path(), &fake, 5_000, &clock));
    let bytes: u64 = files(folder.path())
        .iter()
        .map(|file| fs::metadata(file).unwrap().len())
        .sum();
    assert!(bytes <= 5_000, "{bytes}");
}

#[tokio::test]
async fn what_nobody_asks_for_goes() {
    let (folder, fake, clock) = (tempfile::tempdir().unwrap(), pages(), Clock::system());
    get(&process(folder.path(), &fake, 1 << 20, &clock), "http://a.test/x").await;
    let month = Clock::fixed(clock.now() + Duration::from_hours(24 * 31));
    drop(process(folder.path(), &fake, 1 << 20, &month));
    assert!(files(folder.path()).is_empty());
}

#[test]
fn a_folder_with_other_things_in_it_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "precious").unwrap();
    let clock = Clock::system();
    for path in [folder.path().to_owned(), folder.path().join("thesis.txt")] {
        let error = DiskCache::open(&path, 1 << 20, &clock).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
    }
    assert!(folder.path().join("thesis.txt").exists());
}
