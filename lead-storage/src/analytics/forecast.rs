//! How the series is likely to go on.

use lead_core::Result;
use serde::Serialize;

use super::calendar::{Calendar, Period};
use super::float;
use super::holt::{Holt, LEAST};
use super::series::Series;

/// Standard deviations around the mean within which 80 and 95 of a hundred normal values lie.
const EIGHTY: f64 = 1.281_551_565_545;
const NINETY_FIVE: f64 = 1.959_963_984_540;

/// How many new leads are to be expected, by Holt's linear trend method over the periods that are whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Forecast {
    /// `holt`: Holt's linear trend method, with the intervals of its model, ETS(A,A,N).
    pub method: &'static str,
    /// How fast the level follows what is seen, 0 to 1.
    pub alpha: f64,
    /// How fast the slope does, as a part of α.
    pub beta_star: f64,
    /// Periods it was fitted to.
    pub fitted: u64,
    /// What is expected of each period to come.
    pub periods: Vec<Expected>,
}

/// What is expected of a period. No number is below none.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Expected {
    /// The period.
    #[serde(flatten)]
    pub period: Period,
    /// New leads, on average.
    pub new: f64,
    /// Between these numbers with 80 % probability.
    pub within_80: (f64, f64),
    /// Between these with 95 %.
    pub within_95: (f64, f64),
}

/// Goes on with a series for so many periods from the first that is not whole; `None` when too few are.
pub(super) fn forecast(calendar: &Calendar, series: &Series, ahead: usize) -> Result<Option<Forecast>> {
    let whole: Vec<_> = series.points.iter().filter(|point| point.complete).collect();
    let values: Vec<f64> = whole.iter().map(|point| float(point.new)).collect();
    let (Some(last), Some(holt)) = (whole.last(), Holt::fit(&values)) else {
        return Ok(None);
    };
    let expected = |(step, period)| {
        let (mean, deviation) = holt.ahead(step);
        let within = |times: f64| {
            (
                (mean - times * deviation).max(0.0),
                (mean + times * deviation).max(0.0),
            )
        };
        Expected {
            period,
            new: mean.max(0.0),
            within_80: within(EIGHTY),
            within_95: within(NINETY_FIVE),
        }
    };
    let periods = calendar.after(&last.period, ahead)?;
    Ok(Some(Forecast {
        method: "holt",
        alpha: holt.smoothing.alpha,
        beta_star: holt.smoothing.beta_star,
        fitted: whole.len().max(LEAST) as u64,
        periods: (1..).zip(periods).map(expected).collect(),
    }))
}
