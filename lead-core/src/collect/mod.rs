//! The pipeline that ties the stations: query → listings → sites → observations → links → leads.
//!
//! ```text
//!            ┌────────── sources, a step at a time ──────────┐
//! query ───► │ listings ─► observations, sites to visit      │ ──► one commit: observations, links,
//!            └───────────────────────────────────────────────┘      checkpoint, audit ──► events
//!            ┌────────── visits, many at a time ─────────────┐        ▲
//! sites ───► │ pages ─► contacts ─► observations             │ ───────┘
//!            └───────────────────────────────────────────────┘
//! ```
//!
//! What a commit holds is whole: a site's findings and the note that it was visited are written together, so a run killed
//! anywhere goes on with [`Collector::resume`] and visits again at most what was in flight, and what failed for a reason that
//! may have passed since. What failed is kept in the run's checkpoint ([`RunState::failures`]). When nobody answers any more
//! the run stops: the sites it could not reach stay open.
//!
//! This is the only module that knows all stations.

mod census;
mod collector;
mod coverage;
mod driver;
mod lane;
mod lanes;
mod ledger;
mod likeness;
mod pictures;
mod plan;
mod refresh;
mod run;
mod site;
mod state;
mod visit;
mod writer;

#[cfg(test)]
mod tests;

pub use collector::{Collector, check_sources};
pub use plan::{Ask, Meaning, Plan, TradeClasses};
pub use refresh::{Refresh, Refreshed, SiteOutcome};
pub use run::Run;
pub use state::{RunState, SourceYield};
