//! Serves a world: `cargo run -p fixture-web --example serve -- [PORT] [SEED] [BUSINESSES]`.
#![allow(clippy::print_stdout, reason = "an example speaks to its reader")]

use std::net::SocketAddr;

use fixture_web::{FixtureServer, HOSTS, ServerConfig, World, WorldConfig};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let numbers: Vec<u64> = std::env::args()
        .skip(1)
        .filter_map(|text| text.parse().ok())
        .collect();
    let number = |index: usize, default: u64| numbers.get(index).copied().unwrap_or(default);
    let port = u16::try_from(number(0, 8_088)).unwrap_or(8_088);
    let size = usize::try_from(number(2, 500)).unwrap_or(500);
    let world = World::generate(&WorldConfig::new(number(1, 1), size));
    let config = ServerConfig::default().on(SocketAddr::from(([127, 0, 0, 1], port)));
    let server = FixtureServer::start(world, config).await?;
    println!(
        "{} businesses on {}; for example:",
        server.world().businesses().len(),
        server.addr()
    );
    for guide in &HOSTS {
        println!(
            "  curl --connect-to ::{} '{}'",
            server.addr(),
            server.url(guide.host, "/")
        );
    }
    tokio::signal::ctrl_c().await?;
    println!("{} requests served", server.requests());
    server.stop().await;
    Ok(())
}
