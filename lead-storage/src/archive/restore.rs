//! Leads brought back.

use std::path::PathBuf;

use lead_core::Result;
use lead_core::clock::Clock;
use lead_core::seam::{AuditNote, Store, WriteBatch};
use serde::Serialize;

use super::entry::{Barred, Entry, Left};
use super::read::Reading;

/// What bringing back did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Restored {
    /// Leads of the files that are in the store now.
    pub leads: u64,
    /// Sightings that the store had not.
    pub inserted: u64,
    /// Sightings that were there already.
    pub known: u64,
    /// Leads left out because they were erased since they were archived.
    pub erased: u64,
    /// Leads left out because all of them is suppressed.
    pub suppressed: u64,
}

/// Brings back the leads of these files as they were: the same ids, evidence and times. What is there already is left as it is, and
/// what was seen since is not turned back, so a file may be read again. Who was suppressed since is stripped or left out; a lead
/// that was erased since is left out. `progress` is told after each portion.
///
/// Cancel-safe: a dropped call leaves whole leads; calling again finishes.
///
/// # Errors
/// [`ErrorKind::NotFound`](lead_core::ErrorKind::NotFound) and [`ErrorKind::Io`](lead_core::ErrorKind::Io) for a file,
/// [`ErrorKind::Corrupt`](lead_core::ErrorKind::Corrupt) when it is damaged, [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput)
/// when it is no archive, [`ErrorKind::Unsupported`](lead_core::ErrorKind::Unsupported) when it is of a newer form; those of the store.
pub async fn restore(
    store: &Store,
    files: &[PathBuf],
    mut progress: impl FnMut(Restored),
) -> Result<Restored> {
    let mut done = Restored::default();
    for file in files {
        // Anew for each file: somebody may object meanwhile.
        let barred = Barred::of(store).await?;
        let mut reading = Reading::begin(file);
        while let Some(portion) = reading.next().await? {
            commit(store, &barred, portion, &mut done).await?;
            progress(done);
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let note = AuditNote::new("archive", "archive.restored", name, Clock::system().now());
        store.commit(WriteBatch::default().audit(note)).await?;
    }
    Ok(done)
}

async fn commit(store: &Store, barred: &Barred, portion: Vec<Entry>, done: &mut Restored) -> Result<()> {
    let mut batch = WriteBatch::default();
    for entry in portion {
        match barred.leaves(entry) {
            Left::Kept(entry) => {
                let entry = entry.tied();
                batch.observations.extend(entry.observations);
                batch.links.extend(entry.links);
                done.leads += 1;
            }
            Left::Erased => done.erased += 1,
            Left::Suppressed => done.suppressed += 1,
        }
    }
    let receipt = store.commit(batch).await?;
    done.inserted += receipt.inserted as u64;
    done.known += receipt.seen_again as u64;
    Ok(())
}
