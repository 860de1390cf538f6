//! Limits in a Redis: a server of each test's own, on a free port of the loopback. `LEAD_TEST_REDIS` names the program;
//! `scripts/test` finds it. Without it the tests say that they are skipped.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "test code fails by panicking, says when it does not run, and is told its server through the environment"
)]

use std::net::TcpListener;
use std::process::Stdio;
use std::time::{Duration, Instant};

use lead_core::ErrorKind;
use lead_core::clock::Clock;
use lead_core::seam::conformance::sample::HandClock;
use lead_core::seam::memory::MemoryLimiter;
use lead_core::seam::{Limiter, Policy};
use lead_storage::redis::{RedisConfig, RedisLimiter, WhenAway};
use tokio::process::{Child, Command};

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_hours(1);

/// A server that is killed when it is dropped.
struct Server {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Server {
    async fn start() -> Option<Self> {
        let Some(program) = std::env::var("LEAD_TEST_REDIS")
            .ok()
            .filter(|name| !name.is_empty())
        else {
            eprintln!("SKIPPED: LEAD_TEST_REDIS names no redis-server, so nothing was tested on one");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let folder = tempfile::tempdir().unwrap();
        let mut server = Self {
            child: run(&program, port, &folder),
            port,
            folder,
        };
        server.wait().await;
        Some(server)
    }

    async fn wait(&mut self) {
        let begun = Instant::now();
        while tokio::net::TcpStream::connect(("127.0.0.1", self.port))
            .await
            .is_err()
        {
            assert!(begun.elapsed() < 10 * SECOND, "redis-server does not start");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    async fn again(&mut self) {
        let program = std::env::var("LEAD_TEST_REDIS").unwrap();
        self.child = run(&program, self.port, &self.folder);
        self.wait().await;
    }

    fn config(&self) -> RedisConfig {
        RedisConfig::from_uri(&format!("redis://127.0.0.1:{}", self.port)).unwrap()
    }

    /// A limiter whose keys nobody else has.
    fn limiter(&self, prefix: &str, clock: Clock) -> Limiter {
        // A machine under load may take its time.
        let config = self.config().prefix(prefix).timeout(10 * SECOND);
        Limiter::new(RedisLimiter::new(config).with_clock(clock))
    }
}

fn run(program: &str, port: u16, folder: &tempfile::TempDir) -> Child {
    Command::new(program)
        .args([
            "--port",
            &port.to_string(),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

#[tokio::test]
async fn every_promise_of_limiters_is_kept() {
    let Some(server) = Server::start().await else {
        return;
    };
    let count = std::sync::atomic::AtomicU32::new(0);
    let fresh = |clock: Clock| {
        let number = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        server.limiter(&format!("case{number}"), clock)
    };
    lead_core::limiter_conformance!(each fresh);
}

/// Any sequence of uses is decided as it is in memory.
#[tokio::test]
async fn it_decides_as_memory_does() {
    let Some(server) = Server::start().await else {
        return;
    };
    let hand = HandClock::default();
    let (ours, memory) = (
        server.limiter("same", hand.clock()),
        Limiter::new(MemoryLimiter::new(hand.clock())),
    );
    for number in 0..400_u32 {
        let policies = [
            Policy::new(format!("user:{}", number % 3), 7, HOUR).cost(number % 4),
            Policy::new("user:1", 7, HOUR).burst(1 + number % 7),
            Policy::new("host:a", 13, 100 * HOUR),
        ];
        let decision = memory.check(&policies).await.unwrap();
        assert_eq!(ours.check(&policies).await.unwrap(), decision, "{number}");
        hand.advance(Duration::from_millis(u64::from(number * 7919 % 600_000)));
    }
}

/// By the server's clock keys come back and go.
#[tokio::test]
async fn the_servers_clock_counts() {
    let Some(server) = Server::start().await else {
        return;
    };
    let limiter = Limiter::new(RedisLimiter::new(server.config().timeout(10 * SECOND)));
    let policy = [Policy::new("k", 2, SECOND).burst(1)];
    assert!(limiter.check(&policy).await.unwrap().is_allowed());
    let refused = limiter.check(&policy).await.unwrap();
    tokio::time::sleep(refused.retry_after.unwrap()).await;
    assert!(limiter.check(&policy).await.unwrap().is_allowed());
}

/// Killed, it is away, which comes to what was chosen, without a wait for each check; back, it is asked again.
#[tokio::test]
async fn what_a_check_comes_to_while_it_is_away_is_a_choice() {
    let Some(mut server) = Server::start().await else {
        return;
    };
    let policy = [Policy::new("k", 5, HOUR)];
    let of = |away| Limiter::new(RedisLimiter::new(server.config().when_away(away)));
    let (fail, allow) = (of(WhenAway::Fail), of(WhenAway::Allow));
    let refuse = of(WhenAway::Refuse(3 * SECOND));
    for limiter in [&fail, &allow, &refuse] {
        assert!(limiter.check(&policy).await.unwrap().is_allowed());
    }
    server.kill().await;
    let begun = Instant::now();
    for _ in 0..200 {
        let error = fail.check(&policy).await.unwrap_err();
        assert!(error.is_retryable(), "{error:?}");
        let open = allow.check(&policy).await.unwrap();
        assert!(open.is_allowed());
        assert_eq!(open.states[0].remaining, 5);
        let closed = refuse.check(&policy).await.unwrap();
        assert_eq!(closed.retry_after, Some(3 * SECOND));
    }
    assert!(begun.elapsed() < 2 * SECOND, "{:?}", begun.elapsed());
    server.again().await;
    tokio::time::sleep(SECOND + SECOND / 10).await;
    for limiter in [&fail, &allow, &refuse] {
        let decision = limiter.check(&policy).await.unwrap();
        assert!(
            decision.is_allowed() && decision.states[0].remaining < 5,
            "{decision:?}"
        );
    }
}

/// Checks that were made without Redis are counted.
#[test]
fn checks_without_it_are_counted() {
    let recorder = metrics_util::debugging::DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
            let config = RedisConfig::from_uri(&format!("redis://{nobody}")).unwrap();
            let limiter = Limiter::new(RedisLimiter::new(config.when_away(WhenAway::Allow)));
            assert!(
                limiter
                    .check(&[Policy::new("k", 5, HOUR)])
                    .await
                    .unwrap()
                    .is_allowed()
            );
        });
    });
    let figures = snapshotter.snapshot().into_vec();
    let away = figures
        .iter()
        .find(|(key, ..)| key.key().name() == "lead_limit_away_total");
    assert_eq!(away.unwrap().3, metrics_util::debugging::DebugValue::Counter(1));
}

#[test]
fn a_password_is_nowhere_to_be_seen() {
    let config = RedisConfig::from_uri("redis://:secret@cache.test").unwrap();
    assert!(!format!("{config:?}").contains("secret"));
    assert!(!format!("{:?}", RedisLimiter::new(config)).contains("secret"));
    let error = RedisConfig::from_uri("http://:secret@cache.test").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(!format!("{error:?}").contains("secret"));
}
