//! Keys whose holders are known.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::{KeyId, VerifyingKey};
use crate::clock::Timestamp;
use crate::service::Caller;

/// A key, whose it is, and when it holds.
#[derive(Clone, Debug)]
pub struct TrustedKey {
    key: VerifyingKey,
    caller: Caller,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl TrustedKey {
    /// A key of this caller's that holds until it is taken away.
    pub fn new(key: VerifyingKey, caller: Caller) -> Self {
        Self {
            key,
            caller,
            from: None,
            until: None,
        }
    }

    /// Holds from then on.
    pub fn from(mut self, from: Timestamp) -> Self {
        self.from = Some(from);
        self
    }

    /// Holds until then.
    pub fn until(mut self, until: Timestamp) -> Self {
        self.until = Some(until);
        self
    }

    fn holds(&self, now: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }
}

/// The keys of all callers, by their names. A cheaply cloned handle: keys come and go while requests are verified.
///
/// A key is rotated by adding the next under another name, and letting the old one run out when its holder has changed over:
///
/// ```
/// use lead_core::prelude::TenantId;
/// use lead_core::service::{Caller, KeyId, KeyRing, TrustedKey, VerifyingKey};
///
/// # let (now, in_a_week) = (lead_core::clock::instant("2026-01-31").unwrap(), lead_core::clock::instant("2026-02-07").unwrap());
/// let caller = Caller::new(TenantId::new("acme")?, "crm")?;
/// let (old, next) = (KeyId::new("2025")?, KeyId::new("2026")?);
/// let ring = KeyRing::new();
/// ring.add(old.clone(), TrustedKey::new(VerifyingKey::hmac_sha256(&[7; 32])?, caller.clone()));
///
/// ring.add(next, TrustedKey::new(VerifyingKey::hmac_sha256(&[9; 32])?, caller));
/// ring.retire(&old, in_a_week);
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct KeyRing(Arc<RwLock<HashMap<KeyId, TrustedKey>>>);

impl KeyRing {
    /// No keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// Trusts a key; one of the same name is replaced.
    pub fn add(&self, id: KeyId, key: TrustedKey) {
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        keys.insert(id, key);
    }

    /// Trusts a key until then and no longer. Whether there is one.
    pub fn retire(&self, id: &KeyId, until: Timestamp) -> bool {
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let key = keys.get_mut(id);
        let sooner = |key: &mut TrustedKey| key.until = Some(key.until.map_or(until, |own| own.min(until)));
        key.map(sooner).is_some()
    }

    /// Trusts a key no more.
    pub fn remove(&self, id: &KeyId) {
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        keys.remove(id);
    }

    /// The key of this name, if it holds now, and whose it is.
    pub(super) fn find(&self, id: &KeyId, now: Timestamp) -> Option<(VerifyingKey, Caller)> {
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let trusted = keys.get(id).filter(|trusted| trusted.holds(now))?;
        Some((trusted.key.clone(), trusted.caller.clone()))
    }
}
