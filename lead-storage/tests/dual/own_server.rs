//! A PostgreSQL server of a test's own, to be killed.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use sqlx::Connection;
use tokio::process::{Child, Command};

/// A server in a folder of its own.
pub(crate) struct OwnServer {
    bin: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
    running: Option<Child>,
}

/// Where the newest server's programs are.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let bins = versions.filter_map(|version| Some(version.ok()?.path().join("bin")));
    bins.filter(|bin| bin.join("initdb").exists()).max()
}

impl OwnServer {
    /// Starts one, where the test run has a server at all and its programs are found.
    pub(crate) async fn start() -> Option<Self> {
        crate::server::told()?;
        let Some(bin) = programs() else {
            println!("SKIPPED: no initdb under /usr/lib/postgresql, so no server was killed");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut server = Self {
            bin,
            folder,
            port,
            running: None,
        };
        server.init().await;
        server.restart().await;
        Some(server)
    }

    /// A program of the server's. As root they refuse to run, so they run as the system's user for it.
    fn program(&self, name: &str) -> Command {
        let program = self.bin.join(name);
        let mut command = if self.as_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid", "postgres", "--regid", "postgres", "--clear-groups"]);
            command.arg(program);
            command
        } else {
            Command::new(program)
        };
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        command
    }

    fn as_root(&self) -> bool {
        Path::new("/root").metadata().is_ok() && std::fs::read_dir("/root").is_ok()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    async fn init(&self) {
        if self.as_root() {
            let owned = Command::new("chown")
                .arg("postgres")
                .arg(self.folder.path())
                .status();
            assert!(owned.await.unwrap().success());
        }
        let mut init = self.program("initdb");
        init.arg("--pgdata").arg(self.data());
        init.args([
            "--username",
            "lead",
            "--auth",
            "trust",
            "--encoding",
            "UTF8",
            "--no-sync",
        ]);
        assert!(init.status().await.unwrap().success());
    }

    /// Starts it again, and waits until it answers.
    pub(crate) async fn restart(&mut self) {
        let mut server = self.program("postgres");
        server
            .arg("-D")
            .arg(self.data())
            .arg("-k")
            .arg(self.folder.path());
        server.args([
            "-p",
            &self.port.to_string(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "fsync=off",
        ]);
        self.running = Some(server.spawn().unwrap());
        let begun = Instant::now();
        let uri = self.uri();
        while sqlx::PgConnection::connect(&uri).await.is_err() {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "the server does not start"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Stops it at once, as a crash would: nothing is written down, and its next start recovers from its log.
    pub(crate) async fn kill(&mut self) {
        let mut stop = self.program("pg_ctl");
        stop.args(["stop", "--mode", "immediate", "--wait", "--pgdata"])
            .arg(self.data());
        assert!(stop.status().await.unwrap().success());
        if let Some(mut running) = self.running.take() {
            running.wait().await.unwrap();
        }
    }

    pub(crate) fn uri(&self) -> String {
        format!("postgres://lead@127.0.0.1:{}/postgres", self.port)
    }
}
