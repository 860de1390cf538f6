//! What the business calls itself, and the numbers registers gave it.

mod name;
mod registration;

pub(crate) use name::{find, tidy};
pub(crate) use registration::find as find_registrations;
