//! What a run brought and what it cost.

use std::fmt::Write;

use lead_core::record::SourceId;
use lead_core::seam::{Reached, Summary};

/// What a run brought, what it cost and, where that can be told, how much of what there is it found: a line each.
pub(crate) fn told(summary: &Summary) -> String {
    let seconds = summary.elapsed.as_secs_f64();
    let ended = match summary.reached {
        Some(Reached::Requests) => "Budget of requests spent",
        Some(Reached::Time) => "Time is up",
        Some(Reached::Coverage) => "Enough found",
        _ if summary.stopped => "Stopped",
        _ => "Done",
    };
    let mut found = format!(
        "{ended} in {seconds:.1} s: {} listings, {} pages; leads: {} new, {} updated, {} merged",
        summary.listings, summary.pages, summary.created, summary.updated, summary.merged,
    );
    for (count, what) in [
        (summary.suppressed, "suppressed"),
        (summary.blocked, "kept away from"),
        (summary.failed, "failed"),
    ] {
        if count > 0 {
            let _ = write!(found, "; {count} {what}");
        }
    }
    let mut cost = format!(
        "Cost: {} requests, {}, {seconds:.1} s",
        summary.requests,
        bytes(float(summary.bytes))
    );
    if summary.created > 0 {
        let new = float(summary.created);
        let _ = write!(
            cost,
            "; per new lead {:.1} requests, {}, {:.2} s",
            float(summary.requests) / new,
            bytes(float(summary.bytes) / new),
            seconds / new
        );
    }
    let mut told = format!("{found}\n{cost}");
    if !summary.cut.is_empty() {
        let ids: Vec<&str> = summary.cut.iter().map(SourceId::as_str).collect();
        let _ = write!(told, "\nCut short by a limit, there is more: {}", ids.join(", "));
    }
    if let Some(coverage) = &summary.coverage {
        let _ = write!(told, "\nCoverage: {coverage}");
    }
    told
}

/// A count for ratios.
#[expect(clippy::cast_precision_loss, reason = "shown with few digits")]
pub(crate) fn float(count: u64) -> f64 {
    count as f64
}

/// `1.5 MB`: decimal units, as networks count.
pub(crate) fn bytes(count: f64) -> String {
    let units = ["B", "kB", "MB", "GB"];
    let mut value = count;
    let mut unit = 0;
    while value >= 1000.0 && unit + 1 < units.len() {
        value /= 1000.0;
        unit += 1;
    }
    let name = units.get(unit).copied().unwrap_or_default();
    if unit == 0 {
        format!("{value:.0} {name}")
    } else {
        format!("{value:.1} {name}")
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_run_ends_with_its_cost_per_new_lead() {
        let mut summary = Summary::default();
        summary.listings = 30;
        summary.pages = 50;
        summary.requests = 60;
        summary.bytes = 1_500_000;
        summary.created = 20;
        summary.failed = 2;
        summary.elapsed = Duration::from_secs(4);
        assert_eq!(
            told(&summary),
            "Done in 4.0 s: 30 listings, 50 pages; leads: 20 new, 0 updated, 0 merged; 2 failed\n\
             Cost: 60 requests, 1.5 MB, 4.0 s; per new lead 3.0 requests, 75.0 kB, 0.20 s"
        );
    }
}
