//! Pages as they are watched.

use lead_bind::batches::Batches;
use lead_bind::browser::{LiveEvent as Inner, LiveStream as Stream};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyBytes;

use crate::class::{Json, json_of};
use crate::stream::{HandOver, stream};

stream! {
    /// Somebody who looks at pages.
    LiveStream(Stream)
}

impl From<Stream> for LiveStream {
    fn from(inner: Stream) -> Self {
        Self { inner: inner.into() }
    }
}

/// What is seen of a page.
#[pyclass(frozen, module = "lead")]
pub(crate) struct LiveEvent {
    inner: Inner,
    jpeg: PyOnceLock<Py<PyBytes>>,
}

#[pymethods]
impl LiveEvent {
    /// What it is: `opened`, `frame`, `boxes` or `closed`.
    #[getter]
    fn kind(&self) -> &'static str {
        match self.inner {
            Inner::Opened { .. } => "opened",
            Inner::Frame(_) => "frame",
            Inner::Boxes { .. } => "boxes",
            Inner::Closed { .. } => "closed",
            _ => "other",
        }
    }

    /// Which page it speaks of; numbers are not used again.
    #[getter]
    fn page(&self) -> u64 {
        self.inner.page()
    }

    /// The page's address, of one that is `opened`.
    #[getter]
    fn url(&self) -> Option<&str> {
        match &self.inner {
            Inner::Opened { url, .. } => Some(url.as_str()),
            _ => None,
        }
    }

    /// The picture, of a `frame`.
    #[getter]
    fn jpeg<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyBytes>> {
        let Inner::Frame(frame) = &self.inner else {
            return None;
        };
        let made = || PyBytes::new(py, &frame.jpeg).unbind();
        Some(self.jpeg.get_or_init(py, made).bind(py).clone())
    }

    /// The part of the document that a `frame` shows, in CSS pixels.
    #[getter]
    fn shows(&self) -> Option<Json> {
        match &self.inner {
            Inner::Frame(frame) => Some(Json(json_of(&frame.shows))),
            _ => None,
        }
    }

    /// The numbers found on the page, of `boxes`.
    #[getter]
    fn boxes(&self) -> Option<Json> {
        match &self.inner {
            Inner::Boxes { boxes, .. } => Some(Json(json_of(boxes))),
            _ => None,
        }
    }

    fn __repr__(&self) -> String {
        format!("LiveEvent(kind={:?}, page={})", self.kind(), self.page())
    }
}

impl HandOver for Inner {
    fn hand_over(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let event = LiveEvent {
            inner: self,
            jpeg: PyOnceLock::new(),
        };
        Ok(Py::new(py, event)?.into_any())
    }
}
