//! How fast.
//!
//! [`Limiter`](crate::seam::Limiter) says whether a use fits its quotas and never waits; [`Pacer`] waits, hands out permits
//! and learns from what servers answer.

mod breaker;
mod config;
mod hosts;
mod latency;
mod pacer;
#[cfg(test)]
mod tests;

pub use config::{PaceConfig, Rate};
pub use pacer::{Outcome, Pacer, Permit};
