//! Promises of what takes long: the work goes on on the runtime, JavaScript goes on meanwhile.

use napi::bindgen_prelude::{Object, ToNapiValue};
use napi::{Env, Status};

/// A promise of what `work` comes to, made into a value of JavaScript by `finish`, on JavaScript's thread.
pub(crate) fn promise<T, J>(
    env: &Env,
    work: impl Future<Output = T> + Send + 'static,
    finish: fn(T) -> J,
) -> napi::Result<Object<'_>>
where
    T: Send + 'static,
    J: ToNapiValue + 'static,
{
    let runtime =
        lead_bind::runtime().map_err(|error| napi::Error::new(Status::GenericFailure, error.to_string()))?;
    let (deferred, promise) = env.create_deferred()?;
    runtime.spawn(async move {
        let value = work.await;
        deferred.resolve(move |_| Ok(finish(value)));
    });
    Ok(promise)
}
