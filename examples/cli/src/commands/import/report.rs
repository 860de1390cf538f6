//! What an import came to.

use std::time::Instant;

use clap::ValueEnum;
use lead_core::seam::Receipt;
use lead_core::source::open_data::{Layout, Portion};
use lead_storage::import::{ColumnHome, Imported};
use serde::Serialize;

use crate::app::App;
use crate::halt::Outcome;
use crate::screen::one_line;
use crate::summary::float;

/// Form of the figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A line a file, for people.
    #[default]
    Text,
    /// A JSON object a file.
    Json,
}

/// The figures of one file.
#[derive(Debug, Serialize)]
pub(super) struct Counts {
    pub(super) file: String,
    layout: Option<&'static str>,
    licence: Option<&'static str>,
    attribution: Option<&'static str>,
    /// Rows looked at.
    pub(super) rows: u64,
    /// Listings made of them.
    pub(super) listings: u64,
    /// Rows passed over: outside of the box, of another category, no business.
    passed: u64,
    /// Rows kept aside.
    pub(super) rejected: u64,
    /// Listings that were new to the store.
    inserted: u64,
    /// Listings that it knew.
    seen_again: u64,
    /// Listings dropped, or stripped of values, because someone must not be contacted.
    suppressed: u64,
    /// Which columns the file has, and where their values go: told of v3.9's files in a dry run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    columns: Vec<ColumnHome>,
    /// Seconds it took.
    seconds: f64,
    #[serde(skip)]
    begun: Instant,
}

impl Counts {
    pub(super) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            layout: None,
            licence: None,
            attribution: None,
            rows: 0,
            listings: 0,
            passed: 0,
            rejected: 0,
            inserted: 0,
            seen_again: 0,
            suppressed: 0,
            columns: Vec::new(),
            seconds: 0.0,
            begun: Instant::now(),
        }
    }

    pub(super) fn portion(&mut self, layout: Layout, portion: &Portion) {
        let (licence, attribution) = layout.licence();
        self.layout = Some(layout.name());
        (self.licence, self.attribution) = (Some(licence), Some(attribution));
        self.rows += portion.rows;
        self.passed += portion.passed;
        self.listings += portion.listings.len() as u64;
        self.rejected += portion.rejects.len() as u64;
    }

    pub(super) fn stored(&mut self, receipt: &Receipt) {
        self.inserted += receipt.inserted as u64;
        self.seen_again += receipt.seen_again as u64;
        self.suppressed += receipt.suppressed as u64;
    }

    /// Takes in what came of a file of v3.9 by now.
    pub(super) fn imported(&mut self, imported: &Imported, dry: bool) {
        self.layout = imported.layout.map(lead_storage::import::Layout::name);
        self.rows = imported.read;
        self.rejected = imported.rejected;
        self.listings = imported.read - imported.rejected;
        if dry {
            self.columns.clone_from(&imported.columns);
            return;
        }
        self.inserted = imported.stored;
        self.seen_again = imported.duplicates;
        self.suppressed = imported.suppressed;
    }

    pub(super) fn stop(&mut self) {
        self.seconds = self.begun.elapsed().as_secs_f64();
    }

    pub(super) fn print(&self, app: &mut App, format: Format, dry: bool) -> Outcome<()> {
        match format {
            Format::Json => app.json(self, false)?,
            Format::Text => {
                app.line(&one_line(&self.told(dry)))?;
                for column in &self.columns {
                    app.line(&one_line(&format!("  {} -> {}", column.column, column.home)))?;
                }
            }
        }
        app.flush()
    }

    fn told(&self, dry: bool) -> String {
        let stored = if dry {
            "nothing stored".to_owned()
        } else {
            format!(
                "{} new, {} seen again, {} suppressed",
                self.inserted, self.seen_again, self.suppressed
            )
        };
        let what = [self.layout, self.licence].into_iter().flatten();
        format!(
            "{} ({}): {} rows in {:.1} s, {:.0} rows/s; {} listings, {} passed over, {} rejected; {stored}",
            self.file,
            what.collect::<Vec<_>>().join(", "),
            self.rows,
            self.seconds,
            float(self.rows) / self.seconds.max(0.001),
            self.listings,
            self.passed,
            self.rejected,
        )
    }
}
