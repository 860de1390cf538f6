//! The connection, which all checks share: their calls go out one behind another without waiting for answers.

use std::time::{Duration, Instant};

use lead_core::{Error, ErrorKind, Result};
use redis::aio::MultiplexedConnection;
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::config::RedisConfig;
use crate::model::limit::LIMIT;

/// How long a server that could not be reached is left alone.
const REST: Duration = Duration::from_secs(1);

/// What is known of the server.
enum State {
    Unknown,
    Open(MultiplexedConnection),
    Away(Instant),
}

pub(super) struct Line {
    config: RedisConfig,
    state: Mutex<State>,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.config.fmt(f)
    }
}

impl Line {
    pub(super) fn new(config: RedisConfig) -> Self {
        Self {
            config,
            state: Mutex::new(State::Unknown),
        }
    }

    pub(super) const fn config(&self) -> &RedisConfig {
        &self.config
    }

    /// Runs one call. A connection on which it failed is given up; a call is never made twice.
    pub(super) async fn call<T, F>(&self, call: impl FnOnce(MultiplexedConnection) -> F) -> Result<T>
    where
        F: Future<Output = redis::RedisResult<T>>,
    {
        let conn = self.open().await?;
        let outcome = match timeout(self.config.timeout, call(conn)).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(cause)) => failed(&cause),
            Err(_) => Error::new(ErrorKind::Timeout, LIMIT, "Redis does not answer").temporary(),
        };
        *self.state.lock().await = State::Unknown;
        Err(outcome)
    }

    /// The connection. One makes it, and who comes meanwhile waits for the outcome.
    async fn open(&self) -> Result<MultiplexedConnection> {
        let mut state = self.state.lock().await;
        match &*state {
            State::Open(conn) => return Ok(conn.clone()),
            State::Away(since) if since.elapsed() < REST => return Err(away()),
            State::Away(_) | State::Unknown => {}
        }
        let opening = self.config.client.get_multiplexed_async_connection();
        match timeout(self.config.timeout, opening).await {
            Ok(Ok(conn)) => {
                *state = State::Open(conn.clone());
                Ok(conn)
            }
            Ok(Err(cause)) => {
                *state = State::Away(Instant::now());
                Err(failed(&cause))
            }
            Err(_) => {
                *state = State::Away(Instant::now());
                Err(away())
            }
        }
    }
}

fn away() -> Error {
    Error::new(ErrorKind::Network, LIMIT, "Redis cannot be reached").temporary()
}

/// Kept of what Redis says is only what kind of error it is: its words may quote the call.
fn failed(cause: &redis::RedisError) -> Error {
    if cause.is_io_error() || cause.is_connection_dropped() || cause.is_connection_refusal() {
        return away();
    }
    let message = "Redis refused";
    Error::new(ErrorKind::Storage, LIMIT, message).with("reason", format!("{:?}", cause.kind()))
}
