//! Profiles on social networks: which links lead to one, and what it is called there.
//!
//! `networks` lists the networks, `handles` says how each writes its addresses, `find` looks at the links of a page.

mod find;
mod handles;
mod networks;

pub use networks::profile_of;

pub(crate) use find::find;
