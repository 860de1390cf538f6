//! A rendered page, as it is handed over.

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::page::{Document, ParseOptions};
use lead_core::record::SafeUrl;
use lead_core::seam::{NumberBox, Picture, Rect, Rendering, Response, Shot};
use serde::Serialize;

/// A page that a browser rendered.
#[derive(Debug)]
pub struct RenderedPage {
    response: Response,
    rendering: Rendering,
}

/// What is known of a page beside its body and picture.
#[derive(Debug, Serialize)]
pub struct Known<'a> {
    /// Where it finally came from.
    pub url: &'a SafeUrl,
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`, whole.
    pub content_type: Option<&'a str>,
    /// The addresses that redirected there, in order.
    pub hops: &'a [SafeUrl],
    /// When it was fetched.
    pub fetched_at: Timestamp,
    /// How often the server was asked.
    pub attempts: u32,
    /// Which browser: `Chrome/131.0.6778.85`.
    pub browser: &'a str,
    /// The identity presented, when it was not the honest one.
    pub identity: Option<&'a str>,
    /// What was waited for and did not come in time.
    pub unmet: Option<&'a str>,
    /// Requests the page made, encrypted connections counted as one each.
    pub requests: u64,
    /// Requests the guard refused.
    pub refused: u64,
    /// Bytes that came over the wire.
    pub bytes: u64,
    /// Seconds it took.
    pub took: f64,
    /// Of its picture: the part of the document it shows, and where numbers stand.
    pub picture: Option<Shown<'a>>,
}

/// What a picture shows.
#[derive(Debug, Serialize)]
pub struct Shown<'a> {
    /// The part of the document.
    pub shows: Rect,
    /// Where numbers stand in the document.
    pub boxes: &'a [NumberBox],
}

impl RenderedPage {
    pub(super) fn new(mut response: Response) -> Self {
        let rendering = response.rendering.take();
        Self {
            rendering: rendering.map(std::sync::Arc::unwrap_or_clone).unwrap_or_default(),
            response,
        }
    }

    /// What is known of it.
    pub fn known(&self) -> Known<'_> {
        let (response, rendering) = (&self.response, &self.rendering);
        Known {
            url: &response.url,
            status: response.status.as_u16(),
            content_type: response.content_type(),
            hops: &response.hops,
            fetched_at: response.fetched_at,
            attempts: response.attempts,
            browser: &rendering.browser,
            identity: response.identity.as_deref(),
            unmet: rendering.unmet.as_deref(),
            requests: rendering.requests,
            refused: rendering.refused,
            bytes: rendering.bytes,
            took: rendering.took.as_secs_f64(),
            picture: rendering.picture.as_ref().map(|picture| Shown {
                shows: picture.shows,
                boxes: &picture.boxes,
            }),
        }
    }

    /// The header fields in their order, names in lower case; values that are no text as their bytes show as Latin-1.
    pub fn headers(&self) -> impl Iterator<Item = (&str, String)> {
        let headers = self.response.headers.iter();
        headers.map(|(name, value)| (name.as_str(), latin(value.as_bytes())))
    }

    /// Its body: the document as it stood at the end, in UTF-8; of what is no page, what was sent.
    pub fn body(&self) -> &[u8] {
        &self.response.body
    }

    /// The page as it was seen, a JPEG, when pictures are kept.
    pub fn picture(&self) -> Option<&Picture> {
        self.rendering.picture.as_ref()
    }

    /// What may show a number as a picture, as it was seen, a PNG each, when such are kept.
    pub fn shots(&self) -> &[Shot] {
        &self.rendering.shots
    }

    /// The body as text, in the encoding that browsers would find.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](lead_core::ErrorKind::Decode) when it is no text.
    pub fn html(&self) -> Result<String> {
        let options = match self.response.content_type() {
            Some(kind) => ParseOptions::new().content_type(kind),
            None => ParseOptions::new(),
        };
        Document::parse(self.body(), &options).map(|document| document.source().to_owned())
    }
}

/// Bytes as Latin-1.
pub(crate) fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
