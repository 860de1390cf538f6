//! The server: one listener, all hosts.

mod body;
mod config;
mod http;
mod log;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use config::ServerConfig;
pub use log::LogEntry;

use crate::hosts::Shares;
use crate::world::World;

/// What every connection shares.
#[derive(Debug)]
struct Shared {
    world: Arc<World>,
    config: ServerConfig,
    shares: Shares,
    log: log::Log,
}

/// The generated web on a port. Dropping it stops listening at once; [`stop`](Self::stop) lets answers finish.
#[derive(Debug)]
pub struct FixtureServer {
    addr: SocketAddr,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    task: Option<JoinHandle<()>>,
}

/// How long open answers may take once the server is stopped.
const GRACE: Duration = Duration::from_secs(2);

impl FixtureServer {
    /// Serves the world; takes a `World` or an `Arc<World>`.
    ///
    /// # Errors
    /// The address cannot be listened on.
    pub async fn start(world: impl Into<Arc<World>>, config: ServerConfig) -> std::io::Result<Self> {
        let listener = TcpListener::bind(config.addr).await?;
        let addr = listener.local_addr()?;
        let shares = Shares {
            slow: config.slow_share,
            error: config.error_share,
            limit: config.limit_share,
        };
        let log = log::Log::new(config.log_capacity);
        let shared = Arc::new(Shared {
            world: world.into(),
            config,
            shares,
            log,
        });
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(accept(listener, Arc::clone(&shared), stopped));
        Ok(Self {
            addr,
            shared,
            stop,
            task: Some(task),
        })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The world it serves.
    pub fn world(&self) -> &World {
        &self.shared.world
    }

    /// The URL of a path on one of its hosts, with its port: `http://directory.test:4321/`.
    pub fn url(&self, host: &str, path: &str) -> String {
        crate::links::Links::new(Some(self.addr.port())).url(host, path)
    }

    /// The requests so far, oldest first, as many as the log keeps.
    pub fn log(&self) -> Vec<LogEntry> {
        self.shared.log.entries()
    }

    /// How many requests came in all.
    pub fn requests(&self) -> u64 {
        self.shared.log.total()
    }

    /// How many requests a host had.
    pub fn hits(&self, host: &str) -> u64 {
        self.shared.log.hits(host)
    }

    /// Every host asked and how often, by name.
    pub fn hosts(&self) -> Vec<(String, u64)> {
        self.shared.log.hosts()
    }

    /// Forgets the requests so far, and with them which faults have cleared.
    pub fn clear_log(&self) {
        self.shared.log.clear();
    }

    /// Stops listening, lets open answers finish (two seconds at most), and returns when all is done.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if let Some(task) = self.task.take() {
            let _ = task.await;
        }
    }
}

impl Drop for FixtureServer {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.changed() => break,
        };
        let Ok((stream, _)) = accepted else {
            // Out of descriptors, most likely: wait for some to be given back.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let shared = Arc::clone(&shared);
        let service = service_fn(move |request| http::serve(Arc::clone(&shared), request));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A visitor that goes away, or an answer broken on purpose: neither is news.
            let _ = connection.await;
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}
