//! Pages as they are watched.

use std::sync::Arc;

use lead_bind::batches::Batches;
use lead_bind::browser::{LiveEvent, LiveStream as Inner};
use lead_core::Result;
use napi::Status;
use napi::bindgen_prelude::{Buffer, Either, Function};
use napi::threadsafe_function::ThreadsafeFunctionCallMode::NonBlocking;
use napi_derive::napi;

use crate::answer::{answer, refusal};

/// Somebody who looks at pages. When JavaScript lets go of it, nobody looks any more.
#[napi]
pub struct LiveStream {
    inner: Arc<Inner>,
}

/// What is seen, as it crosses.
#[napi(object)]
pub struct Seen {
    /// The event, `{"ok": {…}}`; `{"ok": null}` when it is over.
    pub answer: String,
    /// The picture of a frame.
    pub jpeg: Option<Buffer>,
}

impl LiveStream {
    pub(super) fn begun(inner: Result<Inner>) -> Either<Self, String> {
        match inner {
            Ok(inner) => Either::A(Self {
                inner: Arc::new(inner),
            }),
            Err(error) => Either::B(refusal(&error)),
        }
    }
}

impl Drop for LiveStream {
    fn drop(&mut self) {
        self.inner.leave();
    }
}

#[napi]
impl LiveStream {
    /// Tells what is seen next. Who waits for it keeps no process alive: there may never be more.
    ///
    /// # Errors
    /// When the system gives no threads.
    #[napi]
    #[allow(clippy::needless_pass_by_value, reason = "napi hands values over")]
    pub fn next(&self, told: Function<'_, Seen, ()>) -> napi::Result<()> {
        let runtime = lead_bind::runtime()
            .map_err(|error| napi::Error::new(Status::GenericFailure, error.to_string()))?;
        let told = told.build_threadsafe_function::<Seen>().weak::<true>().build()?;
        let inner = Arc::clone(&self.inner);
        runtime.spawn(async move {
            let seen = seen(inner.next().await);
            told.call(seen, NonBlocking);
        });
        Ok(())
    }

    /// Looks no more. Whoever waits is told that it is over.
    #[napi]
    pub fn leave(&self) {
        self.inner.leave();
    }
}

fn seen(batch: Result<Option<Vec<LiveEvent>>>) -> Seen {
    let event = batch.map(|batch| batch.and_then(|events| events.into_iter().next()));
    let jpeg = match &event {
        Ok(Some(LiveEvent::Frame(frame))) => Some(frame.jpeg.to_vec().into()),
        _ => None,
    };
    let answer = answer(event);
    Seen { answer, jpeg }
}
