//! Many documents at once, off JavaScript's thread.

use std::num::NonZero;

use lead_core::contacts::{self, ExtractOptions, extract_many as read_many};
use napi::Env;
use napi::bindgen_prelude::{AsyncTask, Either, Task, Uint8Array};
use napi_derive::napi;

use crate::answer::{answer, refusal};
use crate::options::Options;

/// A document, and what is known of it alone.
#[napi(object)]
pub struct Page {
    /// The document.
    pub html: Either<String, Uint8Array>,
    /// Where it came from.
    pub base_url: Option<String>,
    /// The response's header.
    pub content_type: Option<String>,
    /// ISO 3166-1 code.
    pub region: Option<String>,
}

impl Page {
    fn as_core(&self) -> contacts::Page<'_> {
        let mut page = match &self.html {
            Either::A(text) => contacts::Page::from(text.as_str()).decoded(),
            Either::B(bytes) => contacts::Page::from(&**bytes),
        };
        page.base_url = self.base_url.as_deref();
        page.content_type = self.content_type.as_deref();
        page.region = self.region.as_deref();
        page
    }
}

/// What a thread of Node's pool does.
pub struct ExtractMany {
    pages: Vec<Page>,
    options: lead_core::Result<ExtractOptions>,
    threads: Option<NonZero<usize>>,
}

impl Task for ExtractMany {
    type Output = String;
    type JsValue = String;

    fn compute(&mut self) -> napi::Result<String> {
        let options = match &self.options {
            Ok(options) => options,
            Err(error) => return Ok(refusal(error)),
        };
        let pages: Vec<contacts::Page<'_>> = self.pages.iter().map(Page::as_core).collect();
        let answers: Vec<String> = read_many(&pages, options, self.threads)
            .into_iter()
            .map(answer)
            .collect();
        Ok(format!("{{\"ok\":[{}]}}", answers.join(",")))
    }

    fn resolve(&mut self, _: Env, output: String) -> napi::Result<String> {
        Ok(output)
    }
}

/// The contacts of many documents: `{"ok": […]}` with an answer each, or `{"error": …}`.
#[napi]
pub fn extract_many(pages: Vec<Page>, options: Options, threads: Option<u32>) -> AsyncTask<ExtractMany> {
    AsyncTask::new(ExtractMany {
        pages,
        options: options.try_into(),
        threads: threads.and_then(|threads| NonZero::new(threads as usize)),
    })
}
