//! Which sinks, whose leads, and where jobs wait.

use std::path::PathBuf;

use clap::Args;
use ipnet::IpNet;
use lead_core::Result;
use lead_core::clock::Clock;
use lead_core::fetch::{FetchConfig, HostOverride};
use lead_core::seam::Fetcher;
use lead_storage::sink::{DeadLetters, Settings, Sinks, fetcher};

use crate::app::App;
use crate::queue::QueueArgs;
use crate::store::StoreArgs;

#[derive(Args, Clone, Debug)]
pub(crate) struct SinkArgs {
    /// Sinks and rules, in TOML
    #[arg(long, value_name = "FILE", default_value = "sinks.toml")]
    config_sinks: PathBuf,
    #[command(flatten)]
    queue: QueueArgs,
    /// Also connect to addresses of this network, such as 127.0.0.0/8; repeat for more
    #[arg(long, value_name = "CIDR")]
    allow_net: Vec<IpNet>,
    /// Take this address for a host, such as *.test=127.0.0.1:8080; repeat for more
    #[arg(long, value_name = "HOST=ADDR")]
    resolve: Vec<HostOverride>,
}

impl SinkArgs {
    /// The leads.
    pub(super) fn store(&self) -> &StoreArgs {
        &self.queue.store
    }

    pub(super) fn settings(&self) -> Result<Settings> {
        Settings::read(&self.config_sinks)
    }

    /// The sinks, with the leads, jobs and notes of this call's tenant.
    pub(super) async fn sinks(&self, app: &App, settings: &Settings) -> Result<Sinks> {
        // A store that is not there is told before anything is made.
        self.store().open_to_read(app).await?;
        let parts = lead_storage::open_parts(&self.store().store).await?;
        app.to_close(parts.store.clone());
        let queue = match &self.queue.queue {
            Some(uri) => lead_storage::open_queue(uri).await?,
            None => parts.queue,
        };
        let sinks = Sinks::new(parts.store, queue, parts.state).tenant(&app.tenant);
        sinks.with(settings, &self.fetcher()?, secret)
    }

    /// Builds every sink, and lets it go.
    pub(super) async fn check(&self, app: &App, settings: &Settings) -> Result<()> {
        self.store().open_to_read(app).await?;
        let fetcher = self.fetcher()?;
        let clock = Clock::system();
        let mut sinks = settings.sinks().iter();
        sinks.try_for_each(|sink| sink.build(&fetcher, &clock, &secret).map(drop))
    }

    /// What was given up.
    pub(super) async fn letters(&self, app: &App) -> Result<DeadLetters> {
        let settings = self.settings()?;
        Ok(DeadLetters::of(self.queue.open(app).await?, &settings))
    }

    fn fetcher(&self) -> Result<Fetcher> {
        let mut config = FetchConfig::default();
        for network in &self.allow_net {
            config.guard = config.guard.allow(*network);
        }
        config.resolve.clone_from(&self.resolve);
        fetcher(&config)
    }
}

/// The value of `env:NAME` in the file of sinks.
#[expect(
    clippy::disallowed_methods,
    reason = "the file of sinks names variables of the environment that hold its secrets: they are read here alone"
)]
fn secret(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
