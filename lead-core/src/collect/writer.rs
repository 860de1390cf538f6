//! From observations to leads and events, one commit at a time.

use std::time::Instant;

use tokio::sync::mpsc;

use super::ledger::Ledger;
use crate::record::{LeadId, Observation};
use crate::resolve::exact_links;
use crate::seam::{AuditNote, Event, Receipt, Store, Summary, WriteBatch};
use crate::telemetry;
use crate::{Error, ErrorKind, Result};

/// Commits what a run found, and tells.
#[derive(Debug)]
pub(super) struct Writer {
    store: Store,
    events: mpsc::Sender<Event>,
    pub(super) summary: Summary,
    started: Instant,
}

impl Writer {
    pub(super) fn new(store: Store, events: mpsc::Sender<Event>) -> Self {
        Self {
            store,
            events,
            summary: Summary::default(),
            started: Instant::now(),
        }
    }

    /// Tells an event. Waits while the reader is busy.
    ///
    /// # Errors
    /// [`ErrorKind::Cancelled`] when nobody listens any more.
    pub(super) async fn tell(&mut self, event: Event) -> Result<()> {
        match &event {
            Event::Blocked(_) => {
                self.summary.blocked += 1;
                telemetry::COLLECT_FAILURES.add(1, &["blocked"]);
            }
            Event::Failed(_) => {
                self.summary.failed += 1;
                telemetry::COLLECT_FAILURES.add(1, &["failed"]);
            }
            _ => {}
        }
        let gone = |_| Error::new(ErrorKind::Cancelled, "collect", "nobody listens to the run");
        self.events.send(event).await.map_err(gone)
    }

    /// Commits sightings with the links they make and how far the run has come, then tells of the leads.
    pub(super) async fn commit(
        &mut self,
        observations: Vec<Observation>,
        ledger: &mut Ledger,
        notes: impl IntoIterator<Item = AuditNote>,
    ) -> Result<()> {
        let start = Instant::now();
        let links = exact_links(&self.store, &observations).await?;
        let mut batch = WriteBatch::of(observations)
            .links(links)
            .checkpoint(ledger.take_delta());
        batch.audit.extend(notes);
        let receipt = self.store.commit(batch).await?;
        telemetry::COLLECT_COMMIT_SECONDS.record_time(start.elapsed(), &[]);
        self.count(&receipt);
        self.tell_leads(receipt.created, true).await?;
        self.tell_leads(receipt.updated, false).await
    }

    fn count(&mut self, receipt: &Receipt) {
        let (created, updated) = (receipt.created.len() as u64, receipt.updated.len() as u64);
        let (merged, suppressed) = (receipt.merged.len() as u64, receipt.suppressed as u64);
        self.summary.created += created;
        self.summary.updated += updated;
        self.summary.merged += merged;
        telemetry::COLLECT_LEADS.add(created, &["created"]);
        telemetry::COLLECT_LEADS.add(updated, &["updated"]);
        telemetry::COLLECT_LEADS.add(merged, &["merged"]);
        self.count_suppressed(suppressed);
    }

    /// Counts what was dropped because someone must not be contacted.
    pub(super) fn count_suppressed(&mut self, count: u64) {
        self.summary.suppressed += count;
        telemetry::COLLECT_SUPPRESSED.add(count, &[]);
    }

    async fn tell_leads(&mut self, ids: Vec<LeadId>, new: bool) -> Result<()> {
        for id in ids {
            // A lead erased meanwhile by somebody else is not told of.
            if let Some(lead) = self.store.get(id).await? {
                self.tell(Event::Lead {
                    lead: Box::new(lead),
                    new,
                })
                .await?;
            }
        }
        Ok(())
    }

    /// Tells that the run is over.
    pub(super) async fn done(mut self, stopped: bool) {
        self.summary.stopped = stopped;
        self.summary.elapsed = self.started.elapsed();
        let summary = std::mem::take(&mut self.summary);
        // Nobody may be listening any more; then nobody needs to be told.
        let _ = self.events.send(Event::Done(summary)).await;
    }
}
