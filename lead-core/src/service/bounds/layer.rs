//! The layer that holds to them.

use std::task::{Context, Poll};

use bytes::Bytes;
use futures::future::BoxFuture;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Request, Response, StatusCode};
use tower_layer::Layer;
use tower_service::Service;

use super::Bounds;
use super::body::BoundedBody;
use super::verdict::{Verdict, too_large};
use crate::service::Problem;
use crate::service::body::{Body, BodyError};
use crate::service::gate::take_ready;

/// Refuses what says it is too large before a byte of it is read (413), ends what turns out to be (413) or comes too slowly (408), and answers when
/// the service does not (504). What the service was doing is dropped then.
#[derive(Clone, Copy, Debug, Default)]
pub struct BoundsLayer(Bounds);

impl BoundsLayer {
    /// A layer that holds to these.
    pub const fn new(bounds: Bounds) -> Self {
        Self(bounds)
    }
}

impl<S> Layer<S> for BoundsLayer {
    type Service = Bounded<S>;

    fn layer(&self, inner: S) -> Bounded<S> {
        Bounded {
            bounds: self.0,
            inner,
        }
    }
}

/// A service whose requests are bounded.
#[derive(Clone, Debug)]
pub struct Bounded<S> {
    bounds: Bounds,
    inner: S,
}

impl<S, B, R> Service<Request<B>> for Bounded<S>
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
        let bounds = self.bounds;
        let mut inner = take_ready(&mut self.inner);
        Box::pin(async move {
            let (head, body) = request.into_parts();
            if declared(&head.headers).is_some_and(|bytes| bytes > bounds.body) {
                return Ok(too_large().response());
            }
            let verdict = Verdict::default();
            let until = tokio::time::sleep(bounds.read_within);
            let body = BoundedBody::new(Body::new(body), bounds.body, until, verdict.clone());
            let request = Request::from_parts(head, Body::new(body));
            let answer = tokio::time::timeout(bounds.answer_within, inner.call(request)).await;
            match (verdict.problem(), answer) {
                (Some(problem), _) => Ok(problem.response()),
                (None, Ok(answer)) => answer,
                (None, Err(_)) => Ok(Problem::new(StatusCode::GATEWAY_TIMEOUT)
                    .code("TIMEOUT")
                    .detail("it took longer than allowed")
                    .response()),
            }
        })
    }
}

/// What `Content-Length` says. What is no number is for the server to refuse, which frames by it; here it is held for too much.
fn declared(headers: &HeaderMap) -> Option<u64> {
    let value = headers.get(CONTENT_LENGTH)?;
    let number = value.to_str().ok().and_then(|text| text.trim().parse().ok());
    Some(number.unwrap_or(u64::MAX))
}
