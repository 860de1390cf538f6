//! What was given up.

use lead_core::seam::JobId;
use lead_storage::sink::DeadLetters;
use serde_json::Value;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::screen::one_line;
use crate::table::table;

pub(super) async fn list(app: &mut App, letters: &DeadLetters, limit: usize, json: bool) -> Outcome<Exit> {
    let dead = letters.list(JobId(0), limit).await?;
    if json {
        dead.iter().try_for_each(|dead| app.json(dead, false))?;
        return Ok(Exit::Done);
    }
    let mut rows = table(&["Job", "Sink", "Rule", "Lead", "Tried", "Why"], app.width);
    for dead in dead {
        let says = |name: &str| one_line(dead.payload.get(name).and_then(Value::as_str).unwrap_or("–"));
        rows.add_row([
            dead.job.to_string(),
            one_line(dead.kind.strip_prefix("sink:").unwrap_or(&dead.kind)),
            says("rule"),
            says("lead"),
            dead.attempts.to_string(),
            one_line(&dead.reason),
        ]);
    }
    app.line(&rows.to_string())?;
    Ok(Exit::Done)
}
