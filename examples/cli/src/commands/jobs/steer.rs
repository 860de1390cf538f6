//! What is done about jobs.

use lead_core::Result;
use lead_core::seam::{JobId, Queue};

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;

/// All jobs of these kinds (of any, when there is none) that were given up; `None` unless all are wanted.
pub(super) async fn dead(queue: &Queue, kinds: &[String], all: bool) -> Result<Option<Vec<JobId>>> {
    const PAGE: usize = 1000;
    if !all {
        return Ok(None);
    }
    let (mut jobs, mut after) = (Vec::new(), JobId(0));
    loop {
        let page = queue.dead(kinds.to_vec(), after, PAGE).await?;
        jobs.extend(page.iter().map(|dead| dead.job));
        match page.last() {
            Some(last) if page.len() == PAGE => after = last.job,
            _ => return Ok(Some(jobs)),
        }
    }
}

/// How a command ends that was to do something about so many jobs and did it about so many.
fn ended(wanted: usize, done: usize) -> Exit {
    match done {
        done if done == wanted => Exit::Done,
        0 => Exit::Failed,
        _ => Exit::Partly,
    }
}

pub(super) async fn retry(app: &mut App, queue: &Queue, jobs: Vec<JobId>) -> Outcome<Exit> {
    let wanted = jobs.len();
    let revived = queue.revive(jobs).await?;
    app.line(&format!("{revived} of {wanted} are tried again"))?;
    if revived < wanted {
        app.screen
            .remark("The others are not given up, or one of their kind and key waits or runs already");
    }
    Ok(ended(wanted, revived))
}

pub(super) async fn cancel(app: &mut App, queue: &Queue, jobs: Vec<JobId>) -> Outcome<Exit> {
    let wanted = jobs.len();
    let cancelled = queue.cancel(jobs).await?;
    app.line(&format!("{cancelled} of {wanted} are cancelled"))?;
    if cancelled < wanted {
        app.screen.remark("The others are done or given up already");
    }
    Ok(ended(wanted, cancelled))
}

pub(super) async fn pause(app: &mut App, queue: &Queue, kinds: Vec<String>) -> Outcome<Exit> {
    if !kinds.is_empty() {
        queue.pause(kinds).await?;
    }
    tell_paused(app, queue).await
}

pub(super) async fn resume(app: &mut App, queue: &Queue, kinds: Vec<String>) -> Outcome<Exit> {
    queue.resume(kinds).await?;
    tell_paused(app, queue).await
}

async fn tell_paused(app: &mut App, queue: &Queue) -> Outcome<Exit> {
    let paused = queue.paused().await?;
    let told = if paused.is_empty() {
        "No kind is paused".to_owned()
    } else {
        format!("Paused: {}", paused.join(", "))
    };
    app.line(&told)?;
    Ok(Exit::Done)
}
