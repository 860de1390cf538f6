//! The ways out of browsers: straight, or through one of several proxies.

use std::sync::Arc;

use tokio::time::Instant;

use crate::browser::gateway::Gateways;
use crate::fetch::{FetchConfig, HttpTransport, Proxy, ProxyPolicy, ProxyPool, ProxyUse};
use crate::seam::Fetcher;
use crate::{Error, ErrorKind, Result};

/// All ways out. A page goes one of them with everything it asks for: asked for here and its pictures there, it would give
/// itself away.
#[derive(Debug)]
pub(super) struct Ways {
    ways: Vec<Way>,
    pool: Arc<ProxyPool>,
}

/// A way out.
#[derive(Debug)]
pub(super) struct Way {
    /// For pages.
    pub(super) gateways: Gateways,
    /// For what is no page: robots.txt, APIs.
    pub(super) plain: Fetcher,
}

impl Way {
    fn new(fetch: &FetchConfig, proxy: Option<&Proxy>) -> Result<Self> {
        let plain = match proxy {
            None => HttpTransport::new(fetch)?,
            Some(proxy) => HttpTransport::unasked(fetch, proxy)?,
        };
        Ok(Self {
            gateways: Gateways::new(fetch, proxy)?,
            plain: Fetcher::new(plain),
        })
    }
}

impl Ways {
    /// Through these proxies; straight when there is none.
    pub(super) fn new(fetch: &FetchConfig, proxies: &[Proxy], policy: ProxyPolicy) -> Result<Self> {
        let ways = if proxies.is_empty() {
            vec![Way::new(fetch, None)?]
        } else {
            let through = proxies.iter().map(|proxy| Way::new(fetch, Some(proxy)));
            through.collect::<Result<_>>()?
        };
        Ok(Self {
            pool: ProxyPool::new(ways.len(), policy),
            ways,
        })
    }

    /// The way for a page of `host`, and its use, to be [settled](settle).
    pub(super) fn choose(&self, host: &str) -> Result<(&Way, ProxyUse)> {
        let chosen = self.pool.choose(host, &[], Instant::now());
        let way = chosen.and_then(|chosen| Some((self.ways.get(chosen.place)?, chosen)));
        way.ok_or_else(|| Error::new(ErrorKind::Internal, "browser", "there is no way out"))
    }
}

/// What came of a page that went a way. Whose fault it is that nothing came nobody knows: a way that led nowhere twice in a row
/// is left alone a little, and the next attempt goes another.
pub(super) fn settle(used: ProxyUse, failed: Option<ErrorKind>) {
    match failed {
        None => used.answered(),
        Some(ErrorKind::Network) => drop(used),
        Some(_) => used.unanswered(),
    }
}
