//! Who verifies.

use std::time::Duration;

use http::request::Parts;

use super::base::base;
use super::content::{self, CONTENT_DIGEST};
use super::params::{Params, written};
use super::signer::OF_BODIES;
use super::{Component, KeyId, KeyRing, Refusal, Replays, labels};
use crate::clock::{Clock, Timestamp};
use crate::service::Caller;

/// Verifies requests: what must be covered, how old a signature may be, and that it comes once.
///
/// Unless told otherwise: one signature, over method, authority, path and query, and of a body its digest, and its type and encoding where
/// they are said; with `created`, `keyid` and `nonce`; made within the last five minutes, by a clock that is at most thirty seconds ahead.
///
/// ```
/// use lead_core::service::{KeyRing, Replays, SignatureLayer, Verifier};
///
/// let verifier = Verifier::new(KeyRing::new(), Replays::memory(10_000));
/// let layer = SignatureLayer::new(verifier);
/// ```
#[derive(Clone, Debug)]
pub struct Verifier {
    ring: KeyRing,
    replays: Replays,
    required: Vec<Component>,
    label: Option<String>,
    scheme: String,
    window: Duration,
    ahead: Duration,
    clock: Clock,
}

/// A head whose signature holds: what is left is its body, and that it comes for the first time.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) caller: Caller,
    id: KeyId,
    nonce: String,
    now: Timestamp,
    covered: Vec<Component>,
}

impl Head {
    /// Whether a body may follow at all.
    pub(super) fn may_have_body(&self) -> bool {
        self.covered.contains(&Component::Field(CONTENT_DIGEST))
    }
}

impl Verifier {
    /// Trusts the keys of `ring`.
    pub fn new(ring: KeyRing, replays: Replays) -> Self {
        Self {
            ring,
            replays,
            required: vec![
                Component::Method,
                Component::Authority,
                Component::Path,
                Component::Query,
            ],
            label: None,
            scheme: "https".to_owned(),
            window: Duration::from_mins(5),
            ahead: Duration::from_secs(30),
            clock: Clock::system(),
        }
    }

    /// This must be covered, too. `@target-uri` covers its parts.
    pub fn require(mut self, component: Component) -> Self {
        self.required.push(component);
        self
    }

    /// The signature of this label counts, whatever others proxies on the way add.
    pub fn label(mut self, label: &str) -> Self {
        self.label = Some(label.to_owned());
        self
    }

    /// The scheme that callers ask by; `https` unless told.
    pub fn scheme(mut self, scheme: &str) -> Self {
        self.scheme = scheme.to_ascii_lowercase();
        self
    }

    /// How old a signature may be. Nonces are remembered as long.
    pub fn window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// How far a caller's clock may be ahead of ours.
    pub fn ahead(mut self, ahead: Duration) -> Self {
        self.ahead = ahead;
        self
    }

    /// Goes by this clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Verifies a request that is there as a whole, and uses its nonce. [`SignatureLayer`](super::SignatureLayer) reads a body only when the
    /// head is right.
    ///
    /// # Errors
    /// Why it is not taken.
    pub async fn verify(&self, head: &Parts, body: &[u8]) -> Result<Caller, Refusal> {
        let verified = self.head(head)?;
        self.body(verified, head, body).await
    }

    /// All that can be said before the body is read.
    pub(super) fn head(&self, head: &Parts) -> Result<Head, Refusal> {
        let labelled = labels::read(&head.headers, self.label.as_deref())?;
        let params = Params::of_list(&labelled.input)?;
        if !self.required.iter().all(|component| covers(&params, component)) {
            return Err(Refusal::NotCovered);
        }
        let now = self.clock.now();
        self.timely(&params, now)?;
        let (Some(id), Some(nonce)) = (&params.keyid, &params.nonce) else {
            return Err(Refusal::Parameter);
        };
        let id = KeyId::new(id).map_err(|_| Refusal::UnknownKey)?;
        let (key, caller) = self.ring.find(&id, now).ok_or(Refusal::UnknownKey)?;
        if params.alg.as_ref().is_some_and(|alg| alg != key.algorithm()) {
            return Err(Refusal::Algorithm);
        }
        let base = base(&params.components, &written(&labelled.input), head, &self.scheme)?;
        if !key.verifies(&base, &labelled.signature) {
            return Err(Refusal::Forged);
        }
        Ok(Head {
            caller,
            id,
            nonce: nonce.clone(),
            now,
            covered: params.components,
        })
    }

    /// The body, and that the nonce is used for the first time.
    pub(super) async fn body(&self, verified: Head, head: &Parts, body: &[u8]) -> Result<Caller, Refusal> {
        if verified.may_have_body() {
            content::check(&head.headers, body)?;
        }
        if !body.is_empty() {
            let mut there = OF_BODIES
                .into_iter()
                .filter(|name| head.headers.contains_key(name));
            let all = there.all(|name| verified.covered.contains(&Component::Field(name)));
            if !(all && verified.may_have_body()) {
                return Err(Refusal::NotCovered);
            }
        }
        let keep = self
            .window
            .saturating_add(self.ahead)
            .saturating_add(Duration::from_secs(1));
        self.replays
            .first_use(&verified.id, &verified.nonce, verified.now, keep)
            .await?;
        Ok(verified.caller)
    }

    fn timely(&self, params: &Params, now: Timestamp) -> Result<(), Refusal> {
        let now = now.as_second();
        let seconds = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
        let created = params.created.ok_or(Refusal::Parameter)?;
        if created > now.saturating_add(seconds(self.ahead)) {
            return Err(Refusal::Early);
        }
        let expired = params.expires.is_some_and(|expires| expires <= now);
        if expired || now.saturating_sub(created) > seconds(self.window) {
            return Err(Refusal::Late);
        }
        Ok(())
    }
}

fn covers(params: &Params, wanted: &Component) -> bool {
    params.components.iter().any(|covered| wanted.is_within(covered))
}
