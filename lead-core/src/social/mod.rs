//! Profiles on social networks: which links lead to one, and what it is called there.
//!
//! | file | what |
//! |---|---|
//! | `networks` | the networks, a row each |
//! | `path`, `special` | the forms of their addresses; those that no form describes |
//! | `hosts` | from a host to its network |
//! | `profile` | from an address to its profile |
//! | `find` | the profiles of a page |

mod find;
mod hosts;
mod networks;
mod path;
mod profile;
mod special;
#[cfg(test)]
mod tests;

pub use find::find_profiles;
pub use profile::{profile_named, profile_of};

pub(crate) use find::find;
