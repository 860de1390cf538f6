//! Telephone numbers: in text, in links, in structured data.
//!
//! | file | what |
//! |---|---|
//! | `engine` | the numbering plans, behind an interface of our own |
//! | `find`, `smart`, `decoy`, `vanity` | numbers in running text |
//! | `options`, `region`, `offsets` | how to look, and how to count |

mod decoy;
mod engine;
mod find;
mod offsets;
mod options;
mod region;
mod smart;
mod vanity;

pub use find::{PhoneMatch, find_phones, is_valid, parse};
pub use offsets::{OffsetUnit, Offsets};
pub use options::{FindOptions, Leniency, Mode};
pub use region::Region;
