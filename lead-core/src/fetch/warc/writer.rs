//! Writing records.

use std::collections::HashMap;
use std::io::{self, Write};

use data_encoding::BASE32;
use flate2::write::GzEncoder;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HOST};
use http::{HeaderName, HeaderValue};
use sha1::{Digest, Sha1};
use uuid::Uuid;

use super::record::RecordKind;
use crate::clock::Timestamp;
use crate::fetch::exchange::{Key, is_private};
use crate::fetch::secret::is_secret;
use crate::record::SafeUrl;
use crate::seam::{Request, Response};
use crate::{Error, ErrorKind, Result};

/// Fast rather than small: pages halve their size once more at the highest level, for five times the work.
const LEVEL: u32 = 3;
/// A revisit whose payload is the same as that of the record it names (ISO 28500:2017 §6.7.2).
const IDENTICAL: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// Whether records are compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compression {
    /// Each record is a gzip member of its own (ISO 28500:2017, annex D): files can be read from the middle and joined.
    #[default]
    Gzip,
    /// Not at all.
    None,
}

/// Writes WARC 1.1.
///
/// Bodies are written as they were read, content codings undone; the header fields that spoke of them are kept under
/// names that begin with `X-Crawl-`, as Common Crawl does. A body that was written already is a revisit. Cookies,
/// credentials and challenges are left out, and so are the values of parameters that commonly hold secrets (`key`, `token`, …).
/// The same exchanges make the same bytes.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    compression: Compression,
    /// Where a payload was written first, by its digest.
    seen: HashMap<[u8; 20], First>,
    written: u64,
}

#[derive(Debug)]
struct First {
    id: String,
    url: String,
    date: Timestamp,
}

/// A record before it has an id.
struct Draft<'a> {
    kind: RecordKind,
    url: Option<&'a str>,
    date: Timestamp,
    content_type: &'a str,
    /// Further fields.
    fields: Vec<(&'static str, String)>,
    block: &'a [u8],
}

impl<W: Write> Writer<W> {
    /// Writes records behind what `out` holds.
    pub fn new(out: W, compression: Compression) -> Self {
        Self {
            out,
            compression,
            seen: HashMap::new(),
            written: 0,
        }
    }

    /// Describes the records that follow: `software`, `robots`, `http-header-user-agent`, … (ISO 28500:2017 §6.2).
    ///
    /// # Errors
    /// [`ErrorKind::Io`], [`ErrorKind::StorageFull`].
    pub fn info(&mut self, date: Timestamp, fields: &[(&str, &str)]) -> Result<()> {
        self.notes(RecordKind::Warcinfo, None, date, fields)
    }

    /// Notes on a page.
    ///
    /// # Errors
    /// As [`Writer::info`].
    pub fn metadata(&mut self, url: &SafeUrl, date: Timestamp, fields: &[(&str, &str)]) -> Result<()> {
        self.notes(RecordKind::Metadata, Some(url.as_str()), date, fields)
    }

    fn notes(
        &mut self,
        kind: RecordKind,
        url: Option<&str>,
        date: Timestamp,
        fields: &[(&str, &str)],
    ) -> Result<()> {
        let mut lines = Vec::new();
        for (name, value) in fields {
            push(&mut lines, &one_line(name), one_line(value).as_bytes());
        }
        self.record(&Draft {
            kind,
            url,
            date,
            content_type: "application/warc-fields",
            fields: Vec::new(),
            block: &lines,
        })
        .map(drop)
    }

    /// Writes what was asked and what came: a request and a response, or a revisit when the same body came before.
    ///
    /// # Errors
    /// As [`Writer::info`].
    pub fn exchange(&mut self, request: &Request, response: &Response) -> Result<()> {
        let url = Key::of(request).into_url();
        let date = response.fetched_at;
        let asked = head_of_request(request, &url);
        let id = self.response(&url, response)?;
        self.record(&Draft {
            kind: RecordKind::Request,
            url: Some(&url),
            date,
            content_type: "application/http; msgtype=request",
            fields: vec![("WARC-Concurrent-To", id)],
            block: &asked,
        })
        .map(drop)
    }

    fn response(&mut self, url: &str, response: &Response) -> Result<String> {
        let date = response.fetched_at;
        let mut block = head_of_response(response);
        let payload = digest(&response.body);
        let mut fields = vec![("WARC-Payload-Digest", labelled(&payload))];
        let first = self.seen.get(&payload).filter(|_| !response.body.is_empty());
        let kind = if let Some(first) = first {
            fields.extend([
                ("WARC-Profile", IDENTICAL.to_owned()),
                ("WARC-Refers-To", first.id.clone()),
                ("WARC-Refers-To-Target-URI", first.url.clone()),
                ("WARC-Refers-To-Date", first.date.to_string()),
            ]);
            RecordKind::Revisit
        } else {
            block.extend_from_slice(&response.body);
            RecordKind::Response
        };
        let id = self.record(&Draft {
            kind,
            url: Some(url),
            date,
            content_type: "application/http; msgtype=response",
            fields,
            block: &block,
        })?;
        if kind == RecordKind::Response {
            let (id, url) = (id.clone(), url.to_owned());
            self.seen.insert(payload, First { id, url, date });
        }
        Ok(id)
    }

    /// Writes a record; gives back its id.
    fn record(&mut self, draft: &Draft<'_>) -> Result<String> {
        let name = format!(
            "{} {} {} {}",
            draft.kind.as_str(),
            draft.url.unwrap_or_default(),
            draft.date,
            self.written
        );
        let id = format!(
            "<urn:uuid:{}>",
            Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())
        );
        let mut head = format!(
            "WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {}\r\n",
            draft.kind.as_str(),
            draft.date
        );
        let mut field = |name: &str, value: &str| head.extend([name, ": ", value, "\r\n"]);
        if let Some(url) = draft.url {
            field("WARC-Target-URI", url);
        }
        for (name, value) in &draft.fields {
            field(name, value);
        }
        field("WARC-Block-Digest", &labelled(&digest(draft.block)));
        field("Content-Type", draft.content_type);
        field("Content-Length", &draft.block.len().to_string());
        head.push_str("\r\n");
        self.put(&[head.as_bytes(), draft.block, b"\r\n\r\n"])
            .map_err(failed)?;
        self.written += 1;
        Ok(id)
    }

    fn put(&mut self, pieces: &[&[u8]]) -> io::Result<()> {
        match self.compression {
            Compression::None => pieces.iter().try_for_each(|piece| self.out.write_all(piece)),
            Compression::Gzip => {
                let mut member = GzEncoder::new(&mut self.out, flate2::Compression::new(LEVEL));
                pieces.iter().try_for_each(|piece| member.write_all(piece))?;
                member.finish().map(drop)
            }
        }
    }

    /// Hands everything on to what it writes to.
    ///
    /// # Errors
    /// As [`Writer::info`].
    pub fn flush(&mut self) -> Result<()> {
        self.out.flush().map_err(failed)
    }

    /// What it writes to.
    pub fn into_inner(self) -> W {
        self.out
    }
}

pub(super) fn failed(cause: io::Error) -> Error {
    Error::new(ErrorKind::of_io(&cause), "warc", "the archive cannot be written").because(cause)
}

fn digest(bytes: &[u8]) -> [u8; 20] {
    Sha1::digest(bytes).into()
}

/// As archives write digests: the algorithm, and Base32.
fn labelled(digest: &[u8; 20]) -> String {
    format!("sha1:{}", BASE32.encode(digest))
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

fn head_of_request(request: &Request, url: &str) -> Vec<u8> {
    // The address without scheme and host, as it is asked for.
    let asked = url.get(request.url.as_url().origin().ascii_serialization().len()..);
    let target = asked.filter(|asked| !asked.is_empty()).unwrap_or("/");
    let mut head = format!("{} {target} HTTP/1.1\r\n", request.method).into_bytes();
    if let Some(host) = request.url.as_url().host_str() {
        let port = request.url.as_url().port().map(|port| format!(":{port}"));
        push(
            &mut head,
            HOST.as_str(),
            format!("{host}{}", port.unwrap_or_default()).as_bytes(),
        );
    }
    let open = request
        .headers
        .iter()
        .filter(|(name, value)| !is_secret(name, value));
    for (name, value) in open {
        push(&mut head, name.as_str(), value.as_bytes());
    }
    head.extend_from_slice(b"\r\n");
    head
}

fn head_of_response(response: &Response) -> Vec<u8> {
    let reason = response.status.canonical_reason().unwrap_or_default();
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", response.status.as_u16()).into_bytes();
    let kept = |(name, _): &(&HeaderName, &HeaderValue)| !is_private(name);
    for (name, value) in response.headers.iter().filter(kept) {
        let renamed =
            (*name == CONTENT_ENCODING || *name == CONTENT_LENGTH).then(|| format!("X-Crawl-{name}"));
        push(
            &mut head,
            renamed.as_deref().unwrap_or(name.as_str()),
            value.as_bytes(),
        );
    }
    push(
        &mut head,
        "Content-Length",
        response.body.len().to_string().as_bytes(),
    );
    head.extend_from_slice(b"\r\n");
    head
}

fn push(head: &mut Vec<u8>, name: &str, value: &[u8]) {
    for piece in [name.as_bytes(), b": ", value, b"\r\n"] {
        head.extend_from_slice(piece);
    }
}
