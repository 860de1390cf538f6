//! Web archives are written, read, answered from, and read on after damage.

use std::io::{Cursor, Write};
use std::path::Path;

use flate2::Compression as Level;
use flate2::write::GzEncoder;
use http::header::{AUTHORIZATION, HOST};
use http::{HeaderName, HeaderValue};
use lead_core::ErrorKind;
use lead_core::fetch::warc::{
    Archive, Compression, Page, Pages, Reader, Record, RecordKind, WarcLayer, Writer,
};
use lead_core::seam::{Fetcher, Purpose, Request, Response};
use proptest::prelude::*;

use crate::fake::{Fake, answer, clock, now, url};

const KINDS: [Compression; 2] = [Compression::Gzip, Compression::None];

fn asked(text: &str) -> Request {
    Request::get(url(text))
}

fn page(text: &str, headers: &[(&'static str, &str)], body: &str) -> Response {
    answer(&asked(text), 200, headers, body).1.unwrap()
}

/// An archive of pages at these addresses, each with a body of its own.
fn written(addresses: &[&str], compression: Compression) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), compression);
    writer.info(now(), &[("software", "a\r\ntest")]).unwrap();
    for address in addresses {
        let body = format!("<p>{address}</p>");
        let response = page(address, &[("content-type", "text/html")], &body);
        writer.exchange(&asked(address), &response).unwrap();
    }
    writer.flush().unwrap();
    writer.into_inner()
}

fn records(bytes: &[u8]) -> Vec<Result<Record, ErrorKind>> {
    let reader = Reader::new(Cursor::new(bytes));
    reader
        .map(|record| record.map_err(|error| error.kind()))
        .collect()
}

/// The addresses of the pages that can be read, in order.
fn read(bytes: &[u8]) -> Vec<String> {
    let pages = records(bytes).into_iter().flatten();
    pages
        .filter_map(|record| record.page().ok().flatten())
        .map(|page| page.url.to_string())
        .collect()
}

fn saved(folder: &Path, name: &str, bytes: &[u8]) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn what_is_written_is_read() {
    for compression in KINDS {
        let mut writer = Writer::new(Vec::new(), compression);
        let mut key = HeaderValue::from_static("SECRET");
        key.set_sensitive(true);
        let request = asked("http://a.test:8080/x?q=1&token=SECRET#part")
            .header(AUTHORIZATION, HeaderValue::from_static("SECRET"))
            .header(HeaderName::from_static("x-api-key"), key);
        let headers = [
            ("content-type", "text/html; charset=utf-8"),
            ("content-encoding", "gzip"),
            ("content-length", "7"),
            ("set-cookie", "id=SECRET"),
        ];
        let response = page("http://a.test:8080/x", &headers, "<p>Zürich");
        writer.exchange(&request, &response).unwrap();
        writer
            .metadata(&url("http://a.test/"), now(), &[("fetchTimeMs", "12")])
            .unwrap();
        let bytes = writer.into_inner();
        let records: Vec<Record> = records(&bytes).into_iter().map(Result::unwrap).collect();
        let kinds: Vec<RecordKind> = records.iter().map(|record| record.kind).collect();
        assert_eq!(
            kinds,
            [RecordKind::Response, RecordKind::Request, RecordKind::Metadata]
        );
        assert!(
            records
                .iter()
                .all(|record| !format!("{:?}", record.fields).contains("SECRET")
                    && !String::from_utf8_lossy(&record.block).contains("SECRET")),
            "{records:?}"
        );
        let sent = String::from_utf8(records[1].block.to_vec()).unwrap();
        assert!(
            sent.starts_with("GET /x?q=1&token=hidden HTTP/1.1\r\nhost: a.test:8080\r\n"),
            "{sent}"
        );
        let page = records[0].page().unwrap().unwrap();
        assert_eq!(page.url.as_str(), "http://a.test:8080/x?q=1&token=hidden");
        assert_eq!(page.body, "<p>Zürich");
        assert_eq!(page.content_type(), Some("text/html; charset=utf-8"));
        assert_eq!(page.headers["x-crawl-content-encoding"], "gzip");
        assert_eq!(page.headers["content-length"], "10");
        assert_eq!(page.fetched_at, Some(response.fetched_at));
        assert!(page.is_readable());
        assert_eq!(
            records[0].field("warc-record-id"),
            records[1].field("WARC-Concurrent-To")
        );
    }
}

#[test]
fn the_same_body_again_is_a_revisit() {
    let mut writer = Writer::new(Vec::new(), Compression::Gzip);
    for address in ["http://a.test/", "http://a.test/again"] {
        writer
            .exchange(&asked(address), &page(address, &[], "<p>same"))
            .unwrap();
    }
    let bytes = writer.into_inner();
    let kinds: Vec<RecordKind> = records(&bytes)
        .into_iter()
        .map(|record| record.unwrap().kind)
        .collect();
    let expected = [
        RecordKind::Response,
        RecordKind::Request,
        RecordKind::Revisit,
        RecordKind::Request,
    ];
    assert_eq!(kinds, expected);
}

#[tokio::test]
async fn an_archive_answers_as_the_web_did() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["bakery.warc.gz", "bakery.warc"] {
        let path = folder.path().join(name);
        let fake = Fake::new(|request, before| match request.url.as_url().path() {
            "/gone" => answer(request, 410, &[], ""),
            "/twin" => answer(request, 200, &[], "one"),
            _ => answer(
                request,
                200,
                &[("content-type", "text/html")],
                if before == 0 { "one" } else { "two" },
            ),
        });
        let layer = WarcLayer::append(&path, "lead-test", &clock()).unwrap();
        let live = Fetcher::new(fake).layer(&layer);
        for asked_for in ["/", "/twin", "/gone", "/"] {
            live.fetch(asked(&format!("http://a.test{asked_for}")))
                .await
                .unwrap();
        }
        drop(live);
        let archive = Archive::open([&path]).unwrap();
        assert_eq!((archive.len(), archive.damaged()), (3, 0));
        let answers = Fetcher::new(archive);
        let get = |text: &str| answers.fetch(asked(text));
        let again = get("http://a.test/#part").await.unwrap();
        assert_eq!(
            (again.status.as_u16(), &*again.body),
            (200, &b"two"[..]),
            "the latest counts"
        );
        assert_eq!(
            get("http://a.test/twin").await.unwrap().body,
            "one",
            "a revisit leads to what it is like"
        );
        assert_eq!(get("http://a.test/gone").await.unwrap().status, 410);
        assert_eq!(
            get("http://b.test/").await.unwrap_err().kind(),
            ErrorKind::NotFound
        );
        let robots = asked("http://a.test/robots.txt").purpose(Purpose::Robots);
        assert_eq!(answers.fetch(robots).await.unwrap().status, 404);
    }
}

#[test]
fn after_damage_it_goes_on_with_the_next_record() {
    let addresses = ["http://a.test/1", "http://a.test/2", "http://a.test/3"];
    for compression in KINDS {
        let whole = written(&addresses, compression);
        assert_eq!(read(&whole), addresses);
        let starts: Vec<usize> = records(&whole)
            .into_iter()
            .map(|record| usize::try_from(record.unwrap().offset).unwrap())
            .collect();
        // The record of the second page, broken in its middle.
        let mut broken = whole.clone();
        let middle = usize::midpoint(starts[3], starts[4]);
        match compression {
            Compression::Gzip => broken[middle..middle + 8].fill(0xff),
            Compression::None => {
                let length = b"Content-Length: ";
                let at = broken[starts[3]..]
                    .windows(length.len())
                    .position(|window| window == length)
                    .unwrap();
                broken[starts[3] + at..][..7].fill(b'x');
            }
        }
        assert_eq!(
            read(&broken),
            ["http://a.test/1", "http://a.test/3"],
            "{compression:?}"
        );
        let faults: Vec<_> = Reader::new(Cursor::new(&broken))
            .filter_map(Result::err)
            .collect();
        assert!(!faults.is_empty());
        assert!(
            faults.iter().all(|fault| fault.kind() == ErrorKind::Corrupt),
            "{faults:?}"
        );
        let place = ("offset", starts[3].to_string());
        assert!(
            faults[0]
                .context()
                .any(|(key, value)| (key, value.to_owned()) == place),
            "it says where the broken record begins: {:?}",
            faults[0]
        );
        // Cut off within the last record.
        let cut = &whole[..whole.len() - 20];
        assert_eq!(
            read(cut),
            addresses,
            "{compression:?}: the last record is a request"
        );
        let cut = &whole[..starts[5] + 20];
        assert_eq!(read(cut), addresses[..2], "{compression:?}");
        assert_eq!(
            records(cut).last().unwrap().as_ref().unwrap_err(),
            &ErrorKind::Corrupt
        );
        // What a killed program left behind stands before what the next one wrote.
        let joined = [cut, whole.as_slice()].concat();
        let all = [&addresses[..2], &addresses[..]].concat();
        assert_eq!(read(&joined), all, "{compression:?}");
    }
}

#[test]
fn records_that_are_too_large_are_passed_over() {
    for compression in KINDS {
        let whole = written(&["http://a.test/1", "http://a.test/2"], compression);
        let reader = Reader::new(Cursor::new(&whole)).max_block(70);
        let (found, faults): (Vec<_>, Vec<_>) = reader.partition(Result::is_ok);
        let kinds: Vec<_> = found.into_iter().map(|record| record.unwrap().kind).collect();
        assert!(kinds.contains(&RecordKind::Request) && !kinds.contains(&RecordKind::Response));
        assert!(
            faults
                .into_iter()
                .all(|fault| fault.unwrap_err().kind() == ErrorKind::TooLarge)
        );
    }
}

#[test]
fn all_forms_of_archives_are_pages() {
    let folder = tempfile::tempdir().unwrap();
    let wet = "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://c.test/\r\n\
        Content-Type: text/plain\r\nContent-Length: 4\r\n\r\ntext\r\n\r\n";
    let one = written(&["http://a.test/"], Compression::Gzip);
    let two = written(&["http://b.test/"], Compression::None);
    // Many records in one member, as some writers do.
    let mut joined = GzEncoder::new(Vec::new(), Level::fast());
    joined.write_all(&two).unwrap();
    joined.write_all(wet.as_bytes()).unwrap();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let deflated = stored.compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes, how) in [
        ("archive/b.warc", two.as_slice(), deflated),
        ("archive/a.warc.gz", one.as_slice(), stored),
        ("pages/pages.jsonl", b"{}", stored),
    ] {
        zip.start_file(name, how).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    for (name, bytes, expected) in [
        ("one.warc.gz", one.as_slice(), &["http://a.test/"][..]),
        ("two.warc", two.as_slice(), &["http://b.test/"]),
        ("page.wet", wet.as_bytes(), &["http://c.test/"]),
        (
            "joined.gz",
            &joined.finish().unwrap(),
            &["http://b.test/", "http://c.test/"],
        ),
        ("all.wacz", &zip, &["http://a.test/", "http://b.test/"]),
    ] {
        let path = saved(folder.path(), name, bytes);
        assert!(Pages::is_archive(&path), "{name}");
        let pages: Vec<Page> = Pages::open(&path).unwrap().map(Result::unwrap).collect();
        let addresses: Vec<&str> = pages.iter().map(|page| page.url.as_str()).collect();
        assert_eq!(addresses, expected, "{name}");
    }
    let path = folder.path().join("all.wacz");
    assert_eq!(Archive::open([path]).unwrap_err().kind(), ErrorKind::Unsupported);
    for (name, bytes) in [("a.html", &b"<p>WARC/1.0"[..]), ("a.zip", &zip), ("empty", b"")] {
        assert!(!Pages::is_archive(&saved(folder.path(), name, bytes)), "{name}");
    }
    let damaged = saved(folder.path(), "cut.wacz", &zip[..zip.len() / 2]);
    assert_eq!(Pages::open(&damaged).unwrap_err().kind(), ErrorKind::Corrupt);
    let mut empty = zip::ZipWriter::new(Cursor::new(Vec::new()));
    empty.start_file("notes.txt", stored).unwrap();
    let empty = saved(folder.path(), "empty.wacz", &empty.finish().unwrap().into_inner());
    assert_eq!(Pages::open(&empty).unwrap_err().kind(), ErrorKind::Corrupt);
    assert_eq!(
        Pages::open(&folder.path().join("none")).unwrap_err().kind(),
        ErrorKind::Io
    );
}

#[test]
fn only_archives_are_continued_and_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let append = |name: &str, bytes: &[u8]| {
        let path = saved(folder.path(), name, bytes);
        let done = WarcLayer::append(&path, "lead-test", &clock()).map(drop);
        (done.map_err(|error| error.kind()), std::fs::read(path).unwrap())
    };
    for compression in KINDS {
        let whole = written(&["http://a.test/1"], compression);
        // What the name says does not count.
        for name in ["a.warc", "a.warc.gz"] {
            let (done, bytes) = append(name, &whole);
            assert_eq!(
                (done, records(&bytes).len()),
                (Ok(()), 4),
                "{compression:?} {name}"
            );
            assert!(
                records(&bytes).iter().all(Result::is_ok),
                "{compression:?} {name}"
            );
        }
        let (done, bytes) = append("torn.warc", &whole[..whole.len() - 30]);
        let expected = match compression {
            Compression::Gzip => (Ok(()), 4),
            Compression::None => (Err(ErrorKind::Conflict), 3),
        };
        assert_eq!((done, records(&bytes).len()), expected, "{compression:?}");
    }
    let mut notes = GzEncoder::new(Vec::new(), Level::fast());
    notes.write_all(b"notes of mine").unwrap();
    let notes = notes.finish().unwrap();
    for (name, bytes) in [
        ("a.html", &b"<p>"[..]),
        ("a.wacz", b"PK\x03\x04"),
        ("notes.gz", &notes),
    ] {
        let (done, after) = append(name, bytes);
        assert_eq!(
            (done, after.as_slice()),
            (Err(ErrorKind::Conflict), bytes),
            "{name}"
        );
    }
}

#[test]
fn only_what_people_read_is_a_page_of_a_file() {
    let mut writer = Writer::new(Vec::new(), Compression::Gzip);
    for (address, status, kind) in [
        ("http://a.test/1", 200, "text/html"),
        ("http://a.test/2", 404, "text/html"),
        ("http://a.test/3", 200, "image/png"),
        ("http://a.test/4", 200, ""),
    ] {
        let response = answer(
            &asked(address),
            status,
            &[("content-type", kind)],
            &format!("<{address}"),
        )
        .1;
        writer.exchange(&asked(address), &response.unwrap()).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), "a.warc.gz", &writer.into_inner());
    let count = |pages: Pages| pages.flatten().count();
    assert_eq!(count(Pages::open(&path).unwrap()), 2);
    assert_eq!(count(Pages::open(&path).unwrap().all()), 4);
    let request = asked("http://a.test/").header(HOST, HeaderValue::from_static("a.test"));
    assert_eq!(request.url.host(), "a.test");
}

proptest! {
    /// Whatever the bytes: no panic, an end, and every record has its place within the file.
    #[test]
    fn any_bytes_come_to_an_end(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        at in any::<prop::sample::Index>(),
        compressed in any::<bool>(),
    ) {
        let compression = if compressed { Compression::Gzip } else { Compression::None };
        let mut whole = written(&["http://a.test/1", "http://a.test/2"], compression);
        let place = at.index(whole.len());
        whole.splice(place..(place + bytes.len() / 2).min(whole.len()), bytes);
        for record in Reader::new(Cursor::new(&whole)).flatten() {
            prop_assert!(record.offset <= whole.len() as u64);
            let _ = record.page();
        }
    }
}
