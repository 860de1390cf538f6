//! `lead crawl`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use lead_core::contacts::ExtractOptions;
use lead_core::crawl::{
    Crawl as Run, CrawlConfig, CrawlEvent, CrawlSummary, CrawledPage, Crawler, Outcome as Came, Reach, Scope,
};
use lead_core::record::{Contacts, SafeUrl};
use lead_core::seam::{Failure, State};
use lead_core::{ErrorKind, Result};
use lead_storage::CrawlFolder;
use serde::Serialize;

use super::extract::row;
use crate::Exit;
use crate::app::App;
use crate::crawl_bar::CrawlBar;
use crate::exit::hint_for;
use crate::follow::{next, tell};
use crate::halt::Outcome;
use crate::net::NetArgs;
use crate::summary;
use crate::table::table;

/// Pages in a row without a new contact after which `--contacts` leaves a host.
const SATURATED: u32 = 25;

/// Crawl web sites, and find the contacts on their pages
///
/// Reads every page once, those that promise contacts first, keeps to robots.txt, and slows down when a site asks for it.
/// What is no page (a login, a captcha, a page that is gone, …) is told as what it is.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    lead crawl https://www.bakery.example/ --format jsonl\n  \
    lead crawl https://www.bakery.example/ --scope host --exclude '/blog/**' --max-pages 500\n  \
    lead crawl https://www.bakery.example/ --resume bakery     again after a stop or a kill: it goes on")]
pub(crate) struct Crawl {
    /// Where to begin
    #[arg(value_name = "URL", required_unless_present = "resume")]
    urls: Vec<SafeUrl>,
    /// How far to go: the hosts of the addresses, their sites, or anywhere
    #[arg(long, value_name = "host|site|any", default_value_t)]
    scope: Reach,
    /// The same as --scope host
    #[arg(long, conflicts_with = "scope")]
    same_host: bool,
    /// Only addresses whose path and query match, such as '/team/**'; repeat for more
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// No addresses whose path and query match; repeat for more
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Ask for at most so many pages
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    max_pages: Option<u64>,
    /// Go at most so many links away from where it begins
    #[arg(long, alias = "depth", value_name = "N", default_value_t = CrawlConfig::default().max_depth)]
    max_depth: u16,
    /// Have so many requests under way
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    concurrency: u32,
    /// Tell only pages with contacts, and leave a host when further pages bring no new ones
    #[arg(long)]
    contacts: bool,
    /// Country whose national numbers are read; without it the page itself tells, as far as it does
    #[arg(long, value_name = "CC")]
    region: Option<String>,
    /// Keep a journal in this folder, and go on where it ends
    #[arg(long, value_name = "DIR")]
    resume: Option<PathBuf>,
    /// What to print: pages with contacts in a table at the end, or every page as it is read
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Print so many pages at most, in a table
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    #[command(flatten)]
    net: NetArgs,
}

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table of pages with contacts, at the end.
    #[default]
    Table,
    /// Pages as JSON objects, one a line, as they are read.
    Jsonl,
}

/// A page as it is printed: what came of it, then its contacts as `lead extract` prints them.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    page: &'a CrawledPage,
    #[serde(flatten)]
    contacts: Option<Box<Contacts>>,
}

impl Crawl {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let folder = match &self.resume {
            Some(folder) => Some(CrawlFolder::open(folder).await?),
            None => None,
        };
        let state = folder.as_ref().map(CrawlFolder::state);
        let run = self.crawler(state, app)?.start().await?;
        let followed = self.follow(app, run).await?;
        app.screen.remark(&told(&followed.summary));
        app.screen.ended(
            &serde_json::json!({"level": "INFO", "message": "crawl over", "summary": followed.summary}),
        );
        if let Some(folder) = self.resume.as_deref().filter(|_| followed.summary.stopped) {
            app.screen.remark(&format!(
                "Next: lead crawl --resume {}   goes on where it stood",
                folder.display()
            ));
        }
        Ok(followed.exit())
    }

    fn crawler(&self, state: Option<State>, app: &App) -> Result<Crawler> {
        let mut config = CrawlConfig::default();
        config.reach = if self.same_host { Reach::Host } else { self.scope };
        config.max_pages = self.max_pages;
        config.max_depth = self.max_depth;
        config.concurrency = usize::try_from(self.concurrency).unwrap_or(usize::MAX);
        config.saturation = self.contacts.then_some(SATURATED);
        let mut scope = Scope::new(config.reach);
        for pattern in &self.include {
            scope = scope.include(pattern)?;
        }
        for pattern in &self.exclude {
            scope = scope.exclude(pattern)?;
        }
        let mut options = ExtractOptions::new();
        options.region.clone_from(&self.region);
        let fetcher = self.net.crawl_fetcher(config.concurrency, state.clone(), app)?;
        let crawler = Crawler::new(self.urls.iter().cloned())
            .config(config)
            .scope(scope)
            .extract(options)
            .fetcher(fetcher);
        Ok(match state {
            Some(state) => crawler.journal(state, CrawlFolder::JOURNAL),
            None => crawler,
        })
    }

    /// Follows the crawl to its end.
    async fn follow(&self, app: &mut App, mut run: Run) -> Outcome<Followed> {
        let mut followed = Followed::default();
        let mut rows = table(&["Page", "Name", "Phones", "E-mails", "Profiles"], app.width);
        let (mut bar, mut shown) = (CrawlBar::new(&app.screen), 0);
        let stop = run.stopper();
        while let Some(event) = next(app, &mut run, &stop, &mut followed.interrupted).await {
            bar.event(&event);
            match event {
                CrawlEvent::Page(mut page) => {
                    followed.page(app, &page);
                    let told = page.has_contacts() || !self.contacts;
                    let contacts = page.contacts.take();
                    match (self.format, &contacts) {
                        (Format::Jsonl, _) if told => app.json(
                            &Line {
                                page: &page,
                                contacts,
                            },
                            false,
                        )?,
                        (Format::Table, Some(contacts))
                            if shown < self.limit && !contacts.findings.is_empty() =>
                        {
                            shown += 1;
                            rows.add_row(row(page.input.as_str(), contacts));
                        }
                        _ => {}
                    }
                }
                CrawlEvent::Progress { .. } => app.flush()?,
                CrawlEvent::Failed(failure) => {
                    tell(app, &failure, None);
                    followed.fatal = Some(failure);
                }
                CrawlEvent::Done(summary) => followed.summary = summary,
                _ => {}
            }
        }
        drop(bar);
        if shown > 0 {
            app.line(&rows.to_string())?;
        }
        app.flush()?;
        Ok(followed)
    }
}

/// What a crawl came to.
#[derive(Default)]
struct Followed {
    summary: CrawlSummary,
    failed: bool,
    fatal: Option<Failure>,
    interrupted: bool,
}

impl Followed {
    /// Tells a page that failed, or was read before it was whole; those that were kept away from only to who wants to know.
    fn page(&mut self, app: &App, page: &CrawledPage) {
        let (away, failed) = (page.outcome.is_kept_away(), page.outcome.is_failure());
        if let (Came::Page, Some(short)) = (page.outcome, &page.reason) {
            return app.screen.remark(&format!("{}: {short}", page.input));
        }
        if !away && !failed {
            return;
        }
        let reason = match (&page.reason, page.http_status) {
            (Some(reason), _) => reason.clone(),
            (None, Some(status)) => format!("{} (status {status})", page.outcome),
            (None, None) => page.outcome.to_string(),
        };
        let failure = Failure::of(page.input.as_str(), page.outcome.code(), reason);
        if failed {
            self.failed = true;
            app.screen.failure(&failure);
        } else if page.depth == 0 {
            // Where it was to begin: nothing may come of the whole crawl.
            let hint = (page.outcome == Came::Guarded).then(|| hint_for(ErrorKind::GuardRefused));
            tell(app, &failure, hint.flatten());
        } else {
            app.screen.detail(&failure);
        }
    }

    fn exit(&self) -> Exit {
        let read = self.summary.count(Came::Page) + self.summary.count(Came::List);
        match &self.fatal {
            _ if self.interrupted => Exit::Interrupted,
            Some(failure) => crate::exit_of(failure.kind()),
            None if read == 0 && self.summary.asked() > 0 => Exit::Failed,
            None if self.failed => Exit::Partly,
            None => Exit::Done,
        }
    }
}

/// How a crawl ended and what it cost.
fn told(summary: &CrawlSummary) -> String {
    let seconds = summary.elapsed.as_secs_f64();
    let asked = summary.asked() - summary.resumed.min(summary.asked());
    let word = if summary.stopped { "Stopped" } else { "Done" };
    let outcomes: Vec<_> = summary
        .outcomes
        .iter()
        .map(|(outcome, count)| format!("{count} {outcome}"))
        .collect();
    let spent = summary
        .pages_a_contact()
        .map_or_else(String::new, |pages| format!(" ({pages:.1} pages a contact)"));
    let left = if summary.left > 0 {
        format!("; {} left", summary.left)
    } else {
        String::new()
    };
    format!(
        "{word} in {seconds:.1} s: {}; {} with contacts, {} contacts{spent}{left}\nCost: {} requests, {}, {seconds:.1} s; {:.0} pages a second",
        outcomes.join(", "),
        summary.with_contacts,
        summary.contacts,
        summary.requests,
        summary::bytes(summary::float(summary.bytes)),
        summary::float(asked) / seconds.max(0.001),
    )
}
