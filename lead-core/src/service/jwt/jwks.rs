//! The keys of an issuer.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jsonwebtoken::jwk::{Jwk, JwkSet};
use serde_json::Value;

use super::JwtRefusal;
use crate::clock::{Clock, Timestamp};
use crate::record::SafeUrl;
use crate::seam::{CacheMode, Fetcher, Purpose, Request};
use crate::{Error, ErrorKind, Result};

/// Keys of a set that are read.
const MOST_KEYS: usize = 100;

/// A set of keys (RFC 7517 §5), as it was given, or fetched and kept.
///
/// A key that is not in the set has it fetched again, at most once in [`pace`](Self::pace); a set is fetched anew when it is older than
/// [`fresh`](Self::fresh), and one that cannot be is used until it is older than [`stale`](Self::stale). Tokens whose keys are known wait for nothing meanwhile.
#[derive(Clone, Debug)]
pub struct Jwks {
    from: Option<(Fetcher, SafeUrl)>,
    fresh: Duration,
    stale: Duration,
    pace: Duration,
    clock: Clock,
    shared: Arc<Shared>,
}

/// What all clones of a set know.
#[derive(Debug)]
struct Shared {
    kept: RwLock<Kept>,
    /// Held by whoever fetches: the others wait and look again.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Kept {
    keys: Arc<Vec<Jwk>>,
    fetched: Option<Timestamp>,
    tried: Option<Timestamp>,
}

impl Jwks {
    /// A set that stays as it is.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when it is none.
    pub fn fixed(json: &[u8]) -> Result<Self> {
        let keys = read(json).ok_or_else(|| Error::invalid("jwks", "a set of keys is wanted"))?;
        let kept = Kept {
            keys: Arc::new(keys),
            ..Kept::default()
        };
        Ok(Self::of(None, kept))
    }

    /// The set at an address, fetched when the first token comes: anew after an hour, used for a day, at most once a minute.
    pub fn at(url: SafeUrl, fetcher: Fetcher) -> Self {
        Self::of(Some((fetcher, url)), Kept::default())
    }

    fn of(from: Option<(Fetcher, SafeUrl)>, kept: Kept) -> Self {
        Self {
            from,
            fresh: Duration::from_hours(1),
            stale: Duration::from_hours(24),
            pace: Duration::from_mins(1),
            clock: Clock::system(),
            shared: Arc::new(Shared {
                kept: RwLock::new(kept),
                turn: tokio::sync::Mutex::default(),
            }),
        }
    }

    /// A set is fetched anew when it is older.
    pub fn fresh(mut self, time: Duration) -> Self {
        self.fresh = time;
        self
    }

    /// A set that cannot be fetched anew is used until it is older.
    pub fn stale(mut self, time: Duration) -> Self {
        self.stale = time;
        self
    }

    /// At least so long between two fetches, whatever tokens name.
    pub fn pace(mut self, time: Duration) -> Self {
        self.pace = time;
        self
    }

    /// Goes by this clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The key of this name; without a name the only one there is.
    pub(super) async fn key(&self, kid: Option<&str>) -> Result<Jwk, JwtRefusal> {
        let Some((fetcher, url)) = &self.from else {
            return find(&self.keys(), kid).ok_or(JwtRefusal::UnknownKey);
        };
        if let Some(key) = self.known(kid) {
            return Ok(key);
        }
        let _turn = self.shared.turn.lock().await;
        if let Some(key) = self.known(kid) {
            return Ok(key);
        }
        if self.may_fetch() {
            match fetch(fetcher, url).await {
                Ok(keys) => self.keep(keys),
                Err(error) => tracing::warn!(%error, "the keys of an issuer could not be fetched"),
            }
        }
        if self.is_stale() {
            return Err(JwtRefusal::Unavailable);
        }
        find(&self.keys(), kid).ok_or(JwtRefusal::UnknownKey)
    }

    fn keys(&self) -> Arc<Vec<Jwk>> {
        let kept = self.shared.kept.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&kept.keys)
    }

    fn age(&self) -> Option<Duration> {
        let kept = self.shared.kept.read().unwrap_or_else(PoisonError::into_inner);
        since(kept.fetched?, self.clock.now())
    }

    /// A key of a fresh set.
    fn known(&self, kid: Option<&str>) -> Option<Jwk> {
        self.age().filter(|age| *age < self.fresh)?;
        find(&self.keys(), kid)
    }

    fn is_stale(&self) -> bool {
        self.age().is_none_or(|age| age >= self.stale)
    }

    /// Whether it is time; that it was tried is noted.
    fn may_fetch(&self) -> bool {
        let now = self.clock.now();
        let mut kept = self.shared.kept.write().unwrap_or_else(PoisonError::into_inner);
        let waited = kept.tried.and_then(|tried| since(tried, now));
        let may = kept.tried.is_none() || waited.is_some_and(|waited| waited >= self.pace);
        if may {
            kept.tried = Some(now);
        }
        may
    }

    fn keep(&self, keys: Vec<Jwk>) {
        let now = self.clock.now();
        let mut kept = self.shared.kept.write().unwrap_or_else(PoisonError::into_inner);
        kept.keys = Arc::new(keys);
        kept.fetched = Some(now);
    }
}

fn since(then: Timestamp, now: Timestamp) -> Option<Duration> {
    Duration::try_from(now.duration_since(then)).ok()
}

fn find(keys: &[Jwk], kid: Option<&str>) -> Option<Jwk> {
    let key = match (kid, keys) {
        (Some(_), _) => keys.iter().find(|key| key.common.key_id.as_deref() == kid),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    key.cloned()
}

async fn fetch(fetcher: &Fetcher, url: &SafeUrl) -> Result<Vec<Jwk>> {
    let mut request = Request::get(url.clone())
        .purpose(Purpose::Api)
        .deadline(Duration::from_secs(10));
    request.cache = CacheMode::Bypass;
    let response = fetcher.fetch(request).await?.error_for_status()?;
    read(&response.body).ok_or_else(|| Error::new(ErrorKind::Decode, "service.jwks", "no set of keys"))
}

/// The keys of a set; those of kinds that are not known are left out (RFC 7517 §5).
fn read(json: &[u8]) -> Option<Vec<Jwk>> {
    let set: Value = serde_json::from_slice(json).ok()?;
    let keys = set.get("keys")?.as_array()?;
    let keys = keys.iter().take(MOST_KEYS).filter_map(|key| {
        let set = serde_json::json!({ "keys": [key] });
        serde_json::from_value::<JwkSet>(set).ok()?.keys.pop()
    });
    Some(keys.collect())
}
