//! How a database is reached.

use std::fmt;
use std::time::Duration;

use lead_core::{Error, Result};
use sqlx::postgres::PgConnectOptions;
use uuid::Uuid;

use super::place::{self, SERVER, URI};
use crate::model::uri::{Access, duration};

/// More partitions are refused: making them locks all with their indexes at once, and a server's default has room for so many.
const MOST_PARTITIONS: u32 = 64;

/// Where a database is and how it is used.
///
/// ```
/// # use lead_storage::postgres::PostgresConfig;
/// let config = PostgresConfig::from_uri("postgres://app:secret@db.test/leads?schema=sales&connections=4")?;
/// assert_eq!((config.schema.as_str(), config.connections), ("sales", 4));
/// assert!(!format!("{config:?}").contains("secret"));
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct PostgresConfig {
    pub(super) server: PgConnectOptions,
    pub(super) replica: Option<PgConnectOptions>,
    /// The schema its tables are in: `a-z`, digits and `_`, at most 63. `lead`.
    pub schema: String,
    /// What may be done with it.
    pub access: Access,
    /// How many connections at most, 1 to 1,000; as many more to a replica. 8.
    pub connections: u32,
    /// How long to wait for a connection, ours or the server's. 10 s.
    pub connect_timeout: Duration,
    /// How long a connection that nobody uses is kept before it is given back to the server. 60 s.
    pub idle_timeout: Duration,
    /// How long to wait for other writers before [`Locked`](lead_core::ErrorKind::Locked). 30 s.
    pub busy_timeout: Duration,
    /// In how many partitions a new database keeps the tables that grow, by tenant: 2 to 64; of one that is there, how many it must
    /// have. `None`: as it is, and without partitions when it is new.
    pub partitions: Option<u32>,
    /// How old what a replica shows may be, 100 ms to an hour: when it cannot be shown to be newer, the primary is asked. 5 s.
    pub max_staleness: Duration,
}

impl fmt::Debug for PostgresConfig {
    /// Without login and server.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresConfig")
            .field("schema", &self.schema)
            .field("access", &self.access)
            .field("connections", &self.connections)
            .field("connect_timeout", &self.connect_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("busy_timeout", &self.busy_timeout)
            .field("partitions", &self.partitions)
            .field("replica", &self.replica.is_some())
            .field("max_staleness", &self.max_staleness)
            .finish_non_exhaustive()
    }
}

impl PostgresConfig {
    /// Reads `postgres://user:password@host:port/database`, percent-encoded, with the parameters `schema`, `mode` (`ro`, `rw`,
    /// `rwc`), `connections`, `connect_timeout`, `idle_timeout` and `busy_timeout` (`5s`, `250ms`, or milliseconds), `partitions`,
    /// `replica` (`host`, `host:port` or a socket's folder, where the login is the same, or a URI of its own, percent-encoded) with
    /// `max_staleness`, and of libpq's `host` (a folder for a socket), `hostaddr`, `port`, `dbname`, `user`, `password`, `sslmode`,
    /// `sslrootcert`, `sslcert`, `sslkey`, `application_name`. What the URI leaves out is taken from libpq's environment (`PGHOST`,
    /// `PGUSER`, `PGPASSWORD` …) and password file.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) with what was not understood; never a value of the URI.
    pub fn from_uri(uri: &str) -> Result<Self> {
        let mut url = place::parsed(uri)?;
        let mut config = Self {
            server: PgConnectOptions::new_without_pgpass(),
            replica: None,
            schema: "lead".to_owned(),
            access: Access::Create,
            connections: 8,
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_mins(1),
            busy_timeout: Duration::from_secs(30),
            partitions: None,
            max_staleness: Duration::from_secs(5),
        };
        let mut server = vec![("application_name".to_owned(), "lead".to_owned())];
        let mut replica = None;
        for (name, value) in url.query_pairs() {
            if SERVER.contains(&&*name) || name == "application_name" {
                server.push((name.into_owned(), value.into_owned()));
            } else if name == "replica" {
                replica = Some(value.into_owned());
            } else {
                config.set(&name, &value)?;
            }
        }
        url.query_pairs_mut().clear().extend_pairs(server);
        config.server = place::server(&url)?;
        config.replica = replica.map(|at| place::replica(&url, &at)).transpose()?;
        config.checked()
    }

    /// With every read answered by the primary.
    #[must_use]
    pub fn without_replica(mut self) -> Self {
        self.replica = None;
        self
    }

    /// Whether both name the same tables of the same server, as far as can be told without asking it.
    pub(crate) fn names_same(&self, other: &Self) -> bool {
        let name = |config: &Self| {
            let server = &config.server;
            let socket = server.get_socket().cloned();
            let database = server.get_database().unwrap_or(server.get_username()).to_owned();
            (server.get_host().to_owned(), server.get_port(), socket, database)
        };
        self.schema == other.schema && name(self) == name(other)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<()> {
        let refuse = |wanted: &str| Error::invalid(URI, format!("{name} is {wanted}"));
        let time = || duration(value).ok_or_else(|| refuse("a time such as 5s or 250ms"));
        match name {
            "schema" => value.clone_into(&mut self.schema),
            "mode" => self.access = Access::of_mode(value).ok_or_else(|| refuse("ro, rw or rwc"))?,
            "connections" => self.connections = value.parse().map_err(|_| refuse("a number"))?,
            "partitions" => self.partitions = Some(value.parse().map_err(|_| refuse("a number"))?),
            "connect_timeout" => self.connect_timeout = time()?,
            "idle_timeout" => self.idle_timeout = time()?,
            "max_staleness" => self.max_staleness = time()?,
            "busy_timeout" => self.busy_timeout = time()?,
            _ => {
                let ours = "schema, mode, connections, connect_timeout, idle_timeout, busy_timeout, partitions, replica, \
                            max_staleness, application_name";
                let known = format!("no such parameter; known are {ours}, {}", SERVER.join(", "));
                return Err(Error::invalid(URI, known).with("parameter", name.escape_debug()));
            }
        }
        Ok(())
    }

    /// The schema's name as it stands in statements: quoted, or one that is a word of SQL would be taken for that.
    pub(super) fn quoted_schema(&self) -> String {
        format!("\"{}\"", self.schema)
    }

    /// The first key of our advisory locks, another for each schema; the second is the tenant.
    pub(super) fn locks(&self) -> i32 {
        let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("lead {}", self.schema).as_bytes());
        let (first, ..) = id.as_fields();
        first.cast_signed()
    }

    /// Where jobs that were pushed are called out, in each schema by itself.
    pub(super) fn channel(&self) -> String {
        format!("lead_jobs_{:08x}", self.locks())
    }

    /// Whether the settings can be used. The schema's name becomes part of statements, so it must be a plain one.
    pub(super) fn checked(self) -> Result<Self> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let begins = self
            .schema
            .starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
        if !begins || self.schema.len() > 63 || !self.schema.chars().all(plain) {
            let wanted = "a schema is named by a-z, digits and _, at most 63, the first no digit";
            return Err(Error::invalid(URI, wanted));
        }
        if self.schema.starts_with("pg_") {
            return Err(Error::invalid(
                URI,
                "schemas that begin with pg_ are the server's own",
            ));
        }
        if !(1..=1000).contains(&self.connections) {
            return Err(
                Error::invalid(URI, "connections are 1 to 1000").with("connections", self.connections)
            );
        }
        if self
            .partitions
            .is_some_and(|parts| !(2..=MOST_PARTITIONS).contains(&parts))
        {
            return Err(Error::invalid(URI, "partitions are 2 to 64"));
        }
        if self.max_staleness < Duration::from_millis(100) {
            return Err(Error::invalid(URI, "a staleness of 100 ms or more is wanted"));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_are_read() {
        let config = PostgresConfig::from_uri(
            "postgresql://app:p%40ss@db.test:6543/leads?mode=ro&connections=3&busy_timeout=2s&connect_timeout=250ms",
        );
        let config = config.unwrap();
        assert_eq!((config.access, config.connections), (Access::Read, 3));
        assert_eq!(config.busy_timeout, Duration::from_secs(2));
        assert_eq!(config.connect_timeout, Duration::from_millis(250));
        let server = &config.server;
        assert_eq!(
            (server.get_host(), server.get_port(), server.get_username()),
            ("db.test", 6543, "app")
        );
        assert_eq!(server.get_database(), Some("leads"));
        assert_eq!(server.get_application_name(), Some("lead"));
        assert!(config.replica.is_none() && config.partitions.is_none());
        let config = PostgresConfig::from_uri(
            "postgres://db.test/d?replica=two.test:6000&max_staleness=2s&partitions=8",
        );
        let config = config.unwrap();
        assert_eq!(
            (config.partitions, config.max_staleness),
            (Some(8), Duration::from_secs(2))
        );
        assert!(config.replica.is_some() && config.without_replica().replica.is_none());
        let socket = PostgresConfig::from_uri("postgres:///leads?host=/run/postgresql").unwrap();
        assert!(
            socket
                .server
                .get_socket()
                .is_some_and(|path| path.ends_with("postgresql"))
        );
    }

    #[test]
    fn what_is_not_understood_is_refused_without_a_word_of_it() {
        for uri in [
            "mysql://u:secret@h/d",
            "postgres://u:secret@h:port/d",
            "postgres://u:secret@h/d?mod=ro",
            "postgres://u:secret@h/d?mode=secret",
            "postgres://u:secret@h/d?connections=0",
            "postgres://u:secret@h/d?connections=many",
            "postgres://u:secret@h/d?busy_timeout=soon",
            "postgres://u:secret@h/d?partitions=1",
            "postgres://u:secret@h/d?partitions=65",
            "postgres://u:secret@h/d?max_staleness=99ms",
            "postgres://u:secret@h/d?replica=secret/x",
            "postgres://u:secret@h/d?sslmode=secret",
            "postgres://u:secret@h/d?hostaddr=secret",
            "postgres://u:secret@h/d?schema=secret;drop",
            "postgres://u:secret@h/d?schema=Secret",
            "postgres://u:secret@h/d?schema=",
            "postgres://u:secret@h/d?schema=pg_secret",
            "postgres://u:secret@h/d?schema=1secret",
        ] {
            let error = PostgresConfig::from_uri(uri).unwrap_err();
            assert_eq!(error.kind(), lead_core::ErrorKind::InvalidInput, "{uri}");
            assert!(!format!("{error:?}").contains("secret"), "{error:?}");
        }
    }
}
