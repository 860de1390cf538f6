//! `lead.extract_batches`, `lead.find_phones_batches`: Arrow streams in, Arrow streams out, without a copy at the border.

use std::num::NonZero;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use lead_core::columns;
use lead_core::phone::OffsetUnit;
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatchReader;
use pyo3_arrow::input::AnyRecordBatch;

use crate::contacts;
use crate::error::Raise;
use crate::find;

type Work = Box<dyn Fn(&RecordBatch) -> lead_core::Result<RecordBatch> + Send>;

/// A stream whose batches are worked on as they are asked for.
struct Worked {
    batches: Box<dyn RecordBatchReader + Send>,
    schema: SchemaRef,
    work: Work,
}

impl Worked {
    /// The work is tried on no rows: so what cannot be read is known before the first batch, and so is the schema.
    fn stream(py: Python<'_>, data: AnyRecordBatch, work: Work) -> PyResult<PyRecordBatchReader> {
        let batches = data.into_reader()?;
        let none = RecordBatch::new_empty(batches.schema());
        let schema = work(&none).or_raise(py)?.schema();
        Ok(PyRecordBatchReader::new(Box::new(Self {
            batches,
            schema,
            work,
        })))
    }
}

impl Iterator for Worked {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.batches.next()?;
        Some(batch.and_then(|batch| {
            (self.work)(&batch).map_err(|error| ArrowError::ExternalError(Box::new(error)))
        }))
    }
}

impl RecordBatchReader for Worked {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// Finds the contacts of a stream of documents.
#[pyfunction]
#[pyo3(signature = (data, *, region = None, mode = "smart", doubtful = false, only = None, threads = None))]
pub(crate) fn extract_batches(
    py: Python<'_>,
    data: AnyRecordBatch,
    region: Option<String>,
    mode: &str,
    doubtful: bool,
    only: Option<Vec<String>>,
    threads: Option<NonZero<usize>>,
) -> PyResult<PyRecordBatchReader> {
    let options = contacts::options(py, region, mode, doubtful, only)?;
    Worked::stream(
        py,
        data,
        Box::new(move |batch| columns::extract(batch, &options, threads)),
    )
}

/// Finds the telephone numbers in a stream of texts, places in code points.
#[pyfunction]
#[pyo3(signature = (data, *, region = None, leniency = "valid", mode = "smart", threads = None))]
pub(crate) fn find_phones_batches(
    py: Python<'_>,
    data: AnyRecordBatch,
    region: Option<String>,
    leniency: &str,
    mode: &str,
    threads: Option<NonZero<usize>>,
) -> PyResult<PyRecordBatchReader> {
    let options = find::options(region, leniency, mode, None).or_raise(py)?;
    Worked::stream(
        py,
        data,
        Box::new(move |batch| columns::find_phones(batch, &options, OffsetUnit::CodePoints, threads)),
    )
}
