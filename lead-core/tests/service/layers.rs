//! What each layer does by itself.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::Full;
use lead_core::clock::Clock;
use lead_core::service::{
    Body, Bounds, BoundsLayer, Csp, CspNonce, CspSource, Directive, GateLayer, HeadersLayer, KeyRing,
    Problem, Replays, Require, SecurityHeaders, SignatureLayer, Verifier,
};
use tower_layer::Layer;
use tower_service::Service;

use crate::house::{Leads, Sent, house};

/// A service of a function.
#[derive(Clone)]
struct Made<F>(F);

impl<F, A> Service<Request<Body>> for Made<F>
where
    F: FnMut(Request<Body>) -> A,
    A: Future<Output = http::Response<Full<Bytes>>>,
    A: Send + 'static,
{
    type Response = http::Response<Full<Bytes>>;
    type Error = std::convert::Infallible;
    type Future = futures::future::BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Self::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let answer = (self.0)(request);
        Box::pin(async move { Ok(answer.await) })
    }
}

fn request() -> Request<Body> {
    Request::get("/").body(Body::default()).unwrap()
}

#[tokio::test]
async fn every_answer_has_the_headers_and_a_route_may_set_its_own() {
    let inner = Made(|_: Request<Body>| async {
        let mut answer = http::Response::new(Full::default());
        answer
            .headers_mut()
            .insert("referrer-policy", "origin".parse().unwrap());
        answer
    });
    let mut service = HeadersLayer::new(SecurityHeaders::api()).layer(inner);
    let answer = service.call(request()).await.unwrap();
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(
        header("content-security-policy"),
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    assert_eq!(
        header("strict-transport-security"),
        "max-age=63072000; includeSubDomains"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("referrer-policy"), "origin");
    assert_eq!(header("cross-origin-opener-policy"), "same-origin");
    assert_eq!(header("cross-origin-resource-policy"), "same-origin");
    assert!(header("permissions-policy").contains("camera=()"));
}

/// Guards the nonce: the header's is the one the page was given, and no two answers share it.
#[tokio::test]
async fn each_page_has_a_nonce_of_its_own() {
    let inner = Made(|request: Request<Body>| {
        let nonce = request
            .extensions()
            .get::<CspNonce>()
            .unwrap()
            .as_str()
            .to_owned();
        async move { http::Response::new(Full::from(nonce)) }
    });
    let mut service = HeadersLayer::new(SecurityHeaders::pages()).layer(inner);
    let mut seen = Vec::new();
    for _ in 0..2 {
        let answer = service.call(request()).await.unwrap();
        let policy = answer.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        let nonce = http_body_util::BodyExt::collect(answer.into_body())
            .await
            .unwrap()
            .to_bytes();
        let nonce = String::from_utf8(nonce.to_vec()).unwrap();
        assert_eq!(nonce.len(), 24);
        assert!(
            policy.contains(&format!("script-src 'nonce-{nonce}' 'strict-dynamic'")),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"));
        seen.push(nonce);
    }
    assert_ne!(seen[0], seen[1]);
}

#[tokio::test]
async fn a_policy_is_the_applications() {
    let origin = CspSource::origin("https://cdn.example").unwrap();
    let headers = SecurityHeaders::api()
        .csp(Csp::api().allow(Directive::Image, origin))
        .without(&http::header::STRICT_TRANSPORT_SECURITY);
    let inner = Made(|_: Request<Body>| async { http::Response::new(Full::default()) });
    let mut service = HeadersLayer::new(headers).layer(inner);
    let answer = service.call(request()).await.unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("img-src https://cdn.example;"), "{policy}");
    assert!(!answer.headers().contains_key("strict-transport-security"));
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_come_is_given_up() {
    let inner = Made(|_: Request<Body>| async {
        tokio::time::sleep(Duration::from_hours(1)).await;
        http::Response::new(Full::default())
    });
    let bounds = Bounds::new().answer_within(Duration::from_secs(5));
    let mut service = BoundsLayer::new(bounds).layer(inner);
    assert_eq!(
        service.call(request()).await.unwrap().status(),
        StatusCode::GATEWAY_TIMEOUT
    );
}

/// Guards what a service may do with a body: one that hides the error of a bound does not hide the bound.
#[tokio::test]
async fn a_bound_is_told_whatever_the_service_makes_of_it() {
    let inner = Made(|request: Request<Body>| async move {
        let fine = request.into_body().bytes().await.is_ok();
        http::Response::new(Full::from(if fine { "fine" } else { "never mind" }))
    });
    let mut service = BoundsLayer::new(Bounds::new().body(4)).layer(inner);
    for (body, status) in [("four", 200), ("fives", 413)] {
        let body =
            http_body_util::StreamBody::new(futures::stream::iter([Ok::<_, std::convert::Infallible>(
                http_body::Frame::data(Bytes::from_static(body.as_bytes())),
            )]));
        let request = Request::post("/").body(Body::new(body)).unwrap();
        assert_eq!(service.call(request).await.unwrap().status(), status);
    }
}

/// Guards `optional`: it lets pass what has no signature as nobody's, and nothing that has a wrong one.
#[tokio::test]
async fn an_optional_way_knows_nobody_by_itself() {
    let verifier = Verifier::new(KeyRing::new(), Replays::memory(9)).clock(Clock::system());
    let layer = SignatureLayer::new(verifier).optional();
    let mut house = house(|inner| layer.layer(inner));
    let (head, ()) = Request::get("/tenants/acme/leads/1")
        .body(())
        .unwrap()
        .into_parts();
    let answer = house.ask(head.clone(), Sent::Whole(Vec::new())).await;
    assert_eq!((answer.status, answer.reached), (401, false));
    let mut wrong = head;
    wrong.headers.insert("signature", "sig1=:AAAA:".parse().unwrap());
    let answer = house.ask(wrong, Sent::Whole(Vec::new())).await;
    assert_eq!((answer.status, answer.reached), (401, false));
}

/// Guards the room left for limits: a gate of the application's own stands where it likes.
#[tokio::test]
async fn an_application_has_gates_of_its_own() {
    #[derive(Debug)]
    struct Once(lead_core::seam::Limiter);

    impl lead_core::service::Admit for Once {
        async fn admit(&self, _: &mut http::request::Parts) -> Result<(), Problem> {
            let policy = lead_core::seam::Policy::new("all", 1, Duration::from_mins(1));
            let decision = self.0.check(&[policy]).await?;
            match decision.retry_after {
                None => Ok(()),
                Some(wait) => Err(Problem::new(StatusCode::TOO_MANY_REQUESTS).retry_after(wait)),
            }
        }
    }

    let inner = GateLayer::new(Require::caller()).layer(Leads::default());
    let mut service = GateLayer::new(Once(lead_core::seam::Limiter::memory())).layer(inner);
    assert_eq!(service.call(request()).await.unwrap().status(), 401);
    let answer = service.call(request()).await.unwrap();
    assert_eq!(answer.status(), 429);
    assert!(answer.headers().contains_key("retry-after"));
}
