//! A page of a web archive.

use lead_bind::archive::ArchivedPage as Inner;
use lead_core::Result;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyBytes;

use crate::contacts::Contacts;
use crate::error::{Raise, raise};
use crate::stream::HandOver;
use crate::time::Moment;

/// A page of a web archive: what a server answered, or what was made of it.
#[pyclass(frozen, module = "lead")]
pub(crate) struct ArchivedPage {
    inner: Inner,
    body: PyOnceLock<Py<PyBytes>>,
    contacts: Option<Py<Contacts>>,
    error: Option<Py<PyAny>>,
}

#[pymethods]
impl ArchivedPage {
    /// Its address.
    #[getter]
    fn url(&self) -> &str {
        self.inner.url().as_str()
    }

    /// The HTTP status; 200 where the record has none.
    #[getter]
    fn status(&self) -> u16 {
        self.inner.status()
    }

    /// The `Content-Type`, whole.
    #[getter]
    fn content_type(&self) -> Option<&str> {
        self.inner.content_type()
    }

    /// The header fields in their order, names in lower case.
    #[getter]
    fn headers(&self) -> Vec<(&str, String)> {
        self.inner.headers().collect()
    }

    /// When it was fetched; None when the record does not say so.
    #[getter]
    fn fetched_at(&self) -> Option<Moment> {
        self.inner.fetched_at().map(Moment)
    }

    /// Where its record begins in the archive, in bytes.
    #[getter]
    fn offset(&self) -> u64 {
        self.inner.offset()
    }

    /// Its body, decompressed; empty with `bodies=False`.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let made = || PyBytes::new(py, self.inner.body()).unbind();
        self.body.get_or_init(py, made).bind(py).clone()
    }

    /// What stands on it, when that was asked for and could be read.
    #[getter]
    fn contacts(&self, py: Python<'_>) -> Option<Py<Contacts>> {
        self.contacts.as_ref().map(|contacts| contacts.clone_ref(py))
    }

    /// Why its contacts could not be read.
    #[getter]
    fn error(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.error.as_ref().map(|error| error.clone_ref(py))
    }

    /// The body as text, in the encoding that browsers would find.
    fn html(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| self.inner.html()).or_raise(py)
    }

    fn __repr__(&self) -> String {
        format!(
            "ArchivedPage(url={:?}, status={}, offset={})",
            self.url(),
            self.status(),
            self.offset()
        )
    }
}

impl HandOver for Result<Inner> {
    fn hand_over(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let mut inner = match self {
            Ok(inner) => inner,
            Err(error) => return Ok(raise(py, &error).into_value(py).into_any()),
        };
        let (contacts, error) = match inner.contacts.take() {
            None => (None, None),
            Some(Ok(found)) => (Some(Py::new(py, Contacts::from(found))?), None),
            Some(Err(error)) => (None, Some(raise(py, &error).into_value(py).into_any())),
        };
        let page = ArchivedPage {
            inner,
            body: PyOnceLock::new(),
            contacts,
            error,
        };
        Ok(Py::new(py, page)?.into_any())
    }
}
