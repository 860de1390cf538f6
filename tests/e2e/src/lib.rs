//! What end-to-end tests share: the generated web, and fetching that is let onto loopback.
#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "test support: what should not happen ends the test"
)]

pub mod yields;

use fixture_sources::Maps;
use fixture_web::{FixtureServer, ServerConfig, World, WorldConfig};
use lead_core::fetch::FetchConfig;
use lead_core::limit::Rate;
use lead_core::prelude::*;
use lead_core::source::osm::{Osm, OsmConfig};

/// The generated web on a free port.
pub async fn web(seed: u64, businesses: usize) -> FixtureServer {
    let world = World::generate(&WorldConfig::new(seed, businesses));
    FixtureServer::start(world, ServerConfig::pure())
        .await
        .expect("a port on loopback")
}

/// The same without a city that is stocked with one trade: businesses are spread as their countries and trades are.
pub async fn plain_web(seed: u64, businesses: usize) -> FixtureServer {
    let config = WorldConfig {
        focus: Vec::new(),
        ..WorldConfig::new(seed, businesses)
    };
    FixtureServer::start(World::generate(&config), ServerConfig::pure())
        .await
        .expect("a port on loopback")
}

/// Fetching over the generated web at full speed: every `.test` host is the server's.
pub fn fetch_config(web: &FixtureServer) -> FetchConfig {
    let mut config = FetchConfig::default();
    config.guard = config.guard.allow("127.0.0.0/8".parse().expect("a network"));
    config.resolve = vec![format!("*.test={}", web.addr()).parse().expect("an override")];
    config.pace.rate = Rate::Off;
    config
}

/// Where the generated web plays OpenStreetMap.
pub fn osm_config(web: &FixtureServer) -> OsmConfig {
    OsmConfig::default()
        .overpass_url(web.url("overpass.test", "/api/interpreter"))
        .nominatim_url(web.url("nominatim.test", "/"))
}

/// The source `osm` as the generated web plays it.
pub fn osm(web: &FixtureServer) -> Source {
    Source::new(osm_itself(web))
}

/// The map search of the generated web, behind its cap.
pub fn maps(web: &FixtureServer) -> Maps {
    let address = SafeUrl::parse(&web.url("maps.test", "/search")).expect("an address");
    Maps::new(address, osm_config(web)).expect("a source's name")
}

/// OpenStreetMap as the generated web plays it.
pub fn osm_itself(web: &FixtureServer) -> Osm {
    Osm::new(osm_config(web)).expect("valid settings")
}

/// A built-in platform, asked at a host of the generated web.
///
/// # Errors
/// Those of [`AdapterSource::new`](lead_core::source::adapter::AdapterSource::new).
pub fn platform(
    web: &FixtureServer,
    id: &str,
    host: &str,
    options: lead_core::source::adapter::SourceOptions,
) -> lead_core::Result<lead_core::source::adapter::AdapterSource> {
    let base = SafeUrl::parse(&web.url(host, "/"))?;
    lead_core::source::adapter::AdapterSource::new(lead_core::source::adapter(id)?, options.base_url(base))
}
