//! `lead.changes`, `lead.retain`, `lead.restore`, `lead.hide`, `lead.unhide` and `lead.versions`.

use lead_bind::batches::Batches;
use lead_bind::keeping::{ChangesOptions, ChangesStream as Inner, Restore, Retain, SetHidden, Versions};
use lead_core::record;
use pyo3::prelude::*;
use serde::Serialize;

use crate::class::{Json, class, json_of, word};
use crate::error::Raise;
use crate::stream::{HandOver, stream};
use crate::waiting::{Asked, ask, wait};

class! {
    /// A lead that is new, or that says something else than it did.
    Change(record::Change) in "lead"
    fields {
        /// What happened: `new` or `changed`.
        change: String = |it| word(&it.kind);
        /// The lead's id, as it is now.
        id: String = |it| it.id.to_string();
        /// Its name, as it is now.
        name: Option<String> = |it| it.name.clone();
        /// What it is compared with: as it stood just before this time, RFC 3339.
        since: String = |it| it.since.to_string();
        /// When anything of it was last seen, RFC 3339.
        last_seen: String = |it| it.last_seen.to_string();
        /// The fields that say something else: `field`, and `added`, `removed`, `changed` where there are any.
        fields: Json = |it| Json(json_of(&it.fields));
    }
    lists {}
}

impl HandOver for record::Change {
    fn hand_over(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(Py::new(py, Change::from(self))?.into_any())
    }
}

stream! {
    /// Changes being found.
    ChangesStream(Inner)
}

#[pymethods]
impl ChangesStream {
    #[new]
    fn new(py: Python<'_>, options: &str) -> PyResult<Self> {
        let begun = ChangesOptions::read(options).and_then(Inner::begin);
        let inner = begun.or_raise(py)?;
        Ok(Self { inner: inner.into() })
    }

    /// How many leads were compared, when it is over, as JSON.
    fn compared(&self) -> Option<String> {
        self.inner.told().compared.map(|compared| json_of(&compared))
    }
}

/// What came of a call, as a Python string of JSON.
#[allow(clippy::needless_pass_by_value, reason = "called with what a call came to")]
fn text(py: Python<'_>, done: impl Serialize) -> PyResult<Py<PyAny>> {
    Ok(json_of(&done).into_pyobject(py)?.into_any().unbind())
}

/// Takes leads out of a store; what it came to, as JSON.
#[pyfunction]
pub(crate) fn retain(py: Python<'_>, options: &str) -> PyResult<String> {
    let retain = Retain::read(options).or_raise(py)?;
    wait(py, retain.run()).map(|done| json_of(&done))
}

/// As `retain`, told to `told(json, None)` or `told(None, error)`.
#[pyfunction]
pub(crate) fn ask_retain(py: Python<'_>, options: &str, told: Py<PyAny>) -> PyResult<Asked> {
    let retain = Retain::read(options).or_raise(py)?;
    ask(py, retain.run(), text, told)
}

/// Brings leads back from archives; what it came to, as JSON.
#[pyfunction]
pub(crate) fn restore(py: Python<'_>, options: &str) -> PyResult<String> {
    let restore = Restore::read(options).or_raise(py)?;
    wait(py, restore.run()).map(|done| json_of(&done))
}

/// As `restore`, told to `told(json, None)` or `told(None, error)`.
#[pyfunction]
pub(crate) fn ask_restore(py: Python<'_>, options: &str, told: Py<PyAny>) -> PyResult<Asked> {
    let restore = Restore::read(options).or_raise(py)?;
    ask(py, restore.run(), text, told)
}

/// Hides leads, or hides them no more; what came of each, as JSON.
#[pyfunction]
pub(crate) fn set_hidden(py: Python<'_>, options: &str) -> PyResult<String> {
    let wanted = SetHidden::read(options).or_raise(py)?;
    wait(py, wanted.run()).map(|came| json_of(&came))
}

/// As `set_hidden`, told to `told(json, None)` or `told(None, error)`.
#[pyfunction]
pub(crate) fn ask_set_hidden(py: Python<'_>, options: &str, told: Py<PyAny>) -> PyResult<Asked> {
    let wanted = SetHidden::read(options).or_raise(py)?;
    ask(py, wanted.run(), text, told)
}

/// Leads with the versions they stand at, as JSON.
#[pyfunction]
pub(crate) fn versions(py: Python<'_>, options: &str) -> PyResult<String> {
    let asked = Versions::read(options).or_raise(py)?;
    wait(py, asked.run()).map(|found| json_of(&found))
}

/// As `versions`, told to `told(json, None)` or `told(None, error)`.
#[pyfunction]
pub(crate) fn ask_versions(py: Python<'_>, options: &str, told: Py<PyAny>) -> PyResult<Asked> {
    let asked = Versions::read(options).or_raise(py)?;
    ask(py, asked.run(), text, told)
}
