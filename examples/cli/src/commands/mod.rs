//! One file a command.

mod changes;
mod collect;
mod completions;
mod count;
mod crawl;
mod demo;
mod doctor;
mod erase;
mod export;
mod extract;
mod facets;
mod fetched;
mod filter;
mod find_phones;
mod hide;
mod import;
mod jobs;
mod leads;
mod man;
mod matching;
mod mirror;
mod plan;
mod record;
mod refresh;
mod restore;
mod retain;
mod runs;
mod saved_page;
mod serve_fixtures;
mod sinks;
mod sources;
mod stats;
mod suppress;

use clap::Subcommand;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(demo::Demo),
    Extract(extract::Extract),
    FindPhones(find_phones::FindPhones),
    Crawl(crawl::Crawl),
    Collect(Box<collect::Collect>),
    Refresh(Box<refresh::Refresh>),
    Plan(plan::Plan),
    Match(matching::Match),
    Import(import::Import),
    Leads(leads::Leads),
    Count(count::Count),
    Facets(facets::Facets),
    Stats(Box<stats::Stats>),
    Filter(filter::Filter),
    Changes(changes::Changes),
    Export(export::Export),
    Hide(hide::Hide),
    Unhide(hide::Unhide),
    Suppress(suppress::Suppress),
    Erase(erase::Erase),
    Retain(retain::Retain),
    Restore(restore::Restore),
    Mirror(mirror::Mirror),
    Sinks(sinks::Sinks),
    Jobs(jobs::Jobs),
    Runs(runs::Runs),
    Sources(sources::Sources),
    ServeFixtures(serve_fixtures::ServeFixtures),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    /// How often the user must ask before the command is dropped: once, unless it knows how to stop in good order.
    pub(crate) fn patience(&self) -> u8 {
        match self {
            Self::Demo(_)
            | Self::Crawl(_)
            | Self::Collect(_)
            | Self::Refresh(_)
            | Self::Match(_)
            | Self::Import(_)
            | Self::ServeFixtures(_) => 2,
            Self::Sinks(command) if command.waits() => 2,
            _ => 1,
        }
    }

    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        match self {
            Self::Demo(command) => command.run(app).await,
            Self::Extract(command) => command.run(app).await,
            Self::FindPhones(command) => command.run(app).await,
            Self::Crawl(command) => command.run(app).await,
            Self::Collect(command) => (*command).run(app).await,
            Self::Refresh(command) => (*command).run(app).await,
            Self::Plan(command) => command.run(app).await,
            Self::Match(command) => command.run(app).await,
            Self::Import(command) => command.run(app).await,
            Self::Leads(command) => command.run(app).await,
            Self::Count(command) => command.run(app).await,
            Self::Facets(command) => command.run(app).await,
            Self::Stats(command) => (*command).run(app).await,
            Self::Filter(command) => command.run(app).await,
            Self::Changes(command) => command.run(app).await,
            Self::Export(command) => command.run(app).await,
            Self::Hide(command) => command.run(app).await,
            Self::Unhide(command) => command.run(app).await,
            Self::Suppress(command) => command.run(app).await,
            Self::Erase(command) => command.run(app).await,
            Self::Retain(command) => command.run(app).await,
            Self::Restore(command) => command.run(app).await,
            Self::Mirror(command) => command.run(app).await,
            Self::Sinks(command) => command.run(app).await,
            Self::Jobs(command) => command.run(app).await,
            Self::Runs(command) => command.run(app).await,
            Self::Sources(command) => command.run(app).await,
            Self::ServeFixtures(command) => command.run(app).await,
            Self::Completions(command) => command.run(app),
            Self::Man(command) => command.run(app),
        }
    }
}
