//! One browser and how it is doing.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chromiumoxide_cdp::cdp::browser_protocol::browser::{CloseParams, GetVersionParams};
use tokio::time::Instant;

use crate::browser::BrowserConfig;
use crate::browser::child::{Child, Spawner, group};
use crate::browser::identity::{Drawn, Presence};
use crate::browser::protocol::Connection;
use crate::fetch::UserAgent;
use crate::telemetry::{BROWSER_ENDS, BROWSER_STARTS};
use crate::{Error, ErrorKind, Result};

/// Time for a browser to end by itself.
const FAREWELL: Duration = Duration::from_secs(3);

/// A running browser.
#[derive(Debug)]
pub(super) struct Worker {
    pub(super) connection: Connection,
    pub(super) identity: Arc<Presence>,
    /// What it calls itself.
    pub(super) product: String,
    child: Child,
    started: Instant,
    /// Pages open in it, and opened in it so far.
    open: AtomicUsize,
    served: AtomicUsize,
    /// Why it serves no longer, once it does not.
    retired: OnceLock<&'static str>,
    idle_since: std::sync::Mutex<Option<Instant>>,
}

impl Worker {
    /// Starts one, and waits until it answers.
    pub(super) async fn start(
        spawner: &Spawner,
        config: &BrowserConfig,
        program: &UserAgent,
        drawn: Option<&Drawn>,
    ) -> Result<Self> {
        let (child, pipes) = spawner.start().await?;
        let connection = Connection::new(pipes);
        let asked = GetVersionParams::default();
        let version = match connection.call(None, &asked, config.start).await {
            Ok(version) => version,
            Err(error) => {
                child.kill();
                return Err(unstarted(error, &child.gone().await));
            }
        };
        BROWSER_STARTS.add(1, &[]);
        Ok(Self {
            identity: Arc::new(match drawn {
                None => Presence::honest(&version.product, &version.user_agent, program, config.window),
                Some(drawn) => Presence::coherent(drawn, &version.user_agent),
            }),
            product: version.product,
            connection,
            child,
            started: Instant::now(),
            open: AtomicUsize::new(0),
            served: AtomicUsize::new(0),
            retired: OnceLock::new(),
            idle_since: std::sync::Mutex::new(Some(Instant::now())),
        })
    }

    /// Pages open in it.
    pub(super) fn open(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }

    pub(super) fn group(&self) -> u32 {
        self.child.group()
    }

    /// Takes a place for a page.
    pub(super) fn enter(&self) {
        self.open.fetch_add(1, Ordering::Relaxed);
        self.served.fetch_add(1, Ordering::Relaxed);
        *self.idle() = None;
    }

    /// Gives it back.
    pub(super) fn leave(&self) {
        if self.open.fetch_sub(1, Ordering::Relaxed) == 1 {
            *self.idle() = Some(Instant::now());
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.idle_since
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Whether pages may be opened in it.
    pub(super) fn is_fit(&self) -> bool {
        self.retired.get().is_none() && !self.connection.is_ended()
    }

    /// Opens no more pages; it ends when the last is closed. The first reason is the one that counts.
    pub(super) fn retire(&self, reason: &'static str) {
        let _ = self.retired.set(reason);
    }

    /// Why it ends.
    pub(super) fn reason(&self) -> &'static str {
        let lost = if self.connection.is_ended() {
            "lost"
        } else {
            "idle"
        };
        self.retired.get().copied().unwrap_or(lost)
    }

    /// Whether it has served long enough, by pages or by age.
    pub(super) fn is_worn(&self, config: &BrowserConfig) -> bool {
        self.served.load(Ordering::Relaxed) >= config.recycle_pages
            || self.started.elapsed() >= config.recycle_age
    }

    /// Whether nobody has used it for a while.
    pub(super) fn is_idle(&self, config: &BrowserConfig) -> bool {
        self.idle().is_some_and(|since| since.elapsed() >= config.idle)
    }

    /// Asks how it is. One that does not answer, or holds too much, serves no longer.
    pub(super) async fn look_after(&self, config: &BrowserConfig) {
        let asked = GetVersionParams::default();
        if self.connection.call(None, &asked, config.hang).await.is_err() {
            if !self.connection.is_ended() {
                tracing::warn!(group = self.group(), "a browser does not answer and is ended");
                self.kill();
            }
            return;
        }
        let group = self.group();
        let held = tokio::task::spawn_blocking(move || group::memory(group))
            .await
            .unwrap_or_default();
        if held > config.recycle_bytes || self.is_worn(config) {
            tracing::debug!(group, held, "a browser is replaced");
            self.retire("worn");
        }
        if held > 2 * config.recycle_bytes {
            tracing::warn!(group, held, "a browser holds too much memory and is ended");
            self.child.kill();
        }
    }

    /// Kills it at once: it does not do as it is told.
    pub(super) fn kill(&self) {
        self.retire("hung");
        self.child.kill();
    }

    /// Ends it, and waits until nothing is left of it.
    pub(super) async fn end(&self) {
        BROWSER_ENDS.add(1, &[self.reason()]);
        self.retire("closed");
        self.connection.say(None, &CloseParams::default());
        if tokio::time::timeout(FAREWELL, self.child.gone()).await.is_err() {
            self.child.kill();
            self.child.gone().await;
        }
    }
}

/// Why a browser did not start, as far as it says.
fn unstarted(error: Error, complaints: &str) -> Error {
    let complaint = complaints
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    if complaints.contains("sandbox") {
        let message =
            "the browser could not set up its sandbox; allow user namespaces, or turn the sandbox off";
        return Error::new(ErrorKind::Config, "browser", message).because(error);
    }
    Error::new(ErrorKind::Browser, "browser", "the browser did not start")
        .temporary()
        .with("complaint", complaint)
        .because(error)
}
