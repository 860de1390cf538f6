//! The HTTP message in the block of a record.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::fetch::decode::{Caps, codings, decode};
use crate::{Error, ErrorKind, Result};

/// The most header fields of an answer.
const MAX_HEADERS: usize = 256;
/// The most bytes of a page that come out, and how many times those that went in: as [`FetchConfig`](crate::fetch::FetchConfig).
const CAPS: Caps = Caps {
    bytes: 32 << 20,
    ratio: 1000,
    truncate: false,
};

/// An answer: its status, headers and body, decoded.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Message {
    /// Reads an answer as it came over the wire.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`] when it is none, or its body is not what it claims to be; [`ErrorKind::TooLarge`].
    pub(super) fn parse(block: &Bytes) -> Result<Self> {
        let mut fields = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut answer = httparse::Response::new(&mut fields);
        let mut config = httparse::ParserConfig::default();
        // Archives keep what servers sent.
        config
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true);
        let length = match config.parse_response(&mut answer, block) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) => return Err(no_answer("an answer without an end of its head")),
            Err(cause) => return Err(no_answer("no answer of HTTP").because(cause)),
        };
        let status = answer.code.and_then(|code| StatusCode::from_u16(code).ok());
        let status = status.ok_or_else(|| no_answer("an answer without status"))?;
        let headers = headers_of(answer.headers);
        let body = block.slice(length.min(block.len())..);
        let chunked = headers
            .get_all(TRANSFER_ENCODING)
            .iter()
            .any(|value| value.as_bytes().eq_ignore_ascii_case(b"chunked"));
        // Some writers keep the header and undo the coding.
        let body = match chunked.then(|| joined_chunks(&body)).flatten() {
            Some(joined) => Bytes::from(joined),
            None => body,
        };
        Ok(Self {
            status,
            body: uncoded(&headers, body)?,
            headers,
        })
    }
}

fn no_answer(message: &'static str) -> Error {
    Error::new(ErrorKind::Decode, "warc", message)
}

fn headers_of(fields: &[httparse::Header<'_>]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for field in fields {
        let name = HeaderName::from_bytes(field.name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(field.value)) {
            headers.append(name, value);
        }
    }
    headers
}

/// The body without its content codings; where a writer has undone them and kept the header, as it is.
fn uncoded(headers: &HeaderMap, body: Bytes) -> Result<Bytes> {
    if !headers.contains_key(CONTENT_ENCODING) || body.is_empty() {
        return Ok(body);
    }
    let codings = codings(headers);
    let is_coded = match codings.last().map(String::as_str) {
        Some("gzip" | "x-gzip") => body.starts_with(&[0x1f, 0x8b]),
        Some("zstd") => body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]),
        Some(_) => !begins_as_markup(&body),
        None => false,
    };
    if is_coded {
        decode(&codings, body, CAPS)
    } else {
        Ok(body)
    }
}

fn begins_as_markup(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// The chunks of a body, joined (RFC 9112 §7.1); those before the first fault. `None` when it does not begin with one.
fn joined_chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(rest.len());
    let mut is_first = true;
    loop {
        let Ok(httparse::Status::Complete((head, length))) = httparse::parse_chunk_size(rest) else {
            return (!is_first).then_some(joined);
        };
        is_first = false;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        rest = rest.get(head..).unwrap_or_default();
        joined.extend_from_slice(rest.get(..length).unwrap_or(rest));
        rest = match rest.get(length..) {
            Some(after) if length > 0 => after.strip_prefix(b"\r\n").unwrap_or(after),
            _ => return Some(joined),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_up_to_a_fault() {
        let joined = |body: &str| joined_chunks(body.as_bytes()).map(|body| String::from_utf8(body).unwrap());
        assert_eq!(
            joined("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n").as_deref(),
            Some("abcde")
        );
        assert_eq!(joined("3\r\nabc\r\nff\r\ncut").as_deref(), Some("abccut"));
        assert_eq!(joined("3\r\nabc\r\n?").as_deref(), Some("abc"));
        assert_eq!(joined("<p>no chunks"), None);
        assert_eq!(joined("0\r\n\r\n").as_deref(), Some(""));
    }

    #[test]
    fn codings_that_were_undone_already_are_left_alone() {
        let answer = |headers: &str, body: &str| {
            Message::parse(&format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n{body}").into())
        };
        for headers in [
            "Content-Encoding: gzip",
            "Content-Encoding: br",
            "Transfer-Encoding: chunked",
            "Broken Header\r\nContent-Encoding : gzip",
        ] {
            let message = answer(headers, "<p>plain").unwrap();
            assert_eq!(message.body, "<p>plain", "{headers}");
        }
        assert_eq!(
            answer("Content-Encoding: br", "nothing").unwrap_err().kind(),
            ErrorKind::Decode
        );
        assert_eq!(
            Message::parse(&"HTTP/1.1 200 OK\r\nA: b".into())
                .unwrap_err()
                .kind(),
            ErrorKind::Decode
        );
        assert_eq!(
            Message::parse(&Bytes::new()).unwrap_err().kind(),
            ErrorKind::Decode
        );
    }
}
