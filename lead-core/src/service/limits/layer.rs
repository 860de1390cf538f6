//! The layer that holds to them.

use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures::future::BoxFuture;
use http::request::Parts;
use http::{HeaderMap, Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::Limits;
use super::refusal::{nowhere, too_many, uncounted};
use crate::limit::http::RateLimitFields;
use crate::seam::{Decision, Policy};
use crate::service::Problem;
use crate::service::gate::take_ready;

/// Charges each request to its plan before it is handed on, and answers 429 when a rule refuses. Both answers tell in
/// [`RateLimitFields`] how the rules stand.
///
/// Several may stand one within another, each with a plan of its own: by address outside, where a flood costs no cryptography, by caller
/// within. The innermost that a request came to is the one that tells.
#[derive(Clone, Debug)]
pub struct LimitsLayer(Arc<Limits>);

impl LimitsLayer {
    /// A layer that holds requests to these.
    pub fn new(limits: Limits) -> Self {
        Self(Arc::new(limits))
    }
}

impl<S> Layer<S> for LimitsLayer {
    type Service = Limited<S>;

    fn layer(&self, inner: S) -> Limited<S> {
        Limited {
            limits: Arc::clone(&self.0),
            inner,
        }
    }
}

/// A service whose requests are limited.
#[derive(Clone, Debug)]
pub struct Limited<S> {
    limits: Arc<Limits>,
    inner: S,
}

impl<S, B, R> Service<Request<B>> for Limited<S>
where
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
        let limits = Arc::clone(&self.limits);
        let mut inner = take_ready(&mut self.inner);
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let (verdict, told) = match limits.charge(&head).await {
                Ok(None) => (None, None),
                Ok(Some(told)) => (too_many(&told.0, &told.1), Some(told)),
                Err(problem) => (Some(problem), None),
            };
            let mut answer = match verdict {
                None => inner.call(Request::from_parts(head, body)).await?,
                Some(problem) => problem.response(),
            };
            if let Some((policies, decision)) = told {
                tell(limits.fields, &policies, &decision, answer.headers_mut());
            }
            Ok(answer)
        })
    }
}

/// What was asked of the limiter, and what it said.
type Told = (Vec<Policy>, Decision);

impl Limits {
    /// Charges a request. `None` when nothing limits it, or it passes without being counted.
    async fn charge(&self, head: &Parts) -> Result<Option<Told>, Problem> {
        let Some(plan) = self.plan(head) else {
            return Ok(None);
        };
        let usage = self.parties(plan, head).ok_or_else(nowhere)?;
        let policies = plan.policies(&usage);
        if policies.is_empty() {
            return Ok(None);
        }
        match self.limiter.check(&policies).await {
            Ok(decision) => Ok(Some((policies, decision))),
            Err(error) if self.pass_when_away && error.kind() != crate::ErrorKind::InvalidInput => Ok(None),
            Err(error) => Err(uncounted(&error)),
        }
    }
}

/// Sets the fields, unless a layer within has told already.
fn tell(fields: RateLimitFields, policies: &[Policy], decision: &Decision, headers: &mut HeaderMap) {
    let mut own = HeaderMap::new();
    fields.write(policies, decision, &mut own);
    let told = own.keys().any(|name| headers.contains_key(name));
    if !told {
        headers.extend(own);
    }
}
