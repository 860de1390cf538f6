//! `lead.parse_page`, `lead.sources` and `lead.import_file`.

use std::path::PathBuf;

use lead_bind::import::{Import, Imported};
use lead_bind::saved::{self, Platform};
use pyo3::prelude::*;

use crate::class::json_of;
use crate::contacts::Html;
use crate::error::Raise;
use crate::waiting::{Asked, ask, wait};

/// A saved page of a platform, as JSON: by the id of a built-in one, or the text of an adapter file.
#[pyfunction]
#[pyo3(signature = (id, toml, page, url = None, region = None))]
#[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
pub(crate) fn parse_page(
    py: Python<'_>,
    id: Option<&str>,
    toml: Option<&str>,
    page: Html,
    url: Option<&str>,
    region: Option<&str>,
) -> PyResult<String> {
    let parsed = py.detach(|| {
        let bytes = match &page {
            Html::Text(text) => text.as_bytes(),
            Html::Bytes(bytes) => bytes,
        };
        let platform = toml.map_or_else(|| Platform::BuiltIn(id.unwrap_or_default()), Platform::Toml);
        saved::parse_page(platform, bytes, url, region).map(|outcome| json_of(&outcome))
    });
    parsed.or_raise(py)
}

/// The names of sources, platforms and layouts, as JSON.
#[pyfunction]
pub(crate) fn source_names() -> String {
    json_of(&saved::names())
}

/// Imports a file of open data; what it came to, as JSON.
#[pyfunction]
#[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
pub(crate) fn import_file(py: Python<'_>, path: PathBuf, options: &str) -> PyResult<String> {
    let import = Import::read(&path, options).or_raise(py)?;
    wait(py, import.run()).map(|imported| json_of(&imported))
}

/// As `import_file`, told to `told(json, None)` or `told(None, error)`.
#[pyfunction]
#[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
pub(crate) fn ask_import_file(
    py: Python<'_>,
    path: PathBuf,
    options: &str,
    told: Py<PyAny>,
) -> PyResult<Asked> {
    let import = Import::read(&path, options).or_raise(py)?;
    let text =
        |py: Python<'_>, imported: Imported| Ok(json_of(&imported).into_pyobject(py)?.into_any().unbind());
    ask(py, import.run(), text, told)
}
