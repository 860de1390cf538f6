//! What is queued, handed on.

use std::sync::Arc;
use std::time::Duration;

use lead_core::clock::Timestamp;
use lead_core::record::{ContentHash, Lead, LeadId};
use lead_core::seam::Lease;
use lead_core::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};

use super::pass::kind_of;
use super::sinks::{Configured, Report};
use super::{Change, Deliver, Event, Outcome, Rule, Sinks, delay, fingerprint};
use crate::export::Suppressed;

/// A job is ours for so long; a batch that takes longer than it may is dropped before.
const LEASE: Duration = Duration::from_mins(5);
const LONGEST: Duration = Duration::from_mins(4);

/// What a job says: which lead, as what, for which rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Task {
    pub(super) rule: Arc<str>,
    pub(super) lead: LeadId,
    /// Which change of the lead for the rule it is, from 1.
    pub(super) number: u64,
    pub(super) hash: ContentHash,
    pub(super) change: Change,
    pub(super) at: Timestamp,
}

impl Task {
    /// One change of one lead is one job of a rule.
    pub(super) fn key(&self) -> String {
        format!("{}/{}/{}/{}", self.rule, self.lead, self.number, self.hash)
    }

    /// What the receiver tells repetitions by.
    fn id(&self, sink: &str) -> String {
        let id = ContentHash::of(format!("{sink}/{}", self.key()).as_bytes());
        format!("evt_{}", id.as_uuid().simple())
    }
}

/// How a batch went.
pub(super) enum Turn {
    /// There was none.
    Idle,
    /// Something went through or was refused: the other side answers.
    Worked,
    /// Nothing goes through there now; come back after this.
    Down(Duration),
}

impl Sinks {
    /// Leases a batch of a sink's jobs, and hands it on.
    pub(super) async fn turn(&self, sink: &Configured, report: &mut Report) -> Result<Turn> {
        let kinds = vec![kind_of(&sink.name)];
        let leases = self.queue.lease(kinds, sink.sink.most(), LEASE).await?;
        if leases.is_empty() {
            return Ok(Turn::Idle);
        }
        let suppressed = Suppressed::of(&self.store).await?;
        let (mut events, mut ours) = (Vec::new(), Vec::new());
        for lease in leases {
            if let Some(event) = self.event(sink, &lease, &suppressed).await? {
                events.push(event);
                ours.push(lease);
            } else {
                report.dropped += 1;
                held(self.queue.complete(lease).await)?;
            }
        }
        if events.is_empty() {
            return Ok(Turn::Worked);
        }
        let outcomes = outcomes(sink, &events).await;
        self.settle(sink, ours, outcomes, report).await
    }

    /// What a job is about, as it is now; nothing when it has become another, is gone, must not be told, or nobody wants it any more.
    async fn event(
        &self,
        sink: &Configured,
        lease: &Lease,
        suppressed: &Suppressed,
    ) -> Result<Option<Event>> {
        let Ok(task) = serde_json::from_value::<Task>(lease.payload.clone()) else {
            return Ok(None);
        };
        let wanted = |rule: &&Rule| *rule.name() == *task.rule && *rule.sink() == *sink.name;
        let Some(rule) = self.rules.iter().find(wanted) else {
            return Ok(None);
        };
        let found = self.store.versioned(vec![task.lead]).await?;
        let Some(found) = found.into_iter().flatten().next() else {
            return Ok(None);
        };
        if found.hidden && !rule.filter().speaks_of_hidden() {
            // It was not told, so that it is told when somebody brings it back.
            self.forget(rule, &task).await?;
            return Ok(None);
        }
        let hidden = found.hidden;
        let lead = suppressed.strip(found.lead);
        let same = |lead: &Lead| lead.id == task.lead && fingerprint::of(lead) == task.hash;
        Ok(lead
            .filter(same)
            .filter(|lead| rule.filter().passes(lead, hidden))
            .map(|lead| Event {
                id: task.id(&sink.name),
                change: task.change,
                rule: Arc::clone(&task.rule),
                at: task.at,
                lead,
            }))
    }

    async fn settle(
        &self,
        sink: &Configured,
        leases: Vec<Lease>,
        outcomes: Vec<Outcome>,
        report: &mut Report,
    ) -> Result<Turn> {
        let (mut answered, mut pause) = (false, Duration::ZERO);
        for (lease, outcome) in leases.into_iter().zip(outcomes) {
            match outcome {
                Outcome::Delivered => {
                    answered = true;
                    report.delivered += 1;
                    held(self.queue.complete(lease).await)?;
                }
                Outcome::Again { reason, after } => {
                    let wait = delay::before_next(lease.attempt, after);
                    pause = pause.max(wait);
                    if lease.attempt >= sink.attempts {
                        report.dead += 1;
                    } else {
                        report.again += 1;
                    }
                    held(self.queue.fail(lease, reason, Some(wait)).await)?;
                }
                Outcome::Refused { reason } => {
                    answered = true;
                    report.dead += 1;
                    held(self.queue.fail(lease, reason, None).await)?;
                }
            }
        }
        Ok(if answered { Turn::Worked } else { Turn::Down(pause) })
    }
}

/// What became of each event; as many as there are events, whatever the sink says.
async fn outcomes(sink: &Configured, events: &[Event]) -> Vec<Outcome> {
    let said = tokio::time::timeout(LONGEST, sink.sink.deliver(events)).await;
    let mut outcomes = match said {
        Ok(Ok(outcomes)) => outcomes,
        Ok(Err(error)) => vec![of_error(&error); events.len()],
        Err(_) => vec![Outcome::again("it took too long"); events.len()],
    };
    outcomes.resize(
        events.len(),
        Outcome::again("the sink did not say what became of it"),
    );
    outcomes
}

/// Without its context, which may hold an address.
fn of_error(error: &Error) -> Outcome {
    let reason = format!("{}: {}", error.kind(), error.message());
    if error.is_retryable() {
        let after = error.retry_after();
        return Outcome::Again { reason, after };
    }
    Outcome::Refused { reason }
}

/// A lease that ran out is somebody else's: the event comes twice, as is promised.
fn held(result: Result<()>) -> Result<()> {
    result.or_else(|error| match error.kind() {
        ErrorKind::StaleLease => Ok(()),
        _ => Err(error),
    })
}
