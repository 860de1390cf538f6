//! How sure we are.

use std::cmp::Ordering;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The probability, 0 to 1, that a value is right *and* belongs to this lead.
///
/// It is calibrated on labelled pages: of the values given 0.9, nine in ten should be right. Never NaN, totally ordered.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f32", into = "f32")]
#[schemars(with = "f32")]
pub struct Confidence(f32);

impl Confidence {
    /// Certainly wrong.
    pub const ZERO: Self = Self(0.0);
    /// As sure as evidence from outside can make us.
    pub const MAX: Self = Self(0.99);

    /// A probability.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is not within 0 to 1, or NaN.
    pub fn new(probability: f32) -> Result<Self> {
        if (0.0..=1.0).contains(&probability) {
            Ok(Self(probability))
        } else {
            Err(Error::invalid("confidence", "a confidence lies between 0 and 1").with("value", probability))
        }
    }

    /// A probability, brought into 0 to 1; NaN becomes 0. For figures computed by this library.
    pub const fn clamped(probability: f32) -> Self {
        if probability > 0.0 {
            Self(if probability < 1.0 { probability } else { 1.0 })
        } else {
            Self(0.0)
        }
    }

    /// The probability.
    pub const fn get(self) -> f32 {
        self.0
    }

    /// Both of two *independent* sightings of one value: at least one is right with `1 − (1 − a)(1 − b)`,
    /// held at [`Confidence::MAX`] because sources copy from each other.
    #[must_use]
    pub fn and_also(self, other: Self) -> Self {
        let joint = 1.0 - (1.0 - self.0) * (1.0 - other.0);
        Self(joint.min(Self::MAX.0)).max(self.max(other))
    }
}

impl Eq for Confidence {}

impl Ord for Confidence {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Confidence {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl TryFrom<f32> for Confidence {
    type Error = Error;
    fn try_from(probability: f32) -> Result<Self> {
        Self::new(probability)
    }
}

impl From<Confidence> for f32 {
    fn from(confidence: Confidence) -> Self {
        confidence.0
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_probability() {
        for bad in [-0.1, 1.1, f32::NAN, f32::INFINITY] {
            assert!(Confidence::new(bad).is_err());
        }
        assert_eq!(Confidence::clamped(f32::NAN), Confidence::ZERO);
    }

    #[test]
    fn two_sightings_are_surer_than_one_but_never_certain() {
        let both = Confidence::clamped(0.8).and_also(Confidence::clamped(0.5));
        assert!((both.get() - 0.9).abs() < 1e-6);
        let many = (0..9).fold(Confidence::ZERO, |sum, _| sum.and_also(Confidence::clamped(0.9)));
        assert_eq!(many, Confidence::MAX);
    }
}
