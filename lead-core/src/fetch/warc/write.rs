//! Writing records.

use std::io::Write;

use bytes::Bytes;
use data_encoding::BASE32;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING};
use sha1_smol::Sha1;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::seam::{Request, Response};

/// `sha1:` and the digest in base 32, as archives have written it since Heritrix.
pub(super) fn digest(bytes: &[u8]) -> String {
    let sum = Sha1::from(bytes).digest().bytes();
    format!("sha1:{}", BASE32.encode(&sum))
}

/// A record on its way into an archive.
#[derive(Debug)]
pub(super) struct Draft {
    fields: Vec<(&'static str, String)>,
    block: Vec<u8>,
}

impl Draft {
    fn new(kind: &str, at: Timestamp, media_type: &str, block: Vec<u8>) -> Self {
        let fields = vec![
            ("WARC-Type", kind.to_owned()),
            ("WARC-Record-ID", id(at)),
            // ISO 28500 §5.4 takes fractions of a second from version 1.1 on.
            ("WARC-Date", at.to_string()),
            ("Content-Type", media_type.to_owned()),
            ("WARC-Block-Digest", digest(&block)),
        ];
        Self { fields, block }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    /// What the archive is and who wrote it.
    pub(super) fn info(software: &str, at: Timestamp) -> Self {
        let block = format!("software: {software}\r\nformat: WARC File Format 1.1\r\n");
        Self::new("warcinfo", at, "application/warc-fields", block.into_bytes())
    }

    /// An answer. Its body is unpacked and whole, so the head says so too.
    pub(super) fn response(response: &Response) -> Self {
        let mut block = head(response);
        block.extend_from_slice(&response.body);
        Self::new(
            "response",
            response.fetched_at,
            "application/http;msgtype=response",
            block,
        )
        .with("WARC-Target-URI", response.url.as_str())
        .with("WARC-Payload-Digest", digest(&response.body))
    }

    /// An answer whose body is that of an earlier one.
    pub(super) fn revisit(response: &Response, earlier: &Earlier) -> Self {
        const PROFILE: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
        Self::new(
            "revisit",
            response.fetched_at,
            "application/http;msgtype=response",
            head(response),
        )
        .with("WARC-Target-URI", response.url.as_str())
        .with("WARC-Payload-Digest", digest(&response.body))
        .with("WARC-Profile", PROFILE)
        .with("WARC-Refers-To", earlier.id.clone())
        .with("WARC-Refers-To-Target-URI", earlier.url.clone())
        .with("WARC-Refers-To-Date", earlier.at.to_string())
    }

    /// What was asked for an answer.
    pub(super) fn request(request: &Request, answer: &Self, at: Timestamp) -> Self {
        let host = request.url.as_url().host_str().unwrap_or_default();
        let port = request
            .url
            .as_url()
            .port()
            .map(|port| format!(":{port}"))
            .unwrap_or_default();
        let mut block = format!(
            "{} {} HTTP/1.1\r\nHost: {host}{port}\r\n",
            request.method,
            request.url.path_and_query()
        )
        .into_bytes();
        fields(&mut block, &request.headers);
        block.extend_from_slice(b"\r\n");
        block.extend_from_slice(&request.body);
        Self::new("request", at, "application/http;msgtype=request", block)
            .with("WARC-Target-URI", request.url.as_str())
            .with("WARC-Concurrent-To", answer.id())
    }

    /// What is said of an answer: how often it was asked for.
    pub(super) fn metadata(response: &Response, answer: &Self, millis: u128) -> Self {
        let block = format!("fetchTimeMs: {millis}\r\nattempts: {}\r\n", response.attempts);
        Self::new(
            "metadata",
            response.fetched_at,
            "application/warc-fields",
            block.into_bytes(),
        )
        .with("WARC-Target-URI", response.url.as_str())
        .with("WARC-Concurrent-To", answer.id())
    }

    /// Its id, to refer to it by.
    pub(super) fn id(&self) -> String {
        let mut fields = self.fields.iter();
        fields
            .find(|(name, _)| *name == "WARC-Record-ID")
            .map(|(_, id)| id.clone())
            .unwrap_or_default()
    }

    /// A gzip member of its own, as readers that jump into an archive need it.
    pub(super) fn packed(&self) -> std::io::Result<Vec<u8>> {
        let mut out = GzEncoder::new(Vec::with_capacity(self.block.len() / 3), Compression::default());
        out.write_all(b"WARC/1.1\r\n")?;
        for (name, value) in &self.fields {
            write!(out, "{name}: {value}\r\n")?;
        }
        write!(out, "Content-Length: {}\r\n\r\n", self.block.len())?;
        out.write_all(&self.block)?;
        out.write_all(b"\r\n\r\n")?;
        out.finish()
    }
}

/// An answer written before, to refer to.
#[derive(Clone, Debug)]
pub(super) struct Earlier {
    pub(super) id: String,
    pub(super) url: String,
    pub(super) at: Timestamp,
}

/// An id for a record of this moment.
fn id(at: Timestamp) -> String {
    let seconds = u64::try_from(at.as_second()).unwrap_or_default();
    let nanos = u32::try_from(at.subsec_nanosecond()).unwrap_or_default();
    let stamp = uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos);
    format!("<urn:uuid:{}>", Uuid::new_v7(stamp))
}

/// The head of an answer, as it would be for its body as it is here.
fn head(response: &Response) -> Vec<u8> {
    let reason = response.status.canonical_reason().unwrap_or("");
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", response.status.as_u16()).into_bytes();
    let mut headers = response.headers.clone();
    for name in [CONTENT_LENGTH, CONTENT_ENCODING, TRANSFER_ENCODING] {
        headers.remove(name);
    }
    fields(&mut head, &headers);
    head.extend_from_slice(format!("content-length: {}\r\n\r\n", response.body.len()).as_bytes());
    head
}

fn fields(out: &mut Vec<u8>, headers: &http::HeaderMap) {
    for (name, value) in headers {
        out.extend_from_slice(name.as_str().as_bytes());
        out.extend_from_slice(b": ");
        out.extend_from_slice(value.as_bytes());
        out.extend_from_slice(b"\r\n");
    }
}

/// Bodies that are not worth a revisit: shorter than what refers to them.
pub(super) fn is_worth_a_revisit(body: &Bytes) -> bool {
    body.len() > 512
}
