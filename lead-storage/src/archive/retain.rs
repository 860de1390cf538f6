//! What is kept, and for how long.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use futures::{StreamExt as _, TryStreamExt as _, stream};
use lead_core::clock::{Clock, Timestamp};
use lead_core::record::filter::{Comparison, Field, Filter, Scalar};
use lead_core::record::{LeadId, RecordId, RunId};
use lead_core::seam::{AuditNote, LeadQuery, LeadVersion, Store, WriteBatch};
use lead_core::{Error, Result};
use serde::Serialize;

use super::entry::Entry;
use super::erase::{Cleansed, rewrite};
use super::file::{Unfinished, prepare};
use super::write::Rowwise;

/// Leads of a page.
const PAGE: usize = 200;

/// Leads read at a time.
const ABREAST: usize = 8;

/// Leads taken out of the store in one transaction.
const TAKEN: usize = 200;

/// Which leads have been kept long enough, and what becomes of them.
#[derive(Clone, Debug)]
pub struct Retention {
    before: Timestamp,
    filter: Filter,
    /// Where to; `None` for nowhere.
    folder: Option<PathBuf>,
    per_file: usize,
    clock: Clock,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Leads that are out of the store.
    pub done: u64,
    /// Leads that were to go when it began.
    pub total: u64,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Retained {
    /// Leads taken out of the store.
    pub leads: u64,
    /// Leads that were seen again, joined to others or erased meanwhile, and were not taken.
    pub passed_over: u64,
    /// The files they are in now; none when they were deleted.
    pub files: Vec<PathBuf>,
    /// Bytes of these files.
    pub bytes: u64,
}

impl Retention {
    /// Leads last seen before this moment go into files of this folder, which is made when it is missing.
    pub fn archive(before: Timestamp, folder: &Path) -> Self {
        Self::new(before, Some(folder.to_owned()))
    }

    /// Leads last seen before this moment are deleted for good.
    pub fn delete(before: Timestamp) -> Self {
        Self::new(before, None)
    }

    fn new(before: Timestamp, folder: Option<PathBuf>) -> Self {
        Self {
            before,
            filter: Filter::All,
            folder,
            per_file: 10_000,
            clock: Clock::system(),
        }
    }

    /// Only of those that pass. Hidden leads stay, unless the filter asks for them; then they can be deleted and not archived, because
    /// a file does not say of a lead that it is hidden.
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }

    /// So many leads a file, at least one; 10,000 unless told.
    pub fn leads_per_file(mut self, leads: usize) -> Self {
        self.per_file = leads.max(1);
        self
    }

    /// Goes by this clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    fn check(&self) -> Result<()> {
        if self.folder.is_some() && self.filter.speaks_of_hidden() {
            let says =
                "hidden leads are deleted or brought back, not archived: the filter must not ask for them";
            return Err(Error::invalid("retention", says));
        }
        Ok(())
    }

    fn passing(&self) -> Filter {
        let unseen = Filter::Compare(Field::Seen, Comparison::Less, Scalar::Time(self.before));
        Filter::And(vec![self.filter.clone(), unseen])
    }

    /// How many leads would go.
    ///
    /// # Errors
    /// Those of the store; [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for hidden leads that are to be archived.
    pub async fn count(&self, store: &Store) -> Result<u64> {
        self.check()?;
        store.count(self.passing()).await
    }

    /// Does it. `progress` is told after each file, or page when they are deleted.
    ///
    /// Leads are gone through by key, so what comes and goes meanwhile makes none be passed by. Cancel-safe, and safe to be killed: what
    /// is not in a whole file is still in the store; what is in both is taken out by the next call.
    ///
    /// # Errors
    /// As [`Retention::count`]; [`ErrorKind::StorageFull`](lead_core::ErrorKind::StorageFull),
    /// [`ErrorKind::ReadOnly`](lead_core::ErrorKind::ReadOnly) and [`ErrorKind::Io`](lead_core::ErrorKind::Io) for the files. What was
    /// done until then is done.
    pub async fn run(&self, store: &Store, progress: impl FnMut(Progress)) -> Result<Retained> {
        self.check()?;
        if let Some(folder) = &self.folder {
            prepare(folder).await?;
        }
        let total = self.count(store).await?;
        let mut work = Work {
            retention: self,
            store,
            run: RunId::start(self.clock.now()),
            open: None,
            waiting: Vec::new(),
            number: 0,
            done: Retained::default(),
            progress,
            total,
        };
        loop {
            let before = work.done.leads;
            work.done.passed_over = 0;
            work.go().await?;
            // A lead that was joined to another meanwhile may have got an id that was gone by.
            if work.done.leads == before || self.count(store).await? == 0 {
                return Ok(work.done);
            }
        }
    }
}

/// A file being filled.
struct Open {
    path: PathBuf,
    file: Unfinished,
    rows: Rowwise,
}

struct Work<'a, P> {
    retention: &'a Retention,
    store: &'a Store,
    run: RunId,
    open: Option<Open>,
    /// What the open file holds, or what is to be deleted.
    waiting: Vec<(LeadId, LeadVersion)>,
    number: u32,
    done: Retained,
    progress: P,
    total: u64,
}

impl<P: FnMut(Progress)> Work<'_, P> {
    async fn go(&mut self) -> Result<()> {
        let mut query = LeadQuery::new(self.retention.passing()).limit(PAGE);
        loop {
            let page = self.store.page(query.clone()).await?;
            let ids: Vec<LeadId> = page.leads.iter().map(|lead| lead.id).collect();
            let now = self.retention.clock.now();
            let hidden = hidden(self.store, self.retention, &ids).await?;
            let entries = stream::iter(ids.into_iter().map(|id| read(self.store.clone(), id, now)));
            let entries: Vec<_> = entries.buffered(ABREAST).try_collect().await?;
            for (id, entry) in entries.into_iter().flatten() {
                self.take(id, &entry, hidden.contains(&id)).await?;
            }
            if self.retention.folder.is_none() {
                self.release().await?;
            }
            match page.next {
                Some(next) => query = query.after(Some(next)),
                None => break,
            }
        }
        self.release().await
    }

    async fn take(&mut self, id: LeadId, entry: &Entry, hidden: bool) -> Result<()> {
        if entry.last_seen().is_none_or(|seen| seen >= self.retention.before) {
            // Seen between its page and its sightings.
            self.done.passed_over += 1;
            return Ok(());
        }
        if let Some(folder) = &self.retention.folder {
            if self.open.is_none() {
                self.number += 1;
                self.open = Some(begin(folder, self.run, self.number)?);
            }
            if let Some(open) = &mut self.open {
                open.rows.add(entry)?;
                open.file.write(&open.rows.take()).await?;
            }
        }
        self.waiting.push((id, entry.version().hidden(hidden)));
        if self.waiting.len() >= self.retention.per_file {
            self.release().await?;
        }
        Ok(())
    }

    /// Makes the open file whole, then takes out of the store what is in it.
    async fn release(&mut self) -> Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let mut written = None;
        if let Some(Open { path, mut file, rows }) = self.open.take() {
            file.write(&rows.finish()?).await?;
            self.done.bytes += file.bytes;
            file.finish().await?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            note(self.store, &self.retention.clock, "archive.written", &name).await?;
            written = Some(path);
        } else {
            let before = self.retention.before.to_string();
            note(self.store, &self.retention.clock, "retention.deleted", &before).await?;
        }
        let mut left = Vec::new();
        for asked in self.waiting.chunks(TAKEN) {
            let taken = self.store.withdraw(asked.to_vec()).await?;
            self.done.leads += taken.len() as u64;
            left.extend(asked.iter().map(|(id, _)| *id).filter(|id| !taken.contains(id)));
        }
        self.waiting.clear();
        self.done.passed_over += left.len() as u64;
        if let Some(path) = written {
            without(&path, &left).await?;
            if tokio::fs::try_exists(&path).await.unwrap_or(true) {
                self.done.files.push(path);
            }
        }
        (self.progress)(Progress {
            done: self.done.leads,
            total: self.total.max(self.done.leads),
        });
        Ok(())
    }
}

async fn note(store: &Store, clock: &Clock, action: &str, subject: &str) -> Result<()> {
    let note = AuditNote::new("retention", action, subject, clock.now());
    let noted = store.commit(WriteBatch::default().audit(note)).await;
    noted.map(drop)
}

/// Those of a page that are hidden; none is where nobody asked for them.
async fn hidden(store: &Store, retention: &Retention, ids: &[LeadId]) -> Result<BTreeSet<LeadId>> {
    if !retention.filter.speaks_of_hidden() {
        return Ok(BTreeSet::new());
    }
    let found = store.versioned(ids.to_vec()).await?;
    let hidden = found.into_iter().flatten().filter(|lead| lead.hidden);
    Ok(hidden.map(|lead| lead.lead.id).collect())
}

/// A lead with its id; `None` when it is not there any more.
async fn read(store: Store, id: LeadId, now: Timestamp) -> Result<Option<(LeadId, Entry)>> {
    let entry = Entry::read(&store, id, now).await?;
    Ok(entry.map(|entry| (id, entry)))
}

fn begin(folder: &Path, run: RunId, number: u32) -> Result<Open> {
    let day = run.started().unwrap_or_default().to_string();
    let day = day.get(..10).unwrap_or_default();
    let path = folder.join(format!("leads-{day}-{run}-{number:05}.parquet"));
    Ok(Open {
        file: Unfinished::begin(&path)?,
        rows: Rowwise::new()?,
        path,
    })
}

/// Takes out of a file what stayed in the store, or was erased there meanwhile and must be nowhere.
async fn without(path: &Path, left: &[LeadId]) -> Result<()> {
    if left.is_empty() {
        return Ok(());
    }
    let stays = |entry: &Entry| {
        let is = |id: &LeadId| entry.records().contains(&RecordId::from_uuid(id.as_uuid()));
        left.iter().any(is)
    };
    rewrite(path, &mut Cleansed::default(), |entry| {
        (!stays(&entry)).then_some(entry)
    })
    .await
}
