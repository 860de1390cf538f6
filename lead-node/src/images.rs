//! Numbers shown as pictures.

use lead_bind::images::{self, Engine as Inner, ImageCandidate, Page};
use lead_core::{Error, ErrorKind, Result};
use napi::Env;
use napi::bindgen_prelude::{Either, Object, Uint8Array};
use napi_derive::napi;

use crate::answer::{answer, refusal};
use crate::options::Options;
use crate::waiting::promise;

/// The pictures of a document that may show a telephone number: `{"ok": […]}` or `{"error": …}`.
#[napi(js_name = "images")]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn candidates(html: Either<String, Uint8Array>, options: Options) -> String {
    let (bytes, decoded): (&[u8], bool) = match &html {
        Either::A(text) => (text.as_bytes(), true),
        Either::B(bytes) => (bytes, false),
    };
    answer(images::candidates(&Page {
        html: bytes,
        decoded,
        base_url: options.base_url.as_deref(),
        content_type: options.content_type.as_deref(),
    }))
}

/// The numbers in what was read from a picture: `{"ok": […]}` or `{"error": …}`.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn numbers_read(text: String, candidate: Option<String>, region: Option<String>) -> String {
    let candidate = candidate.as_deref().map(read).transpose();
    answer(candidate.and_then(|candidate| images::numbers(&text, candidate.as_ref(), region.as_deref())))
}

fn read(candidate: &str) -> Result<ImageCandidate> {
    serde_json::from_str(candidate).map_err(|cause| {
        Error::new(
            ErrorKind::InvalidInput,
            "image",
            "this is no candidate of `images`",
        )
        .because(cause)
    })
}

/// The system's tesseract.
#[napi]
pub struct Engine {
    inner: Inner,
}

/// An engine with these settings; `{"error": …}` when they mean nothing.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn engine(options: String) -> Either<Engine, String> {
    match Inner::read(&options) {
        Ok(inner) => Either::A(Engine { inner }),
        Err(error) => Either::B(refusal(&error)),
    }
}

#[napi]
impl Engine {
    /// The characters in a picture: `{"ok": …}` or `{"error": …}`.
    ///
    /// # Errors
    /// When the system gives no threads.
    #[napi]
    #[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
    pub fn recognize<'e>(&self, env: &'e Env, picture: Uint8Array) -> napi::Result<Object<'e>> {
        let (engine, picture) = (self.inner.clone(), picture.to_vec());
        promise(
            env,
            async move { answer(engine.recognize(picture).await) },
            |answer| answer,
        )
    }

    /// Whether it can be run at all: `{"ok": null}` or `{"error": …}`.
    ///
    /// # Errors
    /// When the system gives no threads.
    #[napi]
    pub fn check<'e>(&self, env: &'e Env) -> napi::Result<Object<'e>> {
        let engine = self.inner.clone();
        promise(env, async move { answer(engine.check().await) }, |answer| answer)
    }
}
