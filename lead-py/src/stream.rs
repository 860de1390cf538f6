//! Long work, as Python follows it: batches, asked for in a thread or in an event loop.

use pyo3::prelude::*;
use pyo3::types::PyList;

/// What can be handed over to Python.
pub(crate) trait HandOver {
    /// It, as an object.
    fn hand_over(self, py: Python<'_>) -> PyResult<Py<PyAny>>;
}

/// A batch as a list, None for the end.
pub(crate) fn batch<T: HandOver>(py: Python<'_>, batch: Option<Vec<T>>) -> PyResult<Py<PyAny>> {
    let Some(batch) = batch else {
        return Ok(py.None());
    };
    let items: PyResult<Vec<Py<PyAny>>> = batch.into_iter().map(|one| one.hand_over(py)).collect();
    Ok(PyList::new(py, items?)?.into_any().unbind())
}

/// A class around long work. When Python lets go of it, the work ends.
macro_rules! stream {
    ($(#[doc = $doc:literal])+ $name:ident($inner:ty)) => {
        $(#[doc = $doc])+
        #[pyclass(frozen, module = "lead._native")]
        pub(crate) struct $name {
            inner: std::sync::Arc<$inner>,
        }

        #[pymethods]
        impl $name {
            /// The next batch; None when it is over.
            fn next(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
                let found = crate::waiting::wait(py, self.inner.next())?;
                crate::stream::batch(py, found)
            }

            /// As `next`, told to `told(batch, None)` or `told(None, error)`.
            fn ask(&self, py: Python<'_>, told: Py<PyAny>) -> PyResult<crate::waiting::Asked> {
                let inner = std::sync::Arc::clone(&self.inner);
                crate::waiting::ask(py, async move { inner.next().await }, crate::stream::batch, told)
            }

            /// Ends it, and waits until it has ended.
            fn close(&self, py: Python<'_>) -> PyResult<()> {
                let close = async {
                    self.inner.close().await;
                    Ok(())
                };
                crate::waiting::wait(py, close)
            }

            /// As `close`, told to `told(None, None)`.
            fn ask_close(&self, py: Python<'_>, told: Py<PyAny>) -> PyResult<crate::waiting::Asked> {
                let inner = std::sync::Arc::clone(&self.inner);
                let close = async move {
                    inner.close().await;
                    Ok(None::<Vec<_>>)
                };
                crate::waiting::ask(py, close, crate::stream::batch::<<$inner as Batches>::Item>, told)
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                self.inner.leave();
            }
        }
    };
}
pub(crate) use stream;
