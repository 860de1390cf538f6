//! `lead sources doctor`: whether an adapter still reads its platform.

use std::path::{Path, PathBuf};

use clap::Args;
use lead_core::source::adapter::{Adapter, Census, Fixture, Outcome as Parsed, ParseRequest, Reading};
use lead_core::{Error, ErrorKind, Result};

use super::fetched::{Terms, fetched};
use super::saved_page::{MOST, known};
use crate::Exit;
use crate::apart::apart;
use crate::app::App;
use crate::halt::{Outcome, io_error};
use crate::inputs::{is_address, whole};
use crate::net::NetArgs;
use crate::screen::one_line;
use crate::table::table;

/// Differences told of a recorded page.
const TOLD: usize = 5;

/// Pages of a platform, and what they are held against.
#[derive(Args, Debug)]
pub(crate) struct Doctor {
    /// The platform: `lead sources list` names them; or an adapter file of one's own, *.toml
    #[arg(value_name = "ID")]
    id: String,
    /// Saved pages, addresses, or folders of recorded pages; - for standard input
    #[arg(value_name = "FILE|URL|DIR", required = true)]
    pages: Vec<String>,
    /// Hold the pages against this baseline instead of the platform's own
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write what these pages are like, to hold later ones against
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    #[command(flatten)]
    terms: Terms,
    #[command(flatten)]
    net: NetArgs,
}

/// What the pages came to.
#[derive(Default)]
struct Findings {
    census: Census,
    amiss: bool,
    /// What kept a page from being read at all.
    worst: Option<Error>,
    read: usize,
}

impl Doctor {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        if let Some(file) = &self.write_baseline {
            // A baseline may be written anew; its pages and its adapter are no baseline.
            let read = self.pages.iter().chain([&self.id]).map(Path::new);
            apart("--write-baseline", file, read)?;
        }
        let adapter = known(app, &self.id).await?;
        let mut findings = Findings::default();
        for page in &self.pages {
            if Path::new(page).is_dir() {
                recorded(app, &adapter, Path::new(page), &mut findings)?;
                continue;
            }
            let (bytes, url) = self.page(app, &adapter, page).await?;
            let mut request = ParseRequest::new();
            request.url = url;
            told(app, page, adapter.parse(&bytes, &request), &mut findings)?;
        }
        let drifted = self.drift(app, &adapter, &findings.census)?;
        if let Some(file) = &self.write_baseline {
            let json = serde_json::to_vec(&findings.census).unwrap_or_default();
            std::fs::write(file, json)
                .map_err(|cause| io_error("sources doctor", &file.display().to_string(), cause))?;
        }
        match findings.worst {
            Some(error) if findings.read == 0 => Err(error.into()),
            None if !findings.amiss && !drifted => Ok(Exit::Done),
            _ => Ok(Exit::Partly),
        }
    }

    async fn page(&self, app: &mut App, adapter: &Adapter, page: &str) -> Result<(Vec<u8>, Option<String>)> {
        if !is_address(page) || Path::new(page).exists() {
            return Ok((whole(app, page, MOST).await?, None));
        }
        let response = fetched(adapter, page, &self.terms, &self.net, app).await?;
        Ok((response.body.to_vec(), Some(response.url.as_str().to_owned())))
    }

    /// Tells what has changed since the baseline; whether anything has.
    fn drift(&self, app: &mut App, adapter: &Adapter, census: &Census) -> Outcome<bool> {
        let own = match &self.baseline {
            None => adapter.baseline().cloned(),
            Some(file) => {
                let text = std::fs::read_to_string(file)
                    .map_err(|cause| io_error("sources doctor", &file.display().to_string(), cause))?;
                Some(Census::from_json(&text)?)
            }
        };
        let Some(baseline) = own.filter(|_| !census.is_empty()) else {
            return Ok(false);
        };
        let drift = census.drift_from(&baseline);
        for one in &drift {
            app.line(&format!("{} on `{}`: {one}", ErrorKind::AdapterDrift, one.page))?;
        }
        if drift.is_empty() {
            app.line(&format!(
                "No drift from the baseline of {} entries.",
                baseline.entries()
            ))?;
        }
        Ok(!drift.is_empty())
    }
}

/// Recorded pages: whether each is read as it was.
fn recorded(app: &mut App, adapter: &Adapter, folder: &Path, findings: &mut Findings) -> Outcome<()> {
    let fixtures = Fixture::all(folder)?;
    if fixtures.is_empty() {
        let message = "no recorded page: `lead sources record` makes them";
        return Err(Error::new(ErrorKind::NotFound, "sources doctor", message)
            .with("folder", folder.display())
            .into());
    }
    for fixture in fixtures {
        let verdict = fixture.check(adapter)?;
        let (bytes, url) = fixture.page()?;
        if let Ok(Parsed::Listings(reading)) = adapter.parse(&bytes, &ParseRequest::new().url(url)) {
            findings.census.add(&reading);
        }
        findings.read += 1;
        findings.amiss |= !verdict.same;
        let word = if verdict.same {
            "as recorded"
        } else {
            "NOT as recorded"
        };
        app.line(&format!("{}: {word}", fixture.folder().display()))?;
        for difference in verdict.differences(TOLD) {
            app.line(&one_line(&format!("  {difference}")))?;
        }
    }
    Ok(())
}

/// Tells what came of a page.
fn told(app: &mut App, page: &str, parsed: Result<Parsed>, findings: &mut Findings) -> Outcome<()> {
    match parsed {
        Ok(Parsed::Listings(reading)) => {
            findings.read += 1;
            findings.census.add(&reading);
            let low = reading.fields.iter().any(|field| field.below_expectation);
            findings.amiss |= low || !reading.rejects.is_empty();
            fields(app, page, &reading)
        }
        Ok(other) => {
            findings.read += 1;
            app.json(&other, false)
        }
        Err(error) => {
            findings.amiss = true;
            app.line(&format!("{page}: {error}"))?;
            findings.worst = Some(error);
            Ok(())
        }
    }
}

fn fields(app: &mut App, name: &str, reading: &Reading) -> Outcome<()> {
    let entries = reading.listings.len() + reading.rejects.len();
    app.line(&format!("{name}: page `{}`, {entries} entries", reading.page))?;
    let mut rows = table(&["Field", "Found", "Reader", "Won"], app.width);
    for field in &reading.fields {
        let found = format!("{} of {entries}", entries - field.missing);
        let won: Vec<_> = field.readers.iter().filter(|(_, count)| *count > 0).collect();
        if won.is_empty() {
            rows.add_row([field.field.as_str(), &found, "–", ""]);
        }
        for (reader, count) in won {
            rows.add_row([field.field.as_str(), &found, reader, &count.to_string()]);
        }
    }
    app.line(&rows.to_string())?;
    for field in reading.fields.iter().filter(|field| field.below_expectation) {
        let found = entries - field.missing;
        app.line(&format!(
            "{}: {found} of {entries}, expected {}",
            field.field, field.expected
        ))?;
    }
    for reject in &reading.rejects {
        app.line(&format!("entry {}: {}", reject.entry, reject.reason))?;
    }
    Ok(())
}
