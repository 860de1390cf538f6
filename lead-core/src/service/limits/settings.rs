//! Whose request it is, and on which plan.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use http::request::Parts;

use crate::limit::http::{RateLimitFields, TrustedProxies};
use crate::limit::plans::{Party, Plan, Plans, Usage};
use crate::seam::Limiter;
use crate::service::{ApiKeyId, Caller};
use crate::{Error, ErrorKind, Result};

/// Who is connected, a proxy or the client: the server leaves it in the extensions of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

type PlanOf = Arc<dyn Fn(&Parts) -> Option<String> + Send + Sync>;
type UsageOf = Arc<dyn Fn(&Parts, Usage) -> Usage + Send + Sync>;

/// What requests are limited by: a [`Limiter`], plans, and how a request tells its parties.
///
/// What is counted is only what is known of a request, nothing it may say as it likes:
///
/// | party | is |
/// |---|---|
/// | `user`, `tenant` | the [`Caller`]'s subject and tenant |
/// | `api-key` | the [`ApiKeyId`] of the key that a [`ApiKeyGate`](crate::service::ApiKeyGate) opened |
/// | `address` | the client's behind [`proxies`](Self::proxies), from the [`Peer`] in the extensions |
/// | `endpoint`, `platform`, `host` | what [`usage`](Self::usage) says |
///
/// ```
/// use lead_core::limit::http::{ForwardedBy, TrustedProxies};
/// use lead_core::limit::plans::Plans;
/// use lead_core::seam::Limiter;
/// use lead_core::service::{Caller, Limits, LimitsLayer};
///
/// let plans = Plans::from_toml(r#"
///     [[plans]]
///     name = "free"
///     rules = [{ by = ["tenant", "user"], quota = 100, window = "1m" }]
///
///     [[plans]]
///     name = "paid"
///     rules = [{ by = ["tenant", "user"], quota = 10_000, window = "1m" }]
/// "#)?;
/// let limits = Limits::new(Limiter::memory(), plans, "free")?
///     .proxies(TrustedProxies::new(ForwardedBy::Forwarded, ["10.0.0.0/8"])?)
///     .plan_of(|head| {
///         let paid = Caller::of(&head.extensions)?.tenant().as_str() == "acme";
///         paid.then(|| "paid".to_owned())
///     })
///     .usage(|head, usage| usage.endpoint(&format!("{} /leads", head.method)));
/// let layer = LimitsLayer::new(limits);
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Limits {
    pub(super) limiter: Limiter,
    pub(super) fields: RateLimitFields,
    pub(super) pass_when_away: bool,
    plans: Plans,
    plan: String,
    plan_of: Option<PlanOf>,
    usage: Option<UsageOf>,
    proxies: TrustedProxies,
}

impl Limits {
    /// Requests are on the plan of that name, unless [`plan_of`](Self::plan_of) says another. No proxy is trusted.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when there is no such plan.
    pub fn new(limiter: Limiter, plans: Plans, plan: &str) -> Result<Self> {
        if plans.get(plan).is_none() {
            let error = Error::new(ErrorKind::Config, "service.limits", "there is no such plan");
            return Err(error.with("plan", plan));
        }
        Ok(Self {
            limiter,
            fields: RateLimitFields::default(),
            pass_when_away: false,
            plans,
            plan: plan.to_owned(),
            plan_of: None,
            usage: None,
            proxies: TrustedProxies::none(),
        })
    }

    /// Which plan a request is on. Where it says none, or one that is not there, the request is on the plan of all.
    pub fn plan_of(mut self, which: impl Fn(&Parts) -> Option<String> + Send + Sync + 'static) -> Self {
        self.plan_of = Some(Arc::new(which));
        self
    }

    /// Adds to what is known of a request, or changes it: its endpoint (as it is routed, `GET /leads/{id}`, or each id is counted
    /// apart), its host, what it costs.
    pub fn usage(mut self, known: impl Fn(&Parts, Usage) -> Usage + Send + Sync + 'static) -> Self {
        self.usage = Some(Arc::new(known));
        self
    }

    /// Takes the word of these about the client's address.
    pub fn proxies(mut self, proxies: TrustedProxies) -> Self {
        self.proxies = proxies;
        self
    }

    /// Tells of limits in these fields.
    pub fn fields(mut self, fields: RateLimitFields) -> Self {
        self.fields = fields;
        self
    }

    /// Whether requests pass that cannot be counted, because the limiter's backend is away. Unless they do, they are answered 503.
    pub fn pass_when_away(mut self, pass: bool) -> Self {
        self.pass_when_away = pass;
        self
    }

    /// The plan of a request, if it has rules at all.
    pub(super) fn plan(&self, head: &Parts) -> Option<&Plan> {
        let own = self.plan_of.as_ref().and_then(|which| which(head));
        let own = own.and_then(|name| self.plans.get(&name));
        own.or_else(|| self.plans.get(&self.plan))
            .filter(|plan| !plan.rules().is_empty())
    }

    /// Who takes part in a request; `None` when a plan limits by address and nobody said who is connected, as then such rules
    /// would hold nobody back.
    pub(super) fn parties(&self, plan: &Plan, head: &Parts) -> Option<Usage> {
        let mut usage = Usage::new();
        if let Some(caller) = Caller::of(&head.extensions) {
            usage = usage.user(caller.subject()).tenant(caller.tenant().as_str());
        }
        if let Some(key) = head.extensions.get::<ApiKeyId>() {
            usage = usage.api_key(key.as_str());
        }
        match head.extensions.get::<Peer>() {
            Some(Peer(peer)) => usage = usage.address(self.proxies.client(*peer, &head.headers)),
            None if by_address(plan) => return None,
            None => {}
        }
        Some(match &self.usage {
            Some(known) => known(head, usage),
            None => usage,
        })
    }
}

fn by_address(plan: &Plan) -> bool {
    let mut rules = plan.rules().iter();
    rules.any(|rule| rule.by.contains(&Party::Address) || rule.only.contains_key(&Party::Address))
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Plans name users in their overrides.
        f.debug_struct("Limits")
            .field("plan", &self.plan)
            .field("fields", &self.fields)
            .field("proxies", &self.proxies)
            .field("pass_when_away", &self.pass_when_away)
            .finish_non_exhaustive()
    }
}
