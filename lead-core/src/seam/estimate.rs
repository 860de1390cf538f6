//! About how many.

use serde::{Deserialize, Serialize};

/// About how many leads pass a filter: for who shows a number while somebody types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Estimate {
    /// The likeliest number.
    pub count: u64,
    /// It is hardly less than this: in one of forty cases.
    pub least: u64,
    /// It is hardly more than this: in one of forty cases.
    pub most: u64,
}

/// How many standard errors lie between the middle and each end of an interval of 95 %.
const ERRORS: f64 = 1.96;

impl Estimate {
    /// Exactly so many.
    pub const fn exact(count: u64) -> Self {
        Self {
            count,
            least: count,
            most: count,
        }
    }

    /// Of `all` leads a share of `passing` out of `asked`, which were taken by chance. The interval is Wilson's: it holds for shares near
    /// nothing and near all, too.
    ///
    /// ```
    /// use lead_core::seam::Estimate;
    ///
    /// let about = Estimate::of_share(1_000_000, 125, 1000);
    /// assert_eq!(about.count, 125_000);
    /// assert!(about.least > 100_000 && about.most < 150_000);
    /// assert_eq!(Estimate::of_share(500, 0, 0), Estimate::exact(0));
    /// ```
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "numbers of leads lie far below 2^52, and none is below nothing"
    )]
    pub fn of_share(all: u64, passing: u64, asked: u64) -> Self {
        let passing = passing.min(asked);
        if asked == 0 {
            return Self::exact(0);
        }
        let (all, passing, asked) = (all as f64, passing as f64, asked as f64);
        let (share, square) = (passing / asked, ERRORS * ERRORS);
        let scale = 1.0 / (1.0 + square / asked);
        let middle = scale * (share + square / (2.0 * asked));
        let half = scale * ERRORS * (share * (1.0 - share) / asked + square / (4.0 * asked * asked)).sqrt();
        // Of those that were asked it is known; a number of leads is a whole one.
        let whole = |share: f64| (share * all).round().clamp(0.0, all) as u64;
        Self {
            count: whole(share),
            least: whole((middle - half).max(0.0))
                .max(passing as u64)
                .min(whole(share)),
            most: whole((middle + half).min(1.0)).max(whole(share)),
        }
    }

    /// Of two parts that have no lead in common. The interval holds the sum at least as often as each part holds its number.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            least: self.least + other.least,
            most: self.most + other.most,
        }
    }

    /// Whether it is the number itself.
    pub const fn is_exact(&self) -> bool {
        self.least == self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_holds_its_middle_and_what_was_seen() {
        for asked in [1_u64, 7, 100, 4000] {
            for passing in 0..=asked.min(50) {
                let about = Estimate::of_share(1_000_000, passing, asked);
                assert!(
                    about.least <= about.count && about.count <= about.most,
                    "{about:?}"
                );
                assert!(about.least >= passing.min(about.count) && about.most <= 1_000_000);
            }
        }
        let none = Estimate::of_share(1_000_000, 0, 4000);
        assert!(none.count == 0 && none.least == 0 && none.most > 500, "{none:?}");
    }

    #[test]
    fn the_truth_lies_inside_about_as_often_as_said() {
        // A share of one in nine, drawn by a generator of its own.
        let (mut state, mut inside) = (7_u64, 0);
        for _ in 0..400 {
            let mut passing = 0;
            for _ in 0..1000 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                passing += u64::from((state >> 33).is_multiple_of(9));
            }
            let about = Estimate::of_share(900_000, passing, 1000);
            inside += i32::from(about.least <= 100_000 && 100_000 <= about.most);
        }
        assert!((370..=394).contains(&inside), "{inside} of 400");
    }
}
