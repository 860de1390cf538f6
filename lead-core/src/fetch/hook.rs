//! What an application wants done to requests and answers.

use std::fmt;
use std::sync::Arc;

use crate::Result;
use crate::seam::{Fetch, Fetcher, Layer, Request, Response};

type RequestHook = dyn Fn(&mut Request) -> Result<()> + Send + Sync;
type ResponseHook = dyn Fn(&Request, &mut Response) -> Result<()> + Send + Sync;

/// Calls an application's functions before each request and after each answer, redirects included, in the order they were
/// added: to add a header, to count, to look at what comes.
///
/// The functions run on the runtime's threads and must not block. One that fails ends the fetch with its error. What they
/// make of a request passes the guard and robots.txt like any other; answers are seen from a cache, too
/// ([`Response::from_cache`]). What needs more than that is a [`Layer`] of its own.
///
/// ```
/// use http::header::{ACCEPT_LANGUAGE, HeaderValue};
/// use lead_core::fetch::HookLayer;
///
/// let hooks = HookLayer::default().on_request(|request| {
///     request.headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("fr"));
///     Ok(())
/// });
/// # let _ = hooks;
/// ```
#[derive(Clone, Default)]
pub struct HookLayer {
    requests: Vec<Arc<RequestHook>>,
    responses: Vec<Arc<ResponseHook>>,
}

impl HookLayer {
    /// Calls `hook` before each request.
    pub fn on_request(mut self, hook: impl Fn(&mut Request) -> Result<()> + Send + Sync + 'static) -> Self {
        self.requests.push(Arc::new(hook));
        self
    }

    /// Calls `hook` after each answer, with what was asked.
    pub fn on_response(
        mut self,
        hook: impl Fn(&Request, &mut Response) -> Result<()> + Send + Sync + 'static,
    ) -> Self {
        self.responses.push(Arc::new(hook));
        self
    }

    /// Whether there is nothing to call.
    pub(super) fn is_empty(&self) -> bool {
        self.requests.is_empty() && self.responses.is_empty()
    }
}

impl Layer for HookLayer {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(Hooked {
            hooks: self.clone(),
            inner,
        })
    }
}

#[derive(Debug)]
struct Hooked {
    hooks: HookLayer,
    inner: Fetcher,
}

impl Fetch for Hooked {
    async fn fetch(&self, mut request: Request) -> Result<Response> {
        for hook in &self.hooks.requests {
            hook(&mut request)?;
        }
        if self.hooks.responses.is_empty() {
            return self.inner.fetch(request).await;
        }
        let mut response = self.inner.fetch(request.clone()).await?;
        for hook in &self.hooks.responses {
            hook(&request, &mut response)?;
        }
        Ok(response)
    }
}

impl fmt::Debug for HookLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookLayer")
            .field("requests", &self.requests.len())
            .field("responses", &self.responses.len())
            .finish()
    }
}
