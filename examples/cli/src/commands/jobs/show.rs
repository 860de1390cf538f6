//! Jobs as they stand.

use lead_core::seam::{JobId, JobQuery, JobState, Queue};
use lead_core::{Error, ErrorKind};
use serde_json::json;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::screen::one_line;
use crate::table::table;

pub(super) async fn list(app: &mut App, queue: &Queue, query: JobQuery, json: bool) -> Outcome<Exit> {
    let limit = query.limit;
    let jobs = queue.jobs(query).await?;
    if json {
        jobs.iter().try_for_each(|job| app.json(job, false))?;
        return Ok(Exit::Done);
    }
    let columns = ["Job", "Kind", "Key", "State", "Tried", "When", "Why"];
    let mut rows = table(&columns, app.width);
    for job in &jobs {
        rows.add_row([
            job.job.to_string(),
            one_line(&job.new.kind),
            one_line(&job.new.key),
            job.phase.to_string(),
            format!("{} of {}", job.attempts, job.new.max_attempts),
            when(job),
            one_line(job.reason.as_deref().unwrap_or("–")),
        ]);
    }
    app.line(&rows.to_string())?;
    if jobs.len() == limit {
        app.screen.remark("There may be more: --limit");
    }
    Ok(Exit::Done)
}

/// When it is another's, or can be taken.
fn when(job: &JobState) -> String {
    let at = job.until.or(job.new.not_before);
    at.map_or_else(|| "–".to_owned(), |at| format!("{at:.0}"))
}

pub(super) async fn one(app: &mut App, queue: &Queue, id: JobId, json: bool) -> Outcome<Exit> {
    let found = queue
        .jobs(JobQuery::one(id))
        .await?
        .pop()
        .filter(|job| job.job == id);
    let job = found.ok_or_else(|| {
        Error::new(
            ErrorKind::NotFound,
            "jobs",
            "there is no such job; one that is done is gone",
        )
        .with("job", id)
    })?;
    let lines = queue.lines(id).await?;
    if json {
        app.json(&json!({"job": job, "log": lines}), true)?;
        return Ok(Exit::Done);
    }
    app.line(&format!(
        "Job {id}: {}, {}",
        one_line(&job.new.kind),
        one_line(&job.new.key)
    ))?;
    app.line(&format!(
        "State: {}, tried {} of {}",
        job.phase, job.attempts, job.new.max_attempts
    ))?;
    if when(&job) != "–" {
        app.line(&format!("When: {}", when(&job)))?;
    }
    if let Some(group) = &job.new.group {
        app.line(&format!(
            "Group: {}, {} at once",
            one_line(&group.key),
            group.at_once
        ))?;
    }
    if let Some(reason) = &job.reason {
        app.line(&format!("Why: {}", one_line(reason)))?;
    }
    app.line(&format!("Payload: {}", job.new.payload))?;
    if let Some(progress) = &job.progress {
        app.line(&format!("Progress: {progress}"))?;
    }
    for line in lines {
        app.line(&format!(
            "{:.0} try {}: {}",
            line.at,
            line.attempt,
            one_line(&line.text)
        ))?;
    }
    Ok(Exit::Done)
}
