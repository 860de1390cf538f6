//! Servers that are killed, with and without the process that writes.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use lead_core::record::filter::Filter;
use sqlx::Connection as _;
use tokio::process::{Child, Command};

use crate::{BATCH, run, writer};

/// Where the programs of a PostgreSQL are; `scripts/test` says so.
const PROGRAMS: &str = "LEAD_TEST_POSTGRES_BIN";

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// A server of the test's own, in a temporary folder.
struct Server {
    programs: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
    child: Option<Child>,
}

impl Server {
    async fn make() -> Option<Self> {
        let Some(programs) = std::env::var_os(PROGRAMS) else {
            eprintln!("SKIPPED: {PROGRAMS} names no programs of PostgreSQL, so no server was killed");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        drop(taken);
        let mut server = Self {
            programs: programs.into(),
            folder,
            port,
            child: None,
        };
        if is_root() {
            let owned = Command::new("chown")
                .arg("postgres")
                .arg(server.folder.path())
                .status();
            assert!(owned.await.unwrap().success());
        }
        let mut made = server.program("initdb");
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
            .arg(server.data())
            .stdout(Stdio::null())
            .status();
        assert!(made.await.unwrap().success());
        server.start().await;
        Some(server)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn uri(&self) -> String {
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
    async fn start(&mut self) {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(60) {
            let mut command = self.program("postgres");
            command
                .arg("-D")
                .arg(self.data())
                .arg("-k")
                .arg(self.folder.path());
            command.args(["-p", &self.port.to_string(), "-c", "listen_addresses=127.0.0.1"]);
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

    async fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().await.unwrap();
        }
    }
}

/// What is there: whole batches, each once, and all that the writer was told of.
async fn hold_against(uri: &str, told: u64) {
    let store = lead_storage::open(uri).await.unwrap();
    store.erase(Vec::new()).await.unwrap();
    let checkpoint = store.checkpoint(run()).await.unwrap();
    let done = checkpoint.map_or(0, |checkpoint| checkpoint["done"].as_u64().unwrap());
    assert!(
        done >= told,
        "{done} batches are there, the writer was told of {told}"
    );
    assert_eq!(store.count(Filter::All).await.unwrap(), done * BATCH);
    let queue = lead_storage::open_queue(uri).await.unwrap();
    assert_eq!(
        queue.depth().await.unwrap(),
        (usize::try_from(done).unwrap(), 0, 0)
    );
    let mut conn = sqlx::PgConnection::connect(uri).await.unwrap();
    let sightings: i64 = sqlx::query_scalar("SELECT count(*) FROM lead.observations")
        .fetch_one(&mut conn)
        .await
        .unwrap();
    assert_eq!(u64::try_from(sightings).unwrap(), done * BATCH);
    store.close().await;
}

/// Kills the writer, the server, or both, in turn.
async fn killed_in_turn(kills: u64) {
    let Some(mut server) = Server::make().await else {
        return;
    };
    let uri = server.uri();
    let (mut child, mut lines) = writer(&uri, true);
    let mut told = 0;
    for kill in 0..kills {
        for _ in 0..=kill % 5 {
            let line = lines.next_line().await.unwrap().expect("the writer goes on");
            told = line
                .strip_prefix("committed ")
                .map_or(told, |number| number.parse().unwrap());
        }
        tokio::time::sleep(Duration::from_micros(kill * 700 % 20_000)).await;
        let (of_writer, of_server) = ([true, false, true][(kill % 3) as usize], kill % 3 > 0);
        if of_server {
            server.kill().await;
        }
        if of_writer {
            child.kill().await.unwrap();
            // What it was still told before.
            while let Some(line) = lines.next_line().await.unwrap() {
                told = line
                    .strip_prefix("committed ")
                    .map_or(told, |number| number.parse().unwrap());
            }
        }
        if of_server {
            server.start().await;
        }
        if of_writer {
            hold_against(&uri, told).await;
            (child, lines) = writer(&uri, true);
        }
    }
    child.kill().await.unwrap();
    hold_against(&uri, told).await;
    server.kill().await;
    println!("{kills} kills of writer, server or both: {told} batches acknowledged, none lost, none twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_loses_nothing_it_acknowledged() {
    killed_in_turn(9).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: started by scripts/test --soak"]
async fn soak_kills_of_server_and_writer() {
    killed_in_turn(200).await;
}
