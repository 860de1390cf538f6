//! Waiting for what takes long: in the caller's thread, where Ctrl-C is heard, or in an event loop.

use std::time::Duration;

use lead_core::{Error, ErrorKind, Result};
use pyo3::prelude::*;
use tokio::task::AbortHandle;

use crate::error::Raise;
use crate::exit::{enter, is_ending};

/// How long Ctrl-C may go unheard.
const UNHEARD: Duration = Duration::from_millis(50);

/// What `work` comes to. Other threads run meanwhile; a signal whose handler raises ends the wait.
pub(crate) fn wait<T: Send>(py: Python<'_>, work: impl Future<Output = Result<T>> + Send) -> PyResult<T> {
    let runtime = lead_bind::runtime().or_raise(py)?;
    let mut work = Box::pin(work);
    loop {
        let turn = async { tokio::time::timeout(UNHEARD, work.as_mut()).await };
        match py.detach(|| runtime.block_on(turn)) {
            Ok(found) => return found.or_raise(py),
            Err(_) => py.check_signals()?,
        }
    }
}

/// Work that somebody waits for in an event loop.
#[pyclass(frozen, module = "lead._native")]
pub(crate) struct Asked(AbortHandle);

#[pymethods]
impl Asked {
    /// Gives the work up: nobody waits for it any more.
    fn cancel(&self) {
        self.0.abort();
    }
}

/// Does `work` on the runtime and calls `told(value, None)` or `told(None, error)` from one of its threads.
pub(crate) fn ask<T: Send + 'static>(
    py: Python<'_>,
    work: impl Future<Output = Result<T>> + Send + 'static,
    convert: fn(Python<'_>, T) -> PyResult<Py<PyAny>>,
    told: Py<PyAny>,
) -> PyResult<Asked> {
    if is_ending() {
        let message = "the interpreter is ending: nobody would be told";
        return Err(Error::new(ErrorKind::Unsupported, "wait", message)).or_raise(py);
    }
    let work = lead_bind::runtime().or_raise(py)?.spawn(async move {
        let found = work.await;
        // To wait for the interpreter is to block.
        tokio::task::spawn_blocking(move || tell(found, convert, &told));
    });
    Ok(Asked(work.abort_handle()))
}

/// Tells what work came to. An interpreter that is ending has nobody left who waits.
fn tell<T>(found: Result<T>, convert: fn(Python<'_>, T) -> PyResult<Py<PyAny>>, told: &Py<PyAny>) {
    enter(|py| {
        let value = found.or_raise(py).and_then(|value| convert(py, value));
        let answer = match value {
            Ok(value) => (value, py.None()),
            Err(error) => (py.None(), error.into_value(py).into_any()),
        };
        if let Err(error) = told.call1(py, answer) {
            error.write_unraisable(py, None);
        }
    });
}
