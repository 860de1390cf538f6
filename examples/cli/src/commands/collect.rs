//! `lead collect`

use clap::{Args, ValueEnum};
use lead_core::Result;
use lead_core::collect::{Collector, RunState};
use lead_core::phone::Tesseract;
use lead_core::record::{Query, RunId, SourceId};
use lead_core::seam::{Event, OcrEngine, Store};

use crate::Exit;
use crate::app::App;
use crate::follow::{Followed, follow};
use crate::halt::Outcome;
use crate::limits::LimitArgs;
use crate::model::ModelArgs;
use crate::net::NetArgs;
use crate::place::PlaceArgs;
use crate::sources::SourceArgs;
use crate::store::{MirrorArgs, StoreArgs, run_of, state_of};
use crate::wording::WordArgs;
use crate::{summary, table};

/// Collect businesses: from a query to leads
///
/// Asks sources for businesses, visits their web sites, recognises which records are the same business, and stores
/// every value with the proof of where it was seen. Stop it, kill it: --resume last goes on where it stood.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    lead collect dentists --near Lyon\n  \
    lead collect dentists --near Lyon --radius 5km --until-coverage 0.99\n  \
    lead collect \"C# developers\" --bbox 13.0,52.3,13.8,52.7 --max 500\n  \
    lead collect bakeries --area district.geojson --max-requests 500 --max-time 10m\n  \
    lead collect bakeries --sites sites.txt\n  \
    lead collect bakeries --near Lyon --source townguide.toml\n  \
    lead collect --resume last")]
pub(crate) struct Collect {
    /// What to look for
    #[arg(value_name = "QUERY", required_unless_present = "resume")]
    query: Vec<String>,
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    sources: SourceArgs,
    #[command(flatten)]
    words: WordArgs,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    mirror: MirrorArgs,
    /// Go on with a run that was stopped or killed: its id, or `last`
    #[arg(long, value_name = "ID|last", conflicts_with_all = ["query", "near", "bbox", "area", "radius", "seed", "max", "preset", "no_expand", "model"])]
    resume: Option<String>,
    /// Visit so many sites at a time
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    concurrency: u32,
    /// Keep to what sources list: do not visit the sites they name
    #[arg(long)]
    no_visit_sites: bool,
    /// Read numbers that pages show as pictures, with the system's tesseract
    #[arg(long)]
    ocr: bool,
    /// What to print: the leads of this run, or every event as it happens
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Print so many leads at most, in a table
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    #[command(flatten)]
    net: NetArgs,
}

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table of leads, at the end.
    #[default]
    Table,
    /// Leads as JSON objects, one a line, at the end.
    Jsonl,
    /// Events as JSON objects, one a line, as they happen.
    Events,
}

impl Collect {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let text = self.query.join(" ");
        if self.resume.is_none() {
            // A query that cannot be asked must not leave a store behind.
            let query = self.place.check(Query::new(&text)?)?;
            self.place.check_said(&query, &self.sources)?;
        }
        let area = self.place.area(app).await?;
        let mut net = self.net.clone();
        net.rendering.shots = self.ocr;
        let fetcher = net.fetcher(app)?;
        let resumed = self.resumed(app).await?;
        let known = resumed
            .as_ref()
            .map(|(_, _, state)| state.sources().to_vec())
            .unwrap_or_default();
        let terms = resumed.as_ref().map(|(_, _, state)| state.terms().clone());
        let sources = self
            .sources
            .choose(app, &known, &terms.unwrap_or_default())
            .await?;
        let store = match &resumed {
            Some((store, ..)) => store.clone(),
            None => self.store.open_with(&self.mirror, app).await?,
        };
        let mut collector = Collector::new(store.clone()).fetcher(fetcher.clone());
        collector = collector.concurrency(usize::try_from(self.concurrency).unwrap_or(usize::MAX));
        collector = sources.into_iter().fold(collector, Collector::source);
        collector = if let Some((_, run, _)) = &resumed {
            collector.resume(*run)
        } else {
            let collector = self
                .model
                .apply(app, &fetcher, &text, self.place.near(), collector)
                .await?;
            let collector = self.place.apply(collector.query(text), area);
            self.words.apply(app, collector).await?
        };
        collector = self.limits.apply(collector);
        if self.no_visit_sites {
            collector = collector.visit_sites(false);
        }
        if self.ocr {
            let tesseract = Tesseract::new();
            tesseract.check().await?;
            collector = collector.ocr(OcrEngine::new(tesseract));
        }
        let run = collector.start().await?;
        let id = run.id();
        app.screen.remark(&format!(
            "Run {id}{}",
            if resumed.is_some() { ", resumed" } else { "" }
        ));
        let followed = follow(app, run, |app, event| self.each(app, event)).await?;
        self.print(app, &store, &followed).await?;
        let state = state_of(&store, id).await?;
        self.tell(app, id, &followed, &state);
        Ok(match followed.exit() {
            // What an earlier part of the run could not do is still not done.
            Exit::Done if state.failures.iter().any(|failure| !failure.was_kept_away()) => Exit::Partly,
            exit => exit,
        })
    }

    /// The run to go on with, and its store.
    async fn resumed(&self, app: &App) -> Result<Option<(Store, RunId, RunState)>> {
        let Some(which) = &self.resume else {
            return Ok(None);
        };
        let store = self.store.open_existing_with(&self.mirror, app).await?;
        let id = run_of(&store, which).await?;
        let state = state_of(&store, id).await?;
        Ok(Some((store, id, state)))
    }

    fn each(&self, app: &mut App, event: &Event) -> Outcome<()> {
        if self.format == Format::Events {
            app.json(event, false)?;
            app.flush()?;
        }
        Ok(())
    }

    async fn print(&self, app: &mut App, store: &Store, followed: &Followed) -> Outcome<()> {
        match self.format {
            Format::Events => {}
            Format::Jsonl => {
                for lead in followed.leads(store, usize::MAX).await?.0 {
                    app.json(&lead, false)?;
                }
            }
            Format::Table => {
                let (leads, all) = followed.leads(store, self.limit).await?;
                if !leads.is_empty() {
                    let shown = table::leads(&leads, app.width);
                    app.line(&shown.to_string())?;
                    app.flush()?;
                    table::tell_more(app, leads.len(), all);
                }
            }
        }
        app.flush()
    }

    fn tell(&self, app: &App, id: RunId, followed: &Followed, state: &RunState) {
        app.screen.remark(&summary::told(&followed.summary));
        app.screen.ended(&serde_json::json!({
            "level": "INFO", "message": "run over", "run": id, "summary": followed.summary,
        }));
        let store = self.store.flag();
        let (away, failed): (Vec<_>, Vec<_>) =
            state.failures.iter().partition(|failure| failure.was_kept_away());
        if !state.failures.is_empty() {
            app.screen.remark(&format!(
                "Of this run {} failed and {} were kept away from: lead runs {id}{store}",
                failed.len(),
                away.len()
            ));
        }
        let resume = format!("lead collect --resume {id}{store}{}", self.again(state));
        if followed.stopped() || followed.summary.reached.is_some() {
            app.screen
                .remark(&format!("Next: {resume}   goes on where it stood"));
            return;
        }
        app.screen
            .remark(&format!("Next: lead leads{store} --filter 'has:phone'"));
        app.screen
            .remark(&format!("      lead export{store} --format csv --out leads.csv"));
        let mut again: Vec<String> = open(state).map(ToString::to_string).collect();
        if state.sites_again > 0 {
            again.push(format!("{} sites", state.sites_again));
        }
        if !again.is_empty() {
            app.screen
                .remark(&format!("      {resume}   tries again: {}", again.join(", ")));
        }
    }

    /// What must be said again to go on with this run: how to fetch, and the sources' own flags.
    fn again(&self, state: &RunState) -> String {
        let undone = |id: &str| open(state).any(|known| known.as_str() == id);
        let flag = |said: bool, flag: &'static str| if said { flag } else { "" };
        let visit = flag(self.no_visit_sites, " --no-visit-sites");
        let ocr = flag(self.ocr, " --ocr");
        format!("{}{visit}{ocr}{}", self.sources.flags(undone), self.net.flags())
    }
}

/// The sources that have more to tell.
fn open(state: &RunState) -> impl Iterator<Item = &SourceId> {
    let sources = state.sources().iter();
    sources.filter(|(_, done)| !done).map(|(id, _)| id)
}
