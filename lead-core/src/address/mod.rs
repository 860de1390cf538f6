//! Postal addresses: from structured data and hCards, and in the text.
//!
//! | file | what |
//! |---|---|
//! | `schema`, `hcard` | addresses whose parts are marked |
//! | `text`, `line`, `street` | addresses in the text, found by their postal code |
//! | `country`, `state` | names of countries, states and provinces |

mod country;
mod hcard;
mod line;
mod schema;
mod state;
mod street;
mod text;

pub(crate) use hcard::find as find_cards;
pub(crate) use schema::{of_node, of_text};
pub(crate) use text::find as find_in_text;
