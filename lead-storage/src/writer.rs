//! Many sightings into a store, as fast as it takes them.

use lead_core::record::Observation;
use lead_core::seam::{Receipt, Store, WriteBatch};
use lead_core::{Error, ErrorKind, Result};
use tokio::task::{JoinError, JoinSet};

/// Collects sightings into batches and keeps several commits under way, so that a server has the next one while the last one's
/// answer is on its way. Who writes faster than the store waits; a few batches at most are in memory.
///
/// Commits end in any order, which does not matter: what a store holds does not depend on the order of sightings. It ties no
/// records to each other; links that are found later are committed by themselves.
///
/// ```
/// # use lead_core::record::{Findings, NaturalKey, Observation, SourceId};
/// # use lead_storage::Writer;
/// # #[tokio::main]
/// # async fn main() -> lead_core::Result<()> {
/// # let at = "2026-01-01T00:00:00Z".parse().expect("a time");
/// # let sightings = (0..10).map(|n| {
/// #     let key = NaturalKey::new(&format!("row/{n}")).expect("a key");
/// #     Observation::new(SourceId::new("import").expect("an id"), key, None, at, Findings::default())
/// # });
/// let mut writer = Writer::new(lead_storage::open("sqlite://:memory:").await?);
/// for sighting in sightings {
///     writer.write(sighting).await?;
/// }
/// assert_eq!(writer.finish().await?.inserted, 10);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Writer {
    store: Store,
    batch: usize,
    commits: usize,
    waiting: Vec<Observation>,
    under_way: JoinSet<(Vec<Observation>, Result<Receipt>)>,
    written: Written,
}

/// What commits of a [`Writer`] came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// Sightings that were new to the store.
    pub inserted: u64,
    /// Sightings that it knew.
    pub seen_again: u64,
    /// Sightings dropped or cut, because someone must not be contacted.
    pub suppressed: u64,
    /// Leads that came to be.
    pub created: u64,
    /// Leads that changed.
    pub updated: u64,
}

impl Written {
    fn add(&mut self, receipt: &Receipt) {
        self.inserted += receipt.inserted as u64;
        self.seen_again += receipt.seen_again as u64;
        self.suppressed += receipt.suppressed as u64;
        self.created += receipt.created.len() as u64;
        self.updated += receipt.updated.len() as u64;
    }
}

impl Writer {
    /// Writes to a store, 2,000 sightings a commit, four commits at once.
    pub fn new(store: Store) -> Self {
        Self {
            store,
            batch: 2000,
            commits: 4,
            waiting: Vec::new(),
            under_way: JoinSet::new(),
            written: Written::default(),
        }
    }

    /// So many sightings a commit, at least one.
    pub fn batch(mut self, sightings: usize) -> Self {
        self.batch = sightings.max(1);
        self
    }

    /// So many commits at once, at least one. A store with one writer (SQLite) gains little by more than two.
    pub fn commits(mut self, at_once: usize) -> Self {
        self.commits = at_once.max(1);
        self
    }

    /// Takes a sighting; waits while as many commits as may be are under way.
    ///
    /// It is stored when [`Writer::flush`] has returned. Cancel-safe.
    ///
    /// # Errors
    /// Those of the store, for an earlier batch. That batch waits again and is tried with the next; an error that lasts lasts here, too.
    pub async fn write(&mut self, sighting: Observation) -> Result<()> {
        self.waiting.push(sighting);
        while self.waiting.len() >= self.batch {
            self.room().await?;
            self.begin();
        }
        Ok(())
    }

    /// Waits until everything that was taken is stored; what commits came to by now.
    ///
    /// Cancel-safe.
    ///
    /// # Errors
    /// Those of the store. What could not be stored waits: another call tries it again.
    pub async fn flush(&mut self) -> Result<Written> {
        while !self.waiting.is_empty() {
            self.room().await?;
            self.begin();
        }
        // One that fails waits again; the others are heard out.
        let mut outcome = Ok(());
        while !self.under_way.is_empty() {
            let done = self.one().await;
            outcome = outcome.and(done);
        }
        outcome.map(|()| self.written)
    }

    /// [`Writer::flush`], for the last time.
    ///
    /// # Errors
    /// As there; what could not be stored is lost with the writer.
    pub async fn finish(mut self) -> Result<Written> {
        self.flush().await
    }

    /// What commits came to by now.
    pub fn written(&self) -> Written {
        self.written
    }

    async fn room(&mut self) -> Result<()> {
        while self.under_way.len() >= self.commits {
            self.one().await?;
        }
        Ok(())
    }

    fn begin(&mut self) {
        let rest = self.waiting.split_off(self.batch.min(self.waiting.len()));
        let batch = std::mem::replace(&mut self.waiting, rest);
        let store = self.store.clone();
        self.under_way.spawn(async move {
            let outcome = store.commit(WriteBatch::of(batch.clone())).await;
            (batch, outcome)
        });
    }

    /// Hears the end of a commit.
    async fn one(&mut self) -> Result<()> {
        match self.under_way.join_next().await {
            None => Ok(()),
            Some(Ok((_, Ok(receipt)))) => {
                self.written.add(&receipt);
                Ok(())
            }
            Some(Ok((batch, Err(error)))) => {
                self.waiting.extend(batch);
                Err(error)
            }
            Some(Err(cause)) => Err(broken_off(cause)),
        }
    }
}

fn broken_off(cause: JoinError) -> Error {
    Error::new(ErrorKind::Internal, "writer", "a commit was broken off").because(cause)
}
