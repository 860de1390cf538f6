//! Empty databases to compare with the store in memory.
#![allow(clippy::unwrap_used, reason = "test code fails by panicking")]

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use lead_core::record::TenantId;
use lead_core::seam::Store;

use crate::server;

/// One runtime for all cases: connections to a server live in the one they were made in.
pub(crate) static RUNTIME: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
});

/// On the server that tests are told of, if they are; a case is a tenant of it.
static SERVER: LazyLock<Option<Store>> = LazyLock::new(|| {
    let uri = server::fresh()?;
    Some(RUNTIME.block_on(lead_storage::open(&uri)).unwrap())
});

/// An empty database of each kind there is.
pub(crate) fn databases() -> Vec<Store> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let tenant = TenantId::new(&format!("case{}", COUNT.fetch_add(1, Ordering::Relaxed))).unwrap();
    let sqlite = RUNTIME.block_on(lead_storage::open("sqlite://:memory:")).unwrap();
    let server = SERVER.as_ref().map(|store| store.tenant(tenant));
    [sqlite].into_iter().chain(server).collect()
}
