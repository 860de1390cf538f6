//! How times are counted.

use clap::Args;
use lead_core::Result;
use lead_storage::analytics::{Calendar, Unit};

/// How times are counted.
#[derive(Args, Clone, Debug)]
pub(crate) struct PeriodArgs {
    /// Periods of times: day, week, month or year
    #[arg(long, value_name = "PERIOD", default_value = "month")]
    by: Unit,
    /// Time zone the days are of: Europe/Paris
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    zone: String,
}

impl PeriodArgs {
    pub(crate) fn calendar(&self) -> Result<Calendar> {
        let calendar = Calendar::new(self.by);
        match self.zone.as_str() {
            // Known without the system's tables.
            "UTC" => Ok(calendar),
            zone => calendar.zone(zone),
        }
    }
}
