//! `lead.export_file`.

use std::path::PathBuf;

use lead_bind::export::{Export, Written};
use pyo3::prelude::*;

use crate::class::json_of;
use crate::error::Raise;
use crate::waiting::{Asked, ask, wait};

/// Writes leads into a file; what it came to, as JSON.
#[pyfunction]
#[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
pub(crate) fn export_file(py: Python<'_>, path: PathBuf, options: &str) -> PyResult<String> {
    let export = Export::read(&path, options).or_raise(py)?;
    wait(py, export.run()).map(|written| json_of(&written))
}

/// As `export_file`, told to `told(json, None)` or `told(None, error)`.
#[pyfunction]
#[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
pub(crate) fn ask_export_file(
    py: Python<'_>,
    path: PathBuf,
    options: &str,
    told: Py<PyAny>,
) -> PyResult<Asked> {
    let export = Export::read(&path, options).or_raise(py)?;
    let text =
        |py: Python<'_>, written: Written| Ok(json_of(&written).into_pyobject(py)?.into_any().unbind());
    ask(py, export.run(), text, told)
}
