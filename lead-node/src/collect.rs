//! Collections.

use lead_bind::batches::Batches;
use lead_bind::collect::{CollectOptions, CollectStream as Inner, RefreshOptions};
use lead_bind::sources::{OwnSource, Questions, application_error};
use lead_core::{Error, ErrorKind, Result};
use napi::Env;
use napi::bindgen_prelude::{ClassInstance, Either, Object};
use napi_derive::napi;

use crate::answer::answer;
use crate::browser::{Browser, held};
use crate::stream::stream;
use crate::waiting::promise;

stream! {
    /// A collection under way. When JavaScript lets go of it, the run ends.
    CollectStream(Inner),
    answer,
    |answer| answer,
    told
}

/// Begins a collection; `{"error": …}` when the options mean nothing. `own` are the application's sources, what each is as JSON;
/// they are asked by [`CollectStream::asked`].
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn collect(
    query: Option<String>,
    own: Vec<String>,
    options: String,
    browser: Option<ClassInstance<'_, Browser>>,
) -> Either<CollectStream, String> {
    let browser = held(browser.as_ref());
    CollectStream::begun(begin(query.as_deref(), &own, &options, browser))
}

/// Begins to visit again sites of leads that nobody has seen for long; `{"error": …}` when the options mean nothing.
#[napi]
#[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
pub fn refresh(
    options: String,
    browser: Option<ClassInstance<'_, Browser>>,
) -> Either<CollectStream, String> {
    let options = RefreshOptions::read(&options);
    let options = options.and_then(|options| options.rendered_by(held(browser.as_ref())));
    CollectStream::begun(options.and_then(Inner::refresh))
}

fn begin(
    query: Option<&str>,
    own: &[String],
    options: &str,
    browser: Option<&lead_bind::browser::Browser>,
) -> Result<Inner> {
    let questions = Questions::default();
    let own = own
        .iter()
        .enumerate()
        .map(|(place, card)| OwnSource::new(card, questions.of(place)));
    let own = own.collect::<Result<Vec<_>>>()?;
    let options = CollectOptions::read(query, own, options)?.rendered_by(browser)?;
    Inner::begin(options, questions)
}

#[napi]
impl CollectStream {
    /// The next step that one of the application's sources is to take, `{"ok": {"id", "source", "query", "cursor"}}`;
    /// `{"ok": null}` when nothing more is asked.
    ///
    /// # Errors
    /// When the system gives no threads.
    #[napi]
    pub fn asked<'e>(&self, env: &'e Env) -> napi::Result<Object<'e>> {
        // The questions alone: a run that nobody refers to any more ends.
        let questions = self.inner.questions().clone();
        promise(env, async move { answer(Ok(questions.next().await)) }, |answer| {
            answer
        })
    }

    /// What a step came to: a batch as JSON, or what was thrown, its name and message in one line, with its code when it is one of
    /// ours.
    #[napi]
    #[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
    pub fn answer(
        &self,
        id: u32,
        batch: Option<String>,
        source: String,
        thrown: Option<String>,
        code: Option<String>,
    ) {
        let answer = batch.ok_or_else(|| {
            let made = application_error(&source, thrown.as_deref().unwrap_or("it gave nothing"));
            let known = ErrorKind::ALL
                .iter()
                .find(|kind| Some(kind.code()) == code.as_deref());
            match known {
                Some(kind) => Error::new(*kind, "source", made.message().to_owned()).with("source", &source),
                None => made,
            }
        });
        self.inner.questions().answer(u64::from(id), answer);
    }
}
