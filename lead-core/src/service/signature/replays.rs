//! Nonces that were used.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use data_encoding::HEXLOWER;

use super::{KeyId, Refusal};
use crate::clock::Timestamp;
use crate::seam::State;
use crate::service::digest::sha256;

/// Remembers which nonces of which keys were used, as long as a signature could come again. Only what a known key signed is remembered, so strangers
/// fill nothing; and each key has room of its own, so none fills another's.
#[derive(Clone, Debug)]
pub struct Replays(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Memory(Arc<Memory>),
    State(State),
}

#[derive(Debug)]
struct Memory {
    most: usize,
    used: Mutex<HashMap<KeyId, HashMap<Vec<u8>, Timestamp>>>,
}

impl Replays {
    /// In memory, for a service of one process. A key that has used `most` nonces within the window has to wait: none is forgotten before its time.
    pub fn memory(most: usize) -> Self {
        let used = Mutex::default();
        Self(Kind::Memory(Arc::new(Memory { most, used })))
    }

    /// In a state that all processes of the service share. What it holds goes with its time to live, if the state takes away what has run out: one in
    /// memory does not, and [`memory`](Self::memory) is for that.
    pub fn state(state: State) -> Self {
        Self(Kind::State(state))
    }

    /// Uses a nonce, for as long as `keep`.
    pub(super) async fn first_use(
        &self,
        id: &KeyId,
        nonce: &str,
        now: Timestamp,
        keep: Duration,
    ) -> Result<(), Refusal> {
        match &self.0 {
            Kind::Memory(memory) => memory.first_use(id, nonce, now, keep),
            Kind::State(state) => {
                // The key's name ends where the nonce begins, whatever stands in either.
                let used = sha256(format!("{}:{}{nonce}", id.as_str().len(), id.as_str()).as_bytes());
                let key = format!("signature-nonce:{}", HEXLOWER.encode(&used));
                let set = state.compare_and_set(key, 0, Bytes::new(), Some(keep)).await;
                match set {
                    Ok(Some(_)) => Ok(()),
                    Ok(None) => Err(Refusal::Replayed),
                    // A memory that is away remembers nothing: what cannot be checked is not taken.
                    Err(_) => Err(Refusal::Unavailable),
                }
            }
        }
    }
}

impl Memory {
    fn first_use(&self, id: &KeyId, nonce: &str, now: Timestamp, keep: Duration) -> Result<(), Refusal> {
        let until = now.checked_add(keep).map_err(|_| Refusal::Unavailable)?;
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let used = used.entry(id.clone()).or_default();
        let nonce = sha256(nonce.as_bytes());
        if used.get(&nonce).is_some_and(|until| now < *until) {
            return Err(Refusal::Replayed);
        }
        if used.len() >= self.most {
            used.retain(|_, until| now < *until);
        }
        if used.len() >= self.most {
            return Err(Refusal::Unavailable);
        }
        used.insert(nonce, until);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn used(replays: &Replays, id: &str, nonce: &str, second: i64) -> Result<(), Refusal> {
        let id = KeyId::new(id).unwrap();
        replays
            .first_use(&id, nonce, at(second), Duration::from_secs(10))
            .now_or_never()
            .unwrap()
    }

    #[test]
    fn a_nonce_is_used_once_by_each_key() {
        for replays in [Replays::memory(10), Replays::state(State::memory())] {
            assert_eq!(used(&replays, "a", "1", 0), Ok(()));
            assert_eq!(used(&replays, "a", "1", 1), Err(Refusal::Replayed));
            assert_eq!(used(&replays, "a", "2", 1), Ok(()));
            assert_eq!(used(&replays, "b", "1", 1), Ok(()));
            assert_eq!(used(&replays, "a1", "1", 1), Ok(()));
        }
    }

    /// Guards the bound: a full memory refuses rather than forgets, and one key's does not touch another's.
    #[test]
    fn none_is_forgotten_before_its_time() {
        let replays = Replays::memory(2);
        assert_eq!(used(&replays, "a", "1", 0), Ok(()));
        assert_eq!(used(&replays, "a", "2", 5), Ok(()));
        assert_eq!(used(&replays, "a", "3", 6), Err(Refusal::Unavailable));
        assert_eq!(used(&replays, "b", "3", 6), Ok(()));
        assert_eq!(used(&replays, "a", "3", 10), Ok(()), "1 has run out");
        assert_eq!(used(&replays, "a", "2", 10), Err(Refusal::Replayed));
    }
}
