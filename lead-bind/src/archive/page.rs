//! A page of an archive, as it is handed over.

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::contacts::{self, ExtractOptions};
use lead_core::fetch::warc::Page;
use lead_core::page::Document;
use lead_core::record::{Contacts, SafeUrl};

use crate::browser::latin;

/// A page of an archive, with what stands on it where that was asked for.
#[derive(Debug)]
pub struct ArchivedPage {
    page: Page,
    /// What stands on it, or why that could not be read; `None` where nobody asked.
    pub contacts: Option<Result<Contacts>>,
}

impl ArchivedPage {
    pub(super) fn new(page: Page) -> Self {
        Self { page, contacts: None }
    }

    /// Its address.
    pub fn url(&self) -> &SafeUrl {
        &self.page.url
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.page.status.as_u16()
    }

    /// The `Content-Type`, whole.
    pub fn content_type(&self) -> Option<&str> {
        self.page.content_type()
    }

    /// When it was fetched.
    pub fn fetched_at(&self) -> Option<Timestamp> {
        self.page.fetched_at
    }

    /// Where its record begins in the archive, in bytes.
    pub fn offset(&self) -> u64 {
        self.page.offset
    }

    /// Its body, decoded; empty where bodies are not handed over.
    pub fn body(&self) -> &[u8] {
        &self.page.body
    }

    /// The header fields in their order; values that are no text as their bytes show as Latin-1.
    pub fn headers(&self) -> impl Iterator<Item = (&str, String)> {
        self.page
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), latin(value.as_bytes())))
    }

    /// The body as text, in the encoding that browsers would find.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](lead_core::ErrorKind::Decode) when it is no text.
    pub fn html(&self) -> Result<String> {
        Document::parse(&self.page.body, &self.page.parse_options())
            .map(|document| document.source().to_owned())
    }

    /// Reads what stands on pages, on so many threads.
    pub(super) fn read_all(
        pages: &mut [&mut Self],
        options: &ExtractOptions,
        threads: Option<std::num::NonZero<usize>>,
    ) {
        let urls: Vec<String> = pages.iter().map(|page| page.page.url.to_string()).collect();
        let documents: Vec<contacts::Page<'_>> = pages
            .iter()
            .zip(&urls)
            .map(|(page, url)| page.as_document(url))
            .collect();
        let found = contacts::extract_many(&documents, options, threads);
        drop(documents);
        for (page, found) in pages.iter_mut().zip(found) {
            let offset = page.page.offset;
            page.contacts = Some(found.map_err(|error| error.with("offset", offset)));
        }
    }

    fn as_document<'a>(&'a self, url: &'a str) -> contacts::Page<'a> {
        let document = contacts::Page::from(&self.page.body[..]).base_url(url);
        match self.page.content_type() {
            Some(kind) => document.content_type(kind),
            None => document,
        }
    }

    pub(super) fn without_body(&mut self) {
        self.page.body.clear();
    }

    pub(super) fn weight(&self) -> usize {
        self.page.body.len()
    }
}
