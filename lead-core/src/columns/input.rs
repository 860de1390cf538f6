//! What is read of a batch: columns of text or bytes, however wide their offsets are.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, FieldRef};

use crate::{Error, Result};

/// A column of text or bytes.
pub(super) struct Column<'a> {
    name: &'static str,
    array: &'a ArrayRef,
}

impl<'a> Column<'a> {
    /// The column of this name; `None` when the batch has none.
    ///
    /// # Errors
    /// When it holds neither text nor bytes.
    pub(super) fn optional(batch: &'a RecordBatch, name: &'static str) -> Result<Option<Self>> {
        let Some(array) = batch.column_by_name(name) else {
            return Ok(None);
        };
        match array.data_type() {
            DataType::Utf8
            | DataType::LargeUtf8
            | DataType::Utf8View
            | DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView
            | DataType::Null => Ok(Some(Self { name, array })),
            other => Err(Error::invalid("columns", "a column of text or bytes is wanted")
                .with("column", name)
                .with("type", other)),
        }
    }

    /// # Errors
    /// When the batch has no such column, or one of another type.
    pub(super) fn required(batch: &'a RecordBatch, name: &'static str) -> Result<Self> {
        Self::optional(batch, name)?
            .ok_or_else(|| Error::invalid("columns", "a column is missing").with("column", name))
    }

    /// Whether its values are known to be text.
    pub(super) fn is_text(&self) -> bool {
        matches!(
            self.array.data_type(),
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
        )
    }

    /// The value of a row; `None` where it is null.
    pub(super) fn bytes(&self, row: usize) -> Option<&'a [u8]> {
        let array = self.array;
        if row >= array.len() || array.is_null(row) {
            return None;
        }
        match array.data_type() {
            DataType::Utf8 => Some(array.as_string::<i32>().value(row).as_bytes()),
            DataType::LargeUtf8 => Some(array.as_string::<i64>().value(row).as_bytes()),
            DataType::Utf8View => Some(array.as_string_view().value(row).as_bytes()),
            DataType::Binary => Some(array.as_binary::<i32>().value(row)),
            DataType::LargeBinary => Some(array.as_binary::<i64>().value(row)),
            DataType::BinaryView => Some(array.as_binary_view().value(row)),
            _ => None,
        }
    }

    /// The value of a row as text.
    ///
    /// # Errors
    /// When its bytes are no UTF-8.
    pub(super) fn text(&self, row: usize) -> Result<Option<&'a str>> {
        let text = self.bytes(row).map(std::str::from_utf8).transpose();
        text.map_err(|cause| {
            Error::invalid("columns", "a value is no UTF-8")
                .with("column", self.name)
                .with("row", row)
                .because(cause)
        })
    }
}

/// The columns that are not read and pass through, with their fields.
///
/// # Errors
/// When one has the name of a column that is written.
pub(super) fn others(
    batch: &RecordBatch,
    read: &[&str],
    written: &[FieldRef],
) -> Result<Vec<(FieldRef, ArrayRef)>> {
    let schema = batch.schema();
    let columns = schema.fields().iter().zip(batch.columns());
    let others = columns.filter(|(field, _)| !read.contains(&field.name().as_str()));
    others
        .map(|(field, array)| {
            if written.iter().any(|own| own.name() == field.name()) {
                return Err(
                    Error::invalid("columns", "a column has the name of one that is written")
                        .with("column", field.name()),
                );
            }
            Ok((field.clone(), array.clone()))
        })
        .collect()
}
