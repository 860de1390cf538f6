//! An answer and the rules it is kept by.

use std::borrow::Cow;
use std::io::{Read, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use http::{HeaderMap, StatusCode};
use http_cache_semantics::CachePolicy;
use serde::{Deserialize, Serialize};

use super::disk::failed;
use crate::clock::Timestamp;
use crate::record::SafeUrl;
use crate::seam::Response;
use crate::{Error, ErrorKind, Result};

/// What a file begins with, and the version of what follows: a length (four bytes, the least first), a JSON object of that
/// length, the body. All compressed by gzip, whose checksum tells a file that is damaged.
const SIGN: [u8; 4] = *b"LHC1";

/// The largest object before a body: headers are bounded by the transport.
const MOST: u32 = 4 * 1024 * 1024;

/// An answer and the rules it is kept by.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) policy: Arc<CachePolicy>,
    pub(super) response: Response,
}

/// What stands before a body.
#[derive(Serialize, Deserialize)]
struct About<'a> {
    /// The address it was asked for.
    key: Cow<'a, str>,
    url: Cow<'a, SafeUrl>,
    #[serde(with = "http_serde::status_code")]
    status: StatusCode,
    #[serde(with = "http_serde::header_map")]
    headers: HeaderMap,
    fetched_at: Timestamp,
    identity: Option<String>,
    policy: Cow<'a, CachePolicy>,
}

impl Entry {
    /// Writes it as a file.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] and [`ErrorKind::StorageFull`].
    pub(super) fn write(&self, key: &str, to: impl Write) -> Result<()> {
        let response = &self.response;
        let about = About {
            key: key.into(),
            url: Cow::Borrowed(&response.url),
            status: response.status,
            headers: response.headers.clone(),
            fetched_at: response.fetched_at,
            identity: response.identity.clone(),
            policy: Cow::Borrowed(&self.policy),
        };
        let about = serde_json::to_vec(&about).map_err(|cause| failed(cause.into()))?;
        let length = u32::try_from(about.len()).unwrap_or(u32::MAX);
        let mut out = GzEncoder::new(to, Compression::fast());
        for part in [&SIGN, length.to_le_bytes().as_slice(), &about, &response.body] {
            out.write_all(part).map_err(failed)?;
        }
        out.finish().map_err(failed)?;
        Ok(())
    }

    /// Reads the file that was written for `key`.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when it is damaged, or another's.
    pub(super) fn read(key: &str, from: impl Read) -> Result<Self> {
        let mut from = GzDecoder::new(from);
        let mut head = [0; 8];
        from.read_exact(&mut head).map_err(damaged)?;
        let [sign @ .., a, b, c, d] = head;
        let length = u32::from_le_bytes([a, b, c, d]);
        if sign != SIGN || length > MOST {
            return Err(corrupt());
        }
        let mut about = Vec::new();
        from.by_ref()
            .take(length.into())
            .read_to_end(&mut about)
            .map_err(damaged)?;
        let about: About<'_> = serde_json::from_slice(&about).map_err(|cause| corrupt().because(cause))?;
        if about.key != key {
            return Err(corrupt());
        }
        let mut body = Vec::new();
        from.read_to_end(&mut body).map_err(damaged)?;
        let mut response = Response::new(
            about.url.into_owned(),
            about.status,
            about.headers,
            body.into(),
            about.fetched_at,
        );
        response.identity = about.identity;
        let policy = Arc::new(about.policy.into_owned());
        Ok(Self { policy, response })
    }
}

fn corrupt() -> Error {
    Error::new(ErrorKind::Corrupt, "cache", "a file of the cache is damaged")
}

fn damaged(cause: std::io::Error) -> Error {
    corrupt().because(cause)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(key: &str) -> Vec<u8> {
        let url = SafeUrl::parse("http://a.test/").unwrap();
        let headers = [(http::header::ETAG, http::HeaderValue::from_static("\"1\""))]
            .into_iter()
            .collect();
        let at = "2026-01-31T09:30:00Z".parse().unwrap();
        let response = Response::new(url, StatusCode::OK, headers, "a page".repeat(50).into(), at);
        let request = http::Request::new(());
        let answer = http::Response::new(());
        let policy = Arc::new(CachePolicy::new(&request, &answer));
        let mut file = Vec::new();
        Entry { policy, response }.write(key, &mut file).unwrap();
        file
    }

    #[test]
    fn what_is_written_is_read_again() {
        let entry = Entry::read("http://a.test/", written("http://a.test/").as_slice()).unwrap();
        assert_eq!(entry.response.body, "a page".repeat(50));
        assert_eq!(entry.response.headers.len(), 1);
    }

    #[test]
    fn another_address_with_the_same_name_is_no_answer() {
        let read = Entry::read("http://b.test/", written("http://a.test/").as_slice());
        assert_eq!(read.err().unwrap().kind(), ErrorKind::Corrupt);
    }

    proptest! {
        #[test]
        fn a_damaged_file_is_told_or_says_the_same(at in 0_usize..400, bit in 0_u8..8) {
            let whole = written("http://a.test/");
            let (length, mut file) = (whole.len(), whole.clone());
            let byte = &mut file[at % length];
            *byte ^= 1 << bit;
            // Some bits say nothing of the content: time, system and flags at the front, what fills the last byte.
            if let Ok(entry) = Entry::read("http://a.test/", file.as_slice()) {
                let meant = Entry::read("http://a.test/", whole.as_slice()).unwrap();
                prop_assert_eq!(entry.response.body, meant.response.body);
                prop_assert_eq!(entry.response.headers, meant.response.headers);
                prop_assert_eq!(entry.response.status, meant.response.status);
            }
            let cut = Entry::read("http://a.test/", &whole[..at % length]);
            prop_assert!(cut.is_err());
        }

        #[test]
        fn any_bytes_are_no_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut file = Vec::new();
            let mut packed = GzEncoder::new(&mut file, Compression::fast());
            packed.write_all(&bytes).unwrap();
            packed.finish().unwrap();
            prop_assert!(Entry::read("http://a.test/", bytes.as_slice()).is_err());
            prop_assert!(Entry::read("http://a.test/", file.as_slice()).is_err());
        }
    }
}
