//! How many there are, from how many were found: what a collection missed.
//!
//! Whoever is found once and once again tells how many are found never. Two questions, two estimators:
//!
//! - many requests, each of which shows some of the whole: [`Captures`] counts how often each business was shown, and
//!   estimates by Chao1 (showings counted) or Chao2 (requests counted);
//! - two sources that do not copy each other: [`recaptured`] compares what both know, by Lincoln and Petersen.
//!
//! All of them assume that any business may be shown. Where some are shown rarely, and they always are, Chao's figure is a
//! lower bound: there are at least so many. What cannot be found at all (no entry anywhere) is not in it.

mod captures;
mod estimate;
mod recapture;
#[cfg(test)]
mod tests;

pub use captures::Captures;
pub use estimate::Estimate;
pub(in crate::plan) use estimate::float;
pub use recapture::recaptured;
