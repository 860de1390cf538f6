//! `lead suppress`

use clap::{Args, Subcommand};
use lead_core::clock::Clock;
use lead_core::record::{Subject, Suppression};

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::screen::one_line;
use crate::store::{MirrorArgs, StoreArgs};
use crate::table::table;

/// Keep the list of those who must not be contacted
///
/// A subject is phone:+33478000001, email:info@example.com or domain:example.com. What is on the list is taken out of
/// the leads there are, and dropped whenever it is found again.
#[derive(Args, Debug)]
pub(crate) struct Suppress {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add subjects
    Add {
        #[command(flatten)]
        store: StoreArgs,
        #[command(flatten)]
        mirror: MirrorArgs,
        /// Whom it is about
        #[arg(required = true)]
        subject: Vec<Subject>,
        /// Why
        #[arg(long, default_value = "objection")]
        reason: String,
    },
    /// Take subjects off; what was dropped meanwhile does not come back by itself
    Remove {
        #[command(flatten)]
        store: StoreArgs,
        #[command(flatten)]
        mirror: MirrorArgs,
        /// Whom it is about
        #[arg(required = true)]
        subject: Vec<Subject>,
    },
    /// Say for each subject whether it is listed
    Check {
        #[command(flatten)]
        store: StoreArgs,
        /// Whom it is about
        #[arg(required = true)]
        subject: Vec<Subject>,
    },
    /// Show the list
    List {
        #[command(flatten)]
        store: StoreArgs,
        /// As JSON objects, one a line
        #[arg(long)]
        json: bool,
    },
}

impl Suppress {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        match self.action {
            Action::Add {
                store,
                mirror,
                subject,
                reason,
            } => {
                let now = Clock::system().now();
                let count = subject.len();
                let entries = subject
                    .into_iter()
                    .map(|subject| Suppression::new(subject, &reason, now))
                    .collect();
                store.open_with(&mirror, app).await?.suppress(entries).await?;
                app.screen.remark(&format!("{count} added"));
            }
            Action::Remove {
                store,
                mirror,
                subject,
            } => {
                let store = store.open_existing_with(&mirror, app).await?;
                let listed = store.suppressions().await?;
                let (there, absent): (Vec<_>, Vec<_>) = subject
                    .into_iter()
                    .partition(|subject| listed.iter().any(|entry| entry.subject == *subject));
                let count = there.len();
                store.unsuppress(there).await?;
                app.screen.remark(&format!("{count} removed"));
                for subject in absent {
                    app.screen.remark(&one_line(&format!("{subject} was not listed")));
                }
            }
            Action::Check { store, subject } => {
                let listed = store.open_to_read(app).await?.suppressions().await?;
                for subject in subject {
                    let says = found(&listed, &subject);
                    app.line(&one_line(&format!("{subject} {says}")))?;
                }
            }
            Action::List { store, json } => list(app, &store, json).await?,
        }
        Ok(Exit::Done)
    }
}

/// Whether a subject is listed: itself, or by its domain.
fn found(listed: &[Suppression], subject: &Subject) -> String {
    let entry = |subject: &Subject| listed.iter().find(|entry| entry.subject == *subject);
    if let Some(entry) = entry(subject) {
        return format!("listed since {}: {}", entry.since, entry.reason);
    }
    let wider = subject.wider();
    match wider.as_ref().and_then(entry) {
        Some(entry) => format!(
            "listed by {} since {}: {}",
            entry.subject, entry.since, entry.reason
        ),
        None => "not listed".to_owned(),
    }
}

async fn list(app: &mut App, store: &StoreArgs, json: bool) -> Outcome<()> {
    let entries = store.open_to_read(app).await?.suppressions().await?;
    if json {
        return entries.iter().try_for_each(|entry| app.json(entry, false));
    }
    let mut rows = table(&["Subject", "Since", "Reason"], app.width);
    for entry in entries {
        rows.add_row([
            one_line(&entry.subject.to_string()),
            entry.since.to_string(),
            one_line(&entry.reason),
        ]);
    }
    app.line(&rows.to_string())
}
