//! A run under way: rows in, what came of them out, in their order.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use futures::{Stream, StreamExt, stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::answer::{Matched, NoSite};
use super::company::Company;
use super::finder::Finder;
use super::journal::{Journal, Known};
use crate::seam::{Failure, Stop, UnderWay};
use crate::telemetry::MATCH_ROWS;
use crate::{Error, ErrorKind, Result};

/// A row of the input: a company, or why it cannot be read.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// The company, as far as it could be read.
    pub company: Company,
    /// Why it cannot be looked for.
    pub failure: Option<Failure>,
    /// What of it cannot be read, while the rest is enough.
    pub notes: Vec<Failure>,
}

impl From<Company> for Row {
    fn from(company: Company) -> Self {
        Self {
            company,
            ..Self::default()
        }
    }
}

/// What a run tells. Its events end with [`MatchEvent::Done`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum MatchEvent {
    /// What came of a row; rows come in the order of the input.
    Row(Box<Matched>),
    /// The run cannot go on: its journal cannot be written.
    Failed(Failure),
    /// The run is over.
    Done(MatchSummary),
}

/// What a run cost and brought.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct MatchSummary {
    /// Rows answered.
    pub rows: u64,
    /// Rows with a site.
    pub found: u64,
    /// Rows that could not be looked for.
    pub failed: u64,
    /// Fields filled that rows lacked.
    pub filled: u64,
    /// Rows without a site, by why.
    pub reasons: std::collections::BTreeMap<NoSite, u64>,
    /// Requests made, retries and redirects included; robots.txt aside. Those of earlier runs do not count.
    pub requests: u64,
    /// Bytes of bodies received.
    pub bytes: u64,
    /// Rows that an earlier run had answered.
    pub resumed: u64,
    /// Time from start to end.
    pub elapsed: Duration,
    /// Whether it was stopped before its end.
    pub stopped: bool,
}

impl MatchSummary {
    fn note(&mut self, matched: &Matched) {
        self.rows += 1;
        self.filled += matched.filled.len() as u64;
        match (&matched.site, &matched.failure, matched.reason) {
            (Some(_), ..) => self.found += 1,
            (None, Some(_), _) => self.failed += 1,
            (None, None, reason) => *self.reasons.entry(reason.unwrap_or(NoSite::Unsure)).or_default() += 1,
        }
        if matched.resumed {
            self.resumed += 1;
        } else {
            self.requests += matched.requests;
            self.bytes += matched.bytes;
            MATCH_ROWS.add(1, &[matched.reason.map_or("found", NoSite::code)]);
        }
    }
}

/// A run under way: a stream of [`MatchEvent`]s that ends with [`MatchEvent::Done`].
///
/// It goes no faster than its events are taken. Dropping it stops it at once; what its journal holds stays.
#[derive(Debug)]
pub struct MatchRun(UnderWay<MatchEvent>);

/// What a run works with.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) finder: Arc<Finder>,
    pub(super) journal: Journal,
    pub(super) known: Known,
    pub(super) concurrency: usize,
}

impl MatchRun {
    pub(super) fn begin(settings: Settings, rows: impl Iterator<Item = Row> + Send + 'static) -> Self {
        Self(UnderWay::begin(|events, stop| work(settings, rows, events, stop)))
    }

    /// The next event; `None` after [`MatchEvent::Done`]. Cancel-safe.
    pub async fn next(&mut self) -> Option<MatchEvent> {
        self.0.next().await
    }

    /// Asks the run to stop: what is in flight is given up, and [`MatchEvent::Done`] comes soon.
    pub fn stop(&self) {
        self.0.stop();
    }

    /// A handle that stops the run, for a signal handler.
    pub fn stopper(&self) -> impl Fn() + Send + Sync + 'static {
        self.0.stopper()
    }
}

impl Stream for MatchRun {
    type Item = MatchEvent;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<MatchEvent>> {
        Pin::new(&mut self.0).poll_next(cx)
    }
}

async fn work(
    settings: Settings,
    rows: impl Iterator<Item = Row> + Send,
    events: mpsc::Sender<MatchEvent>,
    mut stop: Stop,
) {
    let started = Instant::now();
    let Settings {
        finder,
        journal,
        mut known,
        concurrency,
    } = settings;
    let begin = |(number, row): (u64, Row)| match journal.take(&mut known, number, &row.company) {
        Some(matched) => Answer::Known(Box::new(matched)),
        None => Answer::Asked(Box::new(Task::begin(Arc::clone(&finder), number, row))),
    };
    // Each row is a task of its own, so that they use every core; the answers come in the order of the rows.
    let answers = stream::iter((0..).zip(rows))
        .map(begin)
        .map(Answer::wait)
        .buffered(concurrency);
    let mut answers = std::pin::pin!(answers);
    let mut summary = MatchSummary::default();
    loop {
        let next = tokio::select! {
            biased;
            () = stop.asked() => { summary.stopped = true; break; }
            next = answers.next() => next,
        };
        let Some(matched) = next else { break };
        let kept = if matched.resumed {
            Ok(())
        } else {
            journal.write(&matched).await
        };
        summary.note(&matched);
        if events.send(MatchEvent::Row(Box::new(matched))).await.is_err() {
            return; // nobody listens any more
        }
        if let Err(error) = kept {
            summary.stopped = true;
            let _ = events
                .send(MatchEvent::Failed(Failure::new("match", &error)))
                .await;
            break;
        }
    }
    summary.elapsed = started.elapsed();
    let _ = events.send(MatchEvent::Done(summary)).await;
}

/// A row that an earlier run answered, or one that is being looked for.
enum Answer {
    Known(Box<Matched>),
    Asked(Box<Task>),
}

impl Answer {
    async fn wait(self) -> Matched {
        match self {
            Self::Known(mut matched) => {
                matched.resumed = true;
                *matched
            }
            Self::Asked(task) => task.wait().await,
        }
    }
}

/// A task that ends when nobody waits for it any more.
struct Task {
    number: u64,
    company: Company,
    work: JoinHandle<Matched>,
}

impl Task {
    fn begin(finder: Arc<Finder>, number: u64, row: Row) -> Self {
        let company = row.company.clone();
        let work = tokio::spawn(async move { finder.row(number, row).await });
        Self {
            number,
            company,
            work,
        }
    }

    async fn wait(mut self) -> Matched {
        let answer: Result<Matched, _> = (&mut self.work).await;
        answer.unwrap_or_else(|death| {
            let error =
                Error::new(ErrorKind::Internal, "match", "a task of the run died").with("cause", death);
            let company = std::mem::take(&mut self.company);
            Matched::new(self.number, company)
                .failed(Failure::new(format!("row {}", self.number + 1), &error))
        })
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.work.abort();
    }
}
