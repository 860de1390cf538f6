//! Layers that look at the head of a request and let it pass, or answer themselves.

use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures::future::BoxFuture;
use http::request::Parts;
use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::Problem;

/// Looks at the head of a request: who asks, and whether they may.
///
/// Requires of an implementation: what it learns it leaves in the extensions ([`Caller::enter`](super::Caller::enter)); it
/// refuses rather than guesses.
pub trait Admit: Send + Sync + 'static {
    /// Lets the request pass.
    ///
    /// # Errors
    /// The answer, when it may not.
    fn admit(&self, head: &mut Parts) -> impl Future<Output = Result<(), Problem>> + Send;
}

/// The layer of an [`Admit`]: keys, tokens, scopes, or limits.
///
/// ```
/// use http::request::Parts;
/// use lead_core::service::{Admit, GateLayer, Problem};
/// use tower_layer::Layer;
///
/// struct Closed;
///
/// impl Admit for Closed {
///     async fn admit(&self, _: &mut Parts) -> Result<(), Problem> {
///         Err(Problem::not_found())
///     }
/// }
///
/// # #[derive(Clone)] struct Inner;
/// let service = GateLayer::new(Closed).layer(Inner);
/// ```
#[derive(Debug)]
pub struct GateLayer<A>(Arc<A>);

impl<A: Admit> GateLayer<A> {
    /// A layer that asks `admit`.
    pub fn new(admit: A) -> Self {
        Self(Arc::new(admit))
    }
}

impl<A> Clone for GateLayer<A> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<A, S> Layer<S> for GateLayer<A> {
    type Service = Gate<A, S>;

    fn layer(&self, inner: S) -> Gate<A, S> {
        Gate {
            admit: Arc::clone(&self.0),
            inner,
        }
    }
}

/// A service behind an [`Admit`].
#[derive(Debug)]
pub struct Gate<A, S> {
    admit: Arc<A>,
    inner: S,
}

impl<A, S: Clone> Clone for Gate<A, S> {
    fn clone(&self) -> Self {
        Self {
            admit: Arc::clone(&self.admit),
            inner: self.inner.clone(),
        }
    }
}

/// The service that is ready, taken out; its clone, which is not yet, is left in its place.
pub(super) fn take_ready<S: Clone>(inner: &mut S) -> S {
    let clone = inner.clone();
    std::mem::replace(inner, clone)
}

impl<A, S, B, R> Service<Request<B>> for Gate<A, S>
where
    A: Admit,
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: Send + 'static,
    R: From<Bytes>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Response<R>, S::Error>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let admit = Arc::clone(&self.admit);
        let mut inner = take_ready(&mut self.inner);
        Box::pin(async move {
            let (mut head, body) = request.into_parts();
            match admit.admit(&mut head).await {
                Ok(()) => inner.call(Request::from_parts(head, body)).await,
                Err(problem) => Ok(problem.response()),
            }
        })
    }
}
