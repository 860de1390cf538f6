//! Numbers shown as pictures.

use std::path::PathBuf;
use std::sync::Arc;

use lead_core::page::{Document, ParseOptions};
use lead_core::phone::{self, FindOptions, Tesseract};
use lead_core::record::{Found, Phone, PhoneRole, SafeUrl, Trace};
use lead_core::seam::Recognize;
use lead_core::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;

use crate::given;
use crate::net::seconds_of;

/// A picture that may show a telephone number: [`phone::ImageCandidate`] without its document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImageCandidate {
    /// Its address as the page has it, a `data:` URL included.
    pub source: String,
    /// The address resolved against the document's; `None` when it is no URL.
    pub url: Option<String>,
    /// What the words beside it say it is.
    pub role: PhoneRole,
    /// How likely it shows a number, above 0 and at most 1; an order, not a probability.
    pub score: f32,
    /// Where in the document: a path of elements.
    pub locator: String,
}

/// A document, as it is given.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Its bytes.
    pub html: &'a [u8],
    /// Whether they are UTF-8 already, whatever they say.
    pub decoded: bool,
    /// Where it came from.
    pub base_url: Option<&'a str>,
    /// The `Content-Type`, whole.
    pub content_type: Option<&'a str>,
}

impl Page<'_> {
    fn parse(&self) -> Result<Document> {
        let base = self.base_url.map(SafeUrl::parse).transpose()?;
        let mut options = ParseOptions::new().base_url(base.as_ref().map(SafeUrl::as_url));
        if let Some(kind) = self.content_type {
            options = options.content_type(kind);
        }
        if self.decoded {
            return Document::from_html(String::from_utf8_lossy(self.html), &options);
        }
        Document::parse(self.html, &options)
    }
}

/// The pictures of a document that may show a telephone number, as [`phone::images`].
///
/// # Errors
/// [`ErrorKind::InvalidInput`] when the address is none; those of [`Document::parse`].
pub fn candidates(page: &Page<'_>) -> Result<Vec<ImageCandidate>> {
    let document = page.parse()?;
    let found = phone::images(&document).into_iter().map(|found| ImageCandidate {
        locator: document
            .element(found.element)
            .map(|element| element.locator())
            .unwrap_or_default(),
        source: found.source,
        url: found.url.map(String::from),
        role: found.role,
        score: found.score,
    });
    Ok(found.collect())
}

/// The numbers in what was read from a picture, as [`phone::numbers_read`].
///
/// # Errors
/// [`ErrorKind::InvalidInput`] when there is no such region.
pub fn numbers(
    text: &str,
    image: Option<&ImageCandidate>,
    region: Option<&str>,
) -> Result<Vec<Found<Phone, Trace>>> {
    let mut options = FindOptions::new();
    options.region = region.map(str::to_owned);
    lead_core::find_phones("", &options)?; // a region that does not exist is told
    let role = image.map(|image| image.role).unwrap_or_default();
    let locator = image.map(|image| image.locator.as_str());
    Ok(phone::numbers_read(text, role, locator, region))
}

/// Settings of [`Tesseract`], as they are given.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Given {
    program: Option<PathBuf>,
    time_limit: Option<f64>,
    max_bytes: Option<usize>,
}

/// The system's `tesseract`, on the runtime of this crate.
#[derive(Clone, Debug)]
pub struct Engine(Arc<Tesseract>);

impl Engine {
    /// Reads settings: `program`, `time_limit` in seconds, `max_bytes`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a value that means nothing.
    pub fn read(json: &str) -> Result<Self> {
        let given: Given = given::read("ocr", json)?;
        let mut engine = Tesseract::new();
        if let Some(program) = given.program {
            engine = engine.program(program);
        }
        if let Some(seconds) = given.time_limit {
            engine = engine.time_limit(seconds_of("time_limit", seconds)?);
        }
        if let Some(bytes) = given.max_bytes {
            engine = engine.max_bytes(bytes);
        }
        Ok(Self(Arc::new(engine)))
    }

    /// Reads a picture, as [`Recognize::recognize`].
    ///
    /// # Errors
    /// Those of [`Recognize::recognize`] and of [`runtime`](crate::runtime()).
    pub async fn recognize(&self, picture: Vec<u8>) -> Result<String> {
        let engine = Arc::clone(&self.0);
        joined(crate::runtime()?.spawn(async move { engine.recognize(&picture).await })).await
    }

    /// Whether it can be run at all, as [`Tesseract::check`].
    ///
    /// # Errors
    /// As [`Engine::recognize`].
    pub async fn check(&self) -> Result<()> {
        let engine = Arc::clone(&self.0);
        joined(crate::runtime()?.spawn(async move { engine.check().await })).await
    }
}

/// Who no longer waits ends the work: the process it runs is killed.
async fn joined<T>(work: JoinHandle<Result<T>>) -> Result<T> {
    struct Ended(tokio::task::AbortHandle);
    impl Drop for Ended {
        fn drop(&mut self) {
            self.0.abort();
        }
    }
    let _ended = Ended(work.abort_handle());
    work.await.unwrap_or_else(|cause| {
        Err(Error::new(ErrorKind::Internal, "ocr", "reading the picture broke off").because(cause))
    })
}
