//! `lead match`

mod bar;
mod output;

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use lead_core::crawl::SitePolicy;
use lead_core::matching::{
    Columns, Field, MatchEvent, MatchRun, MatchSummary, Matched, Matcher, NoSite, Table,
};
use lead_core::record::{Confidence, CountryCode};
use lead_core::source::osm::Osm;
use lead_core::{Error, ErrorKind, Result, source};
use lead_storage::CrawlFolder;

use crate::Exit;
use crate::app::App;
use crate::exit::{Tally, exit_of};
use crate::follow::next;
use crate::halt::Outcome;
use crate::inputs::whole;
use crate::net::NetArgs;
use crate::osm::OsmArgs;
use crate::summary::{bytes, float};
use bar::MatchBar;
use output::{Format, Output};

/// Find the web sites and contacts of companies in a list
///
/// Reads companies from a CSV in UTF-8, UTF-16 (Unicode text of Excel) or Windows-1252 (- for standard input), finds the web site
/// of each and how sure that is, reads its contacts, and fills what the row lacks. What a row has is kept. When no site is sure
/// enough, the answer is none, with the reason. Columns are found by their headings (name, city, domain, phone … in several
/// languages) unless they are named.
///
/// Sites are looked for in OpenStreetMap, in a SearXNG of yours, and at addresses made of the name; they are judged by what stands
/// on their pages. Directories, marketplaces and networks are no company's site.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    lead match companies.csv --format csv > found.csv\n  \
    lead match companies.csv --name Firma --city Ort --searxng http://localhost:8888/ --allow-net 127.0.0.0/8\n  \
    lead match companies.csv --resume companies.run     again after a stop or a kill: it goes on")]
pub(crate) struct Match {
    /// The list: CSV with a heading row; - for standard input
    #[arg(value_name = "FILE")]
    file: String,
    #[command(flatten)]
    columns: ColumnArgs,
    /// Country of companies whose row names none, such as DE
    #[arg(long, value_name = "CC")]
    default_country: Option<CountryCode>,
    /// Answer only with sites that are at least so sure, 0 to 1
    #[arg(long, value_name = "P", default_value = "0.8", value_parser = confidence)]
    min_confidence: Confidence,
    #[command(flatten)]
    sources: Sources,
    /// Read at most so many pages of a site
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1000))]
    max_pages: u32,
    /// Look for so many companies at a time
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    concurrency: u32,
    /// Keep a journal in this folder, and go on where it ends: rows it holds are not looked for again
    #[arg(long, value_name = "DIR")]
    resume: Option<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Print so many rows at most, in a table
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    #[command(flatten)]
    net: NetArgs,
}

/// Which columns hold what.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Columns of the list")]
struct ColumnArgs {
    /// What the company is called
    #[arg(long, value_name = "COL")]
    name: Option<String>,
    /// Street and house number
    #[arg(long, value_name = "COL")]
    street: Option<String>,
    /// Postal code
    #[arg(long, value_name = "COL")]
    postal_code: Option<String>,
    /// City
    #[arg(long, value_name = "COL")]
    city: Option<String>,
    /// State or region
    #[arg(long, value_name = "COL")]
    region: Option<String>,
    /// Country, by code or name
    #[arg(long, value_name = "COL")]
    country: Option<String>,
    /// Web site or domain, as far as it is known
    #[arg(long, visible_alias = "website", value_name = "COL")]
    domain: Option<String>,
    /// A place's id in a source: node/123 of OpenStreetMap
    #[arg(long, value_name = "COL")]
    place_id: Option<String>,
    /// Telephone number
    #[arg(long, value_name = "COL")]
    phone: Option<String>,
    /// E-mail address
    #[arg(long, value_name = "COL")]
    email: Option<String>,
}

impl ColumnArgs {
    fn columns(&self) -> Columns {
        let named = [
            (Field::Name, &self.name),
            (Field::Street, &self.street),
            (Field::PostalCode, &self.postal_code),
            (Field::City, &self.city),
            (Field::Region, &self.region),
            (Field::Country, &self.country),
            (Field::Website, &self.domain),
            (Field::PlaceId, &self.place_id),
            (Field::Phone, &self.phone),
            (Field::Email, &self.email),
        ];
        let named = named
            .into_iter()
            .filter_map(|(field, heading)| Some((field, heading.as_ref()?)));
        named.fold(Columns::default(), |columns, (field, heading)| {
            columns.column(field, heading)
        })
    }
}

/// Where sites are looked for.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Where sites are looked for")]
struct Sources {
    /// Ask a SearXNG instance of yours, which must allow the format json
    #[arg(long, value_name = "URL")]
    searxng: Option<String>,
    /// Do not ask OpenStreetMap
    #[arg(long)]
    no_osm: bool,
    /// Do not try addresses made of the name
    #[arg(long)]
    no_guess: bool,
    /// Make addresses under this domain, instead of the country's and com; repeat for more
    #[arg(long, value_name = "TLD")]
    tld: Vec<String>,
    #[command(flatten)]
    osm: OsmArgs,
}

impl Sources {
    fn add_to(&self, matcher: Matcher) -> Result<Matcher> {
        let mut matcher = matcher.guess(!self.no_guess).domains(&self.tld)?;
        if !self.no_osm {
            matcher = matcher.osm(Osm::new(self.osm.config())?);
        }
        if let Some(address) = &self.searxng {
            matcher = matcher.source(source::searxng(address)?);
        }
        Ok(matcher)
    }
}

fn confidence(text: &str) -> Result<Confidence, String> {
    let number: Option<f32> = text.parse().ok();
    let number = number.filter(|number| (0.0..=1.0).contains(number));
    number
        .map(Confidence::clamped)
        .ok_or_else(|| "a number from 0 to 1 is wanted".to_owned())
}

impl Match {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let matcher = self.matcher(app)?;
        let content = whole(app, &self.file, u64::MAX).await?;
        let mut table =
            Table::csv(&content, &self.columns.columns()).map_err(|error| error.with("file", &self.file))?;
        drop(content);
        let mut rows: Vec<_> = table.by_ref().collect();
        if rows.is_empty() {
            return Err(Error::invalid("match", "the list has no rows")
                .with("file", &self.file)
                .into());
        }
        for row in &mut rows {
            row.company.country = row.company.country.or(self.default_country);
        }
        let folder = match &self.resume {
            Some(folder) => Some(CrawlFolder::open(folder).await?),
            None => None,
        };
        let matcher = match &folder {
            Some(folder) => matcher.journal(folder.state(), "rows"),
            None => matcher,
        };
        let bar = MatchBar::new(&app.screen, rows.len() as u64);
        let output = Output::new(self.format, self.limit, &table, app.width);
        let run = matcher.start(rows).await?;
        let followed = follow(app, run, output, bar).await?;
        self.tell(app, &followed);
        Ok(followed.exit())
    }

    fn matcher(&self, app: &App) -> Result<Matcher> {
        let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let matcher = Matcher::new()
            .min_confidence(self.min_confidence)
            .site_policy(SitePolicy::default().max_pages(count(self.max_pages)))
            .concurrency(count(self.concurrency))
            .fetcher(self.net.fetcher(app)?);
        self.sources.add_to(matcher)
    }

    fn tell(&self, app: &App, followed: &Followed) {
        let summary = &followed.summary;
        app.screen.remark(&told(summary));
        app.screen
            .ended(&serde_json::json!({"level": "INFO", "message": "match over", "summary": summary}));
        match &self.resume {
            // What a row is, and what is asked for it, is said by the other flags: without them it would be another match.
            Some(_) if summary.stopped || summary.failed > 0 => {
                app.screen
                    .remark("Next: the same command again goes on where it stood");
            }
            _ => {}
        }
    }
}

/// What a run came to.
#[derive(Default)]
struct Followed {
    summary: MatchSummary,
    tally: Tally,
    fatal: Option<ErrorKind>,
    interrupted: bool,
}

impl Followed {
    fn exit(&self) -> Exit {
        match self.fatal {
            _ if self.interrupted => Exit::Interrupted,
            Some(kind) => exit_of(kind),
            None => self.tally.exit(),
        }
    }

    /// Rows that failed are told; a source that did not answer while others did, only to who wants to know.
    fn row(&mut self, app: &App, matched: &Matched) {
        match &matched.failure {
            Some(failure) => {
                app.screen.failure(failure);
                self.tally.failed(failure.kind());
            }
            None => self.tally.done += 1,
        }
        let aside = matched
            .failures
            .iter()
            .filter(|failure| Some(*failure) != matched.failure.as_ref());
        aside.for_each(|failure| app.screen.detail(failure));
    }
}

async fn follow(app: &mut App, mut run: MatchRun, mut output: Output, bar: MatchBar) -> Outcome<Followed> {
    let mut followed = Followed::default();
    let stop = run.stopper();
    while let Some(event) = next(app, &mut run, &stop, &mut followed.interrupted).await {
        match event {
            MatchEvent::Row(matched) => {
                bar.row(&matched);
                followed.row(app, &matched);
                output.row(app, &matched)?;
            }
            MatchEvent::Failed(failure) => {
                app.screen.failure(&failure);
                followed.fatal = Some(failure.kind());
            }
            MatchEvent::Done(summary) => followed.summary = summary,
            _ => {}
        }
    }
    drop(bar);
    output.end(app)?;
    app.flush()?;
    Ok(followed)
}

/// How a run ended and what it cost.
fn told(summary: &MatchSummary) -> String {
    let seconds = summary.elapsed.as_secs_f64();
    let word = if summary.stopped { "Stopped" } else { "Done" };
    let mut reasons: Vec<String> = summary
        .reasons
        .iter()
        .map(|(reason, count)| format!("{count} {}", reason.code()))
        .collect();
    if summary.failed > 0 {
        reasons.push(format!("{} {}", summary.failed, NoSite::Failed.code()));
    }
    let without = if reasons.is_empty() {
        String::new()
    } else {
        format!("; without a site: {}", reasons.join(", "))
    };
    let again = if summary.resumed > 0 {
        format!("; {} from the journal", summary.resumed)
    } else {
        String::new()
    };
    let mut cost = format!(
        "Cost: {} requests, {}, {seconds:.1} s",
        summary.requests,
        bytes(float(summary.bytes))
    );
    let new = summary.rows - summary.resumed.min(summary.rows);
    if new > 0 {
        let each = float(new);
        let requests = float(summary.requests) / each;
        let _ = write!(cost, "; per row {requests:.1} requests, {:.2} s", seconds / each);
    }
    format!(
        "{word} in {seconds:.1} s: {} rows, {} with a site, {} fields filled{without}{again}\n{cost}",
        summary.rows, summary.found, summary.filled
    )
}
