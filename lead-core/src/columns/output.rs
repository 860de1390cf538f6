//! From rows to columns.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{FieldRef, Schema};
use serde::Serialize;

use crate::{Error, ErrorKind, Result};

/// The columns of some rows.
pub(super) fn columns(fields: &[FieldRef], rows: &[impl Serialize]) -> Result<Vec<ArrayRef>> {
    serde_arrow::to_arrow(fields, rows).map_err(|cause| internal().because(cause))
}

/// A batch of columns that pass through and columns that were written.
pub(super) fn batch(
    passed: Vec<(FieldRef, ArrayRef)>,
    fields: Vec<FieldRef>,
    columns: Vec<ArrayRef>,
) -> Result<RecordBatch> {
    let (all_fields, all_columns): (Vec<_>, Vec<_>) =
        passed.into_iter().chain(fields.into_iter().zip(columns)).unzip();
    let schema = Arc::new(Schema::new(all_fields));
    RecordBatch::try_new(schema, all_columns).map_err(|cause| internal().because(cause))
}

fn internal() -> Error {
    Error::new(ErrorKind::Internal, "columns", "the answers are no columns")
}
