//! A PostgreSQL server of a test's own, to be killed, followed or listened to.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use sqlx::Connection as _;
use tokio::process::{Child, Command};

/// Where the programs of a PostgreSQL are; `scripts/test` says so.
const PROGRAMS: &str = "LEAD_TEST_POSTGRES_BIN";

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// A server of the test's own, in a temporary folder.
pub(crate) struct OwnServer {
    programs: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
    /// Settings beyond the default.
    settings: Vec<String>,
    child: Option<Child>,
}

impl OwnServer {
    /// Starts one, where the test run names its programs.
    pub(crate) async fn start() -> Option<Self> {
        Self::start_with(&[]).await
    }

    /// Starts one with settings such as `log_statement=all`.
    pub(crate) async fn start_with(settings: &[&str]) -> Option<Self> {
        let mut server = Self::folder(settings).await?;
        server.make().await;
        server.restart().await;
        Some(server)
    }

    /// Starts one, and another that follows it.
    pub(crate) async fn start_pair() -> Option<(Self, Self)> {
        let mut first = Self::folder(&["wal_keep_size=1GB"]).await?;
        first.make().await;
        let follows = format!("primary_conninfo=host=127.0.0.1 port={} user=lead", first.port);
        let mut second = Self::folder(&[&follows]).await?;
        // A copy of one that is at rest is a backup as good as any, and needs no program that not every package brings.
        let copied = Command::new("cp")
            .arg("-a")
            .arg(first.data())
            .arg(second.data())
            .status();
        assert!(copied.await.unwrap().success());
        std::fs::write(second.data().join("standby.signal"), "").unwrap();
        first.restart().await;
        second.restart().await;
        Some((first, second))
    }

    /// A folder and a port for one.
    async fn folder(settings: &[&str]) -> Option<Self> {
        let Some(programs) = std::env::var_os(PROGRAMS) else {
            eprintln!(
                "SKIPPED: {PROGRAMS} names no programs of PostgreSQL, so no server of the test's own was started"
            );
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        drop(taken);
        let server = Self {
            programs: programs.into(),
            folder,
            port,
            settings: settings.iter().map(|setting| (*setting).to_owned()).collect(),
            child: None,
        };
        if is_root() {
            let owned = Command::new("chown")
                .arg("postgres")
                .arg(server.folder.path())
                .status();
            assert!(owned.await.unwrap().success());
        }
        Some(server)
    }

    /// Makes an empty database.
    async fn make(&self) {
        let mut made = self.program("initdb");
        made.args([
            "--username",
            "lead",
            "--auth",
            "trust",
            "--encoding",
            "UTF8",
            "--locale",
            "C.UTF-8",
            "--no-sync",
        ]);
        let made = made
            .arg("--pgdata")
            .arg(self.data())
            .stdout(Stdio::null())
            .status();
        assert!(made.await.unwrap().success());
    }

    /// Where its files are.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// What it has logged, where it was told to collect that.
    pub(crate) fn log(&self) -> String {
        let read = |path: &PathBuf| std::fs::read_to_string(path).unwrap();
        self.log_files().iter().map(read).collect()
    }

    /// Empties the log; the server goes on appending.
    pub(crate) fn forget_log(&self) {
        for path in self.log_files() {
            std::fs::OpenOptions::new()
                .write(true)
                .truncate(true)
                .open(path)
                .unwrap();
        }
    }

    fn log_files(&self) -> Vec<PathBuf> {
        let Ok(files) = std::fs::read_dir(self.data().join("log")) else {
            return Vec::new();
        };
        files.map(|file| file.unwrap().path()).collect()
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(crate) fn uri(&self) -> String {
        format!("postgres://lead@127.0.0.1:{}/postgres", self.port)
    }

    /// One of its programs, which refuse to run as root.
    fn program(&self, name: &str) -> Command {
        let path: &Path = &self.programs.join(name);
        if !is_root() {
            return Command::new(path);
        }
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid", "postgres", "--regid", "postgres", "--clear-groups"])
            .arg(path);
        command
    }

    /// Starts it and waits until it takes connections. Those of its processes that outlive the first one's death hold its memory for
    /// a moment, and it refuses to start.
    pub(crate) async fn restart(&mut self) {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_mins(1) {
            let mut command = self.program("postgres");
            command
                .arg("-D")
                .arg(self.data())
                .arg("-k")
                .arg(self.folder.path());
            command.args(["-p", &self.port.to_string(), "-c", "listen_addresses=127.0.0.1"]);
            for setting in &self.settings {
                command.args(["-c", setting]);
            }
            let mut child = command
                .stderr(Stdio::null())
                .stdout(Stdio::null())
                .kill_on_drop(true)
                .spawn()
                .unwrap();
            while child.try_wait().unwrap().is_none() {
                if sqlx::PgConnection::connect(&self.uri()).await.is_ok() {
                    self.child = Some(child);
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the server does not start again");
    }

    /// Kills its first process; the others notice.
    pub(crate) async fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().await.unwrap();
        }
    }
}
