//! What the business calls itself, and the numbers registers gave it.
//!
//! | file | what |
//! |---|---|
//! | `find` | all names of a page, weighed |
//! | `marked`, `copyright`, `title`, `line` | where names stand |
//! | `name`, `site` | what is a name, and whether the site is called so |
//! | `registration`, `check` | numbers of registers, and their check digits |

mod check;
mod copyright;
mod find;
mod line;
mod marked;
mod name;
mod registration;
mod site;
mod title;

pub(crate) use find::{Clues, find};
pub(crate) use name::tidy;
#[cfg(feature = "net")]
pub(crate) use name::without_legal_form;
pub(crate) use registration::find as find_registrations;
