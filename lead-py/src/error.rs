//! Errors cross as the exception class of their kind.

use lead_core::{Error, ErrorKind};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{IntoPyDict, PyModule};

static CLASSES: PyOnceLock<Py<PyModule>> = PyOnceLock::new();

/// The exception for `error`: `lead.NotFoundError` and so on, `lead.LeadError` for a kind that has no class yet.
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, error).unwrap_or_else(|_| PyRuntimeError::new_err(error.to_string()))
}

fn exception(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    let classes = CLASSES
        .get_or_try_init(py, || py.import("lead._errors").map(Bound::unbind))?
        .bind(py);
    let name = format!("{}Error", error.kind().name());
    let class = classes
        .getattr(name.as_str())
        .or_else(|_| classes.getattr("LeadError"))?;
    let context = error.context().into_py_dict(py)?;
    let details = [
        ("operation", error.operation().into_pyobject(py)?.into_any()),
        (
            "retryable",
            error.is_retryable().into_pyobject(py)?.to_owned().into_any(),
        ),
        (
            "retry_after",
            error
                .retry_after()
                .map(|wait| wait.as_secs_f64())
                .into_pyobject(py)?,
        ),
        ("context", context.into_any()),
    ];
    let value = class.call((error.to_string(),), Some(&details.into_py_dict(py)?))?;
    Ok(PyErr::from_value(value))
}

/// Rust's errors as Python's.
pub(crate) trait Raise<T> {
    /// The value, or the exception to raise.
    fn or_raise(self, py: Python<'_>) -> PyResult<T>;
}

impl<T, E: Into<Error>> Raise<T> for Result<T, E> {
    fn or_raise(self, py: Python<'_>) -> PyResult<T> {
        self.map_err(|error| raise(py, &error.into()))
    }
}

/// Every kind of error as `(kind, code)`.
#[pyfunction]
pub(crate) fn error_kinds() -> Vec<(&'static str, &'static str)> {
    ErrorKind::ALL
        .iter()
        .map(|kind| (kind.name(), kind.code()))
        .collect()
}
