#![doc = include_str!("docs.md")]

mod config;
mod limit;
mod line;

pub use config::{RedisConfig, WhenAway};
pub use limit::RedisLimiter;
