//! What changed in a store, what is put away, what leaves it, and what comes back.

mod changes;
mod hide;
mod restore;
mod retain;

pub use changes::{ChangesOptions, ChangesStream, Compared, Told};
pub use hide::{SetHidden, Versions};
pub use restore::Restore;
pub use retain::{Retain, Retained};
