//! What a store holds, in figures.

use lead_core::clock::Timestamp;
use lead_core::record::filter::Field;
use serde::Serialize;

use super::{Comparison, Facet, Forecast, RunFigures, Series, SourceFigures, Stage};

/// What a store holds, in figures: of the leads that pass the filter and were first seen in the time looked at.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// When it was made.
    pub at: Timestamp,
    /// Which leads, in the filter language.
    pub filter: String,
    /// First seen since then.
    pub since: Option<Timestamp>,
    /// First seen before then.
    pub until: Option<Timestamp>,
    /// How many leads there are.
    pub leads: u64,
    /// How many of them have what.
    pub coverage: Vec<Coverage>,
    /// By the confidence of their surest phone or e-mail.
    pub confidence: Facet,
    /// By their score.
    pub score: Facet,
    /// By source, with what each cost.
    pub sources: Vec<SourceFigures>,
    /// By what they do.
    pub categories: Facet,
    /// By city.
    pub cities: Facet,
    /// By country.
    pub countries: Facet,
    /// By run, the newest first.
    pub runs: Vec<RunFigures>,
    /// How far they have come.
    pub stages: Vec<Stage>,
    /// New leads, period by period.
    pub series: Series,
    /// What changed; `None` where there is nothing to compare.
    pub comparison: Option<Comparison>,
    /// How the series is likely to go on; `None` when fewer than six periods are whole.
    pub forecast: Option<Forecast>,
}

/// How many leads have something.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Coverage {
    /// What: a field's name.
    pub field: &'static str,
    /// Leads that have it.
    pub leads: u64,
    /// The part of all, 0 to 1.
    pub share: f64,
}

/// The fields whose coverage is told.
pub(super) const COVERED: &[Field] = &[
    Field::Phone,
    Field::Email,
    Field::Website,
    Field::Address,
    Field::City,
    Field::Category,
    Field::Social,
    Field::Person,
    Field::Hours,
    Field::Rating,
    Field::Score,
    Field::Latitude,
];
