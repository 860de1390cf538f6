//! Holt's linear trend method, with intervals from the model behind it.
//!
//! Source: R. J. Hyndman and G. Athanasopoulos, *Forecasting: Principles and Practice*, 3rd ed., sections 8.2 (the method) and 8.7
//! (intervals), <https://otexts.com/fpp3/>. With the level l, the slope b and the error e = y − (l + b) of each step:
//!
//! ```text
//! l ← l + b + α e        b ← b + β e,  β = α β*
//! forecast after h steps:  l + h b
//! variance after h steps:  σ² (1 + (h − 1) (α² + α β h + β² h (2 h − 1) / 6))
//! ```
//!
//! The first level and slope are those of the straight line through the first ten values (R. J. Hyndman et al., *Forecasting with
//! Exponential Smoothing*, 2008, section 2.6.1); α and β* are those with the smallest sum of squared errors, to the thousandth; σ² is
//! that sum over the number of values less the four that were fitted.

use super::float;

/// So many values are needed: four are fitted, and what is left is to say how far off they are.
pub(super) const LEAST: usize = 6;

/// Through so many of the first values the line is drawn.
const BEGINNING: usize = 10;

/// Both parameters in thousandths, and by how much they are moved in each round.
const ROUNDS: [usize; 3] = [50, 5, 1];

/// How fast level and slope follow what is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Smoothing {
    /// Of the level, 0 to 1.
    pub(super) alpha: f64,
    /// Of the slope, as a part of α.
    pub(super) beta_star: f64,
}

/// Where the series is, and where it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Trend {
    pub(super) level: f64,
    pub(super) slope: f64,
}

/// A series that was followed to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Holt {
    pub(super) smoothing: Smoothing,
    pub(super) trend: Trend,
    /// The variance of a step's error.
    pub(super) variance: f64,
}

impl Holt {
    /// Follows a series; `None` when it is too short.
    pub(super) fn fit(series: &[f64]) -> Option<Self> {
        if series.len() < LEAST {
            return None;
        }
        let begin = line(series.get(..BEGINNING).unwrap_or(series));
        let smoothing = best(series, begin);
        let (trend, squares) = follow(series, begin, smoothing);
        Some(Self {
            smoothing,
            trend,
            variance: squares / float(series.len() as u64 - 4),
        })
    }

    /// What is expected after so many steps, and how far off that is likely to be: the mean and the standard deviation.
    pub(super) fn ahead(&self, steps: u64) -> (f64, f64) {
        let (h, alpha) = (float(steps), self.smoothing.alpha);
        let beta = alpha * self.smoothing.beta_star;
        let mean = self.trend.level + h * self.trend.slope;
        let grown = alpha.powi(2) + alpha * beta * h + beta.powi(2) * h * (2.0 * h - 1.0) / 6.0;
        (mean, (self.variance * (1.0 + (h - 1.0) * grown)).sqrt())
    }
}

/// Follows a series from this level and slope: where it ends, and the sum of squared errors.
fn follow(series: &[f64], begin: Trend, smoothing: Smoothing) -> (Trend, f64) {
    let (mut trend, mut squares) = (begin, 0.0);
    for value in series {
        let expected = trend.level + trend.slope;
        let error = value - expected;
        trend = Trend {
            level: expected + smoothing.alpha * error,
            slope: trend.slope + smoothing.alpha * smoothing.beta_star * error,
        };
        squares += error * error;
    }
    (trend, squares)
}

/// The straight line through values at 1, 2, 3 …: its height at 0, and its slope.
fn line(values: &[f64]) -> Trend {
    let count = float(values.len() as u64);
    let (mean_at, mean) = (f64::midpoint(count, 1.0), values.iter().sum::<f64>() / count);
    let (mut shared, mut spread) = (0.0, 0.0);
    for (at, value) in (1_u32..).zip(values) {
        let off = f64::from(at) - mean_at;
        shared += off * (value - mean);
        spread += off * off;
    }
    let slope = shared / spread;
    Trend {
        level: mean - slope * mean_at,
        slope,
    }
}

/// The smoothing with the smallest errors: all over first, then ever closer to the best.
fn best(series: &[f64], begin: Trend) -> Smoothing {
    let (mut centre, mut reach) = ((500, 500), 499);
    for step in ROUNDS {
        let near = |at: usize| (at.saturating_sub(reach).max(1)..=(at + reach).min(999)).step_by(step);
        let mut least = f64::INFINITY;
        let mut found = centre;
        for alpha in near(centre.0) {
            for beta in near(centre.1) {
                let (_, squares) = follow(series, begin, smoothing(alpha, beta));
                if squares < least {
                    (least, found) = (squares, (alpha, beta));
                }
            }
        }
        (centre, reach) = (found, step);
    }
    smoothing(centre.0, centre.1)
}

fn smoothing(alpha: usize, beta_star: usize) -> Smoothing {
    Smoothing {
        alpha: float(alpha as u64) / 1000.0,
        beta_star: float(beta_star as u64) / 1000.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, other: f64) {
        assert!((one - other).abs() < 1e-9, "{one} is not {other}");
    }

    /// Worked by hand. α = 0.5, β* = 0.5 (β = 0.25), from level 10 and slope 2:
    ///
    /// | y | expected | error | level | slope |
    /// |---|---|---|---|---|
    /// | 13 | 12 | 1 | 12.5 | 2.25 |
    /// | 14 | 14.75 | −0.75 | 14.375 | 2.0625 |
    /// | 17 | 16.4375 | 0.5625 | 16.71875 | 2.203125 |
    #[test]
    fn level_and_slope_are_those_worked_by_hand() {
        let begin = Trend {
            level: 10.0,
            slope: 2.0,
        };
        let half = Smoothing {
            alpha: 0.5,
            beta_star: 0.5,
        };
        let (trend, squares) = follow(&[13.0, 14.0, 17.0], begin, half);
        near(trend.level, 16.718_75);
        near(trend.slope, 2.203_125);
        near(squares, 1.0 + 0.5625 + 0.316_406_25);
        let followed = Holt {
            smoothing: half,
            trend,
            variance: 4.0,
        };
        // One step: 16.71875 + 2.203125, and σ itself.
        let (mean, deviation) = followed.ahead(1);
        near(mean, 18.921_875);
        near(deviation, 2.0);
        // Three: σ² (1 + 2 (0.25 + 0.375 + 0.0625 · 3 · 5 / 6)) = 4 · 2.5625; or 1 + 0.75² + 1², the weights of two errors.
        let (mean, deviation) = followed.ahead(3);
        near(mean, 23.328_125);
        near(deviation * deviation, 10.25);
    }

    /// Example 7.2 of the book's first edition (<https://www.otexts.org/fpp/7/2>): α = 0.8, β* = 0.2, from the first value and the
    /// first rise of the passengers of an airline.
    #[test]
    fn the_example_of_the_book_comes_out() {
        let series = [21.86, 23.89, 26.93, 26.89];
        let begin = Trend {
            level: 17.55,
            slope: 4.31,
        };
        let smoothing = Smoothing {
            alpha: 0.8,
            beta_star: 0.2,
        };
        let round = |value: f64| (value * 100.0).round() / 100.0;
        let told = (1..=4).map(|until| {
            let (trend, _) = follow(&series[..until], begin, smoothing);
            (round(trend.level), round(trend.slope))
        });
        let told: Vec<_> = told.collect();
        assert_eq!(told, [(21.86, 4.31), (24.35, 3.95), (27.2, 3.73), (27.7, 3.08)]);
    }

    #[test]
    fn a_straight_line_goes_on() {
        let series: Vec<f64> = (1..=12).map(|at| 5.0 + 3.0 * f64::from(at)).collect();
        let (mean, deviation) = Holt::fit(&series).unwrap().ahead(4);
        assert!(
            (mean - 53.0).abs() < 1e-6 && deviation < 1e-6,
            "{mean} {deviation}"
        );
        assert_eq!(Holt::fit(&series[..5]), None);
    }

    /// A step is followed at once; around a level that does not move, the level moves little.
    #[test]
    fn the_smoothing_is_the_one_with_the_smallest_errors() {
        let series = [
            10.0, 12.0, 9.0, 11.0, 10.0, 12.0, 8.0, 11.0, 10.0, 9.0, 11.0, 10.0,
        ];
        let fitted = Holt::fit(&series).unwrap();
        let begin = line(&series[..10]);
        let squares = |alpha, beta_star| follow(&series, begin, Smoothing { alpha, beta_star }).1;
        let least = squares(fitted.smoothing.alpha, fitted.smoothing.beta_star);
        for alpha in [0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999] {
            for beta_star in [0.001, 0.1, 0.5, 0.999] {
                assert!(least <= squares(alpha, beta_star), "{alpha} {beta_star}");
            }
        }
        assert!(fitted.smoothing.alpha < 0.2, "{fitted:?}");
    }
}
