//! `lead export`

use std::io::{self, IsTerminal as _, Write};
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use lead_core::Error;
use lead_core::clock::Timestamp;
use lead_core::seam::Sort;
use lead_storage::export::{Export as Writer, Exported, Format as Form, Progress};
use tokio::io::AsyncWrite;

use crate::Exit;
use crate::apart::apart;
use crate::app::App;
use crate::bars::style;
use crate::halt::{Halt, Outcome};
use crate::store::StoreArgs;
use crate::summary::{bytes, float};
use crate::when;
use crate::which::WhichArgs;

/// Write leads into a file
///
/// A file is written whole or not at all. Who is on the suppression list is left out. Cells of CSV that a spreadsheet
/// would run as a formula get a leading '.
#[derive(Args, Debug)]
pub(crate) struct Export {
    #[command(flatten)]
    store: StoreArgs,
    /// Form of the file; what its name ends with, else CSV, unless told
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Columns of CSV and workbooks: every value, or what a system imports
    #[arg(long, value_enum)]
    layout: Option<Columns>,
    /// Only these columns, in this order: name,phones,city
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Vec<String>,
    /// Where to; - is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: String,
    #[command(flatten)]
    which: WhichArgs,
    /// Only what was seen since then: 2026-01-31, or 2026-01-31T09:30:00Z
    #[arg(long, value_name = "T", value_parser = when::day)]
    since: Option<Timestamp>,
    /// By what; as in `lead leads`
    #[arg(long, value_name = "FIELD", default_value = "id", allow_hyphen_values = true)]
    sort: Sort,
    /// Keep the file when it is broken off, and go on where an earlier --resume of the same was
    #[arg(long)]
    resume: bool,
}

/// Form of the file.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A row a lead.
    Csv,
    /// CSV with the 43 columns of the predecessor, v3.9.
    CsvLegacy,
    /// One JSON object a line, with all evidence.
    Jsonl,
    /// One JSON list of the same objects.
    Json,
    /// A workbook, with numbers and times as such.
    Xlsx,
    /// Parquet, with lists as lists.
    Parquet,
    /// The same columns as an Arrow IPC stream.
    Arrow,
    /// A map: a feature a lead.
    Geojson,
    /// vCard 4.0: a card a lead.
    Vcard,
}

/// Which columns.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Columns {
    /// Every value a lead has.
    Full,
    /// The 43 of the predecessor, v3.9.
    Legacy,
    /// Companies and contacts of HubSpot.
    Hubspot,
    /// Leads of Salesforce.
    Salesforce,
    /// Organizations, persons and leads of Pipedrive.
    Pipedrive,
    /// Leads of Zoho CRM.
    Zoho,
}

/// The name a word of the command line has.
fn name_of(word: &impl ValueEnum) -> String {
    let named = word.to_possible_value();
    named.map(|named| named.get_name().to_owned()).unwrap_or_default()
}

impl Export {
    fn form(&self) -> Result<Form, Error> {
        let form = match &self.format {
            Some(format) => name_of(format).parse()?,
            None => Form::of_file(Path::new(&self.out)),
        };
        match &self.layout {
            Some(layout) => form.with_layout(name_of(layout).parse()?),
            None => Ok(form),
        }
    }

    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        if self.out != "-" {
            apart("--out", Path::new(&self.out), self.store.file())?;
        }
        if self.resume && self.out == "-" {
            return Err(
                Error::invalid("--resume", "only a file can be gone on with: --out names one").into(),
            );
        }
        let form = self.form()?;
        if !form.is_text() && self.out == "-" && io::stdout().is_terminal() {
            let message = "this is no text: a file is wanted, or a program to read it";
            return Err(Error::invalid("--out", message).into());
        }
        let store = self.store.open_to_read(app).await?;
        let filter = self.which.read(&self.store, app).await?;
        let mut writer = Writer::new(form)
            .filter(filter)
            .sort(self.sort)
            .columns(self.columns);
        if let Some(moment) = self.since {
            writer = writer.since(moment);
        }
        if self.resume {
            writer = writer.resume(&self.store.store);
        }
        let bar = app.screen.bars().add(ProgressBar::new(0));
        bar.set_style(style("{bar:32} {pos}/{len} leads  {elapsed} gone, {eta} to go"));
        let progress = |progress: Progress| {
            bar.set_length(progress.total);
            bar.set_position(progress.done);
        };
        let written = match self.out.as_str() {
            "-" => writer.to_writer(&store, &mut Out(app.out()), progress).await,
            file => writer.to_path(&store, Path::new(file), progress).await,
        };
        bar.finish_and_clear();
        let exported = written.map_err(|error| told(error, &self.out))?;
        app.screen.remark(&summary(&exported, &self.out));
        Ok(Exit::Done)
    }
}

/// A reader of standard output that has gone is no error.
fn told(error: Error, out: &str) -> Halt {
    let cause = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<io::Error>());
    match cause.map(io::Error::kind) {
        Some(io::ErrorKind::BrokenPipe) if out == "-" => Halt::Pipe,
        _ => Halt::Error(error),
    }
}

fn summary(exported: &Exported, out: &str) -> String {
    let mut told = format!("{} leads, {}", exported.leads, bytes(float(exported.bytes)));
    if exported.suppressed > 0 {
        told = format!("{told}; {} left out: suppressed", exported.suppressed);
    }
    if out != "-" {
        told = format!("{told}, in {out}");
    }
    if exported.resumed > 0 {
        told = format!("{told}; {} of them written before", exported.resumed);
    }
    match exported.anew {
        Some(why) => format!("{told}; begun from the start: {why}"),
        None => told,
    }
}

/// Standard output, written to as it comes: a page is flushed before the next is read.
struct Out<'a>(&'a mut (dyn Write + Send));

impl AsyncWrite for Out<'_> {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(self.0.write(bytes))
    }

    fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.flush())
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(cx)
    }
}
