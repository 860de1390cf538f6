//! The one thread that starts browsers.

use std::sync::mpsc;
use std::thread;

use tokio::sync::oneshot;

use super::{Child, Pipes, start};
use crate::browser::BrowserConfig;
use crate::browser::identity::Drawn;
use crate::{Error, ErrorKind, Result};

type Started = Result<(Child, Pipes)>;

/// Starts browsers on a thread that lives as long as this does. The kernel ends what a thread started together with the thread.
#[derive(Debug)]
pub(in crate::browser) struct Spawner {
    orders: mpsc::Sender<(tokio::runtime::Handle, oneshot::Sender<Started>)>,
}

impl Spawner {
    /// Of browsers with these settings.
    pub(in crate::browser) fn new(config: BrowserConfig, drawn: Option<Drawn>) -> Result<Self> {
        let (orders, waiting) = mpsc::channel::<(tokio::runtime::Handle, oneshot::Sender<Started>)>();
        let serve = move || {
            for (runtime, answer) in waiting {
                let _inside = runtime.enter(); // the pipes are registered with it
                let _ = answer.send(start(&config, drawn.as_ref()));
            }
        };
        thread::Builder::new()
            .name("lead-browser-spawn".into())
            .spawn(serve)
            .map_err(|cause| {
                Error::new(ErrorKind::Browser, "browser", "no thread to start browsers on").because(cause)
            })?;
        Ok(Self { orders })
    }

    /// Starts one. Must be called within a runtime.
    pub(in crate::browser) async fn start(&self) -> Started {
        let stopped = || {
            Error::new(
                ErrorKind::Internal,
                "browser",
                "the thread that starts browsers is gone",
            )
        };
        let (answer, started) = oneshot::channel();
        let order = (tokio::runtime::Handle::current(), answer);
        self.orders.send(order).map_err(|_| stopped())?;
        started.await.map_err(|_| stopped())?
    }
}
