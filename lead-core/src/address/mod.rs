//! Postal addresses: from structured data and hCards, and in the text.
//!
//! | file | what |
//! |---|---|
//! | `schema`, `hcard` | addresses whose parts are marked |
//! | `text` | addresses in the text, found by their postal code |
//! | `anglo`, `continental` | what stands before a code, and what stands before and behind one |
//! | `international` | addresses of any country, found by its name on a line of its own |
//! | `named` | towns named without a code |
//! | `format` | how countries write: the form of codes, where a house has its number |
//! | `line`, `street`, `street_words`, `town` | the parts of an address by their shape |
//! | `country`, `state`, `towns` | names of countries, states and provinces, towns |

mod anglo;
mod continental;
mod country;
mod format;
mod hcard;
mod international;
mod line;
mod named;
mod schema;
mod state;
mod street;
mod street_words;
mod text;
mod town;
mod towns;

pub(crate) use country::country_of_name;
pub(crate) use hcard::find as find_cards;
pub(crate) use schema::{of_node, of_parts, of_text};
pub(crate) use text::find as find_in_text;
