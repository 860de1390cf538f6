//! Settings of fetching.

use std::path::PathBuf;
use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::{optional, required as friendly};
use serde::{Deserialize, Serialize};

use super::{AddressPolicy, HostOverride, UserAgent};
use crate::limit::{PaceConfig, Rate};

/// Settings of the transport and its layers. Times are written as `30s`, `1m 30s`, `500ms`. Nothing in it is secret.
///
/// ```
/// # use lead_core::fetch::FetchConfig;
/// let config: FetchConfig = serde_json::from_str(r#"{"timeout": "10s", "pace": {"rate": 2}}"#).unwrap();
/// assert_eq!(config.timeout.as_secs(), 10);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct FetchConfig {
    /// Who asks.
    pub user_agent: UserAgent,
    /// Which addresses may be connected to although they are not public.
    pub guard: AddressPolicy,
    /// Hosts whose address is given, not asked for.
    pub resolve: Vec<HostOverride>,
    /// PEM files of certificate authorities that are trusted beside the system's and Mozilla's: a company's own, say.
    pub extra_roots: Vec<PathBuf>,
    /// Time for a connection, TLS included; 10 s.
    #[serde(with = "friendly")]
    pub connect_timeout: Duration,
    /// Time for one attempt, the whole body included; 30 s.
    #[serde(with = "friendly")]
    pub timeout: Duration,
    /// Time for a fetch in all, waits and retries included; none, unless the request brings one.
    #[serde(with = "optional")]
    pub deadline: Option<Duration>,
    /// The largest body taken, decompressed, in bytes; 16 MiB.
    pub max_body_bytes: usize,
    /// How many times its compressed size a body of more than 1 MiB may have; 200.
    pub max_ratio: usize,
    /// Redirects followed; 10.
    pub max_redirects: usize,
    /// Bytes of answers kept in memory; 64 MiB, 0 for no cache.
    pub cache_bytes: u64,
    /// Whether cookies are kept, in memory, and sent back to who set them; they are.
    pub cookies: bool,
    /// Retries.
    pub retry: RetryConfig,
    /// How fast.
    pub pace: PaceConfig,
}

impl Default for FetchConfig {
    fn default() -> Self {
        Self {
            user_agent: UserAgent::default(),
            guard: AddressPolicy::default(),
            resolve: Vec::new(),
            extra_roots: Vec::new(),
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            deadline: None,
            max_body_bytes: 16 * 1024 * 1024,
            max_ratio: 200,
            max_redirects: 10,
            cache_bytes: 64 * 1024 * 1024,
            cookies: true,
            retry: RetryConfig::default(),
            pace: PaceConfig::default(),
        }
    }
}

/// Requests a second a crawl's [`Rate::Auto`] may grow to, and those under way to one host: half of what a browser opens.
const CRAWL_CEILING: f64 = 10.0;
const CRAWL_PER_HOST: usize = 4;

impl FetchConfig {
    /// The settings of a crawl with so many requests under way: its pace, and no cache in memory, as it asks each address once. [`Rate::Auto`] may grow while a host keeps up; at a rate of the
    /// caller's, or without one, as many requests to one host are under way as there may be in all.
    pub fn for_crawl(mut self, concurrency: usize) -> Self {
        self.cache_bytes = 0;
        self.pace.auto_ceiling = CRAWL_CEILING;
        self.pace.max_in_flight = concurrency;
        self.pace.max_per_host = match self.pace.rate {
            Rate::Auto => CRAWL_PER_HOST.min(concurrency),
            _ => concurrency,
        };
        self
    }
}

/// Settings of retries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct RetryConfig {
    /// Attempts in all, the first included; 4.
    pub max_attempts: u32,
    /// The wait before the first retry is at most this, before each further one at most twice the last; 500 ms.
    #[serde(with = "friendly")]
    pub base: Duration,
    /// No wait of our own is longer; 30 s.
    #[serde(with = "friendly")]
    pub cap: Duration,
    /// A `Retry-After` up to this is waited for; past it the answer is handed back; 2 min.
    #[serde(with = "friendly")]
    pub max_retry_after: Duration,
}

impl Default for RetryConfig {
    fn default() -> Self {
        Self {
            max_attempts: 4,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(30),
            max_retry_after: Duration::from_mins(2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_a_file() {
        let mut config = FetchConfig::default();
        config.guard = config.guard.allow("127.0.0.0/8".parse().unwrap());
        config.resolve.push("*.test=127.0.0.1:8080".parse().unwrap());
        config.deadline = Some(Duration::from_millis(1500));
        let json = serde_json::to_string(&config).unwrap();
        assert_eq!(serde_json::from_str::<FetchConfig>(&json).unwrap(), config);
        assert!(
            serde_json::from_str::<FetchConfig>(r#"{"time-out": "1s"}"#).is_err(),
            "a slip of the pen is told"
        );
    }
}
