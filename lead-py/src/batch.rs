//! `lead.extract_many`: many documents at once, on every core.

use std::num::NonZero;

use lead_core::contacts::{self, extract_many as read_many};
use pyo3::prelude::*;

use crate::contacts::{Contacts, Html, options};
use crate::error::raise;

/// A document of a batch, and what is known of it alone.
#[pyclass(frozen, module = "lead")]
pub(crate) struct Page {
    html: Html,
    /// The address the document came from: `http` or `https`.
    #[pyo3(get)]
    base_url: Option<String>,
    /// The `Content-Type` of the response, whole.
    #[pyo3(get)]
    content_type: Option<String>,
    /// The country whose national numbers are read, ISO 3166-1; in place of the batch's.
    #[pyo3(get)]
    region: Option<String>,
}

#[pymethods]
impl Page {
    #[new]
    #[pyo3(signature = (html, *, base_url = None, content_type = None, region = None))]
    fn new(
        html: Html,
        base_url: Option<String>,
        content_type: Option<String>,
        region: Option<String>,
    ) -> Self {
        Self {
            html,
            base_url,
            content_type,
            region,
        }
    }
}

impl Page {
    fn as_core(&self) -> contacts::Page<'_> {
        let mut page = self.html.as_core();
        page.base_url = self.base_url.as_deref();
        page.content_type = self.content_type.as_deref();
        page.region = self.region.as_deref();
        page
    }
}

impl Html {
    fn as_core(&self) -> contacts::Page<'_> {
        match self {
            Self::Text(text) => contacts::Page::from(&**text).decoded(),
            Self::Bytes(bytes) => contacts::Page::from(&**bytes),
        }
    }
}

/// A document alone, or with what is known of it.
#[derive(FromPyObject)]
pub(crate) enum Document {
    Html(Html),
    Page(Py<Page>),
}

impl Document {
    fn as_core(&self) -> contacts::Page<'_> {
        match self {
            Self::Html(html) => html.as_core(),
            Self::Page(page) => page.get().as_core(),
        }
    }
}

/// Finds the contacts of many documents, spread over all cores. Other threads run meanwhile.
#[pyfunction]
#[pyo3(signature = (pages, *, region = None, mode = "smart", doubtful = false, only = None, threads = None))]
#[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
pub(crate) fn extract_many<'py>(
    py: Python<'py>,
    pages: Vec<Document>,
    region: Option<String>,
    mode: &str,
    doubtful: bool,
    only: Option<Vec<String>>,
    threads: Option<NonZero<usize>>,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let options = options(py, region, mode, doubtful, only)?;
    let answers = py.detach(|| {
        let documents: Vec<contacts::Page<'_>> = pages.iter().map(Document::as_core).collect();
        read_many(&documents, &options, threads)
    });
    let as_python = |answer: lead_core::Result<_>| match answer {
        Ok(found) => Ok(Contacts::from(found).into_pyobject(py)?.into_any()),
        Err(error) => Ok(raise(py, &error).into_value(py).into_bound(py).into_any()),
    };
    answers.into_iter().map(as_python).collect()
}
