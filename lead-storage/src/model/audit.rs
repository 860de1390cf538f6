//! Notes of the audit as they are stored.

use lead_core::seam::{AuditEntry, AuditNote};
use lead_core::{Error, ErrorKind, Result};

use super::read::time;

pub(crate) const AUDIT: &str = "store.audit";

/// A note as it is stored: number, actor, action, subject, time.
pub(crate) type Noted = (i64, String, String, String, String);

/// The notes of these rows.
pub(crate) fn entries(rows: Vec<Noted>) -> Result<Vec<AuditEntry>> {
    let entry = |(number, actor, action, subject, at): Noted| {
        let number = u64::try_from(number)
            .map_err(|cause| Error::new(ErrorKind::Corrupt, AUDIT, "a note has no number").because(cause))?;
        Ok(AuditEntry::new(
            number,
            AuditNote::new(actor, action, subject, time(&at)?),
        ))
    };
    rows.into_iter().map(entry).collect()
}
