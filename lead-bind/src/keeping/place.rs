//! A store that is named, and whose part of it.

use lead_core::record::TenantId;
use lead_core::seam::Store;
use lead_core::{Error, Result};

/// A store to be opened for one call.
#[derive(Clone, Debug)]
pub(super) struct Place {
    uri: String,
    tenant: Option<TenantId>,
}

impl Place {
    pub(super) fn read(operation: &'static str, store: Option<String>, tenant: Option<&str>) -> Result<Self> {
        let missing =
            || Error::invalid(operation, "a store is wanted: sqlite://leads.db").with("option", "store");
        Ok(Self {
            uri: store.ok_or_else(missing)?,
            tenant: tenant.map(TenantId::new).transpose()?,
        })
    }

    /// Opens it. Who opened a store closes it.
    pub(super) async fn open(&self) -> Result<Store> {
        let store = lead_storage::open(&self.uri).await?;
        Ok(match &self.tenant {
            Some(tenant) => store.tenant(tenant.clone()),
            None => store,
        })
    }
}
