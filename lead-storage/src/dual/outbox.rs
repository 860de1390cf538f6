//! The outbox: jobs of the primary that say what was touched.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use lead_core::record::TenantId;
use lead_core::seam::{Lease, NewJob, Queue, State};
use lead_core::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};

use super::DUAL;
use super::config::DualConfig;
use super::entry::Entry;

/// Entries taken at once.
const AT_ONCE: usize = 64;
/// How long an entry waits that cannot be read.
const UNREADABLE: Duration = Duration::from_mins(5);

/// How far the audit log was carried: numbers of the last notes looked at, here and in the mirror.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) here: u64,
    pub(super) there: u64,
}

#[derive(Debug)]
pub(super) struct Outbox {
    kind: String,
    prefix: String,
    queue: Queue,
    state: State,
    ttl: Duration,
    /// Tenants this process has written down.
    known: Mutex<BTreeSet<TenantId>>,
}

impl Outbox {
    pub(super) fn new(queue: Queue, state: State, config: &DualConfig) -> Self {
        Self {
            kind: format!("{}{}", NewJob::OUTBOX, config.name),
            prefix: format!("mirror/{}/", config.name),
            queue,
            state,
            ttl: config.lease,
            known: Mutex::default(),
        }
    }

    /// Queue and state of the primary.
    pub(super) fn beside(&self) -> (Queue, State) {
        (self.queue.clone(), self.state.clone())
    }

    /// The jobs of an entry.
    pub(super) fn jobs(&self, entry: Entry) -> Result<Vec<NewJob>> {
        entry.jobs(&self.kind)
    }

    /// Puts an entry into the outbox, beside any commit.
    pub(super) async fn push(&self, tenant: &TenantId, entry: Entry) -> Result<()> {
        let jobs = self.jobs(entry)?;
        self.queue.tenant(tenant.clone()).push(jobs).await.map(drop)
    }

    /// Takes entries, the oldest first.
    pub(super) async fn take(&self, tenant: &TenantId) -> Result<Vec<(Lease, Entry)>> {
        let queue = self.queue.tenant(tenant.clone());
        let leases = queue.lease(vec![self.kind.clone()], AT_ONCE, self.ttl).await?;
        let mut taken = Vec::with_capacity(leases.len());
        for lease in leases {
            match serde_json::from_value(lease.payload.clone()) {
                Ok(entry) => taken.push((lease, entry)),
                // It is kept for a version that can, and holds up no others.
                Err(cause) => {
                    let message = "an entry of the outbox cannot be read";
                    let error = Error::new(ErrorKind::Corrupt, DUAL, message).because(cause);
                    self.back(tenant, lease, &error, UNREADABLE).await?;
                }
            }
        }
        Ok(taken)
    }

    /// An entry was carried. One that somebody else holds by now is carried once more, which does no harm.
    pub(super) async fn done(&self, tenant: &TenantId, lease: Lease) -> Result<()> {
        passed_over(self.queue.tenant(tenant.clone()).complete(lease).await)
    }

    /// An entry could not be carried, and waits.
    pub(super) async fn back(
        &self,
        tenant: &TenantId,
        lease: Lease,
        why: &Error,
        wait: Duration,
    ) -> Result<()> {
        let queue = self.queue.tenant(tenant.clone());
        passed_over(queue.fail(lease, why.kind().code().to_owned(), Some(wait)).await)
    }

    /// Keeps an entry.
    pub(super) async fn keep(&self, tenant: &TenantId, lease: Lease) -> Result<Lease> {
        self.queue.tenant(tenant.clone()).renew(lease, self.ttl).await
    }

    /// How many entries wait.
    pub(super) async fn waiting(&self, tenant: &TenantId) -> Result<usize> {
        self.queue
            .tenant(tenant.clone())
            .open_jobs(self.kind.clone())
            .await
    }

    /// Writes a tenant down before anything of it is in the outbox: entries are found by their tenant.
    pub(super) async fn know(&self, tenant: &TenantId) -> Result<()> {
        if self.lock().contains(tenant) {
            return Ok(());
        }
        loop {
            let (version, mut tenants) = self.written().await?;
            if tenants.insert(tenant.clone()) {
                let names = serde_json::to_vec(&tenants).unwrap_or_default();
                let key = self.tenants_key();
                let register = self.register();
                let swapped = register.compare_and_set(key, version, Bytes::from(names), None);
                if swapped.await?.is_none() {
                    continue; // somebody else was quicker
                }
            }
            self.lock().extend(tenants);
            return Ok(());
        }
    }

    /// The tenants that ever had an entry.
    pub(super) async fn tenants(&self) -> Result<BTreeSet<TenantId>> {
        let (_, tenants) = self.written().await?;
        self.lock().extend(tenants.iter().cloned());
        Ok(tenants)
    }

    pub(super) async fn place(&self, tenant: &TenantId) -> Result<Place> {
        let entry = self.state.tenant(tenant.clone()).get(self.audit_key()).await?;
        // A place that cannot be read is the beginning: what was carried is known there.
        Ok(entry
            .and_then(|entry| serde_json::from_slice(&entry.value).ok())
            .unwrap_or_default())
    }

    pub(super) async fn set_place(&self, tenant: &TenantId, place: Place) -> Result<()> {
        let bytes = Bytes::from(serde_json::to_vec(&place).unwrap_or_default());
        let state = self.state.tenant(tenant.clone());
        state.put(self.audit_key(), bytes, None).await.map(drop)
    }

    async fn written(&self) -> Result<(u64, BTreeSet<TenantId>)> {
        let Some(entry) = self.register().get(self.tenants_key()).await? else {
            return Ok((0, BTreeSet::new()));
        };
        let tenants = serde_json::from_slice(&entry.value).map_err(|cause| {
            let message = "the list of tenants of the outbox cannot be read";
            Error::new(ErrorKind::Corrupt, DUAL, message).because(cause)
        })?;
        Ok((entry.version, tenants))
    }

    fn register(&self) -> State {
        self.state.tenant(TenantId::default())
    }

    fn tenants_key(&self) -> String {
        format!("{}tenants", self.prefix)
    }

    fn audit_key(&self) -> String {
        format!("{}audit", self.prefix)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeSet<TenantId>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn passed_over(done: Result<()>) -> Result<()> {
    match done {
        Err(error) if error.kind() == ErrorKind::StaleLease => Ok(()),
        done => done,
    }
}
