//! The usual trades, by what they do.
//!
//! Kept by hand. Sources: OpenStreetMap wiki, "Map features", for the tags; Google's "Place Types (New)", table A, for its
//! types; `overture_categories.csv` of the Overture Maps schema for its categories; NAICS 2022 of the United States Census
//! Bureau for its codes. A trade for which a taxonomy has no class of its own has none here. Words: what people look for, as
//! dictionaries of the languages give it.

mod crafts;
mod food;
mod health;
mod leisure;
mod offices;
mod shops;

use super::Trade;

/// All trades, in the order queries name them.
pub(super) fn all() -> impl Iterator<Item = &'static Trade> {
    let tables = [
        health::TRADES,
        food::TRADES,
        shops::TRADES,
        crafts::TRADES,
        offices::TRADES,
        leisure::TRADES,
    ];
    tables.into_iter().flatten()
}
