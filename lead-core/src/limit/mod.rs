//! How fast.
//!
//! [`Limiter`](crate::seam::Limiter) says whether a use fits its quotas and never waits; [`Pacer`] waits, hands out permits
//! and learns from what servers answer. [`plans`] say what somebody may use, and [`http`] how a server tells of it.

mod breaker;
mod config;
mod hosts;
pub mod http;
mod latency;
mod pacer;
pub mod plans;
#[cfg(test)]
mod tests;

pub use config::{PaceConfig, Rate};
pub use pacer::{Outcome, Pacer, Permit};
