//! Leads in memory: the reference of what a store must do.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::tenant::Leads;
use super::{MemoryQueue, locked};
use crate::clock::Clock;
use crate::record::filter::Filter;
use crate::record::{
    Lead, LeadId, Link, MatchKey, Observation, RecordId, RunId, Subject, Suppression, TenantId,
};
use crate::seam::{
    AuditEntry, AuditNote, Capability, Checkpoint, Cursor, Erased, Estimate, Hid, Hiding, LeadPage,
    LeadQuery, LeadVersion, PageKey, Persist, Receipt, Seal, Tallied, Tally, Versioned, WriteBatch,
};
use crate::{Error, Result};

/// Leads in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    tenants: Mutex<BTreeMap<TenantId, Leads>>,
    queue: MemoryQueue,
    clock: Clock,
}

impl MemoryStore {
    /// A store that goes by `clock`.
    pub fn new(clock: Clock) -> Self {
        Self {
            tenants: Mutex::default(),
            queue: MemoryQueue::new(clock.clone()),
            clock,
        }
    }

    /// The queue that jobs of a commit go to.
    pub fn queue(&self) -> MemoryQueue {
        self.queue.clone()
    }

    /// The leads of a query from its place on, in order, whatever its limit.
    fn found(&self, tenant: &TenantId, query: &LeadQuery) -> Result<Vec<(PageKey, Lead)>> {
        let after = query.after.as_ref();
        let after = after.map(|cursor| {
            let key = PageKey::parse(cursor, query.sort)?;
            self.seal(tenant).check(cursor).map(|()| key)
        });
        let after = after.transpose()?;
        let descending = query.sort.descending;
        let beyond = |key: &PageKey| {
            let place = after.as_ref();
            place.is_none_or(|after| if descending { key < after } else { key > after })
        };
        let mut found: Vec<(PageKey, Lead)> = self.with(tenant, |leads| {
            let keyed = leads
                .passing(&query.filter)
                .map(|lead| (PageKey::of(lead, query.sort.field), lead));
            let behind = keyed.filter(|(key, _)| beyond(key));
            behind.map(|(key, lead)| (key, lead.clone())).collect()
        });
        found.sort_by(|(a, _), (b, _)| if descending { b.cmp(a) } else { a.cmp(b) });
        Ok(found)
    }

    fn seal(&self, tenant: &TenantId) -> Seal {
        self.with(tenant, |leads| *leads.seal.get_or_insert_with(Seal::fresh))
    }

    fn with<T>(&self, tenant: &TenantId, act: impl FnOnce(&mut Leads) -> T) -> T {
        act(locked(&self.tenants).entry(tenant.clone()).or_default())
    }
}

impl Persist for MemoryStore {
    fn capability(&self) -> Capability {
        Capability::floor().with_jobs()
    }

    async fn commit(&self, tenant: &TenantId, batch: WriteBatch) -> Result<Receipt> {
        self.with(tenant, |leads| {
            self.queue.finish_now(tenant, &batch.done)?;
            self.queue.push_now(tenant, batch.jobs);
            if let Some(delta) = batch.checkpoint {
                let checkpoint = leads.checkpoints.entry(delta.run).or_default();
                checkpoint.extend(delta.put);
                delta.drop.iter().for_each(|key| drop(checkpoint.remove(key)));
            }
            leads.audit.extend(batch.audit);
            Ok(leads.write(batch.observations, &batch.links))
        })
    }

    async fn get(&self, tenant: &TenantId, id: LeadId) -> Result<Option<Lead>> {
        Ok(self.with(tenant, |leads| leads.lead_of(id).cloned()))
    }

    async fn observations(&self, tenant: &TenantId, id: LeadId) -> Result<Vec<Observation>> {
        Ok(self.with(tenant, |leads| leads.observations_of(id)))
    }

    async fn links(&self, tenant: &TenantId, id: LeadId) -> Result<Vec<Link>> {
        Ok(self.with(tenant, |leads| leads.links_of(id)))
    }

    async fn matching(&self, tenant: &TenantId, keys: Vec<MatchKey>) -> Result<Vec<(MatchKey, RecordId)>> {
        Ok(self.with(tenant, |leads| leads.matching(keys)))
    }

    async fn page(&self, tenant: &TenantId, query: LeadQuery) -> Result<LeadPage> {
        if !(1..=LeadQuery::MAX_LIMIT).contains(&query.limit) {
            return Err(Error::invalid("page", "a limit lies between 1 and 10000").with("limit", query.limit));
        }
        let mut found = self.found(tenant, &query)?;
        let more = found.len() > query.limit;
        found.truncate(query.limit);
        let next = found
            .last()
            .filter(|_| more)
            .map(|(key, _)| key.cursor(query.sort, &self.seal(tenant)));
        Ok(LeadPage::new(
            found.into_iter().map(|(_, lead)| lead).collect(),
            next,
        ))
    }

    async fn count(&self, tenant: &TenantId, filter: Filter) -> Result<u64> {
        Ok(self.with(tenant, |leads| leads.passing(&filter).count() as u64))
    }

    async fn estimate(&self, tenant: &TenantId, filter: Filter) -> Result<Estimate> {
        Persist::count(self, tenant, filter).await.map(Estimate::exact)
    }

    async fn marks(&self, tenant: &TenantId, query: LeadQuery, every: usize) -> Result<Vec<Cursor>> {
        if every == 0 {
            return Err(Error::invalid("marks", "a step is at least one lead"));
        }
        let found = self.found(tenant, &query)?;
        let marks = found.iter().skip(every - 1).step_by(every);
        let seal = self.seal(tenant);
        Ok(marks
            .take(LeadQuery::MAX_MARKS)
            .map(|(key, _)| key.cursor(query.sort, &seal))
            .collect())
    }

    async fn tally(&self, tenant: &TenantId, tally: Tally) -> Result<Tallied> {
        tally.check()?;
        let all = tally.clone().filter(Filter::All);
        Ok(self.with(tenant, |leads| all.count(leads.passing(&tally.filter))))
    }

    async fn erase(&self, tenant: &TenantId, ids: Vec<LeadId>) -> Result<Erased> {
        let now = self.clock.now();
        Ok(self.with(tenant, |leads| {
            let mut erased = Erased::default();
            for id in ids {
                if let Some(observations) = leads.erase(id) {
                    leads.audit.push(AuditNote::new("store", "lead.erased", id, now));
                    erased = Erased::new(erased.leads + 1, erased.observations + observations);
                }
            }
            erased
        }))
    }

    async fn withdraw(&self, tenant: &TenantId, asked: Vec<(LeadId, LeadVersion)>) -> Result<Vec<LeadId>> {
        let now = self.clock.now();
        Ok(self.with(tenant, |leads| {
            let mut taken = Vec::new();
            for (id, version) in asked {
                let stands = leads.versioned(id).map(|lead| lead.version);
                if stands == Some(version) && leads.erase(id).is_some() {
                    leads
                        .audit
                        .push(AuditNote::new("store", "lead.withdrawn", id, now));
                    taken.push(id);
                }
            }
            taken
        }))
    }

    async fn set_hidden(&self, tenant: &TenantId, wanted: Hiding) -> Result<Vec<Hid>> {
        let now = self.clock.now();
        Ok(self.with(tenant, |leads| {
            let mut came = Vec::with_capacity(wanted.leads.len());
            for (id, asked) in &wanted.leads {
                let hid = leads.shown_version(*id).map_or(Hid::NotFound, |shown| {
                    wanted.decide(*asked, Some(shown), leads.is_hidden(*id))
                });
                if hid == Hid::Done {
                    leads.set_hidden(*id, wanted.hidden);
                    leads.audit.push(wanted.note(*id, now));
                }
                came.push(hid);
            }
            came
        }))
    }

    async fn versioned(&self, tenant: &TenantId, ids: Vec<LeadId>) -> Result<Vec<Option<Versioned>>> {
        Ok(self.with(tenant, |leads| {
            ids.into_iter().map(|id| leads.versioned(id)).collect()
        }))
    }

    async fn suppress(&self, tenant: &TenantId, entries: Vec<Suppression>) -> Result<()> {
        self.with(tenant, |leads| leads.suppress(entries));
        Ok(())
    }

    async fn unsuppress(&self, tenant: &TenantId, subjects: Vec<Subject>) -> Result<()> {
        self.with(tenant, |leads| {
            leads
                .suppressions
                .retain(|subject, _| !subjects.contains(subject));
        });
        Ok(())
    }

    async fn suppressions(&self, tenant: &TenantId) -> Result<Vec<Suppression>> {
        Ok(self.with(tenant, |leads| leads.suppressions.values().cloned().collect()))
    }

    async fn checkpoint(&self, tenant: &TenantId, run: RunId) -> Result<Option<Checkpoint>> {
        Ok(self.with(tenant, |leads| leads.checkpoints.get(&run).cloned()))
    }

    async fn runs(&self, tenant: &TenantId) -> Result<Vec<RunId>> {
        Ok(self.with(tenant, |leads| leads.checkpoints.keys().rev().copied().collect()))
    }

    async fn audit(&self, tenant: &TenantId, after: u64, limit: usize) -> Result<Vec<AuditEntry>> {
        let skip = usize::try_from(after).unwrap_or(usize::MAX);
        Ok(self.with(tenant, |leads| {
            let notes = leads.audit.iter().skip(skip).take(limit).cloned();
            (after + 1..)
                .zip(notes)
                .map(|(number, note)| AuditEntry::new(number, note))
                .collect()
        }))
    }
}
