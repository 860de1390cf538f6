//! `lead sinks`

mod args;
mod letters;
mod show;

use std::time::Duration;

use clap::{Args, Subcommand};
use lead_core::seam::JobId;
use lead_storage::sink::{DeadLetters, Report};

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use args::SinkArgs;

/// Hand leads on to webhooks, CRMs and sheets, by rules
///
/// Sinks and rules stand in a file (docs/sinks.md). What is new or changed and passes a rule's filter is queued and handed on
/// at least once; what fails is tried again, and kept with its reason when it is given up.
#[derive(Args, Debug)]
pub(crate) struct Sinks {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show the rules of the file and their sinks
    List {
        #[command(flatten)]
        sinks: SinkArgs,
        /// As JSON objects, one a line
        #[arg(long)]
        json: bool,
    },
    /// Say whether the file can be used, secrets included, and how many leads each rule is for; nothing is sent
    Check {
        #[command(flatten)]
        sinks: SinkArgs,
    },
    /// Hand on what is new and changed, until stopped
    Run {
        #[command(flatten)]
        sinks: SinkArgs,
        /// End when nothing is left that is due
        #[arg(long)]
        once: bool,
        /// Look for new and changed leads every so many seconds
        #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=86_400))]
        every: u64,
    },
    /// Show what was given up, and why
    Dead {
        #[command(flatten)]
        sinks: SinkArgs,
        /// So many at most
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
        /// As JSON objects, one a line
        #[arg(long)]
        json: bool,
    },
    /// Have what was given up tried again by the next run
    Retry {
        #[command(flatten)]
        sinks: SinkArgs,
        /// Which, as `lead sinks dead` shows them
        #[arg(value_name = "JOB", required_unless_present = "all")]
        job: Vec<u64>,
        /// All of them
        #[arg(long, conflicts_with = "job")]
        all: bool,
    },
}

impl Sinks {
    /// Whether it goes on until it is asked to stop.
    pub(crate) fn waits(&self) -> bool {
        matches!(self.action, Action::Run { .. })
    }

    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        match self.action {
            Action::List { sinks, json } => show::rules(app, &sinks.settings()?, json),
            Action::Check { sinks } => check(app, &sinks).await,
            Action::Run { sinks, once, every } => deliver(app, &sinks, once, every).await,
            Action::Dead { sinks, limit, json } => {
                letters::list(app, &sinks.letters(app).await?, limit, json).await
            }
            Action::Retry { sinks, job, all } => retry(app, &sinks.letters(app).await?, job, all).await,
        }
    }
}

async fn check(app: &mut App, args: &SinkArgs) -> Outcome<Exit> {
    let settings = args.settings()?;
    args.check(app, &settings).await?;
    let store = args.store().open_to_read(app).await?;
    for rule in settings.rules() {
        let leads = store.count(rule.filter().clone()).await?;
        app.line(&format!("{}: {leads} leads, to {}", rule.name(), rule.sink()))?;
    }
    Ok(Exit::Done)
}

async fn deliver(app: &mut App, args: &SinkArgs, once: bool, every: u64) -> Outcome<Exit> {
    let settings = args.settings()?;
    let sinks = args.sinks(app, &settings).await?;
    let report = if once {
        sinks.once().await?
    } else {
        app.screen
            .remark("Handing on what is new and changed; Ctrl-C ends it in good order");
        sinks
            .run(Duration::from_secs(every), app.interrupt.asked(1))
            .await?
    };
    app.json(&report, false)?;
    app.screen.remark(&told(&report));
    if report.dead > 0 {
        app.screen
            .remark("Next: lead sinks dead   shows what was given up, and why");
    }
    Ok(if report.dead + report.again > 0 {
        Exit::Partly
    } else {
        Exit::Done
    })
}

fn told(report: &Report) -> String {
    let mut told = format!("{} queued, {} delivered", report.queued, report.delivered);
    for (count, what) in [
        (report.again, "to be tried again"),
        (report.dead, "given up"),
        (report.dropped, "no longer wanted"),
    ] {
        if count > 0 {
            told = format!("{told}, {count} {what}");
        }
    }
    told
}

async fn retry(app: &mut App, letters: &DeadLetters, jobs: Vec<u64>, all: bool) -> Outcome<Exit> {
    let wanted = jobs.len();
    let revived = if all {
        letters.retry_all().await?
    } else {
        letters.retry(jobs.into_iter().map(JobId).collect()).await?
    };
    app.screen
        .remark(&format!("{revived} are tried again by the next run"));
    Ok(if revived < wanted {
        Exit::Partly
    } else {
        Exit::Done
    })
}
