//! `lead import`

mod bar;
mod predecessor;
mod report;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use lead_core::clock::Clock;
use lead_core::record::{BoundingBox, CountryCode, Observation};
use lead_core::seam::{Reject, State, Store, WriteBatch};
use lead_core::source::open_data::{Layout, Portion, ReadOptions, read};
use lead_core::{Error, Result};
use lead_storage::import;
use serde_json::json;
use tokio::sync::mpsc::{Receiver, channel};

use crate::Exit;
use crate::apart::apart;
use crate::app::App;
use crate::exit::{Tally, exit_of};
use crate::halt::{Outcome, io_error};
use crate::parallel::blocking;
use crate::store::{MirrorArgs, StoreArgs};
use bar::ImportBar;
use report::{Counts, Format};

/// Portions read ahead of what is stored.
const AHEAD: usize = 2;
/// Listings of one commit.
const COMMIT: usize = 1000;
/// Rejects told on standard error; --rejects keeps them all.
const TOLD: u64 = 10;

/// Import files: open data, and what v3.9 left
///
/// Reads files as streams, however large: Overture and Foursquare (Parquet), All The Places and Overture (GeoJSON, a feature a
/// line), OpenStreetMap (.osm.pbf), GLEIF, SIRENE and Companies House (CSV); lines and CSV may be packed (.gz); and v3.9's CSV, JSON and workbooks. Rows that cannot be read are kept aside. Importing
/// a file twice changes nothing but when its entries of open data were last seen. Records are not tied to each other here.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    lead import places.geojsonseq --bbox 4.7,45.7,4.9,45.8\n  \
    lead import BasicCompanyData.csv --layout companies-house --category 56101\n  \
    lead import *.ndgeojson --dry-run --rejects rejects.jsonl\n  \
    lead import all_platforms.csv leads_2025-*.json --zone Europe/Paris --resume")]
pub(crate) struct Import {
    /// Files to read
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Layout of the files: auto looks at each
    #[arg(long, value_name = "LAYOUT", default_value = "auto", value_parser = layout)]
    layout: Wanted,
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    mirror: MirrorArgs,
    /// Read everything and store nothing
    #[arg(long)]
    dry_run: bool,
    /// Only what lies within this box, in degrees
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true)]
    bbox: Option<BoundingBox>,
    /// Only this category, in the source's own words: dentist, amenity=dentist, 56.10A
    #[arg(long, value_name = "C")]
    category: Option<String>,
    /// At most so many listings of each file
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max: Option<u32>,
    /// Zone of times that say none, in files of v3.9: UTC, +02:00, Europe/Paris
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    zone: String,
    /// Whose national numbers are read where a row of v3.9 names no country
    #[arg(long, value_name = "CC")]
    region: Option<CountryCode>,
    /// Go on where an import of the same file of v3.9 was broken off
    #[arg(long)]
    resume: bool,
    /// Write rows that cannot be read into this file, a JSON object a line: file, entry, reason
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Form of the figures
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// A layout, or whatever the file shows.
#[derive(Clone, Copy, Debug)]
enum Wanted {
    Auto,
    Open(Layout),
    Predecessor(import::Layout),
}

fn layout(text: &str) -> Result<Wanted, String> {
    if text == "auto" {
        return Ok(Wanted::Auto);
    }
    let open = text.parse().map(Wanted::Open);
    open.or_else(|_| text.parse().map(Wanted::Predecessor))
        .map_err(|_| format!("wanted is auto, {}", names()))
}

fn names() -> String {
    let open = Layout::ALL.map(Layout::name);
    let old = import::Layout::ALL.map(import::Layout::name);
    [&open[..], &old[..]].concat().join(", ")
}

/// What the files are read into.
struct Sink {
    store: Option<Store>,
    rejects: Option<BufWriter<File>>,
    rejects_name: String,
    /// Where the imports of v3.9's files note how far they are.
    state: Option<State>,
}

/// How a file came to its end.
enum Ended {
    Whole,
    Interrupted,
    Failed(Error),
}

impl Import {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        if let Some(rejects) = &self.rejects {
            let files = self.files.iter().map(PathBuf::as_path);
            apart("--rejects", rejects, files.chain(self.store.file()))?;
        }
        let mut sink = self.sink(app).await?;
        let (mut tally, mut interrupted) = (Tally::default(), false);
        for path in &self.files {
            let name = path.display().to_string();
            let mut counts = Counts::new(&name);
            let ended = match self.of_predecessor(path).await {
                Some(import) => self.old_file(app, path, import, &mut sink, &mut counts).await,
                None => self.file(app, path, &mut sink, &mut counts).await,
            };
            counts.stop();
            tally.done += counts.listings;
            if counts.rejected > 0 {
                tally.failed(lead_core::ErrorKind::Decode);
            }
            match ended {
                Ended::Whole => {}
                Ended::Interrupted => interrupted = true,
                Ended::Failed(error) => {
                    let error = error.with("file", &name);
                    app.screen.error(&error);
                    tally.failed(error.kind());
                    if counts.rows == 0 && self.files.len() == 1 {
                        return Ok(exit_of(error.kind()));
                    }
                }
            }
            if counts.rows > 0 {
                counts.print(app, self.format, self.dry_run)?;
            }
            if interrupted {
                break;
            }
        }
        sink.flush()?;
        Ok(if interrupted {
            Exit::Interrupted
        } else {
            tally.exit()
        })
    }

    async fn sink(&self, app: &App) -> Result<Sink> {
        let named = self
            .rejects
            .as_deref()
            .map_or(String::new(), |path| path.display().to_string());
        let rejects = match &self.rejects {
            Some(path) => Some(
                self.aside(path)
                    .map_err(|cause| io_error("write", &named, cause))?,
            ),
            None => None,
        };
        // Files that are not there must not leave a store behind.
        let some = self.files.iter().any(|path| path.is_file());
        let store = if self.dry_run || !some {
            None
        } else {
            Some(self.store.open_with(&self.mirror, app).await?)
        };
        Ok(Sink {
            store,
            rejects: rejects.map(BufWriter::new),
            rejects_name: named,
            state: None,
        })
    }

    /// The file of rejects; an import that goes on adds to it.
    fn aside(&self, path: &Path) -> std::io::Result<File> {
        let mut options = File::options();
        options.create(true).write(true);
        options.append(self.resume).truncate(!self.resume).open(path)
    }

    async fn file(&self, app: &App, path: &Path, sink: &mut Sink, counts: &mut Counts) -> Ended {
        let length = std::fs::metadata(path).map_or(0, |file| file.len());
        let bar = ImportBar::new(&app.screen, length);
        let mut portions = self.portions(path);
        loop {
            let portion = tokio::select! {
                biased;
                () = app.interrupt.asked(1) => {
                    app.screen.remark("Stopping; what was stored is kept. Ctrl-C again stops at once.");
                    return Ended::Interrupted;
                }
                portion = portions.recv() => portion,
            };
            let (layout, portion) = match portion {
                None => return Ended::Whole,
                Some(Err(error)) => return Ended::Failed(error),
                Some(Ok(read)) => read,
            };
            counts.portion(layout, &portion);
            bar.at(portion.position, counts);
            let put = self.put(app, sink, layout, portion, counts).await;
            if let Err(error) = put {
                return Ended::Failed(error);
            }
        }
    }

    /// Reads a file where that may block.
    fn portions(&self, path: &Path) -> Receiver<Result<(Layout, Portion)>> {
        let (sender, receiver) = channel(AHEAD);
        let (path, wanted, options) = (path.to_owned(), self.layout, self.options());
        let told = sender.clone();
        let work = blocking(move || {
            let opened = match wanted {
                Wanted::Open(layout) => Ok(layout),
                _ => Layout::detect(&path),
            };
            let opened = opened.and_then(|layout| Ok((layout, read(&path, layout, &options)?)));
            let (layout, reader) = match opened {
                Ok(opened) => opened,
                Err(error) => return drop(sender.blocking_send(Err(error))),
            };
            for portion in reader {
                if sender
                    .blocking_send(portion.map(|portion| (layout, portion)))
                    .is_err()
                {
                    return; // nobody listens any more
                }
            }
        });
        tokio::spawn(async move {
            if let Err(error) = work.await {
                let _ = told.send(Err(error)).await;
            }
        });
        receiver
    }

    fn options(&self) -> ReadOptions {
        let mut options = ReadOptions::new();
        options.area = self.bbox;
        options.category.clone_from(&self.category);
        options.max = self.max.map(|max| usize::try_from(max).unwrap_or(usize::MAX));
        options
    }

    /// Stores a portion and keeps its rejects aside.
    async fn put(
        &self,
        app: &App,
        sink: &mut Sink,
        layout: Layout,
        portion: Portion,
        counts: &mut Counts,
    ) -> Result<()> {
        sink.keep_all(app, counts, &portion.rejects)?;
        let Some(store) = &sink.store else {
            return Ok(());
        };
        let (source, now) = (layout.source(), Clock::system().now());
        let mut listings = portion.listings.into_iter().peekable();
        while listings.peek().is_some() {
            let some = listings.by_ref().take(COMMIT);
            let sightings: Vec<Observation> =
                some.map(|listing| listing.observe(source.clone(), now)).collect();
            let receipt = store.commit(WriteBatch::of(sightings)).await?;
            counts.stored(&receipt);
        }
        Ok(())
    }
}

impl Sink {
    /// Keeps rows aside, and tells the first of them where no file takes them.
    fn keep_all(&mut self, app: &App, counts: &Counts, rejects: &[Reject]) -> Result<()> {
        for (number, reject) in (counts.rejected - rejects.len() as u64..).zip(rejects) {
            self.keep(&counts.file, reject)?;
            if self.rejects.is_none() && number < TOLD {
                let told = format!("{} {}: {}", counts.file, reject.entry, reject.reason);
                app.screen.remark(&crate::screen::one_line(&told));
            }
        }
        Ok(())
    }

    fn keep(&mut self, file: &str, reject: &Reject) -> Result<()> {
        let Some(out) = &mut self.rejects else {
            return Ok(());
        };
        let line = json!({"file": file, "entry": reject.entry, "reason": reject.reason});
        writeln!(out, "{line}").map_err(|cause| io_error("write", &self.rejects_name, cause))
    }

    /// Nothing of the rejects is held back.
    fn flush(&mut self) -> Result<()> {
        match &mut self.rejects {
            Some(out) => out
                .flush()
                .map_err(|cause| io_error("write", &self.rejects_name, cause)),
            None => Ok(()),
        }
    }
}
