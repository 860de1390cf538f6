//! From leads to the rows of a file.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder, TimestampMicrosecondBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use lead_core::record::Lead;
use lead_core::{Error, ErrorKind, Result};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use serde::Serialize;

use super::entry::Entry;
use super::{ARCHIVE, ARCHIVED_AT, FORM, FORM_VERSION, LINKS, OBSERVATIONS};
use crate::export::{Rows, Shared};

/// Rows become a batch at so many bytes of sightings, and a row group: a reader holds one at a time.
const GROUP: usize = 8 << 20;

/// Writes leads into Parquet (version 2, Zstandard).
pub(super) struct Rowwise {
    readable: Rows,
    observations: ListBuilder<StringBuilder>,
    links: ListBuilder<StringBuilder>,
    archived_at: TimestampMicrosecondBuilder,
    schema: SchemaRef,
    held: usize,
    out: Shared,
    writer: ArrowWriter<Shared>,
}

impl Rowwise {
    pub(super) fn new() -> Result<Self> {
        let readable = Rows::full();
        let texts = || DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true)));
        let mut fields: Vec<Arc<Field>> = readable.schema().fields().iter().cloned().collect();
        fields.push(Arc::new(Field::new(OBSERVATIONS, texts(), false)));
        fields.push(Arc::new(Field::new(LINKS, texts(), false)));
        let time = DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()));
        fields.push(Arc::new(Field::new(ARCHIVED_AT, time, false)));
        let schema = Arc::new(Schema::new(fields));
        let out = Shared::default();
        let level = ZstdLevel::try_new(3).map_err(unwritable)?;
        let form = KeyValue::new(FORM.to_owned(), FORM_VERSION.to_owned());
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_created_by(format!("lead {}", env!("CARGO_PKG_VERSION")))
            .set_key_value_metadata(Some(vec![form]))
            .build();
        let writer = ArrowWriter::try_new(out.clone(), schema.clone(), Some(properties));
        Ok(Self {
            readable,
            observations: ListBuilder::new(StringBuilder::new()),
            links: ListBuilder::new(StringBuilder::new()),
            archived_at: TimestampMicrosecondBuilder::new().with_timezone("UTC"),
            schema,
            held: 0,
            out,
            writer: writer.map_err(unwritable)?,
        })
    }

    /// Writes a lead.
    pub(super) fn add(&mut self, entry: &Entry) -> Result<()> {
        let Some(lead) = Lead::derive(&entry.observations) else {
            return Ok(());
        };
        self.readable.add(&lead);
        for seen in &entry.observations {
            self.held += text(&mut self.observations, seen)?;
        }
        self.observations.append(true);
        for link in &entry.links {
            self.held += text(&mut self.links, link)?;
        }
        self.links.append(true);
        self.archived_at.append_value(entry.archived_at.as_microsecond());
        if self.held >= GROUP {
            self.close_group()?;
        }
        Ok(())
    }

    /// The bytes that are ready.
    pub(super) fn take(&self) -> Vec<u8> {
        self.out.take()
    }

    /// What is left when all are written.
    pub(super) fn finish(mut self) -> Result<Vec<u8>> {
        self.close_group()?;
        self.writer.close().map_err(unwritable)?;
        Ok(self.out.take())
    }

    fn close_group(&mut self) -> Result<()> {
        self.held = 0;
        let mut columns: Vec<ArrayRef> = self.readable.arrays();
        columns.push(Arc::new(self.observations.finish()));
        columns.push(Arc::new(self.links.finish()));
        columns.push(Arc::new(self.archived_at.finish()));
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(unwritable)?;
        self.writer.write(&batch).map_err(unwritable)?;
        self.writer.flush().map_err(unwritable)
    }
}

/// Adds a value as JSON; its length.
fn text(list: &mut ListBuilder<StringBuilder>, value: &impl Serialize) -> Result<usize> {
    let json = serde_json::to_string(value).map_err(unwritable)?;
    list.values().append_value(&json);
    Ok(json.len())
}

/// A lead that cannot be put into words is a fault of this library.
fn unwritable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(ErrorKind::Internal, ARCHIVE, "a lead could not be written").because(cause)
}
