//! The layer that sets them.

use std::sync::Arc;
use std::task::{Context, Poll};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::FutureExt;
use futures::future::BoxFuture;
use http::header::CONTENT_SECURITY_POLICY;
use http::{HeaderMap, HeaderValue, Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::SecurityHeaders;
use crate::service::chance;

/// The nonce of an answer, in the extensions of its request: `<script nonce="…">`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CspNonce(Arc<str>);

impl CspNonce {
    /// 128 bits by chance, as CSP Level 3 §7.1 asks for at the least.
    fn draw() -> Option<Self> {
        let bytes = chance::bytes::<16>().ok()?;
        Some(Self(STANDARD.encode(bytes).into()))
    }

    /// As it stands in the attribute.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Sets [`SecurityHeaders`] on every answer, those of layers within included: the outermost of all.
#[derive(Clone, Debug)]
pub struct HeadersLayer(Arc<SecurityHeaders>);

impl HeadersLayer {
    /// A layer that sets these.
    pub fn new(headers: SecurityHeaders) -> Self {
        Self(Arc::new(headers))
    }
}

impl<S> Layer<S> for HeadersLayer {
    type Service = Headers<S>;

    fn layer(&self, inner: S) -> Headers<S> {
        Headers {
            headers: Arc::clone(&self.0),
            inner,
        }
    }
}

/// A service whose answers have them.
#[derive(Clone, Debug)]
pub struct Headers<S> {
    headers: Arc<SecurityHeaders>,
    inner: S,
}

impl<S, B, R> Service<Request<B>> for Headers<S>
where
    S: Service<Request<B>, Response = Response<R>>,
    S::Future: Send + 'static,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Response<R>, S::Error>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let headers = Arc::clone(&self.headers);
        // Without a nonce the policy names one that no element has: scripts stay out.
        let nonce = CspNonce::draw().filter(|_| headers.csp.wants_nonce());
        let text = nonce.as_ref().map_or("none", CspNonce::as_str);
        let policy = HeaderValue::try_from(headers.csp.text(text)).ok();
        if let Some(nonce) = nonce {
            request.extensions_mut().insert(nonce);
        }
        let answer = self.inner.call(request).map(move |answer| {
            answer.map(|mut answer| {
                set(&headers, policy, answer.headers_mut());
                answer
            })
        });
        Box::pin(answer)
    }
}

fn set(headers: &SecurityHeaders, policy: Option<HeaderValue>, answer: &mut HeaderMap) {
    if let Some(policy) = policy {
        answer.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    for (name, value) in &headers.fixed {
        answer.entry(name).or_insert_with(|| value.clone());
    }
}
