//! Why a command ends before its end.

use lead_core::{Error, ErrorKind};

/// Why a command ends before its end.
#[derive(Debug)]
pub(crate) enum Halt {
    /// Whoever read our output has gone (`| head`): that is no error.
    Pipe,
    /// It cannot go on.
    Error(Error),
}

/// What a command's steps return.
pub(crate) type Outcome<T> = Result<T, Halt>;

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl Halt {
    /// What a failed write to standard output means.
    pub(crate) fn of_output(cause: std::io::Error) -> Self {
        match cause.kind() {
            std::io::ErrorKind::BrokenPipe => Self::Pipe,
            _ => Self::Error(io_error("write", "standard output", cause)),
        }
    }
}

/// The typed error behind a failed operation on the file or stream called `name`.
pub(crate) fn io_error(operation: &'static str, name: &str, cause: std::io::Error) -> Error {
    use std::io::ErrorKind as Io;
    let (kind, says) = match cause.kind() {
        Io::NotFound if operation == "write" => (ErrorKind::NotFound, "there is no such folder"),
        Io::NotFound => (ErrorKind::NotFound, "there is no such file"),
        Io::PermissionDenied => (ErrorKind::Io, "permission denied"),
        Io::ReadOnlyFilesystem => (ErrorKind::ReadOnly, "the file system may only be read"),
        Io::StorageFull | Io::QuotaExceeded => (ErrorKind::StorageFull, "no room is left"),
        Io::IsADirectory => (ErrorKind::Io, "it is a folder"),
        Io::NotADirectory => (ErrorKind::NotFound, "a part of its path is no folder"),
        Io::AlreadyExists => (ErrorKind::Conflict, "it is there already"),
        Io::AddrInUse => (ErrorKind::Conflict, "the address is in use"),
        _ => (ErrorKind::Io, "reading or writing failed"),
    };
    Error::new(kind, operation, says)
        .with("file", name)
        .because(cause)
}
