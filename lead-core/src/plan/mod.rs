//! From a query to requests: what the words mean, which others mean the same, where to look, and what was not found.
//!
//! | question | answer |
//! |---|---|
//! | what is looked for, where, in which language | [`understand`] |
//! | which businesses that is, in four taxonomies | [`trades`], [`trades_of`] |
//! | which other words are asked too | [`variants`], a [`Preset`], or what a [`Model`] proposes |
//! | where to look next | [`Tiles`] through an [`Area`], and by its [`Outlook`] what they will show |
//! | which of several things to ask next | the one with the highest [`Yield::bound`] |
//! | how many there are, found or not | [`Captures`], [`recaptured`] |

mod area;
mod bandit;
mod coverage;
mod trade;
mod understand;
mod variant;

pub use crate::record::Area;
pub use area::{Outlook, Tile, Tiles};
pub use bandit::{Belief, Yield};
pub use coverage::{Captures, Estimate, recaptured};
pub use trade::{Category, LANGUAGES, Taxonomy, Trade, categories, trades, trades_of};
pub use understand::{Intent, Understanding, understand};
pub(crate) use variant::distinct;
pub use variant::{Model, Order, Preset, Variant, Why, variants};
