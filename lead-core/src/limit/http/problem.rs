//! What is answered to a use that was refused.

use std::time::Duration;

use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};
use jiff::fmt::friendly::{Designator, SpanPrinter};
use serde::Serialize;

use super::RateLimitFields;
use super::fields::seconds;
use crate::seam::{Decision, Policy};

/// The problem type of draft-ietf-httpapi-ratelimit-headers-10 for quotas that are used up.
const TYPE: &str = "https://iana.org/assignments/http-problem-types#quota-exceeded";
const TITLE: &str = "Request cannot be satisfied as assigned quota has been exceeded";

/// The answer 429 as problem details (RFC 9457): which policies refused, and what to do about it. Nothing in it says who was
/// limited, nor what others used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct TooManyRequests {
    /// The problem's type, an address.
    pub r#type: &'static str,
    /// The type in words.
    pub title: &'static str,
    /// 429.
    pub status: u16,
    /// What was exceeded, and what to do.
    pub detail: String,
    /// Seconds to wait, as `Retry-After` has them.
    pub retry_after: u64,
    /// Names of the policies that refused.
    pub violated_policies: Vec<String>,
}

impl TooManyRequests {
    /// The media type of its JSON.
    pub const CONTENT_TYPE: &str = "application/problem+json";

    /// What to answer; `None` when the use was let through.
    ///
    /// ```
    /// use lead_core::limit::http::TooManyRequests;
    /// use lead_core::seam::{Policy, memory::MemoryLimiter};
    /// use std::time::Duration;
    ///
    /// let limiter = MemoryLimiter::default();
    /// let policies = [Policy::new("user:42", 60, Duration::from_secs(60)).burst(1)];
    /// assert!(TooManyRequests::of(&policies, &limiter.check_now(&policies)?).is_none());
    /// let problem = TooManyRequests::of(&policies, &limiter.check_now(&policies)?).unwrap();
    /// assert_eq!(
    ///     problem.detail,
    ///     "The policy `user` allows 60 units in 1m, at most 1 at once, and this request costs 1. \
    ///      Wait 1s and send it again. One such request every 1s is never refused."
    /// );
    /// # Ok::<(), lead_core::Error>(())
    /// ```
    pub fn of(policies: &[Policy], decision: &Decision) -> Option<Self> {
        let retry_after = seconds(decision.retry_after?).max(1);
        let refused: Vec<&Policy> = decision.refused_by(policies).map(|(policy, _)| policy).collect();
        let mut violated: Vec<String> = refused.iter().map(|policy| policy.name().to_owned()).collect();
        violated.dedup();
        let told = refused.iter().map(|policy| told(policy)).collect::<String>();
        let pace = refused
            .iter()
            .map(|policy| pace(policy))
            .max()
            .unwrap_or_default();
        let wait = words(Duration::from_secs(retry_after));
        let advice = if pace.is_zero() {
            String::new()
        } else {
            format!(" One such request every {} is never refused.", words(pace))
        };
        let detail = format!("{told}Wait {wait} and send it again.{advice}");
        Some(Self {
            r#type: TYPE,
            title: TITLE,
            status: StatusCode::TOO_MANY_REQUESTS.as_u16(),
            detail,
            retry_after,
            violated_policies: violated,
        })
    }

    /// Its JSON.
    pub fn to_json(&self) -> String {
        // A struct of texts and numbers is always JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The whole answer, with the fields that tell of limits; `None` when the use was let through. No cache may keep it.
    pub fn response(
        policies: &[Policy],
        decision: &Decision,
        fields: RateLimitFields,
    ) -> Option<Response<String>> {
        let problem = Self::of(policies, decision)?;
        let mut response = Response::new(problem.to_json());
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(Self::CONTENT_TYPE));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        fields.write(policies, decision, headers);
        Some(response)
    }
}

fn told(policy: &Policy) -> String {
    let at_once = if policy.burst == policy.quota {
        String::new()
    } else {
        format!(", at most {} at once", policy.burst)
    };
    let units = if policy.quota == 1 { "unit" } else { "units" };
    format!(
        "The policy `{}` allows {} {units} in {}{at_once}, and this request costs {}. ",
        policy.name(),
        policy.quota,
        words(policy.window),
        policy.cost
    )
}

/// The time after which the same use is let through again and again, in whole seconds above one.
fn pace(policy: &Policy) -> Duration {
    let pace = policy.interval().saturating_mul(policy.cost);
    if pace > Duration::from_secs(1) {
        Duration::from_secs(seconds(pace))
    } else {
        pace
    }
}

/// A time as people write it: `1h 30m`.
fn words(time: Duration) -> String {
    SpanPrinter::new()
        .designator(Designator::Compact)
        .unsigned_duration_to_string(&time)
}
