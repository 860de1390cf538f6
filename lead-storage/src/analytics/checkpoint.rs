//! What a run keeps of itself.

use lead_core::Result;
use lead_core::clock::Timestamp;
use lead_core::record::RunId;
use lead_core::seam::Checkpoint;

use super::runs::Ran;

/// What a checkpoint tells of its run; `None` when it is no collection's.
#[cfg(feature = "net")]
pub(super) fn figures(run: RunId, started: Timestamp, checkpoint: &Checkpoint) -> Result<Option<Ran>> {
    use lead_core::ErrorKind;
    use lead_core::collect::RunState;

    use super::RunFigures;
    use super::runs::Given;

    let state = match RunState::read(checkpoint) {
        Ok(state) => state,
        // Another program's, which keeps something else under a run.
        Err(error) if error.kind() == ErrorKind::Corrupt => return Ok(None),
        Err(error) => return Err(error),
    };
    let given = state.yields().iter().map(|(source, given)| {
        let given = Given {
            requests: given.requests,
            listings: given.listings,
            new: given.new,
        };
        (source.to_string(), given)
    });
    let figures = RunFigures {
        run,
        started,
        query: state.query.text.as_str().to_owned(),
        near: state.query.near.as_ref().map(|near| near.as_str().to_owned()),
        done: state.done,
        new: 0,
        requests: state.yields().values().map(|given| given.requests).sum(),
        listings: state.yields().values().map(|given| given.listings).sum(),
        sites: state.sites_done,
    };
    Ok(Some((figures, given.collect())))
}

/// Without collections nobody knows what a checkpoint says.
#[cfg(not(feature = "net"))]
#[expect(clippy::unnecessary_wraps, reason = "with the feature `net` it may fail")]
pub(super) fn figures(_: RunId, _: Timestamp, _: &Checkpoint) -> Result<Option<Ran>> {
    Ok(None)
}
