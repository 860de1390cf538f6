//! Ctrl-C: the first asks to stop in good order, the second stops at once.

use std::future::Future;
use std::pin::pin;

use tokio::sync::watch;

/// Tells how often the user has asked to stop. Cheaply cloned.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt(watch::Receiver<u8>);

impl Interrupt {
    /// Listens for SIGINT and SIGTERM as long as the runtime runs.
    pub(crate) fn listen() -> Self {
        let (tell, told) = watch::channel(0_u8);
        tokio::spawn(async move {
            while asked_to_stop().await {
                tell.send_modify(|times| *times = times.saturating_add(1));
            }
        });
        Self(told)
    }

    /// Waits until the user has asked `times` times. Never, when nobody listens any more. Cancel-safe.
    pub(crate) async fn asked(&self, times: u8) {
        let mut told = self.0.clone();
        if told.wait_for(|asked| *asked >= times).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Does `work`, unless the user asks `times` times before it is done: then it is dropped.
    pub(crate) async fn unless_asked<T>(&self, times: u8, work: impl Future<Output = T>) -> Option<T> {
        let (work, asked) = (pin!(work), pin!(self.asked(times)));
        match futures::future::select(work, asked).await {
            futures::future::Either::Left((done, _)) => Some(done),
            futures::future::Either::Right(_) => None,
        }
    }
}

#[cfg(unix)]
async fn asked_to_stop() -> bool {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return tokio::signal::ctrl_c().await.is_ok();
    };
    tokio::select! {
        asked = tokio::signal::ctrl_c() => asked.is_ok(),
        asked = terminate.recv() => asked.is_some(),
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() -> bool {
    tokio::signal::ctrl_c().await.is_ok()
}
