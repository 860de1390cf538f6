//! Points in time.

use lead_core::clock::Timestamp;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyDict};

/// A point in time: an aware `datetime` in UTC.
pub(crate) struct Moment(pub(crate) Timestamp);

impl<'py> IntoPyObject<'py> for Moment {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let module = py.import("datetime")?;
        let utc = module.getattr("timezone")?.getattr("utc")?;
        let zone: Bound<'_, PyDict> = [("tzinfo", utc)].into_py_dict(py)?;
        let epoch = module.getattr("datetime")?.call((1970, 1, 1), Some(&zone))?;
        // Through whole microseconds: a float of seconds would not hold them.
        let since = [("microseconds", self.0.as_microsecond())].into_py_dict(py)?;
        epoch.add(module.getattr("timedelta")?.call((), Some(&since))?)
    }
}
