//! Who asks, and what they may.

mod identity;
mod names;
mod require;
mod roles;

pub use identity::Caller;
pub use names::{Role, Scope};
pub use require::Require;
pub use roles::Roles;
