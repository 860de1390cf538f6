//! Where a server is.

use std::str::FromStr;

use lead_core::{Error, Result};
use sqlx::postgres::PgConnectOptions;
use url::Url;

pub(super) const URI: &str = "postgres uri";

/// Parameters that say how to reach the server, as libpq knows them
/// (<https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS>).
pub(super) const SERVER: [&str; 10] = [
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
];

/// Those of them that say which machine it is.
const MACHINE: [&str; 3] = ["host", "hostaddr", "port"];

pub(super) fn refused(why: &str) -> Error {
    Error::invalid(URI, why.to_owned())
}

/// A URI of PostgreSQL, not yet looked into.
pub(super) fn parsed(uri: &str) -> Result<Url> {
    let url =
        Url::parse(uri).map_err(|_| refused("postgres://user:password@host:port/database is wanted"))?;
    if matches!(url.scheme(), "postgres" | "postgresql") {
        Ok(url)
    } else {
        Err(refused("must begin with postgres:"))
    }
}

/// How to connect to the server of a URI that has no parameters but libpq's.
pub(super) fn server(url: &Url) -> Result<PgConnectOptions> {
    PgConnectOptions::from_str(url.as_str())
        .map(|server| server.statement_cache_capacity(256))
        .map_err(|_| refused("host, port, database or a parameter of the connection is none"))
}

/// How to connect to a replica of the server of `primary`: `host`, `host:port` or a socket's folder, where the login is the same, or
/// a URI of its own.
pub(super) fn replica(primary: &Url, place: &str) -> Result<PgConnectOptions> {
    if place.contains("://") {
        let url = parsed(place).map_err(|_| wanted())?;
        let known = |name: &str| SERVER.contains(&name) || name == "application_name";
        return if url.query_pairs().all(|(name, _)| known(&name)) {
            server(&url)
        } else {
            Err(wanted())
        };
    }
    let mut url = primary.clone();
    let kept: Vec<(String, String)> = primary
        .query_pairs()
        .into_owned()
        .filter(|(name, _)| !MACHINE.contains(&&**name))
        .collect();
    url.query_pairs_mut().clear().extend_pairs(kept);
    if place.starts_with('/') {
        url.query_pairs_mut().append_pair("host", place);
    } else {
        let machine = Url::parse(&format!("postgres://{place}")).map_err(|_| wanted())?;
        let plain = machine.username().is_empty() && machine.path().is_empty() && machine.query().is_none();
        let Some(host) = machine.host_str().filter(|_| plain) else {
            return Err(wanted());
        };
        url.set_host(Some(host)).map_err(|_| wanted())?;
        url.set_port(machine.port()).map_err(|()| wanted())?;
    }
    server(&url)
}

fn wanted() -> Error {
    refused(
        "replica is host, host:port, a socket's folder, or a postgres URI, percent-encoded, of libpq's parameters",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replica_has_the_login_of_the_primary_or_one_of_its_own() {
        let primary = parsed("postgres://app:pass@db.test:6543/leads?sslmode=disable").unwrap();
        let two = replica(&primary, "two.test:7000").unwrap();
        assert_eq!(
            (two.get_host(), two.get_port(), two.get_username()),
            ("two.test", 7000, "app")
        );
        assert_eq!(two.get_database(), Some("leads"));
        let own = replica(&primary, "postgres://reader@three.test/other").unwrap();
        assert_eq!(
            (own.get_host(), own.get_username(), own.get_database()),
            ("three.test", "reader", Some("other"))
        );
        let socket = replica(&primary, "/run/two").unwrap();
        assert!(socket.get_socket().is_some_and(|path| path.ends_with("two")));
        // A primary by socket says nothing of where the replica is.
        let local = parsed("postgres:///leads?host=/run/one&port=6000&user=app").unwrap();
        let two = replica(&local, "two.test").unwrap();
        assert_eq!(
            (two.get_host(), two.get_username(), two.get_socket()),
            ("two.test", "app", None)
        );
        assert_ne!(two.get_port(), 6000);
    }

    #[test]
    fn places_that_are_none_are_refused() {
        let primary = parsed("postgres://db.test/leads").unwrap();
        for place in [
            "",
            "two.test/secret",
            "secret@two.test",
            "two.test?secret=1",
            "http://secret",
            "postgres://two.test/leads?schema=secret",
            "two.test:secret",
        ] {
            let error = replica(&primary, place).unwrap_err();
            assert_eq!(error.kind(), lead_core::ErrorKind::InvalidInput, "{place}");
            assert!(!format!("{error:?}").contains("secret"), "{error:?}");
        }
    }
}
