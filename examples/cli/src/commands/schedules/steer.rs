//! What is done about schedules.

use lead_core::seam::Queue;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;

pub(super) async fn remove(app: &mut App, queue: &Queue, names: Vec<String>) -> Outcome<Exit> {
    let wanted = names.len();
    let removed = queue.remove_schedules(names).await?;
    ended(
        app,
        wanted,
        removed,
        "removed",
        "There are no others of these names",
    )
}

pub(super) async fn pause(app: &mut App, queue: &Queue, names: Vec<String>) -> Outcome<Exit> {
    let wanted = names.len();
    let paused = queue.pause_schedules(names).await?;
    ended(
        app,
        wanted,
        paused,
        "paused",
        "The others are paused already, or not there",
    )
}

pub(super) async fn resume(app: &mut App, queue: &Queue, names: Vec<String>) -> Outcome<Exit> {
    let wanted = names.len();
    let resumed = queue.resume_schedules(names).await?;
    ended(
        app,
        wanted,
        resumed,
        "resumed",
        "The others are not paused, or not there",
    )
}

/// Says about how many of so many it was done, and what is with the others.
fn ended(app: &mut App, wanted: usize, done: usize, what: &str, others: &str) -> Outcome<Exit> {
    app.line(&format!("{done} of {wanted} are {what}"))?;
    if done < wanted {
        app.screen.remark(others);
    }
    Ok(match done {
        done if done == wanted => Exit::Done,
        0 => Exit::Failed,
        _ => Exit::Partly,
    })
}
