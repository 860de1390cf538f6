//! What SQLite's result codes mean here.

use lead_core::{Error, ErrorKind};

/// Extended result code of a shared-memory file that could not be grown (<https://sqlite.org/rescode.html>).
const IOERR_SHMSIZE: u32 = 4874;

/// Turns an error of sqlx at `operation` into ours. SQLite's own messages name tables and rules, never values.
pub(super) fn failed(operation: &'static str) -> impl Fn(sqlx::Error) -> Error {
    move |cause| {
        let (kind, message) = meaning(&cause);
        let error = Error::new(kind, operation, message).because(cause);
        if kind == ErrorKind::Locked {
            error.temporary()
        } else {
            error
        }
    }
}

fn meaning(cause: &sqlx::Error) -> (ErrorKind, &'static str) {
    match cause {
        sqlx::Error::Database(database) => {
            let code = database.code().and_then(|code| code.parse().ok());
            of_code(code.unwrap_or(1))
        }
        sqlx::Error::PoolTimedOut => (ErrorKind::Locked, "every connection is busy"),
        sqlx::Error::PoolClosed => (ErrorKind::Storage, "the store was closed"),
        sqlx::Error::Io(_) => (ErrorKind::Io, "reading or writing the database file failed"),
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::ColumnNotFound(_) => (
            ErrorKind::Corrupt,
            "a stored value has another type than it should",
        ),
        _ => (ErrorKind::Storage, "the database refused"),
    }
}

/// By the primary result code, the low byte of the extended one (<https://sqlite.org/rescode.html>).
fn of_code(code: u32) -> (ErrorKind, &'static str) {
    match (code, code & 0xff) {
        (_, 5 | 6) => (ErrorKind::Locked, "somebody else is writing to the database"),
        (_, 8) => (ErrorKind::ReadOnly, "the database may only be read"),
        (IOERR_SHMSIZE, _) | (_, 13) => (ErrorKind::StorageFull, "no room is left for the database"),
        (_, 26) => (ErrorKind::Corrupt, "the file is not an SQLite database"),
        (_, 11) => (ErrorKind::Corrupt, "the database file is damaged"),
        (_, 14) => (ErrorKind::Io, "the database file cannot be opened"),
        (_, 10) => (ErrorKind::Io, "reading or writing the database file failed"),
        (_, 3 | 23) => (ErrorKind::Io, "the database file must not be read"),
        _ => (ErrorKind::Storage, "the database refused"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_codes_have_a_meaning() {
        let kind = |code| of_code(code).0;
        for (code, wanted) in [
            (5, ErrorKind::Locked),
            (6, ErrorKind::Locked),
            (261, ErrorKind::Locked), // SQLITE_BUSY_RECOVERY
            (8, ErrorKind::ReadOnly),
            (1544, ErrorKind::ReadOnly), // SQLITE_READONLY_DIRECTORY
            (13, ErrorKind::StorageFull),
            (4874, ErrorKind::StorageFull),
            (11, ErrorKind::Corrupt),
            (26, ErrorKind::Corrupt),
            (14, ErrorKind::Io),
            (778, ErrorKind::Io), // SQLITE_IOERR_WRITE
            (3, ErrorKind::Io),
            (19, ErrorKind::Storage),
        ] {
            assert_eq!(kind(code), wanted, "{code}");
        }
        assert!(failed("test")(sqlx::Error::PoolTimedOut).is_retryable());
        assert_eq!(failed("test")(sqlx::Error::PoolClosed).kind(), ErrorKind::Storage);
        let io = sqlx::Error::Io(std::io::ErrorKind::NotFound.into());
        assert_eq!(failed("test")(io).kind(), ErrorKind::Io);
        assert_eq!(
            failed("test")(sqlx::Error::RowNotFound).kind(),
            ErrorKind::Storage
        );
        assert_eq!(
            failed("test")(sqlx::Error::ColumnNotFound("x".into())).kind(),
            ErrorKind::Corrupt
        );
    }
}
