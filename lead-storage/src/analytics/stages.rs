//! How far leads have come: each stage keeps some of those before it.

use lead_core::Result;
use lead_core::record::filter::{Comparison, Field, Filter, Scalar};
use lead_core::seam::Store;
use serde::Serialize;

use super::share;
use super::span::both;

/// A stage that leads come to: its condition, and those of all stages before it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Stage {
    /// What it is called.
    pub name: String,
    /// The condition that leads must pass beside those of the stages before.
    pub filter: String,
    /// Leads that came so far.
    pub leads: u64,
    /// The part of all leads, 0 to 1.
    pub of_all: f64,
    /// The part of those of the stage before, 0 to 1.
    pub of_previous: f64,
}

/// The stages that a store can tell without being told more: what happens after a lead is handed on (called, won, lost) is not
/// recorded here.
///
/// `found`: every lead; `reachable`: it has a phone or an e-mail; `sure`: one of them is right and its own with a probability of 80 % or
/// more; `both`: it has a phone and an e-mail.
pub fn usual_stages() -> Vec<(String, Filter)> {
    let has = Filter::Has;
    let sure = Scalar::Number(f64::from(0.8_f32));
    let stages = [
        ("found", Filter::All),
        (
            "reachable",
            Filter::Or(vec![has(Field::Phone), has(Field::Email)]),
        ),
        (
            "sure",
            Filter::Compare(Field::Confidence, Comparison::GreaterOrEqual, sure),
        ),
        ("both", Filter::And(vec![has(Field::Phone), has(Field::Email)])),
    ];
    stages.map(|(name, filter)| (name.to_owned(), filter)).to_vec()
}

/// Counts the leads of each stage.
pub(super) async fn stages(
    store: &Store,
    filter: &Filter,
    all: u64,
    wanted: &[(String, Filter)],
) -> Result<Vec<Stage>> {
    let (mut passed, mut previous) = (filter.clone(), all);
    let mut stages = Vec::with_capacity(wanted.len());
    for (name, condition) in wanted {
        passed = both(passed, condition.clone());
        let leads = store.count(passed.clone()).await?;
        stages.push(Stage {
            name: name.clone(),
            filter: condition.to_string(),
            leads,
            of_all: share(leads, all),
            of_previous: share(leads, previous),
        });
        previous = leads;
    }
    Ok(stages)
}
