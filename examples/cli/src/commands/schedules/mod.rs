//! `lead schedules`

mod set;
mod show;
mod steer;

use clap::{Args, Subcommand};

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::queue::QueueArgs;

/// Look at jobs that are pushed again and again, and set when
///
/// Any worker turns schedules that are due into jobs; without one that works nothing is pushed.
#[derive(Args, Debug)]
pub(crate) struct Schedules {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    queue: QueueArgs,
    /// As JSON objects, one a line
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List them with when they are due (so does `lead schedules` alone)
    List,
    /// Set one, in place of one of the same name
    Set(Box<set::Set>),
    /// Take some away; jobs they have pushed stay
    Remove {
        /// Which
        #[arg(value_name = "NAME", required = true)]
        names: Vec<String>,
    },
    /// Let some push nothing until they are resumed
    Pause {
        /// Which
        #[arg(value_name = "NAME", required = true)]
        names: Vec<String>,
    },
    /// Let some push again, from now on
    Resume {
        /// Which
        #[arg(value_name = "NAME", required = true)]
        names: Vec<String>,
    },
}

impl Schedules {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        // What is wrong with it is told before a store is asked for.
        let action = match self.action {
            Some(Action::Set(set)) => {
                let schedule = set.schedule()?;
                let queue = self.queue.open(app).await?;
                return show::set(app, &queue.set_schedule(schedule).await?, self.json);
            }
            action => action,
        };
        let queue = self.queue.open(app).await?;
        match action {
            Some(Action::Remove { names }) => steer::remove(app, &queue, names).await,
            Some(Action::Pause { names }) => steer::pause(app, &queue, names).await,
            Some(Action::Resume { names }) => steer::resume(app, &queue, names).await,
            _ => show::list(app, &queue, self.json).await,
        }
    }
}
