//! From a [`Request`](crate::seam::Request) to a [`Response`](crate::seam::Response).
//!
//! [`Fetcher::standard`](crate::seam::Fetcher::standard) puts layers around a transport. From the outermost in, with the
//! reason for each place:
//!
//! | layer | here because |
//! |---|---|
//! | [`TraceLayer`] | it tells of the whole fetch |
//! | [`DeadlineLayer`] | it limits everything below, waits included |
//! | [`RedirectLayer`] | each hop passes all that follows again |
//! | [`HookLayer`] | what an application makes of a request is guarded like any other; there when there are hooks |
//! | [`GuardLayer`] | nothing is looked up or sent for a URL it refuses, not even in the cache |
//! | [`RobotsLayer`] | a page in the cache is not ours to use any more when the site has forbidden it since |
//! | [`CookieLayer`] | an answer that varies by cookies is kept with those it was asked with |
//! | [`CacheLayer`] | an answer in memory needs no retry, no permit, no time |
//! | [`RetryLayer`] | a temporary failure is tried again, each attempt paced and timed by itself |
//! | [`PaceLayer`] | each attempt pays one permit; a cached answer none |
//! | [`TimeoutLayer`] | it times the attempt alone: neither the wait for a turn nor the sleep before a retry |
//! | transport | [`HttpTransport`], [`ProxyTransport`] (which chooses a way out for each attempt), [`Replay`], [`warc::Archive`], or any [`Fetch`](crate::seam::Fetch): it never follows redirects itself |
//!
//! [`RecorderLayer`] and [`warc::WarcLayer`] go right around the transport.

mod address;
mod cache;
mod config;
mod cookies;
mod deadline;
mod decode;
mod exchange;
mod guard;
mod hook;
mod http;
mod meter;
mod pace;
mod proxy;
mod recorder;
mod redirect;
mod replay;
mod resolve;
mod retry;
mod retry_after;
mod robots;
mod secret;
mod standard;
mod timeout;
mod trace;
mod user_agent;
pub mod warc;

pub use self::http::HttpTransport;
#[cfg(feature = "browser")]
pub(crate) use self::http::{TlsConnector, passing_client, translate};
pub use address::AddressPolicy;
pub use cache::{CacheLayer, DiskCache};
pub use config::{FetchConfig, RetryConfig};
pub use cookies::CookieLayer;
pub use deadline::DeadlineLayer;
#[doc(hidden)]
pub use decode::fuzz_decode;
pub(crate) use decode::gunzip;
pub use guard::GuardLayer;
pub use hook::HookLayer;
pub(crate) use meter::{Meter, is_spent};
pub use pace::PaceLayer;
pub(crate) use pace::key as pace_key;
pub use proxy::{Proxy, ProxyPolicy, ProxyReport, ProxyTransport};
#[cfg(feature = "browser")]
pub(crate) use proxy::{ProxyPool, ProxyUse};
pub use recorder::RecorderLayer;
pub use redirect::RedirectLayer;
pub(crate) use redirect::target as redirect_target;
pub use replay::Replay;
pub use resolve::HostOverride;
#[cfg(feature = "browser")]
pub(crate) use resolve::{GuardedResolver, host_matches};
pub use retry::RetryLayer;
pub use retry_after::parse as parse_retry_after;
pub use robots::{Robots, RobotsLayer};
pub use standard::StandardStack;
pub use timeout::TimeoutLayer;
pub use trace::TraceLayer;
pub use user_agent::UserAgent;
