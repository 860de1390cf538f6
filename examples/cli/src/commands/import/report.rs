//! What an import came to.

use std::time::Instant;

use clap::ValueEnum;
use lead_core::seam::Receipt;
use lead_core::source::open_data::{Layout, Portion};
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

    pub(super) fn stop(&mut self) {
        self.seconds = self.begun.elapsed().as_secs_f64();
    }

    pub(super) fn print(&self, app: &mut App, format: Format, dry: bool) -> Outcome<()> {
        match format {
            Format::Json => app.json(self, false)?,
            Format::Text => app.line(&one_line(&self.told(dry)))?,
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
        format!(
            "{} ({}, {}): {} rows in {:.1} s, {:.0} rows/s; {} listings, {} passed over, {} rejected; {stored}",
            self.file,
            self.layout.unwrap_or_default(),
            self.licence.unwrap_or_default(),
            self.rows,
            self.seconds,
            float(self.rows) / self.seconds.max(0.001),
            self.listings,
            self.passed,
            self.rejected,
        )
    }
}
