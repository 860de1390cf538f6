//! How much may be asked: plans of limits for requests.

mod layer;
mod refusal;
mod settings;

pub use layer::{Limited, LimitsLayer};
pub use settings::{Limits, Peer};
