//! What answers tell of limits, read by an independent parser of structured fields.

use std::time::Duration;

use http::HeaderMap;
use lead_core::clock::{Clock, Timestamp};
use lead_core::limit::http::{RateLimitFields, TooManyRequests};
use lead_core::seam::memory::MemoryLimiter;
use lead_core::seam::{Decision, Policy, PolicyState};
use proptest::prelude::*;
use sfv::{BareItem, List, ListEntry, Parser};

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_hours(1);

/// Name and parameters of each item.
type Items = Vec<(String, Vec<(String, i64)>)>;

/// A field as another implementation reads it.
fn items(headers: &HeaderMap, name: &str) -> Items {
    let text = headers[name].to_str().unwrap();
    let list: List = Parser::new(text)
        .parse()
        .unwrap_or_else(|fault| panic!("{text}: {fault}"));
    let integer = |value: &BareItem| match value {
        BareItem::Integer(number) => i64::from(*number),
        other => panic!("{text}: {other:?} is no integer"),
    };
    list.into_iter()
        .map(|entry| match entry {
            ListEntry::Item(item) => {
                let BareItem::String(name) = &item.bare_item else {
                    panic!("{text}: a policy is named by a string")
                };
                let params = item.params.iter();
                let params = params.map(|(key, value)| (key.as_str().to_owned(), integer(value)));
                (name.as_str().to_owned(), params.collect())
            }
            ListEntry::InnerList(_) => panic!("{text}: a list within the list"),
        })
        .collect()
}

fn written(fields: RateLimitFields, policies: &[Policy], decision: &Decision) -> HeaderMap {
    let mut headers = HeaderMap::new();
    fields.write(policies, decision, &mut headers);
    headers
}

fn item(name: &str, params: &[(&str, i64)]) -> (String, Vec<(String, i64)>) {
    let params = params.iter().map(|(key, value)| ((*key).to_owned(), *value));
    (name.to_owned(), params.collect())
}

fn limiter() -> MemoryLimiter {
    MemoryLimiter::new(Clock::fixed(Timestamp::UNIX_EPOCH))
}

#[test]
fn an_answer_names_each_policy_and_how_it_stands() {
    let policies = [
        Policy::new("user:somebody@example.com", 100, 60 * SECOND).burst(20),
        Policy::new("search:somebody|POST /search", 10, HOUR).cost(4),
        Policy::new("tick:x", 10, Duration::from_millis(500)),
        Policy::new("odd:x", 3, Duration::from_millis(1500)),
    ];
    let decision = limiter().check_now(&policies).unwrap();
    let headers = written(RateLimitFields::default(), &policies, &decision);
    assert_eq!(
        items(&headers, "ratelimit-policy"),
        [
            item("user", &[("q", 100), ("w", 60)]),
            item("search", &[("q", 10), ("w", 3600)]),
            item("tick", &[("q", 10)]),
            item("odd", &[("q", 3), ("w", 2)]),
        ]
    );
    assert_eq!(
        items(&headers, "ratelimit"),
        [
            item("user", &[("r", 19), ("t", 1)]),
            item("search", &[("r", 6), ("t", 1440)]),
            item("tick", &[("r", 9), ("t", 1)]),
            item("odd", &[("r", 2), ("t", 1)]),
        ]
    );
    assert_eq!(headers.len(), 2, "nothing else: {headers:?}");
}

#[test]
fn a_refusal_tells_when_to_come_back_in_both_places() {
    let limiter = limiter();
    let policies = [
        Policy::new("user:1", 10, HOUR).burst(1),
        Policy::new("all", 1000, HOUR),
    ];
    limiter.check_now(&policies).unwrap();
    let decision = limiter.check_now(&policies).unwrap();
    let headers = written(RateLimitFields::default().legacy(true), &policies, &decision);
    assert_eq!(headers["retry-after"], "360");
    assert_eq!(
        items(&headers, "ratelimit"),
        [
            item("user", &[("r", 0), ("t", 360)]),
            item("all", &[("r", 999), ("t", 4)])
        ]
    );
    for (name, value) in [("limit", "10"), ("remaining", "0"), ("reset", "360")] {
        assert_eq!(headers[format!("x-ratelimit-{name}")], value);
    }
    let headers = written(
        RateLimitFields::default().retry_after(false),
        &policies,
        &decision,
    );
    assert!(!headers.contains_key("retry-after") && !headers.contains_key("x-ratelimit-limit"));
}

#[test]
fn a_name_stands_once_and_a_policy_too() {
    let policies = [
        Policy::new("user:1", 10, SECOND),
        Policy::new("user:1", 1000, HOUR),
        Policy::new("user:1", 10, SECOND),
        Policy::new("", 5, SECOND),
        Policy::new("n\"a\\m\u{e9}\n:x", 5, SECOND),
    ];
    let decision = limiter().check_now(&policies).unwrap();
    let headers = written(RateLimitFields::default(), &policies, &decision);
    let names: Vec<String> = items(&headers, "ratelimit")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["user", "user-2", "default", "n\"a\\m__"]);
}

#[test]
fn without_policies_nothing_is_told() {
    let decision = limiter().check_now(&[]).unwrap();
    assert!(written(RateLimitFields::default().legacy(true), &[], &decision).is_empty());
}

#[test]
fn a_refusal_says_what_to_do_and_not_who_was_refused() {
    let limiter = limiter();
    let policies = [
        Policy::new("user:somebody@example.com", 10, HOUR)
            .burst(5)
            .cost(5),
        Policy::new("all:x", 1000, HOUR),
    ];
    assert!(
        TooManyRequests::response(
            &policies,
            &limiter.check_now(&policies).unwrap(),
            RateLimitFields::default()
        )
        .is_none()
    );
    let decision = limiter.check_now(&policies).unwrap();
    let response = TooManyRequests::response(&policies, &decision, RateLimitFields::default()).unwrap();
    assert_eq!(response.status(), 429);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.headers()["retry-after"], "1800");
    let problem: serde_json::Value = serde_json::from_str(response.body()).unwrap();
    assert_eq!(
        problem,
        serde_json::json!({
            "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
            "title": "Request cannot be satisfied as assigned quota has been exceeded",
            "status": 429,
            "detail": "The policy `user` allows 10 units in 1h, at most 5 at once, and this request costs 5. \
                       Wait 30m and send it again. One such request every 30m is never refused.",
            "retry-after": 1800,
            "violated-policies": ["user"],
        })
    );
    assert!(!format!("{response:?}").contains("somebody"));
}

/// What the problem advises is true: one such request every so often is never refused.
#[test]
fn the_advice_holds() {
    let hand = lead_core::seam::conformance::sample::HandClock::default();
    let limiter = MemoryLimiter::new(hand.clock());
    let policies = [Policy::new("user:1", 7, 60 * SECOND).burst(3).cost(2)];
    while limiter.check_now(&policies).unwrap().is_allowed() {}
    let problem = TooManyRequests::of(&policies, &limiter.check_now(&policies).unwrap()).unwrap();
    assert!(
        problem
            .detail
            .ends_with("One such request every 18s is never refused."),
        "{}",
        problem.detail
    );
    hand.advance(Duration::from_secs(problem.retry_after));
    for _ in 0..100 {
        assert!(limiter.check_now(&policies).unwrap().is_allowed());
        hand.advance(18 * SECOND);
    }
}

proptest! {
    /// Whatever policies are called and however they stand, the fields are lists that another implementation reads, of names that
    /// each stand once.
    #[test]
    fn any_policies_are_structured_fields(
        policies in proptest::collection::vec((".{0,80}", any::<u32>(), any::<u64>(), any::<u32>(), any::<u64>()), 1..8),
        wait in proptest::option::of(any::<u64>()),
    ) {
        let (policies, states): (Vec<Policy>, Vec<PolicyState>) = policies
            .into_iter()
            .map(|(key, quota, window, left, reset)| {
                let policy = Policy::new(key, quota, Duration::from_millis(window));
                (policy, PolicyState::new(left, Duration::from_millis(reset)))
            })
            .unzip();
        let decision = Decision::new(states, wait.map(Duration::from_millis));
        let headers = written(RateLimitFields::default().legacy(true), &policies, &decision);
        let (told, named) = (items(&headers, "ratelimit"), items(&headers, "ratelimit-policy"));
        let names: Vec<&String> = told.iter().map(|(name, _)| name).collect();
        prop_assert_eq!(&names, &named.iter().map(|(name, _)| name).collect::<Vec<_>>());
        let mut once = names.clone();
        once.sort_unstable();
        once.dedup();
        prop_assert_eq!(once.len(), names.len());
        if let Some(problem) = TooManyRequests::of(&policies, &decision) {
            prop_assert!(serde_json::from_str::<serde_json::Value>(&problem.to_json()).is_ok());
        }
    }
}
