//! A transport through proxies.

use std::sync::Arc;

use tokio::time::Instant;

use super::address::Proxy;
use super::pool::{Pool, ProxyPolicy, ProxyReport};
use crate::clock::Clock;
use crate::fetch::{FetchConfig, HttpTransport};
use crate::seam::{Fetch, Request, Response};
use crate::{Error, ErrorKind, Result};

/// The most proxies that one attempt goes through.
const MOST_TRIES: usize = 3;

/// [`HttpTransport`] through proxies, one for each attempt, each with connections of its own.
///
/// When no connection comes about through one, or it wants another password (407), the next is asked at once. Blamed is
/// the one that failed where the next did not; when all fail, it is the server's fault.
#[derive(Debug)]
pub struct ProxyTransport {
    ways: Vec<(Proxy, HttpTransport)>,
    pool: Arc<Pool>,
}

impl ProxyTransport {
    /// A transport through these proxies.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when there is no proxy, or as [`HttpTransport::new`].
    pub fn new(config: &FetchConfig, proxies: &[Proxy], policy: ProxyPolicy) -> Result<Self> {
        if proxies.is_empty() {
            return Err(Error::new(ErrorKind::Config, "proxy", "there is no proxy"));
        }
        let ways = proxies
            .iter()
            .map(|proxy| Ok((proxy.clone(), HttpTransport::through(config, proxy.secret())?)))
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            pool: Pool::new(ways.len(), policy),
            ways,
        })
    }

    /// Goes by `clock`.
    pub fn with_clock(mut self, clock: &Clock) -> Self {
        for (_, way) in &mut self.ways {
            *way = way.clone().with_clock(clock.clone());
        }
        self
    }

    /// How each proxy has done so far, in the order they were given.
    pub fn report(&self) -> Vec<ProxyReport> {
        let names = self.ways.iter().map(|(proxy, _)| proxy.to_string());
        self.pool.report(names, Instant::now())
    }
}

/// Whether the next proxy may have more luck: nothing came, or the proxy itself refused.
fn is_worth_another(result: &Result<Response>) -> bool {
    match result {
        Ok(response) => response.status == http::StatusCode::PROXY_AUTHENTICATION_REQUIRED,
        Err(error) => error.kind() == ErrorKind::Network,
    }
}

impl Fetch for ProxyTransport {
    async fn fetch(&self, request: Request) -> Result<Response> {
        let mut tried = Vec::new();
        let mut last = Err(Error::new(ErrorKind::Config, "proxy", "there is no proxy"));
        // What is not safe to ask twice is asked once (RFC 9110 §9.2.2).
        let most = if request.method.is_idempotent() {
            MOST_TRIES
        } else {
            1
        };
        while tried.len() < most
            && let Some(chosen) = self.pool.choose(request.url.host(), &tried, Instant::now())
            && let Some((_, way)) = self.ways.get(chosen.place)
        {
            last = way.fetch(request.clone()).await;
            if is_worth_another(&last) {
                tried.push(chosen.place);
                chosen.unanswered();
                continue;
            }
            let answered = last.is_ok();
            if answered {
                chosen.answered();
                for place in tried {
                    self.pool.blame(place, Instant::now());
                }
            } else {
                chosen.unanswered();
            }
            return last;
        }
        match last {
            Ok(_) => Err(Error::new(
                ErrorKind::Blocked,
                "proxy",
                "the proxy wants another password",
            )),
            failed => failed,
        }
    }
}
