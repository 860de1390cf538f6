//! The world's numbering plans, as tables.
//!
//! `plans.bin` is written by `scripts/numbering/update` from libphonenumber's data (version [`DATA_VERSION`]). Nothing is
//! read in or compiled at start-up: a look-up goes straight into the blob.
//!
//! | file | what |
//! |---|---|
//! | `blob`, `tables` | the sections of the blob |
//! | `plan` | what is known of a region's or a service's numbers |
//! | `calling` | which plans share a country calling code |
//! | `automaton` | which patterns a number matches |
//! | `program` | where a prefix ends, and what it captures |
//! | `layout` | how the digits of a number are grouped |
//! | `prefixes`, `names` | carriers, areas and time zones by the first digits |

mod automaton;
mod blob;
mod calling;
mod layout;
pub(crate) mod names;
mod plan;
mod prefixes;
mod program;
mod tables;

pub(crate) use calling::Calling;
pub(crate) use layout::{Layout, Writing};
pub(crate) use plan::{Desc, Matches, Plan, ShortDesc};
pub use tables::DATA_VERSION;
