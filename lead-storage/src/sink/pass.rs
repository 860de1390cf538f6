//! What is new or changed for a rule, and queued.

use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};
use lead_core::clock::Timestamp;
use lead_core::record::filter::{Comparison, Field, Filter, Scalar};
use lead_core::record::{ContentHash, Lead, LeadId};
use lead_core::seam::{LeadQuery, NewJob};
use lead_core::{Error, Result};
use serde::{Deserialize, Serialize};

use super::work::Task;
use super::{Change, Rule, SINK, Sinks, fingerprint};
use crate::export::Suppressed;

/// Leads of a page.
const PAGE: usize = 500;

/// Notes read or written at a time.
const AT_ONCE: usize = 16;

/// A sighting is dated when a page was fetched and stored when it was read: so long may lie between.
const OVERLAP: Duration = Duration::from_mins(10);

/// All leads are looked at so often: what changed without being seen lately (an import of old sightings, a merge, a suppression lifted).
const SWEEP: Duration = Duration::from_hours(1);

/// How far a rule has come.
#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    /// When all leads were last looked at.
    swept: Timestamp,
    /// When the last pass began.
    passed: Timestamp,
}

/// What was queued last of a lead, for a rule.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    /// How many changes there were.
    number: u64,
    hash: ContentHash,
}

impl Sinks {
    /// Looks at the leads of every rule and queues what is new or changed; how many jobs were queued.
    ///
    /// Cancel-safe: what was queued is queued, and the next pass goes on.
    ///
    /// # Errors
    /// Those of the store, the queue and the state.
    pub async fn pass(&self) -> Result<u64> {
        let mut queued = 0;
        let suppressed = Suppressed::of(&self.store).await?;
        for rule in &self.rules {
            queued += self.pass_of(rule, &suppressed).await?;
        }
        Ok(queued)
    }

    async fn pass_of(&self, rule: &Rule, suppressed: &Suppressed) -> Result<u64> {
        let now = self.clock.now();
        let mark = self.read::<Mark>(&rule.mark()).await?;
        let lately = mark.filter(|mark| now.duration_since(mark.swept).unsigned_abs() < SWEEP);
        let filter = match &lately {
            None => rule.filter().clone(),
            Some(mark) => {
                let since = mark.passed.checked_sub(OVERLAP).unwrap_or(Timestamp::MIN);
                let seen = Filter::Compare(Field::Seen, Comparison::GreaterOrEqual, Scalar::Time(since));
                Filter::And(vec![rule.filter().clone(), seen])
            }
        };
        let mut queued = 0;
        let mut query = LeadQuery::new(filter).limit(PAGE);
        loop {
            let page = self.store.page(query.clone()).await?;
            let leads = page.leads.into_iter().filter_map(|lead| suppressed.strip(lead));
            // Without what is suppressed it may not pass any more.
            let leads = leads.filter(|lead| may_pass(rule.filter(), lead)).collect();
            queued += self.queue_changed(rule, leads, now).await?;
            match page.next {
                Some(next) => query = query.after(Some(next)),
                None => break,
            }
        }
        let swept = lately.map_or(now, |mark| mark.swept);
        self.write(rule.mark(), Mark { swept, passed: now }).await?;
        Ok(queued)
    }

    /// Queues those of a page that are not as they were when they were last queued, and only then notes it.
    async fn queue_changed(&self, rule: &Rule, leads: Vec<Lead>, now: Timestamp) -> Result<u64> {
        let read: Vec<_> = leads.into_iter().map(|lead| self.noted(rule, lead)).collect();
        let known: Vec<_> = stream::iter(read).buffered(AT_ONCE).try_collect().await?;
        let changed = known
            .into_iter()
            .filter(|(_, hash, note)| note.as_ref().is_none_or(|note| note.hash != *hash));
        let (mut jobs, mut notes) = (Vec::new(), Vec::new());
        for (lead, hash, note) in changed {
            let change = note.as_ref().map_or(Change::Created, |_| Change::Changed);
            let number = note.map_or(1, |note| note.number.saturating_add(1));
            let task = Task {
                rule: rule.shared_name(),
                lead,
                number,
                hash,
                change,
                at: now,
            };
            if rule.is_on(change) {
                jobs.push(self.job(rule, &task)?);
            }
            notes.push((place(rule, lead), Note { number, hash }));
        }
        let queued = if jobs.is_empty() {
            0
        } else {
            self.queue.push(jobs).await?
        };
        let write: Vec<_> = notes
            .into_iter()
            .map(|(place, note)| self.write(place, note))
            .collect();
        stream::iter(write).buffered(AT_ONCE).try_collect::<()>().await?;
        Ok(queued as u64)
    }

    /// A lead as it is, and what was queued of it last.
    async fn noted(&self, rule: &Rule, lead: Lead) -> Result<(LeadId, ContentHash, Option<Note>)> {
        let note = self.read(&place(rule, lead.id)).await?;
        Ok((lead.id, fingerprint::of(&lead), note))
    }

    /// Takes back that a change was queued: it comes to be queued once more, as the next. Nothing, where another was queued since.
    pub(super) async fn forget(&self, rule: &Rule, task: &Task) -> Result<()> {
        let place = place(rule, task.lead);
        let note = self.read::<Note>(&place).await?;
        let Some(note) = note.filter(|note| note.number == task.number) else {
            return Ok(());
        };
        if task.change == Change::Created {
            return self.state.remove(place).await;
        }
        let hash = ContentHash::of(b"not told");
        self.write(place, Note { hash, ..note }).await
    }

    fn job(&self, rule: &Rule, task: &Task) -> Result<NewJob> {
        let payload = serde_json::to_value(task).map_err(unwritable)?;
        let mut job = NewJob::new(kind_of(rule.sink()), task.key(), payload);
        job.max_attempts = self.attempts_of(rule.sink());
        Ok(job)
    }

    /// A note of the state. One that cannot be read, a later version's, counts as none: the lead is handed on once more.
    async fn read<T: for<'a> Deserialize<'a>>(&self, key: &str) -> Result<Option<T>> {
        let entry = self.state.get(key.to_owned()).await?;
        Ok(entry.and_then(|entry| serde_json::from_slice(&entry.value).ok()))
    }

    async fn write(&self, key: String, value: impl Serialize + Send) -> Result<()> {
        let bytes = Bytes::from(serde_json::to_vec(&value).map_err(unwritable)?);
        self.state.put(key, bytes, None).await.map(|_| ())
    }
}

/// Whether a lead of a page still passes. The store has told whether it is hidden.
fn may_pass(filter: &Filter, lead: &Lead) -> bool {
    filter.passes(lead, false) || filter.passes(lead, true)
}

/// The kind of a sink's jobs.
pub(super) fn kind_of(sink: &str) -> String {
    format!("sink:{sink}")
}

/// Where it is noted what was queued last.
fn place(rule: &Rule, lead: LeadId) -> String {
    format!("sink:sent:{}:{}:{lead}", rule.sink(), rule.name())
}

fn unwritable(cause: serde_json::Error) -> Error {
    Error::new(
        lead_core::ErrorKind::Internal,
        SINK,
        "a note could not be written",
    )
    .because(cause)
}
