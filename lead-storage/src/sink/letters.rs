//! What was given up.

use lead_core::Result;
use lead_core::seam::{DeadJob, JobId, Queue};

use super::Settings;
use super::pass::kind_of;

/// Events that were given up: refused, or tried as often as they may be. They stay in the queue until they are tried again.
#[derive(Clone, Debug)]
pub struct DeadLetters {
    queue: Queue,
    kinds: Vec<String>,
}

impl DeadLetters {
    /// Those of the sinks of a file. No secret is needed.
    pub fn of(queue: Queue, settings: &Settings) -> Self {
        Self::named(
            queue,
            settings.sinks().iter().map(super::settings::SinkSettings::name),
        )
    }

    pub(super) fn named<'a>(queue: Queue, sinks: impl Iterator<Item = &'a str>) -> Self {
        let kinds = sinks.map(kind_of).collect();
        Self { queue, kinds }
    }

    /// The oldest first: those after the job `after` (`JobId(0)`: from the first), at most `limit`, each with its reason.
    ///
    /// # Errors
    /// Those of the queue.
    pub async fn list(&self, after: JobId, limit: usize) -> Result<Vec<DeadJob>> {
        // No kinds would be all kinds, other work's too.
        if self.kinds.is_empty() {
            return Ok(Vec::new());
        }
        self.queue.dead(self.kinds.clone(), after, limit).await
    }

    /// Has them tried again; how many. Jobs of other work, and those that are not dead, are passed over.
    ///
    /// # Errors
    /// Those of the queue.
    pub async fn retry(&self, jobs: Vec<JobId>) -> Result<usize> {
        let mut ours = Vec::new();
        for job in jobs {
            let found = self.list(JobId(job.0.saturating_sub(1)), 1).await?;
            ours.extend(
                found
                    .into_iter()
                    .map(|dead| dead.job)
                    .filter(|found| *found == job),
            );
        }
        self.queue.revive(ours).await
    }

    /// Has all of them tried again; how many.
    ///
    /// # Errors
    /// Those of the queue.
    pub async fn retry_all(&self) -> Result<usize> {
        let (mut after, mut revived) = (JobId(0), 0);
        loop {
            let page = self.list(after, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(revived);
            };
            after = last.job;
            revived += self
                .queue
                .revive(page.iter().map(|dead| dead.job).collect())
                .await?;
        }
    }
}

/// Jobs revived at a time.
const PAGE: usize = 500;
