//! The task that carries entries of the outbox to the mirror.

use std::sync::Arc;
use std::time::Duration;

use lead_core::record::TenantId;
use lead_core::seam::{Lease, Store};
use lead_core::{Error, Result};
use tokio::time::{sleep, timeout};

use super::audit::STEP;
use super::entry::Entry;
use super::store::Inner;

/// The first wait after a failure; each next one is twice as long, up to [`LONGEST`].
const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(5);
/// An entry that fails alone, while others pass, is tried again after this time for each time it failed, ten times it at most.
const APART: Duration = Duration::from_secs(3);
/// So many records are brought together, between two looks at the leases.
const TOGETHER: usize = 500;

/// Carries as long as it is not stopped. Entries and places outlive a process, so it may be stopped anywhere.
pub(super) async fn carry(inner: Arc<Inner>) {
    let mut pause = FIRST;
    loop {
        let round = inner.round().await;
        inner.note(round.as_ref().err());
        match round {
            Ok(true) => pause = FIRST,
            Ok(false) => {
                pause = FIRST;
                let _ = timeout(inner.config.poll, inner.news.notified()).await;
            }
            Err(_) => {
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST);
            }
        }
    }
}

impl Inner {
    /// Carries what there is of every tenant; whether there may be more.
    async fn round(&self) -> Result<bool> {
        let tenants = self.outbox.tenants().await?;
        let (mut more, mut waiting) = (false, 0);
        for tenant in &tenants {
            more |= self.carry_of(tenant).await?;
            waiting += self.outbox.waiting(tenant).await?;
        }
        self.set_waiting(waiting);
        if !more {
            for tenant in &tenants {
                self.mirror.tidy(tenant).await?;
            }
        }
        Ok(more)
    }

    async fn carry_of(&self, tenant: &TenantId) -> Result<bool> {
        let here = self.primary.tenant(tenant.clone());
        if self.is_new(tenant) {
            // A process killed while it suppressed may have left no entry about it.
            self.mirror.meet(&here).await?;
            self.is_met(tenant);
        }
        let notes = self.carry_notes(&here).await?;
        if self.outbox.waiting(tenant).await? == 0 {
            return Ok(notes);
        }
        // A mirror that is away costs no entry a try.
        self.mirror.ready(tenant).await?;
        let taken = {
            // An entry about the suppression list is not taken before what it speaks of is done.
            let _open = self.gate.read().await;
            self.outbox.take(tenant).await?
        };
        let any = !taken.is_empty();
        self.deliver(&here, taken).await?;
        Ok(notes || any)
    }

    /// Carries notes of the audit log, erasures among them; whether there may be more.
    async fn carry_notes(&self, here: &Store) -> Result<bool> {
        let tenant = here.tenant_id();
        let place = self.outbox.place(tenant).await?;
        let notes = here.audit(place.here, STEP).await?;
        if notes.is_empty() {
            return Ok(false);
        }
        let place = self.mirror.bring_notes(here, place, &notes).await?;
        self.outbox.set_place(tenant, place).await?;
        Ok(notes.len() == STEP)
    }

    /// Delivers entries, as many together as make a portion.
    async fn deliver(&self, here: &Store, taken: Vec<(Lease, Entry)>) -> Result<()> {
        let (mut portion, mut size) = (Vec::new(), 0);
        let mut taken = taken.into_iter().peekable();
        while let Some((lease, entry)) = taken.next() {
            size += entry.records.len();
            portion.push((lease, entry));
            if size >= TOGETHER || taken.peek().is_none() {
                size = 0;
                if let Err(error) = self.deliver_portion(here, std::mem::take(&mut portion)).await {
                    self.give_back(here.tenant_id(), taken, &error).await?;
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    async fn deliver_portion(&self, here: &Store, portion: Vec<(Lease, Entry)>) -> Result<()> {
        let tenant = here.tenant_id();
        let mut kept = self.keep(tenant, portion).await;
        let mut whole = Entry::default();
        for (_, entry) in &kept {
            whole.add(entry.clone());
        }
        let mut bringing = std::pin::pin!(self.bring(here, whole));
        let outcome = loop {
            match timeout(self.config.lease / 3, &mut bringing).await {
                Ok(outcome) => break outcome,
                // Else what takes longer than a lease would be begun again for ever.
                Err(_) => kept = self.keep(tenant, kept).await,
            }
        };
        let Err(error) = outcome else {
            for (lease, _) in kept {
                self.outbox.done(tenant, lease).await?;
            }
            return Ok(());
        };
        if self.mirror.ready(tenant).await.is_err() {
            self.give_back(tenant, kept, &error).await?;
            return Err(error);
        }
        self.one_by_one(here, kept).await
    }

    /// The entries that are still ours, for another while: of those that took too long others have taken care, or will.
    async fn keep(&self, tenant: &TenantId, entries: Vec<(Lease, Entry)>) -> Vec<(Lease, Entry)> {
        let mut kept = Vec::with_capacity(entries.len());
        for (lease, entry) in entries {
            if let Ok(lease) = self.outbox.keep(tenant, lease).await {
                kept.push((lease, entry));
            }
        }
        kept
    }

    /// Finds the entry that fails, so that it does not hold up the others.
    async fn one_by_one(&self, here: &Store, portion: Vec<(Lease, Entry)>) -> Result<()> {
        let tenant = here.tenant_id();
        let mut failed = None;
        for (lease, entry) in portion {
            match self.bring(here, entry).await {
                Ok(()) => self.outbox.done(tenant, lease).await?,
                Err(error) => {
                    let wait = APART * lease.attempt.min(10);
                    self.outbox.back(tenant, lease, &error, wait).await?;
                    failed = Some(error);
                }
            }
        }
        failed.map_or(Ok(()), Err)
    }

    async fn bring(&self, here: &Store, entry: Entry) -> Result<()> {
        // First: what may not be contacted is not to be seen there even for a moment.
        if entry.list {
            self.mirror.bring_list(here).await?;
        }
        self.mirror.bring(here, entry.records).await?;
        for run in entry.runs {
            self.mirror.bring_run(here, run).await?;
        }
        Ok(())
    }

    async fn give_back(
        &self,
        tenant: &TenantId,
        entries: impl IntoIterator<Item = (Lease, Entry)>,
        why: &Error,
    ) -> Result<()> {
        for (lease, _) in entries {
            self.outbox.back(tenant, lease, why, FIRST).await?;
        }
        Ok(())
    }
}
