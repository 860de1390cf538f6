//! A page out of a record.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::message::Message;
use super::record::{Record, RecordKind};
use crate::Result;
use crate::clock::Timestamp;
use crate::page::ParseOptions;
use crate::record::SafeUrl;
use crate::seam::Response;

/// A page of an archive: what a server answered, or what was made of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page {
    /// Its address.
    pub url: SafeUrl,
    /// The status of the answer; 200 where the record has none.
    pub status: StatusCode,
    /// The headers of the answer; of other records the type of their content.
    pub headers: HeaderMap,
    /// The content, decoded.
    pub body: Bytes,
    /// When it was fetched; `None` when the record does not say so.
    pub fetched_at: Option<Timestamp>,
    /// Where its record begins in the file, as [`Record::offset`].
    pub offset: u64,
}

impl Record {
    /// The page of a response, a resource or a conversion; `None` for other records and for what is not of the web.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) when the answer or its content coding is damaged,
    /// [`ErrorKind::TooLarge`](crate::ErrorKind::TooLarge) when too much comes out of it.
    pub fn page(&self) -> Result<Option<Page>> {
        let Some(url) = self.target().and_then(|target| SafeUrl::parse(target).ok()) else {
            return Ok(None);
        };
        let message = match self.kind {
            RecordKind::Response if self.is_http() => {
                Message::parse(&self.block).map_err(|error| error.with("offset", self.offset))?
            }
            RecordKind::Resource | RecordKind::Conversion => self.as_message(),
            _ => return Ok(None),
        };
        Ok(Some(Page {
            url,
            status: message.status,
            headers: message.headers,
            body: message.body,
            fetched_at: self.date(),
            offset: self.offset,
        }))
    }

    /// Answers of DNS and FTP are records too.
    fn is_http(&self) -> bool {
        let kind = self.field("Content-Type").unwrap_or("application/http");
        kind.trim_start()
            .get(..16)
            .is_some_and(|kind| kind.eq_ignore_ascii_case("application/http"))
    }

    fn as_message(&self) -> Message {
        let mut headers = HeaderMap::new();
        let kind = self.field("Content-Type").and_then(|kind| kind.parse().ok());
        if let Some(kind) = kind {
            headers.insert(http::header::CONTENT_TYPE, kind);
        }
        Message {
            status: StatusCode::OK,
            headers,
            body: self.block.clone(),
        }
    }
}

impl Page {
    /// The `Content-Type`, whole.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(http::header::CONTENT_TYPE)?.to_str().ok()
    }

    /// Whether there is something to read for people: a success, and HTML or plain text by its type, else by its first
    /// bytes. A robots.txt is for programs.
    pub fn is_readable(&self) -> bool {
        const KINDS: [&str; 3] = ["text/html", "application/xhtml+xml", "text/plain"];
        let kind = self
            .content_type()
            .map(|kind| kind.split(';').next().unwrap_or_default().trim());
        let by_type = match kind {
            Some(kind) if !kind.is_empty() => KINDS.iter().any(|known| known.eq_ignore_ascii_case(kind)),
            _ => self.body.trim_ascii_start().starts_with(b"<"),
        };
        self.status.is_success() && by_type && self.url.as_url().path() != "/robots.txt"
    }

    /// How a document of it is to be read.
    pub fn parse_options(&self) -> ParseOptions {
        let options = ParseOptions::new().base_url(Some(self.url.as_url()));
        match self.content_type() {
            Some(kind) => options.content_type(kind),
            None => options,
        }
    }

    /// The answer as a transport gives it.
    pub fn into_response(self) -> Response {
        let at = self.fetched_at.unwrap_or(Timestamp::UNIX_EPOCH);
        Response::new(self.url, self.status, self.headers, self.body, at)
    }
}
