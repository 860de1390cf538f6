//! The layer that lets pass what was signed.

use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures::future::BoxFuture;
use http::request::Parts;
use http::{Request, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tower_layer::Layer;
use tower_service::Service;

use super::{Refusal, Verifier};
use crate::service::Problem;
use crate::service::body::{Body, BodyError};
use crate::service::gate::take_ready;
use crate::service::refused;

/// Verifies every request and leaves its [`Caller`](crate::service::Caller) in the extensions. The body is read only when the head is right, up to a bound, and
/// what is handed on is what was signed.
///
/// What is not signed is refused, unless [`optional`](Self::optional) leaves it to another layer to know who asks.
#[derive(Clone, Debug)]
pub struct SignatureLayer(Arc<Settings>);

#[derive(Clone, Debug)]
struct Settings {
    verifier: Verifier,
    most: usize,
    optional: bool,
}

impl SignatureLayer {
    /// Verifies with `verifier`; of bodies up to 1 MiB is read.
    pub fn new(verifier: Verifier) -> Self {
        Self(Arc::new(Settings {
            verifier,
            most: 1024 * 1024,
            optional: false,
        }))
    }

    /// Reads bodies up to so many bytes.
    pub fn body(self, most: usize) -> Self {
        let settings = Settings {
            most,
            ..(*self.0).clone()
        };
        Self(Arc::new(settings))
    }

    /// Lets pass what has no signature, as nobody's: a layer within must ask who it is ([`Require`](crate::service::Require)).
    pub fn optional(self) -> Self {
        let settings = Settings {
            optional: true,
            ..(*self.0).clone()
        };
        Self(Arc::new(settings))
    }
}

impl<S> Layer<S> for SignatureLayer {
    type Service = Signed<S>;

    fn layer(&self, inner: S) -> Signed<S> {
        Signed {
            settings: Arc::clone(&self.0),
            inner,
        }
    }
}

/// A service whose requests are signed.
#[derive(Clone, Debug)]
pub struct Signed<S> {
    settings: Arc<Settings>,
    inner: S,
}

impl Settings {
    /// The request as it may be handed on.
    async fn admit(&self, mut head: Parts, body: Body) -> Result<Request<Body>, Problem> {
        let verified = match self.verifier.head(&head) {
            Err(Refusal::Absent) if self.optional => return Ok(Request::from_parts(head, body)),
            verified => verified.map_err(told)?,
        };
        let most = if verified.may_have_body() { self.most } else { 0 };
        let body = read(body, most).await.map_err(|refusal| match refusal {
            Refusal::TooLarge if most == 0 => told(Refusal::NotCovered),
            other => told(other),
        })?;
        let caller = self.verifier.body(verified, &head, &body).await.map_err(told)?;
        caller.enter(&mut head.extensions)?;
        Ok(Request::from_parts(head, Body::from(body)))
    }
}

/// A body of at most so many bytes.
async fn read(body: Body, most: usize) -> Result<Bytes, Refusal> {
    let read = Limited::new(body, most).collect().await;
    read.map(http_body_util::Collected::to_bytes).map_err(|error| {
        if error.is::<LengthLimitError>() {
            Refusal::TooLarge
        } else {
            Refusal::Broken
        }
    })
}

fn told(refusal: Refusal) -> Problem {
    refused::note("signature", refusal.code());
    refusal.into()
}

impl<S, B, R> Service<Request<B>> for Signed<S>
where
    S: Service<Request<Body>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BodyError>,
    R: From<Bytes>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Response<R>, S::Error>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let settings = Arc::clone(&self.settings);
        let mut inner = take_ready(&mut self.inner);
        Box::pin(async move {
            let (head, body) = request.into_parts();
            match settings.admit(head, Body::new(body)).await {
                Ok(request) => inner.call(request).await,
                Err(problem) => Ok(problem.response()),
            }
        })
    }
}
