//! As whom a browser runs.
//!
//! Chromium's sandbox wants an ordinary user. A program that runs as root starts it as another one, through `setpriv` of
//! util-linux, which also has the kernel end it with the thread that started it.

use std::path::Path;
use std::process::Command;

use nix::unistd::{Uid, User as Account};

use crate::browser::BrowserConfig;
use crate::{Error, ErrorKind, Result};

/// Where util-linux puts it. Others of this name (BusyBox's) lack what is needed.
const SETPRIV: &str = "/usr/bin/setpriv";

/// Another user than ours.
#[derive(Clone, Debug)]
pub(super) struct User {
    uid: u32,
    gid: u32,
}

impl User {
    /// Whom to run as, when it is not ourselves: as root, the user that the settings name.
    pub(super) fn to_run_as(config: &BrowserConfig) -> Result<Option<Self>> {
        if !Uid::effective().is_root() || !config.sandbox {
            return Ok(None);
        }
        let refuse = |message: &str| {
            Error::new(ErrorKind::Config, "browser", message).with("user", config.user.as_str())
        };
        let account = Account::from_name(&config.user).ok().flatten();
        let account = account.ok_or_else(|| {
            refuse("there is no such user to run the browser as; name another or turn the sandbox off")
        })?;
        if account.uid.is_root() {
            return Err(refuse("the browser's sandbox wants another user than root"));
        }
        if !Path::new(SETPRIV).exists() {
            return Err(refuse(
                "to run the browser as another user, setpriv (util-linux) is needed",
            ));
        }
        Ok(Some(Self {
            uid: account.uid.as_raw(),
            gid: account.gid.as_raw(),
        }))
    }

    pub(super) fn ids(&self) -> (u32, u32) {
        (self.uid, self.gid)
    }
}

/// What the program is started through: as `user`, and ended by the kernel with the thread that starts it.
pub(super) fn wrapper(user: Option<&User>) -> Option<Command> {
    if !Path::new(SETPRIV).exists() {
        return None;
    }
    let mut command = Command::new(SETPRIV);
    command.args(["--pdeathsig", "KILL"]);
    if let Some(user) = user {
        command.arg(format!("--reuid={}", user.uid));
        command.arg(format!("--regid={}", user.gid));
        command.arg("--clear-groups");
    }
    command.arg("--");
    Some(command)
}
