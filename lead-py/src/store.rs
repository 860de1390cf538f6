//! `lead.open_store`.

use lead_bind::store::Store;
use pyo3::prelude::*;

use crate::error::Raise;
use crate::waiting::{Asked, ask, wait};

/// A store that is held open, asked by a word and options.
#[pyclass(frozen, module = "lead._native")]
pub(crate) struct StoreHandle {
    inner: Store,
}

/// An answer, as a Python string of JSON.
fn text(py: Python<'_>, answer: String) -> PyResult<Py<PyAny>> {
    Ok(answer.into_pyobject(py)?.into_any().unbind())
}

#[allow(clippy::unnecessary_wraps, reason = "what converts may fail elsewhere")]
fn none(py: Python<'_>, (): ()) -> PyResult<Py<PyAny>> {
    Ok(py.None())
}

#[pymethods]
impl StoreHandle {
    #[new]
    fn new(py: Python<'_>, options: &str) -> PyResult<Self> {
        let inner = Store::read(options).or_raise(py)?;
        Ok(Self { inner })
    }

    /// What it is called wherever a store's URI is wanted.
    fn name(&self) -> String {
        self.inner.name()
    }

    /// Opens it, unless it is open.
    fn open(&self, py: Python<'_>) -> PyResult<()> {
        wait(py, self.inner.open())
    }

    /// As `open`, told to `told(None, None)` or `told(None, error)`.
    fn ask_open(&self, py: Python<'_>, told: Py<PyAny>) -> PyResult<Asked> {
        let inner = self.inner.clone();
        ask(py, async move { inner.open().await }, none, told)
    }

    /// Asks it; the answer, as JSON.
    fn call(&self, py: Python<'_>, what: &str, options: &str) -> PyResult<String> {
        wait(py, self.inner.call(what, options))
    }

    /// As `call`, told to `told(json, None)` or `told(None, error)`.
    fn ask(&self, py: Python<'_>, what: &str, options: &str, told: Py<PyAny>) -> PyResult<Asked> {
        let inner = self.inner.clone();
        let (what, options) = (what.to_owned(), options.to_owned());
        ask(py, async move { inner.call(&what, &options).await }, text, told)
    }

    /// Lets go of it.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        let close = async {
            self.inner.close().await;
            Ok(())
        };
        wait(py, close)
    }

    /// As `close`, told to `told(None, None)`.
    fn ask_close(&self, py: Python<'_>, told: Py<PyAny>) -> PyResult<Asked> {
        let inner = self.inner.clone();
        let close = async move {
            inner.close().await;
            Ok(())
        };
        ask(py, close, none, told)
    }
}
