//! Rendered pages.

use std::sync::Arc;

use lead_bind::browser::{RenderedPage, Visit as Inner};
use lead_core::Result;
use napi::Env;
use napi::bindgen_prelude::{Buffer, Object};
use napi_derive::napi;
use serde::Serialize;

use crate::answer::{answer, refusal};
use crate::waiting::promise;

/// A page under way.
#[napi]
pub struct Visit {
    inner: Arc<Inner>,
}

/// A page as it crosses.
#[napi(object)]
pub struct Rendered {
    /// What is known of it, `{"ok": {…}}` or `{"error": …}`.
    pub answer: String,
    /// Its body.
    pub body: Buffer,
    /// Its picture, when pictures are kept.
    pub jpeg: Option<Buffer>,
    /// What may show a number as a picture, as it was seen, when such are kept.
    pub shots: Vec<Buffer>,
}

#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    known: lead_bind::browser::Known<'a>,
    headers: Vec<(&'a str, String)>,
    /// Which pictures the shots show, in their order.
    shots: Vec<&'a str>,
}

impl From<Inner> for Visit {
    fn from(inner: Inner) -> Self {
        Self {
            inner: Arc::new(inner),
        }
    }
}

#[napi]
impl Visit {
    /// The page.
    ///
    /// # Errors
    /// When the system gives no threads.
    #[napi]
    pub fn page<'e>(&self, env: &'e Env) -> napi::Result<Object<'e>> {
        let visit = Arc::clone(&self.inner);
        promise(env, async move { written(visit.page().await) }, |page| page)
    }

    /// Nobody wants it any more.
    #[napi]
    pub fn give_up(&self) {
        self.inner.give_up();
    }
}

fn written(page: Result<RenderedPage>) -> Rendered {
    match page {
        Err(error) => Rendered {
            answer: refusal(&error),
            body: Vec::new().into(),
            jpeg: None,
            shots: Vec::new(),
        },
        Ok(page) => Rendered {
            answer: answer(Ok(Told {
                known: page.known(),
                headers: page.headers().collect(),
                shots: page.shots().iter().map(|shot| shot.source.as_str()).collect(),
            })),
            body: page.body().to_vec().into(),
            jpeg: page.picture().map(|picture| picture.jpeg.to_vec().into()),
            shots: page.shots().iter().map(|shot| shot.png.to_vec().into()).collect(),
        },
    }
}
