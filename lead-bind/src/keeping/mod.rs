//! What changed in a store, what leaves it, and what comes back.

mod changes;
mod restore;
mod retain;

pub use changes::{ChangesOptions, ChangesStream, Compared, Told};
pub use restore::Restore;
pub use retain::{Retain, Retained};
