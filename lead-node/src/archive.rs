//! Web archives.

use std::path::Path;

use lead_bind::archive::{ArchiveOptions, ArchiveStream as Inner, ArchivedPage};
use lead_bind::batches::Batches;
use lead_core::Result;
use lead_core::page::{Document, ParseOptions};
use lead_core::record::{Contacts, SafeUrl};
use napi::bindgen_prelude::{Buffer, Either, Uint8Array};
use napi_derive::napi;
use serde::Serialize;

use crate::answer::{answer, refusal};
use crate::stream::stream;

stream! {
    /// A web archive that is being read. When JavaScript lets go of it, that ends.
    ArchiveStream(Inner),
    written,
    |(answer, bodies)| ArchiveBatch {
        answer,
        bodies: bodies.into(),
    }
}

/// Pages as they cross: what is known of them, and their bodies one behind the other.
#[napi(object)]
pub struct ArchiveBatch {
    /// `{"ok": […]}` with an answer each, or `{"error": …}`.
    pub answer: String,
    /// The bodies, whose places the pages tell.
    pub bodies: Buffer,
}

#[derive(Serialize)]
struct Told<'a> {
    url: &'a SafeUrl,
    status: u16,
    content_type: Option<&'a str>,
    headers: Vec<(&'a str, String)>,
    fetched_at: Option<String>,
    offset: u64,
    body: [usize; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    contacts: Option<&'a Contacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<serde_json::Value>,
}

/// Begins to read an archive; `{"error": …}` when the options mean nothing.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn read_archive(path: String, options: String) -> Either<ArchiveStream, String> {
    let begun = ArchiveOptions::read(&options).and_then(|options| Inner::begin(Path::new(&path), options));
    ArchiveStream::begun(begun)
}

fn written(batch: Result<Option<Vec<Result<ArchivedPage>>>>) -> (String, Vec<u8>) {
    let pages = match batch {
        Ok(Some(pages)) => pages,
        Ok(None) => return ("{\"ok\":null}".to_owned(), Vec::new()),
        Err(error) => return (refusal(&error), Vec::new()),
    };
    let mut bodies = Vec::new();
    let mut write = |page: &Result<ArchivedPage>| match page {
        Ok(page) => {
            let start = bodies.len();
            bodies.extend_from_slice(page.body());
            answer(Ok(told(page, [start, bodies.len()])))
        }
        Err(error) => refusal(error),
    };
    let answers: Vec<String> = pages.iter().map(&mut write).collect();
    (format!("{{\"ok\":[{}]}}", answers.join(",")), bodies)
}

fn told(page: &ArchivedPage, body: [usize; 2]) -> Told<'_> {
    let (contacts, failed) = match &page.contacts {
        None => (None, None),
        Some(Ok(contacts)) => (Some(contacts), None),
        Some(Err(error)) => (None, serde_json::from_str(&refusal(error)).ok()),
    };
    Told {
        url: page.url(),
        status: page.status(),
        content_type: page.content_type(),
        headers: page.headers().collect(),
        fetched_at: page.fetched_at().map(|time| time.to_string()),
        offset: page.offset(),
        body,
        contacts,
        failed,
    }
}

/// A body as text, in the encoding that browsers would find: `{"ok": …}` or `{"error": …}`.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn decode(body: Uint8Array, content_type: Option<String>) -> String {
    let options = match content_type {
        Some(kind) => ParseOptions::new().content_type(kind),
        None => ParseOptions::new(),
    };
    answer(Document::parse(&body, &options).map(|document| document.source().to_owned()))
}
