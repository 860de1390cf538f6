//! The generated web, served by the test.

use std::path::{Path, PathBuf};

use fixture_web::{FixtureServer, ServerConfig, World, WorldConfig};
use tokio::runtime::Runtime;

use crate::support::file;

/// A world on a port of loopback, for as long as it is kept.
pub(crate) struct Web {
    server: FixtureServer,
    // Dropped after the server that runs on it.
    _runtime: Runtime,
}

impl Web {
    /// A world of so many businesses whose answers do not depend on the time.
    pub(crate) fn new(businesses: usize) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let world = World::generate(&WorldConfig::new(1, businesses));
        let server = runtime
            .block_on(FixtureServer::start(world, ServerConfig::pure()))
            .unwrap();
        Self {
            server,
            _runtime: runtime,
        }
    }

    /// A list of all its sites.
    pub(crate) fn sites(&self, folder: &Path) -> PathBuf {
        let list: String = self.server.world().sites(None).map(|site| site + "\n").collect();
        file(folder, "sites.txt", list)
    }

    /// The home pages of some sites.
    pub(crate) fn some_sites(&self, count: usize) -> Vec<String> {
        self.server.world().sites(None).take(count).collect()
    }

    /// Where it listens.
    #[cfg(feature = "browser")]
    pub(crate) fn addr(&self) -> std::net::SocketAddr {
        self.server.addr()
    }

    /// Requests so far.
    pub(crate) fn requests(&self) -> u64 {
        self.server.hosts().iter().map(|(_, hits)| hits).sum()
    }

    /// A site that answers.
    pub(crate) fn site(&self) -> String {
        self.server.world().open_site().unwrap()
    }

    /// The flags that lead there, as fast as it goes.
    pub(crate) fn flags(&self) -> Vec<String> {
        let mut flags = self.resolved();
        flags.extend(["--allow-net", "127.0.0.1/32"].map(str::to_owned));
        flags
    }

    /// The same without leave to connect.
    pub(crate) fn resolved(&self) -> Vec<String> {
        let host = format!("*.test={}", self.server.addr());
        ["--rate", "off", "--resolve", &host].map(str::to_owned).to_vec()
    }

    /// A list of companies as CSV, and the hosts of their sites.
    pub(crate) fn companies(&self, folder: &Path, count: usize) -> Vec<Option<String>> {
        let rows = self.server.world().companies(1, count);
        let lines = rows.iter().map(|row| {
            format!(
                "{},\"{}\",\"{}\",\n",
                row.id,
                row.name.replace('"', "\"\""),
                row.city
            )
        });
        let list: String = lines.collect();
        file(
            folder,
            "companies.csv",
            format!("internal,Company name,City,Phone\n{list}"),
        );
        rows.into_iter().map(|row| row.site).collect()
    }

    /// Where its search engine and its OpenStreetMap are, and under which domain its sites.
    pub(crate) fn searched() -> Vec<String> {
        let mut flags = ["--searxng", "http://search.test/", "--tld", "test"]
            .map(str::to_owned)
            .to_vec();
        flags.extend(Self::osm());
        flags
    }

    /// Where its OpenStreetMap is.
    pub(crate) fn osm() -> Vec<String> {
        let urls = [
            "--overpass-url",
            "http://overpass.test/api/interpreter",
            "--nominatim-url",
            "http://nominatim.test/",
        ];
        urls.map(str::to_owned).to_vec()
    }
}
