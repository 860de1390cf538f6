//! The generated web that `demo` and `serve-fixtures` put on loopback.

use std::net::{Ipv4Addr, SocketAddr};

use clap::Args;
use fixture_web::{FixtureServer, ServerConfig, World, WorldConfig};
use lead_core::{Error, ErrorKind, Result};

use crate::halt::io_error;
use crate::parallel::blocking;

/// Which world.
#[derive(Args, Clone, Debug)]
pub(crate) struct WorldArgs {
    /// Where all chance comes from: the same seed gives the same world
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// How many businesses there are
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) businesses: u32,
}

impl WorldArgs {
    /// Makes the world.
    pub(crate) async fn generate(&self) -> Result<World> {
        let size = usize::try_from(self.businesses).unwrap_or(usize::MAX);
        let config = WorldConfig::new(self.seed, size);
        blocking(move || World::generate(&config)).await
    }
}

/// Serves a world on a port of loopback, 0 for any that is free.
pub(crate) async fn serve(world: World, port: u16, config: ServerConfig) -> Result<FixtureServer> {
    let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let started = FixtureServer::start(world, config.on(addr)).await;
    started.map_err(|cause| match cause.kind() {
        std::io::ErrorKind::AddrInUse => {
            Error::new(ErrorKind::Conflict, "serve-fixtures", "the port is in use")
                .with("address", addr)
                .because(cause)
        }
        _ => io_error("serve-fixtures", &addr.to_string(), cause),
    })
}
