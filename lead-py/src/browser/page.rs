//! A rendered page.

use lead_bind::browser::RenderedPage as Inner;
use lead_core::record::SafeUrl;
use lead_core::seam::Shot;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict};

use crate::class::{Json, json_of};
use crate::error::Raise;
use crate::time::Moment;

/// A page that a browser rendered.
#[pyclass(frozen, module = "lead")]
pub(crate) struct RenderedPage {
    inner: Inner,
    body: PyOnceLock<Py<PyBytes>>,
}

impl From<Inner> for RenderedPage {
    fn from(inner: Inner) -> Self {
        Self {
            inner,
            body: PyOnceLock::new(),
        }
    }
}

#[pymethods]
impl RenderedPage {
    /// Where it finally came from.
    #[getter]
    fn url(&self) -> &str {
        self.inner.known().url.as_str()
    }

    /// The HTTP status.
    #[getter]
    fn status(&self) -> u16 {
        self.inner.known().status
    }

    /// The `Content-Type`, whole.
    #[getter]
    fn content_type(&self) -> Option<&str> {
        self.inner.known().content_type
    }

    /// The header fields in their order, names in lower case.
    #[getter]
    fn headers(&self) -> Vec<(&str, String)> {
        self.inner.headers().collect()
    }

    /// The addresses that redirected there, in order.
    #[getter]
    fn hops(&self) -> Vec<&str> {
        self.inner.known().hops.iter().map(SafeUrl::as_str).collect()
    }

    /// When it was fetched.
    #[getter]
    fn fetched_at(&self) -> Moment {
        Moment(self.inner.known().fetched_at)
    }

    /// How often the server was asked, 1 without retries.
    #[getter]
    fn attempts(&self) -> u32 {
        self.inner.known().attempts
    }

    /// Which browser: `Chrome/131.0.6778.85`.
    #[getter]
    fn browser(&self) -> &str {
        self.inner.known().browser
    }

    /// The identity presented, when it was not the honest one.
    #[getter]
    fn identity(&self) -> Option<&str> {
        self.inner.known().identity
    }

    /// What was waited for and did not come in time: it is the page as it stood then.
    #[getter]
    fn unmet(&self) -> Option<&str> {
        self.inner.known().unmet
    }

    /// Requests the page made, encrypted connections counted as one each.
    #[getter]
    fn requests(&self) -> u64 {
        self.inner.known().requests
    }

    /// Requests the guard refused.
    #[getter]
    fn refused(&self) -> u64 {
        self.inner.known().refused
    }

    /// Bytes that came over the wire.
    #[getter]
    fn bytes(&self) -> u64 {
        self.inner.known().bytes
    }

    /// Seconds it took.
    #[getter]
    fn took(&self) -> f64 {
        self.inner.known().took
    }

    /// The document as it stood at the end, in UTF-8; of what is no page, what was sent.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let made = || PyBytes::new(py, self.inner.body()).unbind();
        self.body.get_or_init(py, made).bind(py).clone()
    }

    /// The page as it was seen, when pictures are kept: `jpeg`, the part of the document it `shows`, and `boxes`.
    #[getter]
    fn picture<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let Some(picture) = self.inner.picture() else {
            return Ok(None);
        };
        let shown = PyDict::new(py);
        shown.set_item("jpeg", PyBytes::new(py, &picture.jpeg))?;
        shown.set_item("shows", Json(json_of(&picture.shows)))?;
        shown.set_item("boxes", Json(json_of(&picture.boxes)))?;
        Ok(Some(shown))
    }

    /// What may show a number as a picture, as it was seen, when such are kept: `source` of its candidate, and `png`.
    #[getter]
    fn shots<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let shot = |shot: &Shot| {
            let seen = PyDict::new(py);
            seen.set_item("source", &shot.source)?;
            seen.set_item("png", PyBytes::new(py, &shot.png))?;
            Ok(seen)
        };
        self.inner.shots().iter().map(shot).collect()
    }

    /// The body as text, in the encoding that browsers would find.
    fn html(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| self.inner.html()).or_raise(py)
    }

    fn __repr__(&self) -> String {
        format!("RenderedPage(url={:?}, status={})", self.url(), self.status())
    }
}
