//! A request as hosts see it.

use std::time::Duration;

use crate::links::Links;

/// A request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Lower case, without port.
    pub(crate) host: String,
    /// The port of the `Host` header: links are written with it.
    pub(crate) port: Option<u16>,
    /// Percent-decoded.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) user_agent: String,
    pub(crate) if_none_match: Option<String>,
    pub(crate) accepts_gzip: bool,
    /// How often this host and path were asked before.
    pub(crate) earlier: u64,
    /// How often this host was asked before.
    pub(crate) earlier_host: u64,
    /// Time since this host and path last answered 429 or 503.
    pub(crate) since_refusal: Option<Duration>,
    /// Time since this host first answered 429 or 503.
    pub(crate) since_host_refusal: Option<Duration>,
}

impl Request {
    /// A GET for tests and internal use.
    #[cfg(test)]
    pub(crate) fn get(host: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: "GET".to_owned(),
            host: host.to_owned(),
            path: path.to_owned(),
            query: parse_query(query.as_bytes()),
            user_agent: "test".to_owned(),
            ..Self::default()
        }
    }

    /// The first value of a query parameter.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// A query parameter as a number, at most `max`.
    pub(crate) fn number(&self, name: &str, default: usize, max: usize) -> usize {
        self.param(name)
            .and_then(|value| value.parse().ok())
            .unwrap_or(default)
            .min(max)
    }

    pub(crate) fn links(&self) -> Links {
        Links::new(self.port)
    }

    /// The segments of the path.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect()
    }
}

/// Pairs of `application/x-www-form-urlencoded`.
pub(crate) fn parse_query(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).into_owned().collect()
}
