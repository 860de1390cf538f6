//! Where a Redis is and how it is used.

use std::fmt;
use std::time::Duration;

use lead_core::{Error, ErrorKind, Result};
use redis::{Client, IntoConnectionInfo};

/// What a check comes to while Redis is away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhenAway {
    /// An error, which the application makes of what it likes.
    #[default]
    Fail,
    /// Everything passes, as if nothing had been used: what is limited should stand it.
    Allow,
    /// Nothing passes, and is told to come back after so long.
    Refuse(Duration),
}

/// Where a Redis is and how it is used.
#[derive(Clone)]
#[non_exhaustive]
pub struct RedisConfig {
    pub(super) client: Client,
    /// What keys begin with, so that several applications may share a server; `lead`.
    pub prefix: String,
    /// How long to wait for a connection, and for an answer; 250 ms.
    pub timeout: Duration,
    /// What a check comes to while it is away; an error.
    pub when_away: WhenAway,
}

impl fmt::Debug for RedisConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address may hold a password.
        f.debug_struct("RedisConfig")
            .field("prefix", &self.prefix)
            .field("timeout", &self.timeout)
            .field("when_away", &self.when_away)
            .finish_non_exhaustive()
    }
}

impl RedisConfig {
    /// The server a URI names: `redis://host:6379/0`, `redis://:password@host`, `redis+unix:///run/redis.sock`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a URI that is not understood. Never holds the URI, which may carry a password.
    pub fn from_uri(uri: &str) -> Result<Self> {
        let client = uri.into_connection_info().and_then(Client::open);
        let client = client.map_err(|_| {
            let message = "a Redis is redis://host:6379/0, redis://:password@host or redis+unix:///path";
            Error::new(ErrorKind::InvalidInput, "limit.open", message)
        })?;
        Ok(Self {
            client,
            prefix: "lead".to_owned(),
            timeout: Duration::from_millis(250),
            when_away: WhenAway::Fail,
        })
    }

    /// Keys begin so.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Waits so long at most.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// What a check comes to while it is away.
    pub const fn when_away(mut self, when_away: WhenAway) -> Self {
        self.when_away = when_away;
        self
    }
}
