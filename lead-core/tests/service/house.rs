//! A service to attack: leads of two tenants behind each way to say who asks.

use std::convert::Infallible;
use std::future::Ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures::future::poll_fn;
use futures::stream;
use http::request::Parts;
use http::{HeaderMap, Request, Response};
use http_body::Frame;
use http_body_util::{BodyExt, Full, StreamBody};
use lead_core::clock::{Clock, Timestamp};
use lead_core::record::TenantId;
use lead_core::service::{
    Body, Bounds, BoundsLayer, Caller, GateLayer, HeadersLayer, Problem, Require, Scope, SecurityHeaders,
};
use tower_layer::Layer;
use tower_service::Service;

pub(crate) const NOW: i64 = 1_800_000_000;
/// Bytes of a body that the service reads.
pub(crate) const MOST: usize = 1_000;

pub(crate) fn clock(second: i64) -> Clock {
    Clock::fixed(Timestamp::from_second(NOW + second).unwrap())
}

pub(crate) fn tenant(name: &str) -> TenantId {
    TenantId::new(name).unwrap()
}

pub(crate) fn scope() -> Scope {
    Scope::new("leads:read").unwrap()
}

/// A caller of this tenant's who may read.
pub(crate) fn reader(tenant: &str) -> Caller {
    Caller::new(self::tenant(tenant), "crm").unwrap().scope(scope())
}

/// Leads at `/tenants/<tenant>/leads/<id>`: `acme` and `other` have one each, number 1.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leads(pub(crate) Arc<AtomicUsize>);

impl Leads {
    fn answer(request: &Request<Body>) -> Result<&'static str, Problem> {
        let path: Vec<_> = request.uri().path().split('/').skip(1).collect();
        let &["tenants", owner, "leads", id] = path.as_slice() else {
            return Err(Problem::not_found());
        };
        let owner = TenantId::new(owner).map_err(|_| Problem::not_found())?;
        Caller::of(request.extensions()).unwrap().sees(&owner)?;
        if id == "1" {
            Ok("a lead")
        } else {
            Err(Problem::not_found())
        }
    }
}

impl Service<Request<Body>> for Leads {
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        self.0.fetch_add(1, Ordering::Relaxed);
        std::future::ready(Ok(match Self::answer(&request) {
            Ok(lead) => Response::new(Full::from(lead)),
            Err(problem) => problem.response(),
        }))
    }
}

/// What is sent after a head.
#[derive(Clone, Debug)]
pub(crate) enum Sent {
    /// Bytes at once.
    Whole(Vec<u8>),
    /// These bytes over and over, without a length.
    Endless(&'static [u8]),
    /// A byte every ten seconds.
    Drip(Vec<u8>),
}

impl Sent {
    fn body(self) -> Body {
        let frame = |bytes: Bytes| Ok::<_, Infallible>(Frame::data(bytes));
        match self {
            Self::Whole(bytes) => Body::from(Bytes::from(bytes)),
            Self::Endless(bytes) => Body::new(StreamBody::new(stream::repeat_with(move || {
                frame(Bytes::from_static(bytes))
            }))),
            Self::Drip(bytes) => Body::new(StreamBody::new(stream::unfold(
                bytes.into_iter(),
                move |mut left| async move {
                    tokio::time::sleep(Duration::from_secs(10)).await;
                    let byte = left.next()?;
                    Some((frame(Bytes::copy_from_slice(&[byte])), left))
                },
            ))),
        }
    }
}

/// An answer, read.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    /// Whether the service within was asked.
    pub(crate) reached: bool,
}

/// The layers around the leads: headers and bounds, a way to say who asks, and that it must be a reader.
pub(crate) struct House<S> {
    service: S,
    reached: Arc<AtomicUsize>,
}

type Inner = lead_core::service::Gate<Require, Leads>;

/// A house whose callers are known by the layer that `way` puts around the rest.
pub(crate) fn house<W>(
    way: impl FnOnce(Inner) -> W,
) -> House<impl Service<Request<Body>, Response = Response<Full<Bytes>>, Error = Infallible>>
where
    W: Service<Request<Body>, Response = Response<Full<Bytes>>, Error = Infallible> + Clone + Send + 'static,
    W::Future: Send,
{
    let leads = Leads::default();
    let reached = Arc::clone(&leads.0);
    let service = way(GateLayer::new(Require::caller().scope(scope())).layer(leads));
    let bounds = Bounds::new()
        .body(MOST as u64)
        .read_within(Duration::from_secs(30));
    let service = BoundsLayer::new(bounds).layer(service);
    let service = HeadersLayer::new(SecurityHeaders::api()).layer(service);
    House { service, reached }
}

impl<S> House<S>
where
    S: Service<Request<Body>, Response = Response<Full<Bytes>>, Error = Infallible>,
{
    pub(crate) async fn ask(&mut self, head: Parts, sent: Sent) -> Answer {
        let before = self.reached.load(Ordering::Relaxed);
        poll_fn(|cx| self.service.poll_ready(cx)).await.unwrap();
        let request = Request::from_parts(head, sent.body());
        let answer = self.service.call(request).await.unwrap();
        let (head, body) = answer.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
            reached: self.reached.load(Ordering::Relaxed) > before,
        }
    }
}
