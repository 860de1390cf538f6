use std::io::Write;
use std::sync::{Arc, Mutex};

use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::*;
use crate::clock::{Clock, Timestamp};
use crate::record::SafeUrl;
use crate::seam::{Fetch, Fetcher, Layer, Request, Response};
use crate::{ErrorKind, Result};

fn record(kind: &str, target: &str, block: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {target}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}

fn answer(target: &str, body: &str) -> String {
    record(
        "response",
        target,
        &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}"),
    )
}

fn packed(text: &str) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(text.as_bytes()).unwrap();
    gz.finish().unwrap()
}

fn bodies(archive: &[u8]) -> (Vec<String>, Vec<ErrorKind>) {
    let (mut bodies, mut errors) = (Vec::new(), Vec::new());
    for record in WarcReader::new(archive) {
        match record.and_then(|record| record.response()) {
            Ok(response) => {
                bodies.extend(response.map(|response| String::from_utf8_lossy(&response.body).into_owned()));
            }
            Err(error) => errors.push(error.kind()),
        }
    }
    (bodies, errors)
}

#[test]
fn records_plain_and_packed_are_read() {
    let texts = [
        record("warcinfo", "", "software: x"),
        answer("http://a.test/", "<p>one"),
        record("request", "http://a.test/", "GET / HTTP/1.1\r\n\r\n"),
        record("conversion", "<http://a.test/two>", "two"),
    ];
    let plain = texts.concat();
    let gz: Vec<u8> = texts.iter().flat_map(|text| packed(text)).collect();
    for archive in [plain.as_bytes(), &gz] {
        assert_eq!(
            bodies(archive),
            (vec!["<p>one".to_owned(), "two".to_owned()], vec![])
        );
    }
    let first = WarcReader::new(gz.as_slice()).nth(1).unwrap().unwrap();
    assert_eq!(
        (first.kind, first.target()),
        (RecordKind::Response, Some("http://a.test/"))
    );
    assert_eq!(first.offset, packed(&texts[0]).len() as u64);
    assert_eq!(
        first.response().unwrap().unwrap().fetched_at.to_string(),
        "2026-01-02T03:04:05Z"
    );
}

#[test]
fn damage_is_told_and_the_rest_is_read() {
    let texts = [
        answer("http://a.test/1", "<p>one"),
        answer("http://a.test/2", "<p>two"),
        answer("http://a.test/3", "<p>three"),
    ];
    let mut gz: Vec<Vec<u8>> = texts.iter().map(|text| packed(text)).collect();
    let middle = gz[1].len() / 2;
    gz[1][middle] ^= 0xff;
    let (read, errors) = bodies(&gz.concat());
    assert_eq!(read, ["<p>one", "<p>three"]);
    assert!(
        !errors.is_empty() && errors.iter().all(|kind| *kind == ErrorKind::Corrupt),
        "{errors:?}"
    );
    let plain = texts
        .concat()
        .replacen("Content-Length: ", "Content-Length: x", 2)
        .replacen("Content-Length: x", "Content-Length: ", 1);
    assert_eq!(
        bodies(plain.as_bytes()),
        (
            vec!["<p>one".to_owned(), "<p>three".to_owned()],
            vec![ErrorKind::Corrupt]
        )
    );
    let whole = texts.concat();
    let (read, errors) = bodies(&whole.as_bytes()[..whole.len() - 20]);
    assert_eq!((read.len(), errors), (2, vec![ErrorKind::Corrupt]), "cut off");
}

#[test]
fn bodies_are_unpacked_whatever_the_archive_kept() {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n";
    let gz = packed("<p>packed");
    let chunked = [format!("{:x}\r\n", gz.len()).as_bytes(), &gz, b"\r\n0\r\n\r\n"].concat();
    for body in [chunked.as_slice(), &gz, b"<p>packed"] {
        let block = [head.as_bytes(), body].concat();
        let mut archive = format!("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.test/\r\nContent-Length: {}\r\n\r\n", block.len()).into_bytes();
        archive.extend(&block);
        assert_eq!(bodies(&archive).0, ["<p>packed"]);
    }
}

/// Where an archive is written, to be read afterwards.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[derive(Debug)]
struct Pages;

impl Fetch for Pages {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let mut headers = HeaderMap::new();
        headers.insert(
            http::header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        let body = "<p>the same body, longer than what refers to it</p>".repeat(20);
        let at: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        Ok(Response::new(
            request.url,
            StatusCode::OK,
            headers,
            body.into(),
            at,
        ))
    }
}

#[tokio::test]
async fn what_is_fetched_is_written_and_read_again() {
    let out = Shared::default();
    let layer = WarcLayer::begin(out.clone(), "lead/test", Clock::system()).unwrap();
    let fetcher = layer.fetcher(Fetcher::new(Pages));
    for path in ["a", "b"] {
        let url = SafeUrl::parse(&format!("http://a.test/{path}?q=1")).unwrap();
        let login = HeaderValue::from_static("secret");
        fetcher
            .fetch(Request::get(url).header(http::header::AUTHORIZATION, login))
            .await
            .unwrap();
    }
    let archive = out.0.lock().unwrap().clone();
    let records: Vec<Record> = WarcReader::new(archive.as_slice()).map(Result::unwrap).collect();
    let kinds: Vec<_> = records.iter().map(|record| record.kind).collect();
    assert_eq!(
        kinds,
        [
            RecordKind::Info,
            RecordKind::Response,
            RecordKind::Request,
            RecordKind::Metadata,
            RecordKind::Revisit,
            RecordKind::Request,
            RecordKind::Metadata
        ]
    );
    let page = records[1].response().unwrap().unwrap();
    assert_eq!(page.content_type(), Some("text/html; charset=utf-8"));
    assert!(page.body.starts_with(b"<p>the same"));
    assert_eq!(
        records[4].field("WARC-Refers-To"),
        records[1].field("WARC-Record-ID")
    );
    assert!(
        records
            .iter()
            .all(|record| !String::from_utf8_lossy(&record.block).contains("secret"))
    );
}

proptest::proptest! {
    #[test]
    fn any_bytes_will_do(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400), packed_too in proptest::prelude::any::<bool>()) {
        let mut archive = if packed_too { packed(&answer("http://a.test/", "x")) } else { answer("http://a.test/", "x").into_bytes() };
        archive.extend(&bytes);
        archive.extend(answer("http://a.test/2", "y").into_bytes());
        for record in WarcReader::new(archive.as_slice()).flatten() {
            let _ = record.response();
        }
    }
}
