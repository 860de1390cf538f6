//! Hearing of jobs that were pushed, on this connection or any other.
//!
//! Who pushes says so with `NOTIFY` in the transaction that pushes; one connection hears it for all who listen through a pool. What is said
//! while it is away is lost, so all are woken when it is back, and everybody looks now and then anyhow.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lead_core::record::TenantId;
use lead_core::seam::{Bell, Wakes};
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// So soon a connection that was lost is made again, and at the latest, when the server does not answer.
const AGAIN: Duration = Duration::from_millis(200);
const LATEST: Duration = Duration::from_secs(30);

/// So often it is seen whether anybody still listens, and whether the server is still there.
const LOOK: Duration = Duration::from_secs(10);

/// Hears of jobs for all who listen through a pool; nothing is connected before the first does.
#[derive(Debug)]
pub(in crate::postgres) struct Ear {
    server: PgConnectOptions,
    channel: String,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    bell: Bell,
    /// Who hears. Held while it is decided whether anybody is to.
    hearing: Mutex<Option<JoinHandle<()>>>,
}

impl Shared {
    fn hearing(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        self.hearing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether nobody listens; then who comes next has to begin anew.
    fn is_over(&self) -> bool {
        let mut hearing = self.hearing();
        let over = self.bell.is_idle();
        if over {
            *hearing = None;
        }
        over
    }
}

impl Ear {
    pub(in crate::postgres) fn new(server: PgConnectOptions, channel: String) -> Self {
        Self {
            server,
            channel,
            shared: Arc::default(),
        }
    }

    /// Tells of jobs of these kinds. Outside of a runtime it tells nothing.
    pub(in crate::postgres) fn listen(&self, tenant: &TenantId, kinds: &[String]) -> Wakes {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return Wakes::none();
        };
        let mut hearing = self.shared.hearing();
        let wakes = self.shared.bell.listen(tenant, kinds);
        // It ends with the runtime it was begun in, too.
        if hearing.as_ref().is_none_or(JoinHandle::is_finished) {
            let hear = hear(
                Arc::clone(&self.shared),
                self.server.clone(),
                self.channel.clone(),
            );
            *hearing = Some(runtime.spawn(hear));
        }
        wakes
    }

    pub(in crate::postgres) fn close(&self) {
        if let Some(hearing) = self.shared.hearing().take() {
            hearing.abort();
        }
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.close();
    }
}

/// Hears until nobody listens any more.
async fn hear(shared: Arc<Shared>, server: PgConnectOptions, channel: String) {
    let mut wait = AGAIN;
    while !shared.is_over() {
        if let Ok(listener) = connect(&server, &channel).await {
            wait = AGAIN;
            // What was said before was not heard.
            shared.bell.ring_all();
            pass_on(&shared.bell, listener).await;
        } else {
            wait = (wait * 2).min(LATEST);
        }
        sleep(wait).await;
    }
}

async fn connect(server: &PgConnectOptions, channel: &str) -> sqlx::Result<PgListener> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(server.clone());
    let mut listener = PgListener::connect_with(&pool).await?;
    listener.eager_reconnect(false);
    listener.listen(channel).await?;
    Ok(listener)
}

/// Passes on what is heard, until the connection is lost or nobody listens.
async fn pass_on(bell: &Bell, mut listener: PgListener) {
    loop {
        match timeout(LOOK, listener.try_recv()).await {
            Ok(Ok(Some(said))) => match said.payload().parse() {
                Ok(call) => bell.ring(&[call]),
                // Of a newer version perhaps.
                Err(_) => bell.ring_all(),
            },
            Ok(Ok(None) | Err(_)) => return,
            Err(_) if bell.is_idle() => return,
            // Whoever is gone without a word does not answer.
            Err(_) => match timeout(LOOK, sqlx::query("SELECT 1").execute(&mut listener)).await {
                Ok(Ok(_)) => {}
                _ => return,
            },
        }
    }
}
