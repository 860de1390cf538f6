//! What an answer tells of limits.

use std::collections::HashSet;
use std::time::Duration;

use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::seam::{Decision, Policy, PolicyState};

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEGACY_LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const LEGACY_REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const LEGACY_RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// The most characters of a policy's name.
const LONGEST_NAME: usize = 64;

/// The fields of an answer that tell of limits.
///
/// `RateLimit-Policy` and `RateLimit` are those of draft-ietf-httpapi-ratelimit-headers-10: lists of structured fields (RFC 9651)
/// that name each policy by its [`name`](Policy::name), never by who is limited. Seconds are rounded up; a window of less than one
/// is not told, as the draft has no words for it. Where a policy refused, its `t` is what `Retry-After` says.
///
/// ```
/// use lead_core::limit::http::RateLimitFields;
/// use lead_core::seam::{Policy, memory::MemoryLimiter};
/// use std::time::Duration;
///
/// let policies = [Policy::new("user:42", 100, Duration::from_secs(60))];
/// let decision = MemoryLimiter::default().check_now(&policies)?;
/// let mut headers = http::HeaderMap::new();
/// RateLimitFields::default().write(&policies, &decision, &mut headers);
/// assert_eq!(headers["ratelimit-policy"], "\"user\";q=100;w=60");
/// assert_eq!(headers["ratelimit"], "\"user\";r=99;t=1");
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimitFields {
    legacy: bool,
    retry_after: bool,
}

impl Default for RateLimitFields {
    /// Those of the draft, and `Retry-After` when a use was refused.
    fn default() -> Self {
        Self {
            legacy: false,
            retry_after: true,
        }
    }
}

impl RateLimitFields {
    /// Whether `X-RateLimit-Limit`, `-Remaining` and `-Reset` are told, too: those of the policy that has the least left.
    /// They were never agreed upon; the reset is in seconds from now here, as most have it.
    pub const fn legacy(mut self, told: bool) -> Self {
        self.legacy = told;
        self
    }

    /// Whether `Retry-After` (RFC 9110, 10.2.3) is told when a use was refused.
    pub const fn retry_after(mut self, told: bool) -> Self {
        self.retry_after = told;
        self
    }

    /// Sets the fields for what was decided about `policies`. Without policies there is nothing to tell.
    pub fn write(&self, policies: &[Policy], decision: &Decision, headers: &mut HeaderMap) {
        let told = told(policies, decision);
        let set = |headers: &mut HeaderMap, name, text: String| {
            if let Ok(value) = HeaderValue::try_from(text) {
                headers.insert(name, value);
            }
        };
        if !told.is_empty() {
            set(headers, RATE_LIMIT_POLICY, list(&told, Told::policy));
            set(headers, RATE_LIMIT, list(&told, Told::state));
        }
        if let Some(least) = told.iter().min_by_key(|told| told.left()).filter(|_| self.legacy) {
            set(headers, LEGACY_LIMIT, least.policy.quota.to_string());
            set(headers, LEGACY_REMAINING, least.state.remaining.to_string());
            set(headers, LEGACY_RESET, least.reset.to_string());
        }
        if let Some(wait) = decision.retry_after.filter(|_| self.retry_after) {
            set(headers, RETRY_AFTER, seconds(wait).max(1).to_string());
        }
    }
}

/// One policy that is told of.
struct Told<'a> {
    name: String,
    policy: &'a Policy,
    state: &'a PolicyState,
    /// Seconds until it is whole, or may be used again.
    reset: u64,
}

impl Told<'_> {
    fn policy(&self) -> String {
        let window = self.policy.window;
        let window = if window < Duration::from_secs(1) {
            String::new()
        } else {
            format!(";w={}", seconds(window))
        };
        format!("\"{}\";q={}{window}", self.name, self.policy.quota)
    }

    fn state(&self) -> String {
        format!("\"{}\";r={};t={}", self.name, self.state.remaining, self.reset)
    }

    /// For order: the least left, and of those the one that takes longest.
    fn left(&self) -> (u32, std::cmp::Reverse<u64>) {
        (self.state.remaining, std::cmp::Reverse(self.reset))
    }
}

fn list<'a>(told: &[Told<'a>], item: impl Fn(&Told<'a>) -> String) -> String {
    told.iter().map(item).collect::<Vec<_>>().join(", ")
}

/// Each policy once, under a name of its own: a list that names one twice may not be sent.
fn told<'a>(policies: &'a [Policy], decision: &'a Decision) -> Vec<Told<'a>> {
    let mut taken = HashSet::new();
    let mut all: Vec<Told<'a>> = Vec::with_capacity(policies.len());
    for (policy, state) in policies.iter().zip(&decision.states) {
        if all.iter().any(|told| told.policy.counts_with(policy)) {
            continue;
        }
        let wait = decision.retry_after.filter(|_| state.remaining < policy.cost);
        let name = name(policy.name(), &mut taken);
        all.push(Told {
            name,
            policy,
            state,
            reset: seconds(wait.unwrap_or(state.reset_after())),
        });
    }
    all
}

/// A name as the inside of a string of structured fields (RFC 9651, 3.3.3), which is printable ASCII. One that is taken gets a
/// number.
fn name(name: &str, taken: &mut HashSet<String>) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.chars().take(LONGEST_NAME) {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            ' '..='~' => text.push(c),
            _ => text.push('_'),
        }
    }
    if text.is_empty() {
        "default".clone_into(&mut text);
    }
    let mut own = text.clone();
    let mut number = 2_u32;
    while !taken.insert(own.clone()) {
        own = format!("{text}-{number}");
        number += 1;
    }
    own
}

/// Whole seconds, rounded up, as far as an integer of structured fields goes (15 digits).
pub(super) fn seconds(time: Duration) -> u64 {
    let whole = time.as_secs().saturating_add(u64::from(time.subsec_nanos() > 0));
    whole.min(999_999_999_999_999)
}
