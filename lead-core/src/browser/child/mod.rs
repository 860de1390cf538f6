//! A Chromium as a process: started, watched, ended, with nothing left of it.
//!
//! It ends with us in whatever way we end. While we live, [`Child`] kills its process group. When we are killed, it reads the
//! end of the pipe it is spoken to through, and quits; where there is `setpriv` (util-linux), the kernel kills it besides
//! (`PR_SET_PDEATHSIG`), which reaches one that was stopped, too. That signal comes when the *thread* ends that started the
//! process, so all are started by one thread ([`Spawner`]) that lives as long as they do. What is still left, a folder, is
//! taken away by the next process that starts a browser ([`profile::reap`]).

mod executable;
mod flags;
pub(super) mod group;
mod profile;
mod spawner;
mod user;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, PipeReader, PipeWriter};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use command_fds::{CommandFdExt, FdMapping};
use tokio::net::unix::pipe;
use tokio::sync::watch;

use self::profile::Profile;
pub(super) use self::spawner::Spawner;
use self::user::User;
use super::BrowserConfig;
use super::identity::Drawn;
use crate::{Error, ErrorKind, Result};

/// The descriptors Chromium speaks through with `--remote-debugging-pipe`: it reads from 3 and writes to 4.
const READS: i32 = 3;
const WRITES: i32 = 4;

/// A running browser. Dropped, it is killed.
#[derive(Debug)]
pub(super) struct Child {
    group: u32,
    ended: watch::Receiver<Option<String>>,
}

/// The ends of the pipes to speak to it through.
#[derive(Debug)]
pub(super) struct Pipes {
    pub(super) reader: pipe::Receiver,
    pub(super) writer: pipe::Sender,
}

impl Child {
    /// Its process group, which is its process id as well.
    pub(super) fn group(&self) -> u32 {
        self.group
    }

    /// Kills it, with all its processes.
    pub(super) fn kill(&self) {
        if self.ended.borrow().is_none() {
            group::kill(self.group);
        }
    }

    /// Waits until it is gone, its folder too. Gives the last it complained of.
    pub(super) async fn gone(&self) -> String {
        let mut ended = self.ended.clone();
        let last = ended.wait_for(Option::is_some).await;
        last.ok().and_then(|text| text.clone()).unwrap_or_default()
    }
}

impl Drop for Child {
    /// A browser nobody waits for is killed. Most programs end then, so its folder is waited for a little.
    fn drop(&mut self) {
        self.kill();
        for _ in 0..100 {
            if self.ended.borrow().is_some() {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Whether one could be started.
pub(super) fn check(config: &BrowserConfig) -> Result<()> {
    program_and_user(config).map(drop)
}

fn program_and_user(config: &BrowserConfig) -> Result<(PathBuf, Option<User>)> {
    let program = executable::find(config.executable.as_ref())?;
    let user = User::to_run_as(config)?;
    profile::reachable(&config.folder(), user.as_ref().map(User::ids))?;
    Ok((program, user))
}

/// Starts one, on the thread of the caller, which is to live as long.
fn start(config: &BrowserConfig, drawn: Option<&Drawn>) -> Result<(Child, Pipes)> {
    let failed = |cause: io::Error| {
        Error::new(ErrorKind::Browser, "browser", "the browser could not be started").because(cause)
    };
    let (program, user) = program_and_user(config)?;
    let base = config.folder();
    profile::reap(&base);
    let mut profile = Profile::new(&base, user.as_ref().map(User::ids))?;
    let (from_us, to_browser) = io::pipe().map_err(failed)?;
    let (from_browser, to_us) = io::pipe().map_err(failed)?;
    let complaints = profile.log().map_err(failed)?;
    let flags = flags::all(config, drawn, &profile.data());
    let mut command = command(&program, flags, user.as_ref(), &profile.data(), complaints);
    if let Some(drawn) = drawn {
        command.env("TZ", &drawn.time_zone); // which reaches workers, too
    }
    command
        .fd_mappings(vec![mapping(from_us, READS), mapping(to_us, WRITES)])
        .map_err(|cause| Error::new(ErrorKind::Internal, "browser", "descriptors collide").because(cause))?;
    let mut process = command.spawn().map_err(failed)?;
    drop(command); // with it go our copies of the browser's ends
    let group = process.id();
    if let Err(cause) = profile.note(group) {
        group::kill(group);
        let _ = process.wait();
        return Err(failed(cause));
    }
    let (ending, ended) = watch::channel(None);
    let wait = move || {
        let _ = process.wait();
        group::end(group); // what it started may outlive it
        let last = profile.complaints();
        profile.remove();
        ending.send_replace(Some(last));
    };
    let child = Child { group, ended };
    std::thread::Builder::new()
        .name("lead-browser-wait".into())
        .spawn(wait)
        .map_err(|cause| {
            child.kill();
            failed(cause)
        })?;
    let pipes = pipes(from_browser, to_browser).map_err(failed)?;
    Ok((child, pipes))
}

fn mapping(end: impl Into<OwnedFd>, child_fd: i32) -> FdMapping {
    FdMapping {
        parent_fd: end.into(),
        child_fd,
    }
}

fn pipes(reader: PipeReader, writer: PipeWriter) -> io::Result<Pipes> {
    Ok(Pipes {
        reader: pipe::Receiver::from_owned_fd(reader.into())?,
        writer: pipe::Sender::from_owned_fd(writer.into())?,
    })
}

/// The command, which sees nothing of our environment but the path and the language.
fn command(
    program: &Path,
    flags: Vec<OsString>,
    user: Option<&User>,
    data: &Path,
    complaints: File,
) -> Command {
    let mut command = match user::wrapper(user) {
        Some(mut wrapper) => {
            wrapper.arg(program);
            wrapper
        }
        None => Command::new(program),
    };
    command
        .args(flags)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("LANG", "C.UTF-8")
        .env("HOME", data)
        .env("TMPDIR", data)
        .current_dir(data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(complaints);
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}
