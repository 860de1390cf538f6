//! What came of the rows of a run, a line each: killed anywhere, another run goes on.

use std::collections::HashMap;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::answer::Matched;
use super::company::Company;
use crate::seam::State;
use crate::{Error, ErrorKind, Result};

/// Lines read at a time.
const LINES: usize = 256;

/// A row that was answered.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    /// Of its company and of how it was looked for: a row that was changed is another.
    key: Uuid,
    matched: Matched,
}

/// The journal of a run; none, when nothing is to be kept.
#[derive(Debug)]
pub(super) struct Journal {
    kept: Option<(State, String)>,
    /// How companies are looked for.
    ways: Uuid,
}

/// The answers of earlier runs, by row and company.
pub(super) type Known = HashMap<(u64, Uuid), Matched>;

/// What tells a company, as it was looked for, from another: what was settled otherwise is looked for anew.
fn key(ways: &Uuid, company: &Company) -> Uuid {
    Uuid::new_v5(ways, &serde_json::to_vec(company).unwrap_or_default())
}

impl Journal {
    pub(super) fn none() -> (Self, Known) {
        let journal = Self {
            kept: None,
            ways: Uuid::nil(),
        };
        (journal, Known::new())
    }

    /// What an earlier run settled of a company.
    pub(super) fn take(&self, known: &mut Known, row: u64, company: &Company) -> Option<Matched> {
        known.remove(&(row, key(&self.ways, company)))
    }

    /// Opens a journal and reads what it holds.
    pub(super) async fn open(state: State, name: &str, ways: Uuid) -> Result<(Self, Known)> {
        let log = format!("match:{name}");
        let (mut known, mut after) = (Known::new(), 0);
        loop {
            let lines = state.read_log(log.clone(), after, LINES).await?;
            let Some((last, _)) = lines.last() else {
                break;
            };
            after = *last;
            for (number, bytes) in lines {
                let line: Line = serde_json::from_slice(&bytes).map_err(|cause| {
                    Error::new(ErrorKind::Corrupt, "match", "the journal cannot be read")
                        .with("line", number)
                        .because(cause)
                })?;
                known.insert((line.matched.row, line.key), line.matched);
            }
        }
        known.retain(|_, matched| matched.is_settled());
        let kept = Some((state, log));
        Ok((Self { kept, ways }, known))
    }

    /// Writes down what came of a row.
    pub(super) async fn write(&self, matched: &Matched) -> Result<()> {
        let Some((state, log)) = &self.kept else {
            return Ok(());
        };
        let line = Line {
            key: key(&self.ways, &matched.company),
            matched: matched.clone(),
        };
        let json = serde_json::to_vec(&line).map_err(|cause| {
            Error::new(
                ErrorKind::Internal,
                "match",
                "a line of the journal cannot be written",
            )
            .because(cause)
        })?;
        state.append(log.clone(), Bytes::from(json)).await?;
        Ok(())
    }
}

impl Matched {
    /// Whether asking again would be no use: it was found, or nobody knows it. What failed is asked again.
    fn is_settled(&self) -> bool {
        self.failure
            .as_ref()
            .is_none_or(|failure| matches!(failure.kind(), ErrorKind::InvalidInput | ErrorKind::Decode))
    }
}
