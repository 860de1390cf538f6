//! Limits as HTTP tells of them, for any web framework: what a server adds to its answers, what it answers to whom it refuses, and
//! whose request it is.
//!
//! | file | what |
//! |---|---|
//! | `fields` | `RateLimit`, `RateLimit-Policy`, and the older ones |
//! | `problem` | the answer 429 |
//! | `proxies` | the client's address behind proxies that are trusted |
//! | `forwarded` | `Forwarded` and `X-Forwarded-For`, read from the right |

mod fields;
mod forwarded;
mod problem;
mod proxies;

pub use fields::RateLimitFields;
pub use problem::TooManyRequests;
pub use proxies::{ForwardedBy, TrustedProxies, address_key};
