//! State in memory.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;

use super::locked;
use crate::Result;
use crate::clock::{Clock, Timestamp};
use crate::record::TenantId;
use crate::seam::{Entry, Keep};

type Key = (TenantId, String);

/// State in memory.
#[derive(Debug, Default)]
pub struct MemoryState {
    clock: Clock,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    entries: HashMap<Key, (Entry, Option<Timestamp>)>,
    logs: HashMap<Key, Vec<Bytes>>,
    /// Versions come from one counter, so a key that was dropped and set again never shows an old version.
    version: u64,
}

impl MemoryState {
    /// State that goes by `clock`.
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            inner: Mutex::default(),
        }
    }
}

impl Inner {
    fn live(&self, key: &Key, now: Timestamp) -> Option<&Entry> {
        let (entry, until) = self.entries.get(key)?;
        until.is_none_or(|until| now < until).then_some(entry)
    }

    fn set(&mut self, key: Key, value: Bytes, until: Option<Timestamp>) -> u64 {
        self.version += 1;
        self.entries.insert(
            key,
            (
                Entry {
                    value,
                    version: self.version,
                },
                until,
            ),
        );
        self.version
    }
}

fn until(now: Timestamp, ttl: Option<Duration>) -> Option<Timestamp> {
    // A time to live past the end of time is none.
    ttl.and_then(|ttl| now.checked_add(ttl).ok())
}

impl Keep for MemoryState {
    async fn get(&self, tenant: &TenantId, key: String) -> Result<Option<Entry>> {
        let now = self.clock.now();
        Ok(locked(&self.inner).live(&(tenant.clone(), key), now).cloned())
    }

    async fn put(&self, tenant: &TenantId, key: String, value: Bytes, ttl: Option<Duration>) -> Result<u64> {
        let until = until(self.clock.now(), ttl);
        Ok(locked(&self.inner).set((tenant.clone(), key), value, until))
    }

    async fn compare_and_set(
        &self,
        tenant: &TenantId,
        key: String,
        expected: u64,
        value: Bytes,
        ttl: Option<Duration>,
    ) -> Result<Option<u64>> {
        let now = self.clock.now();
        let key = (tenant.clone(), key);
        let mut inner = locked(&self.inner);
        let current = inner.live(&key, now).map_or(0, |entry| entry.version);
        Ok((current == expected).then(|| inner.set(key, value, until(now, ttl))))
    }

    async fn remove(&self, tenant: &TenantId, key: String) -> Result<()> {
        locked(&self.inner).entries.remove(&(tenant.clone(), key));
        Ok(())
    }

    async fn append(&self, tenant: &TenantId, log: String, line: Bytes) -> Result<u64> {
        let mut inner = locked(&self.inner);
        let lines = inner.logs.entry((tenant.clone(), log)).or_default();
        lines.push(line);
        Ok(lines.len() as u64)
    }

    async fn read_log(
        &self,
        tenant: &TenantId,
        log: String,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(u64, Bytes)>> {
        let inner = locked(&self.inner);
        let lines = inner
            .logs
            .get(&(tenant.clone(), log))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let skip = usize::try_from(after).unwrap_or(usize::MAX);
        Ok((after + 1..)
            .zip(lines.iter().skip(skip).take(limit).cloned())
            .collect())
    }
}
