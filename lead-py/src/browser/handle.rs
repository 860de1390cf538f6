//! A browser to hold.

use lead_bind::browser::{Browser as Inner, BrowserOptions, RenderedPage as Page};
use pyo3::prelude::*;

use super::live::LiveStream;
use super::page::RenderedPage;
use crate::error::Raise;
use crate::waiting::{Asked, ask, wait};

/// Browsers that render pages.
#[pyclass(frozen, module = "lead._native")]
pub(crate) struct Browser(pub(crate) Inner);

#[pymethods]
impl Browser {
    #[new]
    fn new(py: Python<'_>, options: &str) -> PyResult<Self> {
        let made = py.detach(|| BrowserOptions::read(options).and_then(Inner::new));
        made.map(Self).or_raise(py)
    }

    /// Renders a page.
    fn fetch(&self, py: Python<'_>, url: &str) -> PyResult<RenderedPage> {
        wait(py, self.0.fetch(url)).map(RenderedPage::from)
    }

    /// As `fetch`, told to `told(page, None)` or `told(None, error)`.
    fn ask(&self, py: Python<'_>, url: &str, told: Py<PyAny>) -> PyResult<Asked> {
        let page = |py: Python<'_>, page: Page| Ok(Py::new(py, RenderedPage::from(page))?.into_any());
        ask(py, self.0.fetch(url), page, told)
    }

    /// Looks at pages from now on.
    fn live(&self, py: Python<'_>) -> PyResult<LiveStream> {
        self.0.live().map(LiveStream::from).or_raise(py)
    }

    /// Browsers that run, pages open in them.
    fn stats(&self, py: Python<'_>) -> PyResult<(usize, usize)> {
        let stats = self.0.stats().or_raise(py)?;
        Ok((stats.browsers, stats.pages))
    }

    /// Ends them, and waits until nothing is left of them.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        let close = async {
            self.0.close().await;
            Ok(())
        };
        wait(py, close)
    }

    /// As `close`, told to `told(None, None)`.
    fn ask_close(&self, py: Python<'_>, told: Py<PyAny>) -> PyResult<Asked> {
        let browser = self.0.clone();
        let close = async move {
            browser.close().await;
            Ok(())
        };
        ask(py, close, |py, ()| Ok(py.None()), told)
    }
}
