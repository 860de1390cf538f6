//! Limits of requests: who is counted, what is told, what is answered.

use std::net::IpAddr;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Request};
use http_body_util::BodyExt;
use lead_core::clock::Clock;
use lead_core::limit::http::{ForwardedBy, RateLimitFields, TrustedProxies};
use lead_core::limit::plans::Plans;
use lead_core::seam::memory::MemoryLimiter;
use lead_core::seam::{Decision, Limit, Limiter, Policy, State};
use lead_core::service::{
    ApiKeyGate, ApiKeys, Body, GateLayer, KeyPrefix, Limits, LimitsLayer, NewApiKey, Peer,
};
use lead_core::{Error, ErrorKind};
use serde_json::{Value, json};
use tower_layer::Layer;
use tower_service::Service;

use crate::house::{Leads, clock, reader};

const PLANS: &str = r#"
    [[plans]]
    name = "address"
    rules = [{ by = "address", quota = 2, window = "1m" }]

    [[plans]]
    name = "caller"
    rules = [
        { by = ["tenant", "user"], quota = 3, window = "1m" },
        { by = "api-key", quota = 2, window = "1h" },
        { by = ["user", "endpoint"], only = { endpoint = ["GET /leads/{id}"] }, quota = 60, burst = 1, window = "1m" },
    ]

    [[plans.overrides]]
    by = "user"
    is = "somebody"
    unlimited = true

    [[plans]]
    name = "wide"
    rules = [{ by = ["tenant", "user"], quota = 1000, window = "1m" }]

    [[plans]]
    name = "all"
"#;

fn limits(plan: &str) -> Limits {
    let limiter = Limiter::new(MemoryLimiter::new(clock(0)));
    Limits::new(limiter, Plans::from_toml(PLANS).unwrap(), plan).unwrap()
}

fn head(peer: &str) -> Parts {
    let (mut head, ()) = Request::get("/tenants/acme/leads/1")
        .body(())
        .unwrap()
        .into_parts();
    reader("acme").enter(&mut head.extensions).unwrap();
    if let Ok(peer) = peer.parse::<IpAddr>() {
        head.extensions.insert(Peer(peer));
    }
    head
}

/// Status, fields, and JSON where there is any.
async fn ask<S>(service: &mut S, head: Parts) -> (u16, HeaderMap, Value)
where
    S: Service<Request<Body>, Response = http::Response<http_body_util::Full<Bytes>>>,
    S::Error: std::fmt::Debug,
{
    let answer = service
        .call(Request::from_parts(head, Body::default()))
        .await
        .unwrap();
    let (head, body) = answer.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (
        head.status.as_u16(),
        head.headers,
        serde_json::from_slice(&body).unwrap_or_default(),
    )
}

async fn statuses<S>(service: &mut S, heads: impl IntoIterator<Item = Parts>) -> Vec<u16>
where
    S: Service<Request<Body>, Response = http::Response<http_body_util::Full<Bytes>>>,
    S::Error: std::fmt::Debug,
{
    let mut statuses = Vec::new();
    for head in heads {
        statuses.push(ask(service, head).await.0);
    }
    statuses
}

#[tokio::test]
async fn who_passes_is_told_how_it_stands_and_who_does_not_what_to_do() {
    let leads = Leads::default();
    let mut service = LimitsLayer::new(limits("address")).layer(leads.clone());
    let (status, headers, _) = ask(&mut service, head("192.0.2.1")).await;
    assert_eq!(status, 200);
    assert_eq!(headers["ratelimit-policy"], "\"address\";q=2;w=60");
    assert_eq!(headers["ratelimit"], "\"address\";r=1;t=30");
    assert!(!headers.contains_key("retry-after"));
    ask(&mut service, head("192.0.2.1")).await;

    let (status, headers, body) = ask(&mut service, head("192.0.2.1")).await;
    assert_eq!(status, 429);
    assert_eq!(headers["content-type"], "application/problem+json");
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["retry-after"], "30");
    assert_eq!(headers["ratelimit"], "\"address\";r=0;t=30");
    let wanted = json!({
        "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
        "title": "Request cannot be satisfied as assigned quota has been exceeded",
        "status": 429,
        "detail": "The policy `address` allows 2 units in 1m, and this request costs 1. Wait 30s and send it again. \
                   One such request every 30s is never refused.",
        "code": "RATE_LIMITED",
        "retry-after": 30,
        "violated-policies": ["address"],
    });
    assert_eq!(body, wanted);
    assert_eq!(
        leads.0.load(std::sync::atomic::Ordering::Relaxed),
        2,
        "who is refused costs no work"
    );

    let (_, headers, _) = ask(&mut service, head("192.0.2.2")).await;
    assert_eq!(
        headers["ratelimit"], "\"address\";r=1;t=30",
        "another is counted apart"
    );
}

/// Guards against walking past limits by a field that anybody may send.
#[tokio::test]
async fn only_a_trusted_proxy_says_whose_request_it_is() {
    let proxies = TrustedProxies::new(ForwardedBy::XForwardedFor, ["10.0.0.0/8"]).unwrap();
    let mut service = LimitsLayer::new(limits("address").proxies(proxies)).layer(Leads::default());
    let from = |peer: &str, forwarded: &str| {
        let mut head = head(peer);
        head.headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        head
    };
    let invented = (0..4).map(|number| from("203.0.113.9", &format!("192.0.2.{number}")));
    assert_eq!(statuses(&mut service, invented).await, [200, 200, 429, 429]);
    let left = (0..4).map(|number| from("10.0.0.1", &format!("192.0.2.{number}, 198.51.100.7")));
    assert_eq!(statuses(&mut service, left).await, [200, 200, 429, 429]);
    let others = (0..4).map(|number| from("10.0.0.1", &format!("198.51.100.7, 192.0.2.{number}")));
    assert_eq!(statuses(&mut service, others).await, [200; 4]);
    let subscriber = (0..3).map(|number| head(&format!("2001:db8::{number}")));
    assert_eq!(statuses(&mut service, subscriber).await, [200, 200, 429]);
}

#[tokio::test]
async fn a_caller_is_counted_by_what_was_proved() {
    let keys = ApiKeys::new(State::memory(), KeyPrefix::new("lead").unwrap()).clock(clock(0));
    let (key, _) = keys.issue(NewApiKey::new(reader("acme"))).await.unwrap();
    let service = LimitsLayer::new(limits("caller")).layer(Leads::default());
    let mut service = GateLayer::new(ApiKeyGate::new(keys).optional()).layer(service);
    let with = |text: &str| {
        let mut head = head("192.0.2.1");
        head.headers.insert("x-api-key", text.parse().unwrap());
        head
    };
    // Two an hour of this key, all or nothing: the user's third is not used up by it.
    let heads = (0..4).map(|_| with(key.expose()));
    assert_eq!(statuses(&mut service, heads).await, [200, 200, 429, 429]);
    let (status, headers, _) = ask(&mut service, head("192.0.2.1")).await;
    assert_eq!(status, 200);
    assert_eq!(headers["ratelimit-policy"], "\"tenant-user\";q=3;w=60");
    let (status, _, body) = ask(&mut service, head("192.0.2.1")).await;
    assert_eq!(
        (status, &body["violated-policies"]),
        (429, &json!(["tenant-user"]))
    );
    assert!(!body.to_string().contains("crm"), "{body}");
}

#[tokio::test]
async fn an_application_says_plan_endpoint_and_cost() {
    let plan = |head: &Parts| Some(head.headers.get("plan")?.to_str().ok()?.to_owned());
    let limits = limits("caller").plan_of(plan).usage(|head, usage| {
        let cost = head.headers.get("cost").map_or(1, |_| 9);
        usage.endpoint("GET /leads/{id}").cost(cost)
    });
    let mut service = LimitsLayer::new(limits).layer(Leads::default());
    assert_eq!(
        statuses(&mut service, [head(""), head("")]).await,
        [200, 429],
        "one at once at this endpoint"
    );
    let on = |plan: &str| {
        let mut head = head("");
        head.headers.insert("plan", plan.parse().unwrap());
        head
    };
    let (status, headers, _) = ask(&mut service, on("wide")).await;
    assert_eq!(
        (status, &headers["ratelimit-policy"]),
        (200, &"\"tenant-user\";q=1000;w=60".parse().unwrap())
    );
    let (status, headers, _) = ask(&mut service, on("all")).await;
    assert_eq!((status, headers.contains_key("ratelimit")), (200, false));
    assert_eq!(
        ask(&mut service, on("no such plan")).await.0,
        429,
        "then that of all holds"
    );

    let mut dear = head("");
    dear.headers.insert("cost", "9".parse().unwrap());
    let (status, _, body) = ask(&mut service, dear).await;
    assert_eq!(
        (status, &body["detail"]),
        (400, &json!("costs more than may be used at once"))
    );
}

#[tokio::test]
async fn of_layers_within_each_other_the_innermost_tells() {
    let service = LimitsLayer::new(limits("wide")).layer(Leads::default());
    let fields = RateLimitFields::default().legacy(true);
    let mut service = LimitsLayer::new(limits("address").fields(fields)).layer(service);
    let (_, headers, _) = ask(&mut service, head("192.0.2.1")).await;
    assert_eq!(headers["ratelimit"], "\"tenant-user\";r=999;t=1");
    assert_eq!(headers.get_all("ratelimit-policy").iter().count(), 1);
    ask(&mut service, head("192.0.2.1")).await;
    let (status, headers, _) = ask(&mut service, head("192.0.2.1")).await;
    assert_eq!(
        (status, &headers["x-ratelimit-limit"]),
        (429, &"2".parse().unwrap())
    );
}

/// Guards a plan by address that would hold nobody back.
#[tokio::test]
async fn without_a_peer_there_is_no_limit_by_address_and_so_no_answer() {
    let mut service = LimitsLayer::new(limits("address")).layer(Leads::default());
    assert_eq!(ask(&mut service, head("")).await.0, 500);
    let mut service = LimitsLayer::new(limits("caller")).layer(Leads::default());
    assert_eq!(ask(&mut service, head("")).await.0, 200);
}

#[derive(Debug)]
struct Away;

impl Limit for Away {
    async fn check(&self, _: &[Policy]) -> lead_core::Result<Decision> {
        Err(Error::new(ErrorKind::Network, "limit", "away at redis://s3cret@host").temporary())
    }
}

#[tokio::test]
async fn what_cannot_be_counted_is_refused_unless_told_otherwise() {
    let plans = || Plans::from_toml(PLANS).unwrap();
    let limits = || Limits::new(Limiter::new(Away), plans(), "wide").unwrap();
    let mut service = LimitsLayer::new(limits()).layer(Leads::default());
    let (status, _, body) = ask(&mut service, head("")).await;
    assert_eq!(status, 503);
    assert!(!body.to_string().contains("s3cret"), "{body}");
    let mut service = LimitsLayer::new(limits().pass_when_away(true)).layer(Leads::default());
    let (status, headers, _) = ask(&mut service, head("")).await;
    assert_eq!((status, headers.contains_key("ratelimit")), (200, false));
}

#[test]
fn a_plan_must_be_there_and_nobody_is_shown() {
    let limiter = Limiter::new(MemoryLimiter::new(Clock::system()));
    let missing = Limits::new(limiter, Plans::from_toml(PLANS).unwrap(), "gold");
    assert_eq!(missing.unwrap_err().kind(), ErrorKind::Config);
    assert!(!format!("{:?}", limits("caller")).contains("somebody"));
}
