//! That somebody was refused, for those who run the service: a word and a figure, never what was sent.

use crate::telemetry::SERVICE_REFUSALS;

/// Notes a refusal.
pub(super) fn note(part: &'static str, reason: &'static str) {
    tracing::debug!(part, reason, "refused");
    SERVICE_REFUSALS.add(1, &[part, reason]);
}
