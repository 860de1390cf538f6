//! Schedules as they stand.

use lead_core::clock::Timestamp;
use lead_core::seam::{Queue, ScheduleState};

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::screen::one_line;
use crate::table::table;

pub(super) async fn list(app: &mut App, queue: &Queue, json: bool) -> Outcome<Exit> {
    let schedules = queue.schedules().await?;
    if json {
        schedules.iter().try_for_each(|state| app.json(state, false))?;
        return Ok(Exit::Done);
    }
    if schedules.is_empty() {
        app.line("There are no schedules")?;
        return Ok(Exit::Done);
    }
    let columns = ["Name", "Job", "When", "Next", "Last"];
    let mut rows = table(&columns, app.width);
    for state in &schedules {
        rows.add_row([
            one_line(&state.new.name),
            one_line(&state.new.job.kind),
            state.new.when.to_string(),
            next(state),
            told(state.last),
        ]);
    }
    app.line(&rows.to_string())?;
    Ok(Exit::Done)
}

pub(super) fn set(app: &mut App, state: &ScheduleState, json: bool) -> Outcome<Exit> {
    if json {
        app.json(state, false)?;
    } else {
        app.line(&format!(
            "{}: {}, next {}",
            one_line(&state.new.name),
            state.new.when,
            next(state)
        ))?;
    }
    Ok(Exit::Done)
}

fn next(state: &ScheduleState) -> String {
    if state.paused {
        "paused".to_owned()
    } else {
        told(state.due)
    }
}

fn told(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "–".to_owned(), |at| format!("{at:.0}"))
}
