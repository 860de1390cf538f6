//! A store that is named, or one that the application holds open, and whose part of it.

use std::sync::Arc;
use std::time::Duration;

use lead_core::clock::Clock;
use lead_core::record::TenantId;
use lead_core::record::filter::Filter;
use lead_core::seam::Store;
use lead_core::{Error, Result};
use lead_storage::Parts;
use lead_storage::dual::{Dual, DualConfig};
use lead_storage::filters::{Choice, SavedFilters};

use crate::store::Held;

/// How long a mirror is waited for when its store is closed.
const PATIENCE: Duration = Duration::from_secs(10);

/// A store for one call: a URI, or what [`Store::name`](crate::store::Store::name) calls one that is held open.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    uri: Uri,
    mirror: Option<Uri>,
    tenant: Option<TenantId>,
}

/// A URI, which may hold a password.
#[derive(Clone)]
struct Uri(String);

impl std::fmt::Debug for Uri {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Uri")
    }
}

impl Place {
    pub(crate) fn read(operation: &'static str, store: Option<String>, tenant: Option<&str>) -> Result<Self> {
        let missing =
            || Error::invalid(operation, "a store is wanted: sqlite://leads.db").with("option", "store");
        Ok(Self {
            uri: Uri(store.ok_or_else(missing)?),
            mirror: None,
            tenant: tenant.map(TenantId::new).transpose()?,
        })
    }

    /// With what is kept in step.
    pub(crate) fn mirror(mut self, mirror: Option<String>) -> Self {
        self.mirror = mirror.map(Uri);
        self
    }

    /// The URI of the store, also of one that is held open.
    pub(crate) fn origin(&self) -> Result<String> {
        let held = Held::named(&self.uri.0)?;
        Ok(held.map_or_else(|| self.uri.0.clone(), |held| held.uri().to_owned()))
    }

    /// Its URI, as it was given.
    pub(crate) fn uri(&self) -> &str {
        &self.uri.0
    }

    /// Opens it, or takes the one that is held. Who opened a store closes it: [`Opened::close`].
    pub(crate) async fn open(&self) -> Result<Opened> {
        let Some(held) = Held::named(&self.uri.0)? else {
            return self.anew().await;
        };
        if self.mirror.is_some() {
            let says = "a store that is open has its mirror from when it was opened";
            return Err(Error::invalid("store", says).with("option", "mirror"));
        }
        let mut lent = held.opened().await?.clone();
        lent.held = Some(held);
        Ok(lent.of(self.tenant.as_ref()))
    }

    /// Opens what the URI names.
    pub(crate) async fn anew(&self) -> Result<Opened> {
        let (parts, dual) = if let Some(mirror) = &self.mirror {
            let config = DualConfig::default().patience(PATIENCE);
            let dual = Dual::open(&self.uri.0, &mirror.0, config).await?;
            (dual.parts(), Some(dual))
        } else {
            (lead_storage::open_parts(&self.uri.0).await?, None)
        };
        let opened = Opened {
            parts,
            dual,
            held: None,
        };
        Ok(opened.of(self.tenant.as_ref()))
    }
}

/// A store at work, for one tenant.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub(crate) parts: Parts,
    /// Of a store that has a mirror.
    pub(crate) dual: Option<Dual>,
    /// One that the application holds is kept as long as work goes on in it, and closed by the application.
    held: Option<Arc<Held>>,
}

impl Opened {
    fn of(mut self, tenant: Option<&TenantId>) -> Self {
        if let Some(tenant) = tenant {
            self.parts.store = self.parts.store.tenant(tenant.clone());
            self.parts.queue = self.parts.queue.tenant(tenant.clone());
            self.parts.state = self.parts.state.tenant(tenant.clone());
        }
        self
    }

    pub(crate) fn store(&self) -> &Store {
        &self.parts.store
    }

    /// The filters saved in it.
    pub(crate) fn saved(&self) -> SavedFilters {
        SavedFilters::new(self.parts.state.clone())
    }

    /// The filter that is meant; one of a name is looked up.
    pub(crate) async fn filter(&self, choice: &Choice) -> Result<Filter> {
        choice.filter(Some(&self.saved()), Clock::system().now()).await
    }

    /// Lets go of it.
    pub(crate) async fn close(&self) {
        if self.held.is_none() {
            self.parts.store.close().await;
        }
    }
}
