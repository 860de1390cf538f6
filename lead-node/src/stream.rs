//! Long work, as Node follows it: a class that asks for batches. `lead-py` has its like.

/// A class around long work. When JavaScript lets go of it, the work ends. `$written` makes an answer of a batch away from
/// JavaScript's thread, `$handed` what JavaScript is given.
macro_rules! stream {
    ($(#[doc = $doc:literal])+ $name:ident($inner:ty), $written:path, $handed:expr) => {
        $(#[doc = $doc])+
        #[napi]
        pub struct $name {
            inner: std::sync::Arc<$inner>,
        }

        impl $name {
            /// It, or why it cannot begin: `{"error": …}`.
            fn begun(inner: lead_core::Result<$inner>) -> napi::bindgen_prelude::Either<Self, String> {
                match inner {
                    Ok(inner) => napi::bindgen_prelude::Either::A(Self {
                        inner: std::sync::Arc::new(inner),
                    }),
                    Err(error) => napi::bindgen_prelude::Either::B(crate::answer::refusal(&error)),
                }
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                self.inner.leave();
            }
        }

        #[napi]
        impl $name {
            /// The next batch, `{"ok": […]}`; `{"ok": null}` when it is over.
            ///
            /// # Errors
            /// When the system gives no threads.
            #[napi]
            pub fn next<'e>(&self, env: &'e napi::Env) -> napi::Result<napi::bindgen_prelude::Object<'e>> {
                let inner = std::sync::Arc::clone(&self.inner);
                crate::waiting::promise(env, async move { $written(inner.next().await) }, $handed)
            }

            /// Ends it; the promise is kept when it has ended.
            ///
            /// # Errors
            /// When the system gives no threads.
            #[napi]
            pub fn close<'e>(&self, env: &'e napi::Env) -> napi::Result<napi::bindgen_prelude::Object<'e>> {
                let inner = std::sync::Arc::clone(&self.inner);
                crate::waiting::promise(env, async move { inner.close().await }, |()| ())
            }

            /// Ends it, without a promise that would keep the process alive.
            #[napi]
            pub fn leave(&self) {
                self.inner.leave();
            }
        }
    };
    ($(#[doc = $doc:literal])+ $name:ident($inner:ty), $written:path, $handed:expr, told) => {
        crate::stream::stream!($(#[doc = $doc])+ $name($inner), $written, $handed);

        #[napi]
        impl $name {
            /// What it has told beside its batches, `{"ok": …}`.
            #[napi]
            pub fn told(&self) -> String {
                crate::answer::answer(Ok(self.inner.told()))
            }
        }
    };
}
pub(crate) use stream;
