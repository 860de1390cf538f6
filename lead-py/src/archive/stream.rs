//! An archive that is being read.

use std::path::PathBuf;

use lead_bind::archive::{ArchiveOptions, ArchiveStream as Inner};
use lead_bind::batches::Batches;
use pyo3::prelude::*;

use crate::error::Raise;
use crate::stream::stream;

stream! {
    /// A web archive that is being read.
    ArchiveStream(Inner)
}

#[pymethods]
impl ArchiveStream {
    #[new]
    #[allow(clippy::needless_pass_by_value, reason = "pyo3 hands values over")]
    fn new(py: Python<'_>, path: PathBuf, options: &str) -> PyResult<Self> {
        let options = ArchiveOptions::read(options).or_raise(py)?;
        let inner = Inner::begin(&path, options).or_raise(py)?;
        Ok(Self { inner: inner.into() })
    }
}
