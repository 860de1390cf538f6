//! What PostgreSQL's errors mean here.

use lead_core::{Error, ErrorKind};
use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;

/// Turns an error of sqlx at `operation` into ours.
pub(super) fn failed(operation: &'static str) -> impl Fn(sqlx::Error) -> Error {
    move |cause| match cause {
        sqlx::Error::Database(database) => of_server(operation, &*database),
        cause => of_driver(operation, cause),
    }
}

/// As [`failed`], where a transaction begins: a server that follows another does not even begin to write.
pub(super) fn not_begun(operation: &'static str) -> impl Fn(sqlx::Error) -> Error {
    move |cause| match &cause {
        sqlx::Error::Database(database) if database.code().as_deref() == Some("0A000") => {
            let message = "the database follows another and may only be read";
            Error::new(ErrorKind::ReadOnly, operation, message)
        }
        _ => failed(operation)(cause),
    }
}

/// Kept of what the server says: code, the names of table and rule, and its one line; never the details, which hold values.
fn of_server(operation: &'static str, cause: &dyn DatabaseError) -> Error {
    let code = cause.code().unwrap_or_default();
    let (kind, temporary, message) = of_code(&code);
    let error = Error::new(kind, operation, message).with("sqlstate", &code);
    let error = if temporary { error.temporary() } else { error };
    // Errors of data (class 22) quote it, and those of names (28, 3D) say whom and what the URL asked for.
    let says_values = ["22", "28", "3D"].iter().any(|class| code.starts_with(class));
    let rule = cause
        .try_downcast_ref::<PgDatabaseError>()
        .and_then(PgDatabaseError::constraint);
    let error = match rule {
        Some(rule) => error.with("constraint", rule),
        None => error,
    };
    if says_values {
        error
    } else {
        error.because(cause.message().to_owned())
    }
}

fn of_driver(operation: &'static str, cause: sqlx::Error) -> Error {
    match cause {
        sqlx::Error::Io(cause) => {
            let message = "the connection to the database could not be made, or broke";
            Error::new(ErrorKind::Network, operation, message)
                .because(cause)
                .temporary()
        }
        sqlx::Error::Tls(cause) => Error::new(
            ErrorKind::Network,
            operation,
            "no secure connection to the database",
        )
        .because(cause),
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::ColumnNotFound(_) => {
            let message = "a stored value has another type than it should";
            Error::new(ErrorKind::Corrupt, operation, message).because(cause)
        }
        // What sqlx says of settings may quote the URL.
        sqlx::Error::Configuration(_) => Error::new(
            ErrorKind::Config,
            operation,
            "a setting of the connection cannot be used",
        ),
        // A server that goes away in the middle of a word.
        sqlx::Error::Protocol(_) => {
            let message = "the connection to the database broke";
            Error::new(ErrorKind::Network, operation, message)
                .because(cause)
                .temporary()
        }
        _ => Error::new(ErrorKind::Storage, operation, "the database refused").because(cause),
    }
}

/// By SQLSTATE (<https://www.postgresql.org/docs/current/errcodes-appendix.html>): the kind, and whether trying again may help.
fn of_code(code: &str) -> (ErrorKind, bool, &'static str) {
    match code {
        // Rolled back, so that it can be done again as if it had never begun.
        "40001" | "40P01" => (
            ErrorKind::Conflict,
            true,
            "others changed the same leads at the same time",
        ),
        "55P03" => (ErrorKind::Locked, true, "somebody else is writing the same leads"),
        "53300" => (ErrorKind::Locked, true, "the server takes no more connections"),
        "53100" => (ErrorKind::StorageFull, false, "no room is left for the database"),
        "53200" => (ErrorKind::Storage, true, "the server is out of memory"),
        "25006" => (ErrorKind::ReadOnly, false, "the database may only be read"),
        "0A000" => (ErrorKind::Unsupported, false, "the server does not do that"),
        "42501" => (
            ErrorKind::ReadOnly,
            false,
            "this role of the database may not do that",
        ),
        "57014" => (
            ErrorKind::Timeout,
            true,
            "the server broke off a statement that took too long",
        ),
        "57P01" | "57P02" | "57P03" | "25P03" | "57P05" => (
            ErrorKind::Network,
            true,
            "the server is shutting down, starting up, or closed the connection",
        ),
        "28000" | "28P01" => (ErrorKind::Config, false, "the server refuses this login"),
        "3D000" => (ErrorKind::NotFound, false, "the server has no such database"),
        "XX001" | "XX002" => (ErrorKind::Corrupt, false, "the database is damaged"),
        code if code.starts_with("08") => (ErrorKind::Network, true, "the connection to the database broke"),
        code if code.starts_with("58") => (ErrorKind::Io, false, "the server cannot read or write its files"),
        _ => (ErrorKind::Storage, false, "the database refused"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_a_meaning() {
        for (code, kind, temporary) in [
            ("40001", ErrorKind::Conflict, true),
            ("40P01", ErrorKind::Conflict, true),
            ("55P03", ErrorKind::Locked, true),
            ("53300", ErrorKind::Locked, true),
            ("53100", ErrorKind::StorageFull, false),
            ("25006", ErrorKind::ReadOnly, false),
            ("0A000", ErrorKind::Unsupported, false),
            ("57P01", ErrorKind::Network, true),
            ("08006", ErrorKind::Network, true),
            ("28P01", ErrorKind::Config, false),
            ("3D000", ErrorKind::NotFound, false),
            ("58030", ErrorKind::Io, false),
            ("XX001", ErrorKind::Corrupt, false),
            ("23505", ErrorKind::Storage, false),
        ] {
            let (got, again, _) = of_code(code);
            assert_eq!((got, again), (kind, temporary), "{code}");
        }
    }

    #[test]
    fn what_the_driver_says_has_a_meaning() {
        let kind = |cause| failed("test")(cause).kind();
        assert_eq!(
            kind(sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into())),
            ErrorKind::Network
        );
        assert_eq!(kind(sqlx::Error::RowNotFound), ErrorKind::Storage);
        assert_eq!(kind(sqlx::Error::ColumnNotFound("x".into())), ErrorKind::Corrupt);
        let told = failed("test")(sqlx::Error::Configuration("postgres://u:secret@h".into()));
        assert!(!format!("{told:?}").contains("secret"));
    }
}
