//! The audit log, carried note by note. It is also what tells of erasures: the note is written in the transaction that erases.

use std::collections::BTreeSet;

use lead_core::Result;
use lead_core::record::{LeadId, RecordId};
use lead_core::seam::{AuditEntry, AuditNote, Store, WriteBatch};

use super::outbox::Place;

/// Notes looked at in one step.
pub(super) const STEP: usize = 500;

/// The leads these notes say are gone, by the ids they were erased by.
pub(super) fn gone(notes: &[AuditEntry]) -> BTreeSet<RecordId> {
    subjects(notes.iter().filter(|entry| of_the_store(&entry.note)))
}

/// The leads these notes say were hidden, or hidden no more; which of both is asked of the primary.
pub(super) fn turned(notes: &[AuditEntry]) -> BTreeSet<RecordId> {
    let turned = notes
        .iter()
        .filter(|entry| matches!(entry.note.action.as_str(), "lead.hidden" | "lead.unhidden"));
    subjects(turned)
}

fn subjects<'a>(notes: impl Iterator<Item = &'a AuditEntry>) -> BTreeSet<RecordId> {
    notes
        .filter_map(|entry| entry.note.subject.parse::<LeadId>().ok())
        .map(|id| RecordId::from_uuid(id.as_uuid()))
        .collect()
}

/// A note that every store writes itself when it erases or gives out: the mirror writes its own.
fn of_the_store(note: &AuditNote) -> bool {
    note.actor == "store" && matches!(note.action.as_str(), "lead.erased" | "lead.withdrawn")
}

/// Writes notes into the mirror's log; those that are there already, because a process was killed before it could say so, are
/// passed over. The new place.
pub(super) async fn copy(there: &Store, place: Place, notes: &[AuditEntry]) -> Result<Place> {
    let mut wanted: Vec<AuditNote> = notes
        .iter()
        .filter(|entry| !of_the_store(&entry.note))
        .map(|entry| entry.note.clone())
        .collect();
    wanted.drain(..known(there, place.there, &wanted).await?);
    if !wanted.is_empty() {
        let batch = wanted.into_iter().fold(WriteBatch::default(), WriteBatch::audit);
        there.commit(batch).await?;
    }
    Ok(Place {
        here: notes.last().map_or(place.here, |entry| entry.number),
        there: end(there, place.there).await?,
    })
}

/// How many of these notes, from the first on, stand behind `after`. Others may have written between them.
async fn known(there: &Store, mut after: u64, wanted: &[AuditNote]) -> Result<usize> {
    let mut known = 0;
    loop {
        let page = there.audit(after, STEP).await?;
        let Some(last) = page.last() else { return Ok(known) };
        after = last.number;
        for entry in &page {
            known += usize::from(wanted.get(known) == Some(&entry.note));
        }
    }
}

/// The number of the last note there is.
async fn end(there: &Store, mut after: u64) -> Result<u64> {
    loop {
        let page = there.audit(after, STEP).await?;
        match page.last() {
            Some(last) => after = last.number,
            None => return Ok(after),
        }
    }
}
