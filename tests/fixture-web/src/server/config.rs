//! How the web is served.

use std::net::SocketAddr;

/// How the web is served.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerConfig {
    /// Where to listen; port 0 takes a free one.
    pub addr: SocketAddr,
    /// Whether Overpass, Nominatim and maps refuse now and then (429, 504), clearing after `Retry-After`.
    pub faults: bool,
    /// Share of ordinary sites that take 0.2 to 0.6 s a page.
    pub slow_share: f64,
    /// Share of ordinary sites whose every page is 503 at the first try.
    pub error_share: f64,
    /// Share of ordinary sites that answer every fifth request, and what follows within a second, with 429.
    pub limit_share: f64,
    /// How many requests the log keeps; the oldest go first. Counts by host go on.
    pub log_capacity: usize,
    /// The port absolute links name; none: that of each request's `Host` header.
    pub link_port: Option<u16>,
}

impl Default for ServerConfig {
    /// A free port on loopback; one site in fifty slow, one in a hundred failing once, one in a hundred limiting: a
    /// collection over it shows retries and waiting, and still ends with the same leads.
    fn default() -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            faults: false,
            slow_share: 0.02,
            error_share: 0.01,
            limit_share: 0.01,
            log_capacity: 100_000,
            link_port: None,
        }
    }
}

impl ServerConfig {
    /// No temporary faults at all: for tests that count requests and for measurements.
    pub fn pure() -> Self {
        Self {
            slow_share: 0.0,
            error_share: 0.0,
            limit_share: 0.0,
            ..Self::default()
        }
    }

    /// The same on this address.
    pub fn on(mut self, addr: SocketAddr) -> Self {
        self.addr = addr;
        self
    }

    /// The same with services that refuse now and then.
    pub fn with_faults(mut self) -> Self {
        self.faults = true;
        self
    }
}
