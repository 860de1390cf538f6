//! The server as visitors meet it: virtual hosts, links, faults, limits of memory, a graceful end.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]

mod client;

use std::sync::Arc;
use std::time::{Duration, Instant};

use client::{get, get_with, post};
use fixture_web::{FixtureServer, HOSTS, ServerConfig, SiteState, Truth, World, WorldConfig};

async fn serve(size: usize, config: ServerConfig) -> FixtureServer {
    FixtureServer::start(World::generate(&WorldConfig::new(7, size)), config)
        .await
        .unwrap()
}

#[tokio::test]
async fn hosts_are_told_apart_and_links_carry_the_port() {
    let server = serve(120, ServerConfig::pure()).await;
    let port = server.addr().port();
    let index = get(&server, "fixtures.test", "/").await;
    assert_eq!(index.status, 200);
    for guide in &HOSTS {
        assert!(index.text().contains(guide.host), "{}", guide.host);
    }
    for site in server.world().sites(Some(port)) {
        let host = site.trim_start_matches("http://").split(':').next().unwrap();
        let page = get(&server, host, "/").await;
        let state = server.world().site(host).unwrap().state();
        assert_eq!(
            page.status,
            if state == SiteState::Gone { 410 } else { 200 },
            "{host}"
        );
    }
    assert_eq!(get(&server, "nobody.test", "/").await.status, 404);
    let listing = server
        .world()
        .truth_at(Some(port))
        .find_map(|truth| truth.directory_url)
        .unwrap();
    assert!(listing.starts_with(&format!("http://directory.test:{port}/listing/")));
    server.stop().await;
}

#[tokio::test]
async fn the_truth_is_served_as_it_is_written() {
    let server = serve(60, ServerConfig::pure()).await;
    let page = get(&server, "fixtures.test", "/truth.jsonl").await;
    let served: Vec<Truth> = page
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let own: Vec<Truth> = server.world().truth_at(Some(server.addr().port())).collect();
    assert_eq!(served, own);
    assert!(own.iter().all(Truth::is_findable));
    server.stop().await;
}

#[tokio::test]
async fn other_names_of_a_site_redirect_to_it_and_pages_come_in_their_encoding() {
    let server = serve(600, ServerConfig::pure()).await;
    let (mut moved, mut legacy) = (0, 0);
    for truth in server.world().truth() {
        let Some(site) = truth.site.filter(|site| site.state == "live") else {
            continue;
        };
        let other = site
            .host
            .strip_prefix("www.")
            .map_or_else(|| format!("www.{}", site.host), str::to_owned);
        for host in [Some(other), site.former_host.clone()].into_iter().flatten() {
            let answer = get(&server, &host, "/").await;
            assert_eq!(answer.status, 301);
            assert!(answer.header("location").unwrap().contains(&site.host));
            moved += 1;
        }
        if site.encoding != "UTF-8" && legacy < 5 {
            legacy += 1;
            let answer = get(&server, &site.host, "/").await;
            let page = server
                .world()
                .page(&site.host, "/", Some(server.addr().port()))
                .unwrap();
            assert_eq!(answer.body, page.bytes());
            assert_eq!(answer.header("content-type").unwrap(), page.content_type());
        }
    }
    assert!(moved > 300 && legacy == 5);
    server.stop().await;
}

#[tokio::test]
async fn a_refusal_clears_after_the_time_it_names_and_not_before() {
    let server = serve(10, ServerConfig::pure()).await;
    let first = get(&server, "status.trap.test", "/429-clears").await;
    assert_eq!((first.status, first.header("retry-after")), (429, Some("1")));
    assert_eq!(get(&server, "status.trap.test", "/429-clears").await.status, 429);
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    assert_eq!(get(&server, "status.trap.test", "/429-clears").await.status, 200);
    for (path, statuses) in [("/500-clears", [500, 500, 200]), ("/410", [410, 410, 410])] {
        for status in statuses {
            assert_eq!(
                get(&server, "status.trap.test", path).await.status,
                status,
                "{path}"
            );
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn a_share_of_the_sites_fails_once_limits_or_is_slow() {
    let all = |error_share, limit_share, slow_share| ServerConfig {
        error_share,
        limit_share,
        slow_share,
        ..ServerConfig::default()
    };
    let host = |server: &FixtureServer| {
        let truth = server
            .world()
            .truth()
            .find(|truth| truth.site.as_ref().is_some_and(|site| site.reachable));
        truth.unwrap().site.unwrap().host
    };
    let server = serve(40, all(1.0, 0.0, 0.0)).await;
    let name = host(&server);
    assert_eq!(get(&server, &name, "/").await.status, 503);
    assert_eq!(get(&server, &name, "/").await.status, 200);
    server.stop().await;

    let server = serve(40, all(0.0, 1.0, 0.0)).await;
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(get(&server, &name, "/").await.status);
    }
    assert_eq!(statuses, [200, 200, 200, 200, 429, 429]);
    server.stop().await;

    let server = serve(40, all(0.0, 0.0, 1.0)).await;
    let start = Instant::now();
    assert_eq!(get(&server, &name, "/").await.status, 200);
    assert!(start.elapsed() >= Duration::from_millis(190));
    server.stop().await;
}

#[tokio::test]
async fn broken_answers_break_and_big_ones_are_made_on_the_way() {
    let server = serve(10, ServerConfig::pure()).await;
    for path in ["/truncated", "/wrong-length"] {
        let answer = get(&server, "broken.trap.test", path).await;
        let promised: usize = answer.header("content-length").unwrap().parse().unwrap();
        assert!(answer.body.len() < promised, "{path}");
    }
    for guide in HOSTS.iter().filter(|guide| guide.host == "broken.trap.test") {
        for path in guide.paths {
            assert_eq!(get(&server, guide.host, path).await.status, 200, "{path}");
        }
    }
    let huge = get(&server, "huge.trap.test", "/?mb=3").await;
    assert!(
        (3_000_000..3_001_000).contains(&huge.plain_length()),
        "{}",
        huge.plain_length()
    );
    let bomb = get_with(
        &server,
        "bomb.trap.test",
        "/gzip?mb=1024",
        &[("accept-encoding", "gzip")],
    )
    .await;
    assert_eq!(bomb.header("content-encoding"), Some("gzip"));
    assert!(
        (500_000..2_000_000).contains(&bomb.plain_length()),
        "{}",
        bomb.plain_length()
    );
    let loop_ = get(&server, "redirect.trap.test", "/loop").await;
    assert_eq!(loop_.status, 302);
    let private = get(&server, "redirect.trap.test", "/to-private").await;
    assert_eq!(
        private.header("location"),
        Some("http://169.254.169.254/latest/meta-data/")
    );
    let slow = Instant::now();
    get(&server, "slow.trap.test", "/?ms=250").await;
    assert!(slow.elapsed() >= Duration::from_millis(250));
    server.stop().await;
}

#[tokio::test]
async fn the_log_tells_who_asked_what() {
    let config = ServerConfig {
        log_capacity: 3,
        ..ServerConfig::pure()
    };
    let server = serve(10, config).await;
    for number in 0..5 {
        get_with(
            &server,
            "Directory.Test",
            &format!("/search?page=1&n={number}"),
            &[("user-agent", "probe/1")],
        )
        .await;
    }
    let log = server.log();
    assert_eq!(
        (log.len(), server.hits("directory.test"), server.requests()),
        (3, 5, 5)
    );
    assert_eq!(
        (log[2].path.as_str(), log[2].user_agent.as_str(), log[2].status),
        ("/search?page=1&n=4", "probe/1", 200)
    );
    server.clear_log();
    assert_eq!(server.hits("directory.test"), 0);
    server.stop().await;
}

#[tokio::test]
async fn overpass_reads_forms_and_some_hosts_compress() {
    let server = serve(300, ServerConfig::pure()).await;
    let query = "data=%5Bout%3Ajson%5D%3Bnwr%5Bamenity%3Ddentist%5D%3Bout%20center%3B";
    let answer = post(&server, "overpass.test", "/api/interpreter", query).await;
    let value: serde_json::Value = serde_json::from_str(&answer.text()).unwrap();
    assert!(value["elements"].as_array().unwrap().len() > 10);
    let too_long = "a".repeat(2_000_000);
    assert_eq!(
        post(&server, "overpass.test", "/api/interpreter", &too_long)
            .await
            .status,
        413
    );
    let mut packed = 0;
    for site in server.world().sites(None).take(40) {
        let host = site.trim_start_matches("http://").trim_end_matches('/');
        let answer = get_with(&server, host, "/", &[("accept-encoding", "gzip")]).await;
        packed += usize::from(answer.header("content-encoding") == Some("gzip"));
    }
    assert!(packed > 3, "{packed}");
    server.stop().await;
}

#[tokio::test]
async fn stopping_ends_the_listening_and_a_world_can_be_shared() {
    let world = Arc::new(World::generate(&WorldConfig::new(7, 10)));
    let one = FixtureServer::start(Arc::clone(&world), ServerConfig::pure())
        .await
        .unwrap();
    let two = FixtureServer::start(world, ServerConfig::pure()).await.unwrap();
    let addr = one.addr();
    one.stop().await;
    assert!(tokio::net::TcpStream::connect(addr).await.is_err());
    assert_eq!(get(&two, "fixtures.test", "/").await.status, 200);
    two.stop().await;
}
