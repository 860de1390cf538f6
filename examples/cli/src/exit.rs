//! What the caller is told at the end: which error means which exit code, and what to do about it.
//!
//! This is the only place that knows; see [`exit_of`] and [`hint_for`].

use std::process::ExitCode;

use lead_core::ErrorKind;

/// How a command ended; the number is the process' exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Everything was done.
    Done = 0,
    /// Nothing was done, or the one thing asked for failed.
    Failed = 1,
    /// The call itself was wrong; nothing was begun.
    Usage = 2,
    /// A part was done; what failed was listed.
    Partly = 3,
    /// Interrupted; what was done by then is kept (128 + SIGINT, as shells count).
    Interrupted = 130,
}

impl Exit {
    /// The number.
    pub const fn code(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// How many parts of a command were done, and what the others failed with.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) done: u64,
    worst: Option<Exit>,
}

impl Tally {
    /// Another part failed.
    pub(crate) fn failed(&mut self, kind: ErrorKind) {
        let exit = exit_of(kind);
        // The call as a whole was wrong only if every part of it was.
        self.worst = Some(if self.worst.is_none_or(|worst| worst == exit) {
            exit
        } else {
            Exit::Failed
        });
    }

    /// How the command ended.
    pub(crate) fn exit(self) -> Exit {
        match self.worst {
            None => Exit::Done,
            Some(_) if self.done > 0 => Exit::Partly,
            Some(worst) => worst,
        }
    }
}

/// The exit code of a command that came to nothing because of an error of this kind.
pub const fn exit_of(kind: ErrorKind) -> Exit {
    match kind {
        // The caller can mend the call itself.
        ErrorKind::InvalidInput | ErrorKind::Config | ErrorKind::Unsupported => Exit::Usage,
        ErrorKind::Cancelled => Exit::Interrupted,
        _ => Exit::Failed,
    }
}

/// What a person can do about an error of this kind, where something general can be said.
pub const fn hint_for(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::GuardRefused => {
            "loopback, private and metadata addresses are refused; --allow-net CIDR allows a range of your own"
        }
        ErrorKind::RobotsDenied => "the site asks programs to stay away; `lead` keeps to that",
        ErrorKind::RateLimited => "come back later, or set a lower --rate",
        ErrorKind::ReadOnly => "make it writable, or choose another place with --store sqlite://FILE",
        ErrorKind::StorageFull => {
            "what was written before is kept; make room, then try again or go on with --resume last"
        }
        ErrorKind::Locked => "another program is at work there; try again when it is done",
        ErrorKind::Corrupt => "restore a copy",
        ErrorKind::Timeout | ErrorKind::Network => "check the address and the connection, then try again",
        ErrorKind::Internal => "this is a fault of the program: please report it with the output of -vv",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_decides_only_when_nothing_was_done() {
        let tally = |done, kinds: &[ErrorKind]| {
            let mut tally = Tally {
                done,
                ..Tally::default()
            };
            for kind in kinds {
                tally.failed(*kind);
            }
            tally.exit()
        };
        assert_eq!(tally(0, &[]), Exit::Done);
        assert_eq!(tally(4, &[ErrorKind::GuardRefused]), Exit::Partly);
        assert_eq!(tally(0, &[ErrorKind::GuardRefused]), Exit::Failed);
        assert_eq!(
            tally(0, &[ErrorKind::InvalidInput, ErrorKind::InvalidInput]),
            Exit::Usage
        );
        assert_eq!(
            tally(0, &[ErrorKind::InvalidInput, ErrorKind::NotFound]),
            Exit::Failed
        );
    }
}
