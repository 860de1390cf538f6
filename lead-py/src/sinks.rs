//! `lead.run_sinks`, `lead.watch_sinks` and what belongs to them.

use lead_bind::batches::Batches;
use lead_bind::sinks::{Report, Rounds, Sinks, call};
use pyo3::prelude::*;

use crate::class::{json_of, plain};
use crate::error::Raise;
use crate::stream::{HandOver, stream};
use crate::waiting::{Asked, ask, wait};

impl HandOver for Report {
    fn hand_over(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(plain(py, &json_of(&self))?.unbind())
    }
}

stream! {
    /// Leads being handed on, round after round.
    SinkRounds(Rounds)
}

#[pymethods]
impl SinkRounds {
    #[new]
    fn new(py: Python<'_>, options: &str) -> PyResult<Self> {
        let inner = Sinks::read(options).and_then(Rounds::begin).or_raise(py)?;
        Ok(Self { inner: inner.into() })
    }
}

/// Does something with sinks: `run`, `check`, `dead` or `retry`; what it came to, as JSON.
#[pyfunction]
pub(crate) fn sinks(py: Python<'_>, what: &str, options: &str) -> PyResult<String> {
    wait(py, call(what, options))
}

/// As `sinks`, told to `told(json, None)` or `told(None, error)`.
#[pyfunction]
pub(crate) fn ask_sinks(py: Python<'_>, what: &str, options: &str, told: Py<PyAny>) -> PyResult<Asked> {
    let (what, options) = (what.to_owned(), options.to_owned());
    let text = |py: Python<'_>, answer: String| Ok(answer.into_pyobject(py)?.into_any().unbind());
    ask(py, async move { call(&what, &options).await }, text, told)
}
