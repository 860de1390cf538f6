//! One file a command.

mod completions;
mod extract;
mod find_phones;
mod man;
mod serve_fixtures;

use clap::Subcommand;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Extract(extract::Extract),
    FindPhones(find_phones::FindPhones),
    ServeFixtures(serve_fixtures::ServeFixtures),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    /// How often the user must ask before the command is dropped: once, unless it knows how to stop in good order.
    pub(crate) fn patience(&self) -> u8 {
        match self {
            Self::ServeFixtures(_) => 2,
            _ => 1,
        }
    }

    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        match self {
            Self::Extract(command) => command.run(app).await,
            Self::FindPhones(command) => command.run(app).await,
            Self::ServeFixtures(command) => command.run(app).await,
            Self::Completions(command) => command.run(app),
            Self::Man(command) => command.run(app),
        }
    }
}
