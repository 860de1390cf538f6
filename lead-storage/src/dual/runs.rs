//! How far runs have come, in one store as in another.

use lead_core::Result;
use lead_core::record::RunId;
use lead_core::seam::{CheckpointDelta, Store, WriteBatch};

/// What must change there for a run to stand as here; `None` when nothing does.
async fn delta(here: &Store, there: &Store, run: RunId) -> Result<Option<CheckpointDelta>> {
    let Some(wanted) = here.checkpoint(run).await? else {
        return Ok(None);
    };
    let known = there.checkpoint(run).await?;
    let fresh = known.is_none();
    let mut known = known.unwrap_or_default();
    let mut delta = CheckpointDelta::new(run);
    for (key, value) in wanted {
        if known.remove(&key).as_ref() != Some(&value) {
            delta = delta.put(key, value);
        }
    }
    for key in known.into_keys() {
        delta = delta.drop(key);
    }
    let changes = fresh || !delta.put.is_empty() || !delta.drop.is_empty();
    Ok(changes.then_some(delta))
}

/// Whether a run stands otherwise there.
pub(super) async fn differs(here: &Store, there: &Store, run: RunId) -> Result<bool> {
    delta(here, there, run).await.map(|delta| delta.is_some())
}

/// Makes a run stand there as it does here.
pub(super) async fn bring(here: &Store, there: &Store, run: RunId) -> Result<()> {
    if let Some(delta) = delta(here, there, run).await? {
        there.commit(WriteBatch::default().checkpoint(delta)).await?;
    }
    Ok(())
}
