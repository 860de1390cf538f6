//! How much a run may cost, and when it has found enough.

use std::time::Duration;

use clap::Args;
use lead_core::collect::Collector;
use lead_core::{Error, Result};

/// Limits of a run.
#[derive(Args, Clone, Debug)]
pub(crate) struct LimitArgs {
    /// At most so many listings a source
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max: Option<u32>,
    /// Begin no request beyond so many, of sources and sites together; retries and redirects of the last ones, and robots.txt
    /// files, come on top, and --resume goes on with a budget of its own
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    max_requests: Option<u64>,
    /// Take so much time at most: 90s, 10m, 2h
    #[arg(long, value_name = "TIME", value_parser = time)]
    max_time: Option<Duration>,
    /// Ask sources no further once this part of what there is was found, as far as can be told: 0.99
    #[arg(long, value_name = "PART", value_parser = part)]
    until_coverage: Option<f64>,
}

impl LimitArgs {
    /// Tells a collector.
    pub(crate) fn apply(&self, mut collector: Collector) -> Collector {
        if let Some(max) = self.max {
            collector = collector.max(usize::try_from(max).unwrap_or(usize::MAX));
        }
        if let Some(requests) = self.max_requests {
            collector = collector.max_requests(requests);
        }
        if let Some(time) = self.max_time {
            collector = collector.max_time(time);
        }
        if let Some(part) = self.until_coverage {
            collector = collector.until_coverage(part);
        }
        collector
    }
}

/// `90s`, `10m`, `2h`; a bare number is seconds.
pub(crate) fn time(text: &str) -> Result<Duration> {
    let text = text.trim();
    let units = [("s", 1.0), ("m", 60.0), ("h", 3_600.0), ("", 1.0)];
    let seconds = units
        .iter()
        .find_map(|(unit, seconds)| Some(text.strip_suffix(unit)?.trim().parse::<f64>().ok()? * seconds));
    let time = seconds.filter(|seconds| *seconds > 0.0);
    time.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| Error::invalid("time", "a time above 0 is wanted: 90s, 10m, 2h"))
}

/// `0.99`, or `99%`.
fn part(text: &str) -> Result<f64> {
    let text = text.trim();
    let part = match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().ok().map(|percent| percent / 100.0),
        None => text.parse().ok(),
    };
    part.filter(|part| *part > 0.0 && *part <= 1.0)
        .ok_or_else(|| Error::invalid("coverage", "a part above 0 and at most 1 is wanted: 0.99"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_times_and_parts() {
        assert_eq!(time("10m").unwrap(), Duration::from_mins(10));
        assert_eq!(time("1.5h").unwrap(), Duration::from_mins(90));
        assert_eq!(time("20").unwrap(), Duration::from_secs(20));
        assert!((part("99 %").unwrap() - 0.99).abs() < 1e-9);
        for bad in ["", "0s", "-1m", "1d", "inf", "NaN"] {
            assert!(time(bad).is_err(), "{bad}");
            assert!(part(bad).is_err(), "{bad}");
        }
        assert!(part("1.01").is_err());
    }
}
