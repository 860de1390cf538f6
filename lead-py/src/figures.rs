//! `lead.facets` and `lead.stats`.

use lead_bind::figures::{Facets, Stats};
use pyo3::prelude::*;
use serde::Serialize;

use crate::class::json_of;
use crate::error::Raise;
use crate::waiting::{Asked, ask, wait};

#[allow(clippy::needless_pass_by_value, reason = "what is waited for is handed over")]
fn text(py: Python<'_>, figures: impl Serialize) -> PyResult<Py<PyAny>> {
    Ok(json_of(&figures).into_pyobject(py)?.into_any().unbind())
}

/// What stands in fields of a store's leads, and how often, as JSON.
#[pyfunction]
pub(crate) fn facets(py: Python<'_>, options: &str) -> PyResult<String> {
    let facets = Facets::read(options).or_raise(py)?;
    wait(py, facets.run()).map(|facets| json_of(&facets))
}

/// As `facets`, told to `told(json, None)` or `told(None, error)`.
#[pyfunction]
pub(crate) fn ask_facets(py: Python<'_>, options: &str, told: Py<PyAny>) -> PyResult<Asked> {
    let facets = Facets::read(options).or_raise(py)?;
    ask(py, facets.run(), text, told)
}

/// What a store holds, in figures, as JSON.
#[pyfunction]
pub(crate) fn stats(py: Python<'_>, options: &str) -> PyResult<String> {
    let stats = Stats::read(options).or_raise(py)?;
    wait(py, stats.run()).map(|report| json_of(&report))
}

/// As `stats`, told to `told(json, None)` or `told(None, error)`.
#[pyfunction]
pub(crate) fn ask_stats(py: Python<'_>, options: &str, told: Py<PyAny>) -> PyResult<Asked> {
    let stats = Stats::read(options).or_raise(py)?;
    ask(py, stats.run(), text, told)
}
