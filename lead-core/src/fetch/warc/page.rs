//! The answer a record holds.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::record::{Record, RecordKind};
use crate::clock::Timestamp;
use crate::fetch::FetchConfig;
use crate::fetch::decode::{Caps, codings, decode};
use crate::record::SafeUrl;
use crate::seam::Response;
use crate::{Error, ErrorKind, Result};

/// The most fields a head may have.
const MAX_HEADERS: usize = 256;

impl Record {
    /// The answer it holds, its body unpacked: that of a response, or a resource or conversion by itself with status 200.
    /// `None` when it holds none: requests, metadata, addresses that are not of the web.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the head cannot be read; [`ErrorKind::Decode`] and [`ErrorKind::TooLarge`] when the body
    /// cannot be unpacked.
    pub fn response(&self) -> Result<Option<Response>> {
        let Some(url) = self.target().and_then(|target| SafeUrl::parse(target).ok()) else {
            return Ok(None);
        };
        let at = self.field("WARC-Date").and_then(|date| date.parse().ok());
        let at = at.unwrap_or(Timestamp::UNIX_EPOCH);
        match self.kind {
            RecordKind::Response => self.answer(url, at).map(Some),
            RecordKind::Resource | RecordKind::Conversion => {
                let kind = self
                    .field("Content-Type")
                    .and_then(|kind| HeaderValue::from_str(kind).ok());
                let headers = kind.into_iter().map(|kind| (CONTENT_TYPE, kind)).collect();
                let body = Bytes::copy_from_slice(&self.block);
                Ok(Some(Response::new(url, StatusCode::OK, headers, body, at)))
            }
            _ => Ok(None),
        }
    }

    fn answer(&self, url: SafeUrl, at: Timestamp) -> Result<Response> {
        let damaged =
            |what: &'static str| Error::new(ErrorKind::Corrupt, "warc", what).with("offset", self.offset);
        let mut room = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut head = httparse::Response::new(&mut room);
        let parsed = httparse::ParserConfig::default()
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true)
            .parse_response(&mut head, &self.block);
        let Ok(httparse::Status::Complete(end)) = parsed else {
            return Err(damaged("the head of the answer cannot be read"));
        };
        let status = head.code.and_then(|code| StatusCode::from_u16(code).ok());
        let status = status.ok_or_else(|| damaged("the answer has no status"))?;
        let field = |header: &httparse::Header<'_>| {
            let name = HeaderName::from_bytes(header.name.as_bytes()).ok()?;
            Some((name, HeaderValue::from_bytes(header.value).ok()?))
        };
        let mut headers = HeaderMap::new();
        for (name, value) in head.headers.iter().filter_map(field) {
            headers.append(name, value);
        }
        let body = self.block.get(end..).unwrap_or_default();
        let body = match headers.get(TRANSFER_ENCODING) {
            // Some archives keep the chunks, others only the name of them.
            Some(value) if value.as_bytes().eq_ignore_ascii_case(b"chunked") => {
                unchunked(body).map(Bytes::from)
            }
            _ => None,
        }
        .unwrap_or_else(|| Bytes::copy_from_slice(body));
        let limits = FetchConfig::default();
        let caps = Caps {
            bytes: limits.max_body_bytes,
            ratio: limits.max_ratio,
            truncate: false,
        };
        let packed = codings(&headers);
        // As above: some archives keep what the server packed, others unpack it and leave the name.
        let body = match decode(&packed, body.clone(), caps) {
            Err(error) if error.kind() == ErrorKind::Decode && looks_plain(&body) => body,
            unpacked => unpacked?,
        };
        for name in [TRANSFER_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH] {
            headers.remove(name);
        }
        Ok(Response::new(url, status, headers, body, at))
    }
}

fn looks_plain(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// The body without its chunks (RFC 9112 §7.1); `None` when there are none.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memmem::find(body, b"\r\n")?;
        let size = std::str::from_utf8(body.get(..end)?).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        body = body.get(end + 2..)?;
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(body.get(..size)?);
        body = body.get(size..)?.strip_prefix(b"\r\n")?;
    }
}
