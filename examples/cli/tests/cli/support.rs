//! Running the binary.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

/// The binary, in a folder and without settings from outside.
pub(crate) fn lead(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lead"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("LEAD_")) {
        command.env_remove(name);
    }
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// Runs the binary to its end in `folder`.
pub(crate) fn run<S: AsRef<OsStr>>(folder: &Path, args: &[S]) -> Ran {
    Ran::of(lead(folder).args(args).output().unwrap())
}

/// Starts the binary and kills it after `moment`; whether it was still under way.
pub(crate) fn kill_after<S: AsRef<OsStr>>(folder: &Path, args: &[S], moment: Duration) -> bool {
    let mut command = lead(folder);
    let mut child = command
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(moment);
    let under_way = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    under_way
}

/// Asks a program that waits to stop; the code it ends with.
#[cfg(unix)]
pub(crate) fn stopped(waiting: &mut std::process::Child) -> Option<i32> {
    std::thread::sleep(Duration::from_millis(300));
    assert!(waiting.try_wait().unwrap().is_none(), "it waits");
    let id = waiting.id().to_string();
    let asked = Command::new("kill").args(["-TERM", &id]).status().unwrap();
    assert!(asked.success());
    let begun = std::time::Instant::now();
    loop {
        if let Some(ended) = waiting.try_wait().unwrap() {
            return ended.code();
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "it cannot be stopped");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Runs the binary to its end, with this on standard input.
pub(crate) fn run_with<S: AsRef<OsStr>>(args: &[S], input: &[u8]) -> Ran {
    let mut child = lead(Path::new("."))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // Whoever reads only a part of its input closes the pipe: that is no fault of the test's.
    let feeder = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    Ran::of(output)
}

/// How a process ended and what it said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        let ran = Self {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        };
        assert!(
            !ran.err.contains("panicked") && !ran.err.contains("INTERNAL"),
            "{ran:?}"
        );
        ran
    }

    /// The objects on standard output, one a line.
    pub(crate) fn objects(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
            .collect()
    }

    /// Asserts the exit code, with everything that was said as the message.
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }
}

/// A folder of its own that goes away with the test.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A file in a folder.
pub(crate) fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path
}

/// One line with the code; never more than a hint beside it.
pub(crate) fn assert_error(ran: &Ran, code: &str, name: &str) {
    let lines: Vec<&str> = ran.err.lines().collect();
    assert!(
        lines[0].starts_with(&format!("error: {code} at ")),
        "{name}: {}",
        ran.err
    );
    assert!(
        lines.len() <= 2 && lines[1..].iter().all(|line| line.starts_with("  hint: ")),
        "{name}: {}",
        ran.err
    );
}
