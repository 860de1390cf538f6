//! A small memory shared by the parts of a run, and between machines when the backend is.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;

use crate::Result;
use crate::record::TenantId;

/// A value with its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The value.
    pub value: Bytes,
    /// Greater with each write of the key; never 0.
    pub version: u64,
}

macro_rules! keep {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),*) -> $output:ty;)+) => {
        /// Key-value with time to live and compare-and-set, and append-only logs: for robots rules, caches, breakers, frontiers.
        ///
        /// Requires of an implementation: a write is seen by every read that starts after it; an entry past its time to live
        /// is as if it were never written.
        pub trait Keep: Send + Sync + Debug + 'static {
            $($(#[$doc])* fn $name(&self, tenant: &TenantId $(, $arg: $type)*) -> impl Future<Output = Result<$output>> + Send;)+
        }

        trait KeepDyn: Send + Sync + Debug {
            $(fn $name<'a>(&'a self, tenant: &'a TenantId $(, $arg: $type)*) -> BoxFuture<'a, Result<$output>>;)+
        }

        impl<T: Keep> KeepDyn for T {
            $(fn $name<'a>(&'a self, tenant: &'a TenantId $(, $arg: $type)*) -> BoxFuture<'a, Result<$output>> {
                Box::pin(Keep::$name(self, tenant $(, $arg)*))
            })+
        }

        impl State {
            $(
                #[doc = concat!("[`Keep::", stringify!($name), "`] for this handle's tenant.")]
                ///
                /// # Errors
                /// As there.
                pub async fn $name(&self $(, $arg: $type)*) -> Result<$output> {
                    self.inner.$name(&self.tenant $(, $arg)*).await
                }
            )+
        }
    };
}

keep! {
    /// The entry of a key.
    ///
    /// # Errors
    /// Only when the backend cannot be read.
    fn get(key: String) -> Option<Entry>;

    /// Sets a key; gone after `ttl`, if one is given. The new version.
    ///
    /// # Errors
    /// When the backend cannot be written.
    fn put(key: String, value: Bytes, ttl: Option<Duration>) -> u64;

    /// Sets a key if its version is still `expected` (0: if it is absent). The new version, or `None` when it was not.
    ///
    /// # Errors
    /// When the backend cannot be written.
    fn compare_and_set(key: String, expected: u64, value: Bytes, ttl: Option<Duration>) -> Option<u64>;

    /// Drops a key; dropping what is not there succeeds.
    ///
    /// # Errors
    /// When the backend cannot be written.
    fn remove(key: String) -> ();

    /// Appends to a log; the number of the line, from 1.
    ///
    /// # Errors
    /// When the backend cannot be written.
    fn append(log: String, line: Bytes) -> u64;

    /// Lines of a log after the one of this number, at most `limit`, oldest first.
    ///
    /// # Errors
    /// Only when the backend cannot be read.
    fn read_log(log: String, after: u64, limit: usize) -> Vec<(u64, Bytes)>;
}

/// A cheaply cloned handle to any [`Keep`], for one tenant.
#[derive(Clone, Debug)]
pub struct State {
    inner: Arc<dyn KeepDyn>,
    tenant: TenantId,
}

impl State {
    /// Wraps a backend, for the tenant `main`.
    pub fn new(keep: impl Keep) -> Self {
        Self {
            inner: Arc::new(keep),
            tenant: TenantId::default(),
        }
    }

    /// State in memory.
    pub fn memory() -> Self {
        Self::new(super::memory::MemoryState::default())
    }

    /// The same state for another tenant.
    pub fn tenant(&self, tenant: TenantId) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            tenant,
        }
    }
}
