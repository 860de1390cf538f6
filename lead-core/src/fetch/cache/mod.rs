//! Answers kept in memory and on disk.

mod disk;
mod entry;

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

pub use disk::DiskCache;
use entry::Entry;

use http::header::{AUTHORIZATION, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, RANGE};
use http::{HeaderMap, Method, StatusCode, Uri};
use http_cache_semantics::{
    AfterResponse, BeforeRequest, CacheOptions, CachePolicy, RequestLike, ResponseLike,
};
use moka::future::Cache;

use crate::Result;
use crate::clock::{Clock, Timestamp};
use crate::seam::{CacheMode, Fetch, Fetcher, Layer, Purpose, Request, Response};
use crate::telemetry::CACHE_LOOKUPS;

/// What an entry takes beside its body: headers twice, the policy, the key. Counted as 2 KiB, a cache
/// of 64 MiB full of small pages took 150 MiB.
const OVERHEAD: usize = 6144;

/// Answers GETs from memory, or from a folder, as long as the answers are fresh, and asks "has it changed?" afterwards
/// (RFC 9111).
///
/// Bounded by bytes; what is used least goes first. One variant a URL: a request that differs in a header the answer
/// varies by replaces it. [`CacheMode::Bypass`] asks the server and keeps the new answer.
#[derive(Clone)]
pub struct CacheLayer {
    entries: Cache<String, Entry>,
    disk: Option<DiskCache>,
    clock: Clock,
}

impl CacheLayer {
    /// Keeps at most about `bytes` bytes.
    pub fn new(bytes: u64) -> Self {
        let weigh = |key: &String, entry: &Entry| {
            u32::try_from(entry.response.body.len() + key.len() + OVERHEAD).unwrap_or(u32::MAX)
        };
        let entries = Cache::builder().max_capacity(bytes).weigher(weigh).build();
        Self {
            entries,
            disk: None,
            clock: Clock::system(),
        }
    }

    /// Keeps answers in a folder as well.
    pub fn on_disk(mut self, disk: DiskCache) -> Self {
        self.disk = Some(disk);
        self
    }

    /// Goes by `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    async fn keep(&self, key: String, policy: CachePolicy, response: Response) {
        let now = system_time(response.fetched_at);
        let can_be_asked_about = [ETAG, LAST_MODIFIED]
            .iter()
            .any(|name| response.headers.contains_key(name));
        if policy.is_storable() && (can_be_asked_about || !policy.is_stale(now)) {
            let policy = Arc::new(policy);
            let entry = Entry { policy, response };
            if let Some(disk) = &self.disk {
                disk.keep(&key, &entry).await;
            }
            self.remember(key, entry).await;
        } else {
            self.entries.invalidate(&key).await;
            if let Some(disk) = &self.disk {
                disk.forget(&key).await;
            }
        }
    }

    async fn remember(&self, key: String, entry: Entry) {
        self.entries.insert(key, entry).await;
        // Evicts now rather than some writes later: sixty bodies of 16 MiB would be far past the bound.
        self.entries.run_pending_tasks().await;
    }

    /// What is kept for an address.
    async fn known(&self, key: &str) -> Option<Entry> {
        if let Some(entry) = self.entries.get(key).await {
            return Some(entry);
        }
        let entry = self.disk.as_ref()?.get(key).await?;
        self.remember(key.to_owned(), entry.clone()).await;
        Some(entry)
    }
}

/// Times before 1970 cannot come from a clock that works; they count as 1970.
fn system_time(at: Timestamp) -> SystemTime {
    SystemTime::try_from(at).unwrap_or(SystemTime::UNIX_EPOCH)
}

/// We are one user's cache: what is `private` may be kept.
fn options() -> CacheOptions {
    CacheOptions {
        shared: false,
        ..CacheOptions::default()
    }
}

/// A request as the policy sees it. The URL is the key of the entry, so it is always the same one.
struct Asked<'a>(&'a Request);

impl RequestLike for Asked<'_> {
    fn uri(&self) -> Uri {
        Uri::default()
    }
    fn is_same_uri(&self, _: &Uri) -> bool {
        true
    }
    fn method(&self) -> &Method {
        &self.0.method
    }
    fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }
}

struct Answered<'a>(&'a Response);

impl ResponseLike for Answered<'_> {
    fn status(&self) -> StatusCode {
        self.0.status
    }
    fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }
}

impl Layer for CacheLayer {
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        Fetcher::new(Caching {
            layer: self.clone(),
            inner,
        })
    }
}

struct Caching {
    layer: CacheLayer,
    inner: Fetcher,
}

impl Fetch for Caching {
    async fn fetch(&self, request: Request) -> Result<Response> {
        if !concerns(&request) {
            return self.inner.fetch(request).await;
        }
        let key = request.url.clone().without_fragment().as_str().to_owned();
        let known = match request.cache {
            CacheMode::Use => self.layer.known(&key).await,
            CacheMode::Bypass => None,
        };
        let Some(entry) = known else {
            return self.ask(key, request).await;
        };
        let now = system_time(self.layer.clock.now());
        match entry.policy.before_request(&Asked(&request), now) {
            BeforeRequest::Fresh(parts) => {
                CACHE_LOOKUPS.add(1, &["hit"]);
                let url = request.url; // with the fragment asked for now
                Ok(Response {
                    url,
                    headers: parts.headers,
                    from_cache: true,
                    attempts: 0,
                    ..entry.response
                })
            }
            BeforeRequest::Stale {
                request: parts,
                matches: true,
            } => {
                self.revalidate(
                    key,
                    Request {
                        headers: parts.headers,
                        ..request
                    },
                    entry,
                )
                .await
            }
            BeforeRequest::Stale { .. } => self.ask(key, request).await,
        }
    }
}

impl Caching {
    async fn ask(&self, key: String, request: Request) -> Result<Response> {
        CACHE_LOOKUPS.add(1, &["miss"]);
        let response = self.inner.fetch(request.clone()).await?;
        let time = system_time(response.fetched_at);
        let policy = CachePolicy::new_options(&Asked(&request), &Answered(&response), time, options());
        self.layer.keep(key, policy, response.clone()).await;
        Ok(response)
    }

    /// Asks with the validators of `entry`.
    async fn revalidate(&self, key: String, request: Request, entry: Entry) -> Result<Response> {
        let fresh = self.inner.fetch(request.clone()).await?;
        let time = system_time(fresh.fetched_at);
        match entry
            .policy
            .after_response(&Asked(&request), &Answered(&fresh), time)
        {
            AfterResponse::NotModified(policy, parts) => {
                CACHE_LOOKUPS.add(1, &["revalidated"]);
                let attempts = fresh.attempts;
                let headers = parts.headers;
                let response = Response {
                    headers,
                    fetched_at: fresh.fetched_at,
                    ..entry.response
                };
                self.layer.keep(key, policy, response.clone()).await;
                Ok(Response {
                    url: request.url,
                    from_cache: true,
                    attempts,
                    ..response
                })
            }
            AfterResponse::Modified(policy, _) => {
                CACHE_LOOKUPS.add(1, &["miss"]);
                self.layer.keep(key, policy, fresh.clone()).await;
                Ok(fresh)
            }
        }
    }
}

/// Whether the cache has a say: plain GETs without credentials. robots.txt has its own memory; whoever sets validators has a cache of theirs.
fn concerns(request: &Request) -> bool {
    let own = [AUTHORIZATION, IF_MODIFIED_SINCE, IF_NONE_MATCH, RANGE];
    request.method == Method::GET
        && request.purpose != Purpose::Robots
        && !own.iter().any(|name| request.headers.contains_key(name))
        && !request.headers.values().any(http::HeaderValue::is_sensitive)
}

impl fmt::Debug for CacheLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CacheLayer")
            .field("entries", &self.entries.entry_count())
            .field("disk", &self.disk)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Caching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caching")
            .field("inner", &self.inner)
            .finish_non_exhaustive()
    }
}
