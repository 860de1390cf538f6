//! `lead jobs`

mod show;
mod steer;
mod watch;

use clap::{Args, Subcommand};
use lead_core::seam::{JobId, JobQuery, Phase};

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::queue::QueueArgs;

/// Look at the jobs of a queue, and steer them
///
/// Jobs that are done are gone; those that were given up stay, with the reason, until they are tried again or cancelled for good.
#[derive(Args, Debug)]
pub(crate) struct Jobs {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    queue: QueueArgs,
    #[command(flatten)]
    which: Which,
}

/// Which jobs are listed.
#[derive(Args, Clone, Debug)]
struct Which {
    /// Of this kind; repeat for more
    #[arg(long, value_name = "KIND", global = true)]
    kind: Vec<String>,
    /// Only those that are waiting, delayed, running, cancelling or dead
    #[arg(long, value_name = "PHASE", global = true)]
    phase: Option<Phase>,
    /// So many at most
    #[arg(long, value_name = "N", default_value_t = 50, global = true)]
    limit: usize,
    /// As JSON objects, one a line
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List jobs, the oldest first (so does `lead jobs` alone)
    List,
    /// Show one with what its worker wrote
    Show {
        /// The job
        #[arg(value_name = "JOB")]
        job: u64,
    },
    /// Have jobs that were given up tried again
    Retry {
        /// Which
        #[arg(value_name = "JOB", required_unless_present = "all")]
        job: Vec<u64>,
        /// All of them, or all of the kinds named
        #[arg(long, conflicts_with = "job")]
        all: bool,
    },
    /// End jobs that are not wanted any more
    Cancel {
        /// Which
        #[arg(value_name = "JOB", required = true)]
        job: Vec<u64>,
    },
    /// Let no more jobs of some kinds be taken; without a kind, show which
    Pause {
        /// Which
        #[arg(value_name = "KIND")]
        kinds: Vec<String>,
    },
    /// Let jobs of some kinds be taken again
    Resume {
        /// Which
        #[arg(value_name = "KIND", required = true)]
        kinds: Vec<String>,
    },
    /// Show how many wait, run and were given up, every second until stopped
    Watch,
}

impl Which {
    fn query(&self) -> JobQuery {
        let query = JobQuery::new().kinds(self.kind.iter().cloned()).limit(self.limit);
        match self.phase {
            Some(phase) => query.phase(phase),
            None => query,
        }
    }
}

impl Jobs {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let queue = self.queue.open(app).await?;
        let which = &self.which;
        match self.action {
            None | Some(Action::List) => show::list(app, &queue, which.query(), which.json).await,
            Some(Action::Show { job }) => show::one(app, &queue, JobId(job), which.json).await,
            Some(Action::Retry { job, all }) => {
                let jobs = steer::dead(&queue, &which.kind, all).await?;
                steer::retry(app, &queue, jobs.unwrap_or_else(|| ids(job))).await
            }
            Some(Action::Cancel { job }) => steer::cancel(app, &queue, ids(job)).await,
            Some(Action::Pause { kinds }) => steer::pause(app, &queue, kinds).await,
            Some(Action::Resume { kinds }) => steer::resume(app, &queue, kinds).await,
            Some(Action::Watch) => watch::run(app, &queue, which.json).await,
        }
    }
}

fn ids(jobs: Vec<u64>) -> Vec<JobId> {
    jobs.into_iter().map(JobId).collect()
}
