//! Figures of a store: facets of a filter, and a report with totals, distributions, series, comparison, stages, a forecast, and what
//! each source brought and cost.
//!
//! ```
//! use lead_core::record::filter::Filter;
//! use lead_core::seam::Store;
//! use lead_storage::analytics::{Analytics, Calendar, Unit};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> lead_core::Result<()> {
//! let weeks = Calendar::new(Unit::Week).zone("Europe/Paris")?;
//! let analytics = Analytics::new().filter(Filter::parse("has:phone")?).calendar(weeks);
//! let report = analytics.run(&Store::memory()).await?;
//! assert_eq!(report.leads, 0);
//! # Ok(())
//! # }
//! ```
//!
//! It asks any [`Store`](lead_core::seam::Store) through its seam, so all stores tell the same figures.

mod ask;
mod bins;
mod calendar;
mod checkpoint;
mod compare;
mod facet;
mod forecast;
mod holt;
mod report;
mod runs;
mod series;
mod sources;
mod span;
mod stages;

pub use ask::Analytics;
pub use calendar::{Calendar, Period, Unit};
pub use compare::{Change, Comparison, Stretch};
pub use facet::{Count, Facet, Facets};
pub use forecast::{Expected, Forecast};
pub use report::{Coverage, Report};
pub use runs::RunFigures;
pub use series::{Point, Series};
pub use sources::SourceFigures;
pub use stages::{Stage, usual_stages};

/// The operation that errors name.
const ANALYTICS: &str = "analytics";

/// A count for ratios.
#[expect(clippy::cast_precision_loss, reason = "leads are far fewer than 2^53")]
fn float(count: u64) -> f64 {
    count as f64
}

/// A part of a whole, 0 to 1; of nothing it is 0.
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        float(part) / float(whole)
    }
}
