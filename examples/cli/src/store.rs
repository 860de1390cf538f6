//! The store a command works on, and its runs.

use std::path::Path;

use clap::Args;
use lead_core::collect::RunState;
use lead_core::record::RunId;
use lead_core::seam::Store;
use lead_core::{Error, ErrorKind, Result};
use lead_storage::dual::{Dual, DualConfig};
use lead_storage::filters::SavedFilters;

use crate::app::App;

/// Which store.
#[derive(Args, Clone, Debug)]
pub(crate) struct StoreArgs {
    /// Where leads live
    #[arg(long, value_name = "URL", default_value = DEFAULT)]
    pub(crate) store: String,
}

/// What is kept in step with the store.
#[derive(Args, Clone, Debug)]
pub(crate) struct MirrorArgs {
    /// Keep this in step with the store: csv://leads.csv, or another store
    #[arg(long, value_name = "URL")]
    pub(crate) mirror: Option<String>,
}

/// Where leads live unless told.
const DEFAULT: &str = "sqlite://leads.db";

impl StoreArgs {
    /// The flag that names this store in a command to type next; nothing for the default.
    pub(crate) fn flag(&self) -> String {
        match self.store.as_str() {
            DEFAULT => String::new(),
            // A login is not repeated.
            store if store.contains('@') || store.starts_with("postgres") => " --store …".to_owned(),
            store if store.contains(['?', '&', ' ', '*']) => format!(" --store '{store}'"),
            store => format!(" --store {store}"),
        }
    }

    /// Opens the store for the tenant of the call; it is made when it is not there yet.
    pub(crate) async fn open(&self, app: &App) -> Result<Store> {
        let store = lead_storage::open(&self.store).await?;
        app.to_close(store.clone());
        Ok(store.tenant(app.tenant.clone()))
    }

    /// The same, and keeps what `mirror` names in step with it.
    pub(crate) async fn open_with(&self, mirror: &MirrorArgs, app: &App) -> Result<Store> {
        let Some(mirror) = &mirror.mirror else {
            return self.open(app).await;
        };
        let dual = Dual::open(&self.store, mirror, DualConfig::default()).await?;
        app.to_drain(dual.clone());
        Ok(dual.store().tenant(app.tenant.clone()))
    }

    /// Opens a store that must be there already, to write to it.
    pub(crate) async fn open_existing_with(&self, mirror: &MirrorArgs, app: &App) -> Result<Store> {
        self.must_exist()?;
        self.open_with(mirror, app).await
    }

    /// Opens a store that must be there already.
    pub(crate) async fn open_existing(&self, app: &App) -> Result<Store> {
        self.must_exist()?;
        self.open(app).await
    }

    /// Whether the store is there, as far as can be told without opening it.
    pub(crate) fn must_exist(&self) -> Result<()> {
        if let Some(file) = self.file().filter(|file| !file.exists()) {
            let says = "there is no store yet; `lead collect` makes one";
            return Err(Error::new(ErrorKind::NotFound, "store", says).with("file", file.display()));
        }
        Ok(())
    }

    /// Opens a store that must be there already, and only reads: from a medium that cannot be written too.
    pub(crate) async fn open_to_read(&self, app: &App) -> Result<Store> {
        match self.reading().open_existing(app).await {
            // Made by an earlier version, or hardly begun: it must be written once before it can be read.
            Err(error) if error.kind() == ErrorKind::ReadOnly => self.open(app).await,
            opened => opened,
        }
    }

    /// The same store, to be read.
    fn reading(&self) -> Self {
        match self.file() {
            Some(_) if !self.store.contains('?') => Self {
                store: format!("{}?mode=ro", self.store),
            },
            _ => self.clone(),
        }
    }

    /// The filters saved in the store, which is made when it is not there yet.
    pub(crate) async fn saved(&self, app: &App) -> Result<SavedFilters> {
        let state = lead_storage::open_state(&self.store).await?;
        Ok(SavedFilters::new(state.tenant(app.tenant.clone())))
    }

    /// The filters saved in a store that must be there already; nothing is written.
    pub(crate) async fn saved_to_read(&self, app: &App) -> Result<SavedFilters> {
        self.open_to_read(app).await?;
        match self.reading().saved(app).await {
            Err(error) if error.kind() == ErrorKind::ReadOnly => self.saved(app).await,
            opened => opened,
        }
    }

    /// The file behind a SQLite URL.
    pub(crate) fn file(&self) -> Option<&Path> {
        let rest = self
            .store
            .strip_prefix("sqlite://")
            .or_else(|| self.store.strip_prefix("sqlite:"))?;
        let path = rest.split('?').next().unwrap_or(rest);
        (!path.is_empty() && path != ":memory:").then(|| Path::new(path))
    }
}

/// How far a run of the store has come.
pub(crate) async fn state_of(store: &Store, run: RunId) -> Result<RunState> {
    let checkpoint = store.checkpoint(run).await?;
    RunState::read(&checkpoint.ok_or_else(|| no_run().with("run", run))?)
}

/// The run that is meant: an id, or `last`.
pub(crate) async fn run_of(store: &Store, which: &str) -> Result<RunId> {
    match which {
        "last" => store.runs().await?.first().copied().ok_or_else(no_run),
        id => id.parse(),
    }
}

fn no_run() -> Error {
    Error::new(ErrorKind::NotFound, "run", "there is no such run in this store")
}
