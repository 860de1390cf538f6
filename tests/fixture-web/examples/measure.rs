//! How long worlds and pages take: `cargo run --release -p fixture-web --example measure -- [BUSINESSES]`.
#![allow(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "an example speaks to its reader"
)]

use std::time::Instant;

use fixture_web::{FixtureServer, ServerConfig, SiteState, World, WorldConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const CONNECTIONS: usize = 16;

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let size = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(10_000);
    let start = Instant::now();
    let world = World::generate(&WorldConfig::new(1, size));
    println!(
        "generate {size} businesses: {:.3} s, {} sites",
        start.elapsed().as_secs_f64(),
        world.sites(None).count()
    );
    println!("memory after: {} MB", resident_megabytes());

    let start = Instant::now();
    let mut truth = Vec::new();
    world.write_truth(None, &mut truth)?;
    println!(
        "truth: {:.3} s, {:.1} MB",
        start.elapsed().as_secs_f64(),
        truth.len() as f64 / 1e6
    );
    drop(truth);

    let pages: Vec<(String, String)> = world
        .truth()
        .filter_map(|truth| truth.site)
        .filter(|site| site.state == SiteState::Live.word())
        .flat_map(|site| {
            let host = site.host;
            site.pages.into_iter().filter_map(move |page| {
                Some((
                    host.clone(),
                    page.url.strip_prefix(&format!("http://{host}"))?.to_owned(),
                ))
            })
        })
        .take(20_000)
        .collect();
    let start = Instant::now();
    let bytes: usize = pages
        .iter()
        .filter_map(|(host, path)| world.page(host, path, None))
        .map(|page| page.bytes().len())
        .sum();
    report("render", pages.len(), bytes, start);

    let server = FixtureServer::start(world, ServerConfig::pure()).await?;
    let start = Instant::now();
    let shares = pages.chunks(pages.len().div_ceil(CONNECTIONS)).map(<[_]>::to_vec);
    let visits: Vec<_> = shares
        .map(|share| tokio::spawn(visit(server.addr(), share)))
        .collect();
    let mut bytes = 0;
    for visit in visits {
        bytes += visit.await??;
    }
    report("serve and read on one thread", pages.len(), bytes, start);
    server.stop().await;
    Ok(())
}

fn report(what: &str, pages: usize, bytes: usize, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{what}: {pages} pages in {seconds:.3} s, {:.0} pages/s, {:.1} MB/s",
        pages as f64 / seconds,
        bytes as f64 / 1e6 / seconds
    );
}

/// Asks for pages one after the other on one connection.
async fn visit(addr: std::net::SocketAddr, pages: Vec<(String, String)>) -> std::io::Result<usize> {
    let mut stream = TcpStream::connect(addr).await?;
    let mut buffer = Vec::new();
    let mut total = 0;
    for (host, path) in pages {
        stream
            .write_all(format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n\r\n").as_bytes())
            .await?;
        buffer.clear();
        total += loop {
            if let Some(length) = whole(&buffer) {
                break length;
            }
            if stream.read_buf(&mut buffer).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        };
    }
    Ok(total)
}

/// The length of the answer, once all of it is there.
fn whole(buffer: &[u8]) -> Option<usize> {
    let end = buffer.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(buffer.get(..end)?).to_ascii_lowercase();
    let length: usize = head
        .split("content-length: ")
        .nth(1)?
        .split("\r\n")
        .next()?
        .parse()
        .ok()?;
    (buffer.len() >= end + length).then_some(end + length)
}

/// Resident memory of this process (Linux: `/proc/self/statm`, pages of 4 KiB); 0 elsewhere.
fn resident_megabytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse::<u64>().ok())
        .unwrap_or(0)
        * 4_096
        / 1_000_000
}
