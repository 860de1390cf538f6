//! `lead.plan`.

use lead_bind::plan::plan as planned;
use lead_core::collect as core;
use pyo3::prelude::*;

use crate::class::{class, word};
use crate::error::Raise;

class! {
    /// A source asked in one way.
    Ask(core::Ask) in "lead"
    fields {
        /// The source.
        source: String = |it| it.source.to_string();
        /// The words.
        words: String = |it| it.words.clone();
        /// How many new businesses a request is believed to bring before it is asked.
        believed: f64 = |it| it.believed;
    }
    lists {}
}

class! {
    /// A trade in four taxonomies.
    Trade(core::TradeClasses) in "lead"
    fields {
        /// Tags of OpenStreetMap.
        osm: Vec<String> = |it| it.osm.clone();
        /// Place types of Google Maps.
        google: Vec<String> = |it| it.google.clone();
        /// Categories of Overture Maps.
        overture: Vec<String> = |it| it.overture.clone();
        /// Codes of NAICS 2022.
        naics: Vec<String> = |it| it.naics.clone();
    }
    lists {}
}

class! {
    /// What a query would ask, and why.
    Plan(core::Plan) in "lead"
    fields {
        /// The query.
        query: String = |it| it.query.text.to_string();
        /// What is looked for.
        what: String = |it| it.meaning.what.clone();
        /// The place its words name.
        place: Option<String> = |it| it.meaning.place.clone();
        /// To what end: `find`, `best`, `cheap`, `urgent`, `jobs`, `students`.
        intent: String = |it| word(&it.meaning.intent);
        /// The language of its words, ISO 639-1.
        language: Option<String> = |it| it.meaning.language.clone();
        /// The other words it is asked by, of sources that go by words.
        variants: Vec<String> = |it| it.variants.iter().map(|variant| variant.text.to_string()).collect();
        /// The boxes that cover where it looks: west, south, east, north.
        cells: Vec<[f64; 4]> = |it| it.cells.iter().map(|cell| (*cell).into()).collect();
        /// Whether the words are asked in their order, each to its end.
        fixed: bool = |it| it.fixed;
    }
    lists {
        /// The trades its words name.
        trades: Trade = |it| it.meaning.trades;
        /// What is asked, in the order it is tried first.
        asks: Ask = |it| it.asks;
    }
}

#[pymethods]
impl Plan {
    /// The plan in words.
    fn __str__(&self) -> String {
        self.inner.to_string()
    }
}

/// What would be asked, options as JSON.
#[pyfunction]
pub(crate) fn plan(py: Python<'_>, query: &str, options: &str) -> PyResult<Plan> {
    planned(query, options).or_raise(py).map(Plan::from)
}
