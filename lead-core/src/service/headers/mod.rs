//! Headers that keep a browser from doing with an answer what it is not for.

mod config;
mod csp;
mod layer;
mod source;

pub use config::SecurityHeaders;
pub use csp::{Csp, Directive};
pub use layer::{CspNonce, Headers, HeadersLayer};
pub use source::CspSource;
