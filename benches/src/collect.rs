//! A whole collection over the generated web: fetching, extraction, linking and SQLite, with the server in a process of its
//! own so that memory and CPU are the collection's alone.

use std::process::Child;
use std::time::Instant;

use fixture_web::{FixtureServer, ServerConfig, World, WorldConfig};
use lead_core::fetch::FetchConfig;
use lead_core::limit::Rate;
use lead_core::prelude::*;
use lead_core::record::filter::Field;

use crate::itself;
use crate::process::{CpuTime, mib};

const SEED: u64 = 1;

/// The hidden subcommand that serves the generated web and says on which port, until its input ends.
pub(crate) fn serve(businesses: usize) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let web = runtime.block_on(async {
        let world = World::generate(&WorldConfig::new(SEED, businesses));
        FixtureServer::start(world, ServerConfig::pure())
            .await
            .expect("a port on loopback")
    });
    println!("{}", web.addr());
    let _ = std::io::stdin().read_line(&mut String::new());
}

pub(crate) fn run(businesses: usize) {
    let (mut server, addr) = start_server(businesses);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(collect(businesses, &addr));
    server.kill().expect("the server ends");
    server.wait().expect("the server ended");
}

fn start_server(businesses: usize) -> (Child, String) {
    use std::io::BufRead;
    use std::process::Stdio;
    let mut server = itself::command(&["serve", &businesses.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut line = String::new();
    let output = server.stdout.take().expect("its output");
    std::io::BufReader::new(output)
        .read_line(&mut line)
        .expect("its address");
    (server, line.trim().to_owned())
}

async fn collect(businesses: usize, addr: &str) {
    let mut config = FetchConfig::default();
    config.guard = config.guard.allow("127.0.0.0/8".parse().expect("a network"));
    config.resolve = vec![format!("*.test={addr}").parse().expect("an override")];
    config.pace.rate = Rate::Off;
    let port = addr.rsplit(':').next().and_then(|port| port.parse().ok());
    let world = World::generate(&WorldConfig::new(SEED, businesses));
    let sites: Vec<SafeUrl> = world
        .sites(port)
        .map(|url| SafeUrl::parse(&url).expect("a site"))
        .collect();
    drop(world);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("leads.db");
    let store = lead_storage::open(&format!("sqlite://{}", path.display()))
        .await
        .expect("a store");
    let (count, start, cpu) = (sites.len(), Instant::now(), CpuTime::now());
    let mut run = Collector::new(store.clone())
        .source(sources::sites(sites))
        .query("businesses")
        .fetcher(Fetcher::http(&config).expect("a fetcher"))
        .start()
        .await
        .expect("a run");
    let mut summary = None;
    while let Some(event) = run.next().await {
        if let Event::Done(done) = event {
            summary = Some(done);
        }
    }
    let (seconds, cpu) = (start.elapsed().as_secs_f64(), cpu.elapsed());
    let summary = summary.expect("a run ends with Done");
    let leads = store.count(Filter::All).await.expect("a count");
    let phones = store.count(Filter::Has(Field::Phone)).await.expect("a count");
    let pages = summary.pages as f64;
    println!("| what | figure |\n|---|---|");
    println!("| businesses in the world, sites visited | {businesses}, {count} |");
    println!("| pages read, failed | {}, {} |", summary.pages, summary.failed);
    println!("| leads, with a phone | {leads}, {phones} |");
    println!("| time | {seconds:.1} s |");
    println!("| pages/s | {:.0} |", pages / seconds);
    println!(
        "| CPU a page, all stages | {:.2} ms |",
        cpu.as_secs_f64() * 1e3 / pages
    );
    println!("| peak resident memory | {:.0} MiB |", mib("VmHWM"));
    let size = std::fs::metadata(&path).map_or(0, |file| file.len());
    println!("| database | {:.1} MB |", size as f64 / 1e6);
}
