//! Erasure in files that were written before.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use lead_core::Result;
use lead_core::clock::Clock;
use lead_core::record::{LeadId, RecordId};
use lead_core::seam::{AuditNote, Store, WriteBatch};
use serde::Serialize;

use super::entry::{Barred, Entry, Left};
use super::file::{Unfinished, remove};
use super::read::Reading;
use super::write::Rowwise;

/// What was taken out of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cleansed {
    /// Files that were written anew, or removed when nothing was left in them.
    pub files: u64,
    /// Leads that are in them no more.
    pub leads: u64,
    /// Leads that lost something and stay.
    pub stripped: u64,
}

/// Erases leads from files, by the id of any of their records, and notes in the store that it was done, so that no other copy of the
/// files brings them back. Leads of the store itself are [`Store::erase`]'s.
///
/// A file is replaced whole or not at all; one that is stopped on its way can be done again.
///
/// # Errors
/// As [`restore`](super::restore()) for the files; those of the store.
pub async fn erase(store: &Store, files: &[PathBuf], ids: &[LeadId]) -> Result<Cleansed> {
    let asked: BTreeSet<RecordId> = ids.iter().map(|id| RecordId::from_uuid(id.as_uuid())).collect();
    let mut done = Cleansed::default();
    for file in files {
        let mut erased = BTreeSet::new();
        rewrite(file, &mut done, |entry| {
            let records = entry.records();
            let hit = records.intersection(&asked).next().copied();
            erased.extend(hit);
            hit.is_none().then_some(entry)
        })
        .await?;
        let now = Clock::system().now();
        let notes = erased
            .iter()
            .map(|id| AuditNote::new("archive", "lead.erased", id, now));
        let mut batch = WriteBatch::default();
        batch.audit.extend(notes);
        if !batch.audit.is_empty() {
            store.commit(batch).await?;
        }
    }
    Ok(done)
}

/// Takes out of files what [`restore`](super::restore()) would leave out: who was suppressed, and what was erased, since they were
/// written.
///
/// # Errors
/// As [`erase()`].
pub async fn cleanse(store: &Store, files: &[PathBuf]) -> Result<Cleansed> {
    let barred = Barred::of(store).await?;
    let mut done = Cleansed::default();
    for file in files {
        rewrite(file, &mut done, |entry| match barred.leaves(entry) {
            Left::Kept(entry) => Some(*entry),
            Left::Erased | Left::Suppressed => None,
        })
        .await?;
    }
    Ok(done)
}

/// Writes a file anew with what `keep` leaves of each lead; one where nothing changes stays as it is.
pub(super) async fn rewrite(
    path: &Path,
    done: &mut Cleansed,
    mut keep: impl FnMut(Entry) -> Option<Entry>,
) -> Result<()> {
    let mut change = Cleansed::default();
    let mut left = false;
    // Read first: most files hold nothing that must go, and a rewrite costs the room of the file.
    let mut reading = Reading::begin(path);
    while let Some(portion) = reading.next().await? {
        for entry in portion {
            match keep(entry.clone()) {
                None => change.leads += 1,
                Some(kept) => {
                    left = true;
                    change.stripped += u64::from(kept != entry);
                }
            }
        }
    }
    if change == Cleansed::default() {
        return Ok(());
    }
    if left {
        write(path, keep).await?;
    } else {
        remove(path).await?;
    }
    done.files += 1;
    done.leads += change.leads;
    done.stripped += change.stripped;
    Ok(())
}

async fn write(path: &Path, mut keep: impl FnMut(Entry) -> Option<Entry>) -> Result<()> {
    let mut file = Unfinished::begin(path)?;
    let mut rows = Rowwise::new()?;
    let mut reading = Reading::begin(path);
    while let Some(portion) = reading.next().await? {
        for entry in portion.into_iter().filter_map(&mut keep) {
            rows.add(&entry)?;
        }
        file.write(&rows.take()).await?;
    }
    file.write(&rows.finish()?).await?;
    file.finish().await
}
