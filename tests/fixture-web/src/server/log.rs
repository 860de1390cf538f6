//! What was asked, for tests to read: requests in order, and counts.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// One request.
#[derive(Clone, Debug)]
pub struct LogEntry {
    /// Host, lower case, without port.
    pub host: String,
    /// Path and query, as sent.
    pub path: String,
    /// `GET`, `POST`, …
    pub method: String,
    /// User agent; empty if none was sent.
    pub user_agent: String,
    /// When it came in.
    pub at: Instant,
    /// What was answered.
    pub status: u16,
}

/// Hosts and paths counted; beyond this many, new ones are not: a hostile visitor must not fill the memory.
const MAX_COUNTED: usize = 500_000;

#[derive(Debug)]
pub(super) struct Log {
    inner: Mutex<Inner>,
    capacity: usize,
}

#[derive(Debug, Default)]
struct Inner {
    entries: VecDeque<LogEntry>,
    hosts: HashMap<String, Seen>,
    /// By hash of host and path.
    paths: HashMap<u64, Seen>,
    total: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    count: u64,
    refused: Option<Instant>,
}

/// What was known of a request's host and path when it came in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    pub(super) earlier: u64,
    pub(super) earlier_host: u64,
    pub(super) since_refusal: Option<Duration>,
    pub(super) since_host_refusal: Option<Duration>,
}

impl Log {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            inner: Mutex::default(),
            capacity,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a request; says what came before it.
    pub(super) fn arrive(&self, host: &str, path: &str, now: Instant) -> Before {
        let mut inner = self.lock();
        inner.total += 1;
        let key = path_key(host, path);
        let seen_path = bump(&mut inner.paths, key);
        let seen_host = if inner.hosts.contains_key(host) {
            inner.hosts.get_mut(host).map(bump_one).unwrap_or_default()
        } else {
            bump(&mut inner.hosts, host.to_owned())
        };
        let since = |refused: Option<Instant>| refused.map(|at| now.saturating_duration_since(at));
        Before {
            earlier: seen_path.count,
            earlier_host: seen_host.count,
            since_refusal: since(seen_path.refused),
            since_host_refusal: since(seen_host.refused),
        }
    }

    /// Keeps the request; a refusal starts the wait, unless one is under way.
    pub(super) fn answered(&self, entry: LogEntry, path: &str) {
        let mut inner = self.lock();
        if matches!(entry.status, 429 | 503) {
            let (now, key) = (entry.at, path_key(&entry.host, path));
            if let Some(seen) = inner.paths.get_mut(&key) {
                seen.refused.get_or_insert(now);
            }
            if let Some(seen) = inner.hosts.get_mut(&entry.host) {
                seen.refused = Some(now);
            }
        } else {
            let key = path_key(&entry.host, path);
            if let Some(seen) = inner.paths.get_mut(&key) {
                seen.refused = None;
            }
        }
        if self.capacity == 0 {
            return;
        }
        if inner.entries.len() >= self.capacity {
            inner.entries.pop_front();
        }
        inner.entries.push_back(entry);
    }

    pub(super) fn entries(&self) -> Vec<LogEntry> {
        self.lock().entries.iter().cloned().collect()
    }

    pub(super) fn total(&self) -> u64 {
        self.lock().total
    }

    pub(super) fn hits(&self, host: &str) -> u64 {
        self.lock().hosts.get(host).map_or(0, |seen| seen.count)
    }

    pub(super) fn hosts(&self) -> Vec<(String, u64)> {
        let mut hosts: Vec<_> = self
            .lock()
            .hosts
            .iter()
            .map(|(host, seen)| (host.clone(), seen.count))
            .collect();
        hosts.sort();
        hosts
    }

    pub(super) fn clear(&self) {
        *self.lock() = Inner::default();
    }
}

fn path_key(host: &str, path: &str) -> u64 {
    crate::rng::hash(&[crate::rng::hash_text(host), crate::rng::hash_text(path)])
}

fn bump_one(seen: &mut Seen) -> Seen {
    let before = *seen;
    seen.count += 1;
    before
}

/// Counts one more and gives what was before.
fn bump<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Seen>, key: K) -> Seen {
    if map.len() >= MAX_COUNTED && !map.contains_key(&key) {
        return Seen::default();
    }
    bump_one(map.entry(key).or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(status: u16, at: Instant) -> LogEntry {
        let text = str::to_owned;
        LogEntry {
            host: text("a.test"),
            path: text("/"),
            method: text("GET"),
            user_agent: text(""),
            at,
            status,
        }
    }

    #[test]
    fn the_log_is_bounded_and_counts_go_on() {
        let log = Log::new(2);
        let now = Instant::now();
        for _ in 0..5 {
            log.arrive("a.test", "/", now);
            log.answered(entry(200, now), "/");
        }
        assert_eq!((log.entries().len(), log.hits("a.test"), log.total()), (2, 5, 5));
    }

    #[test]
    fn a_refusal_is_remembered_until_it_clears() {
        let log = Log::new(10);
        let now = Instant::now();
        log.arrive("a.test", "/", now);
        log.answered(entry(429, now), "/");
        let later = now + Duration::from_millis(400);
        assert_eq!(
            log.arrive("a.test", "/", later).since_refusal,
            Some(Duration::from_millis(400))
        );
        log.answered(entry(200, later), "/");
        assert_eq!(log.arrive("a.test", "/", later).since_refusal, None);
    }
}
