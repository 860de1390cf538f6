//! A browser's processes, which form a process group of their own.

use std::fs;
use std::path::Path;
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

/// Bytes of a page of memory, as the kernel counts them for `statm` on the machines Chromium runs on.
const PAGE: u64 = 4096;

/// Ends every process of a group at once. One that is gone already is no error.
pub(crate) fn kill(group: u32) {
    if let Ok(group) = i32::try_from(group)
        && group > 1
    {
        // The only failures are that there is no such group, or that it is not ours: nothing can be done about either.
        let _ = killpg(Pid::from_raw(group), Signal::SIGKILL);
    }
}

/// Ends every process of a group, and waits a little until there is none: the kernel takes its time.
pub(super) fn end(group: u32) {
    kill(group);
    let Ok(group) = i32::try_from(group) else {
        return;
    };
    for _ in 0..200 {
        if killpg(Pid::from_raw(group), None).is_err() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Whether the head of `group` was started out of `folder`.
pub(super) fn runs_from(group: u32, folder: &Path) -> bool {
    let Ok(command) = fs::read(format!("/proc/{group}/cmdline")) else {
        return false;
    };
    let folder = folder.as_os_str().as_encoded_bytes();
    !folder.is_empty() && command.windows(folder.len()).any(|window| window == folder)
}

/// The memory that the processes of `group` hold for themselves, in bytes: what would be free without them.
pub(crate) fn memory(group: u32) -> u64 {
    let Ok(processes) = fs::read_dir("/proc") else {
        return 0;
    };
    let members = processes
        .flatten()
        .filter(|process| group_of(&process.path()) == Some(group));
    members.filter_map(|process| own_memory(&process.path())).sum()
}

/// Field 5 of `stat` (proc_pid_stat(5)), counted after the name, which may hold anything.
fn group_of(process: &Path) -> Option<u32> {
    let stat = fs::read_to_string(process.join("stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_ascii_whitespace().nth(2)?.parse().ok()
}

/// What is resident less what is shared with others (`statm`, proc_pid_statm(5)).
fn own_memory(process: &Path) -> Option<u64> {
    let statm = fs::read_to_string(process.join("statm")).ok()?;
    let mut fields = statm.split_ascii_whitespace().skip(1).map(str::parse::<u64>);
    let (resident, shared) = (fields.next()?.ok()?, fields.next()?.ok()?);
    Some(resident.saturating_sub(shared) * PAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_group_holds_memory() {
        let own = group_of(Path::new("/proc/self")).unwrap();
        assert!(memory(own) > PAGE);
        assert_eq!(memory(u32::MAX), 0);
        assert!(!runs_from(own, Path::new("/nowhere/at/all")));
    }
}
