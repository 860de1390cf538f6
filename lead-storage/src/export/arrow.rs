//! Arrow's columns, as Parquet and as an IPC stream: lists are lists, numbers numbers, times times.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::builder::{
    ArrayBuilder, Float64Builder, ListBuilder, StringBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use lead_core::Result;
use lead_core::record::Lead;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::columns::{Cell, Column, Kind};
use super::encode::{Encode, Ending, unwritable};

/// Rows of a batch.
const BATCH: usize = 8192;

/// A row group is closed when it takes so many bytes of memory: readers want large ones, memory has its bounds.
const GROUP: usize = 24 << 20;

/// Parquet (version 2, Zstandard).
pub(super) struct Parquet {
    rows: Rows,
    out: Shared,
    writer: ArrowWriter<Shared>,
}

impl Parquet {
    pub(super) fn new(columns: Vec<Column>) -> Result<Self> {
        let rows = Rows::new(columns);
        let out = Shared::default();
        let level = ZstdLevel::try_new(1).map_err(unwritable)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_created_by(format!("lead {}", env!("CARGO_PKG_VERSION")))
            .build();
        let writer = ArrowWriter::try_new(out.clone(), rows.schema.clone(), Some(properties));
        Ok(Self {
            rows,
            out,
            writer: writer.map_err(unwritable)?,
        })
    }
}

impl Encode for Parquet {
    fn add(&mut self, lead: &Lead) -> Result<()> {
        self.rows.add(lead);
        if self.rows.count < BATCH {
            return Ok(());
        }
        self.writer.write(&self.rows.batch()?).map_err(unwritable)?;
        if self.writer.memory_size() > GROUP {
            self.writer.flush().map_err(unwritable)?;
        }
        Ok(())
    }

    fn take(&mut self) -> Result<Vec<u8>> {
        Ok(self.out.take())
    }

    fn finish(mut self: Box<Self>) -> Result<Ending> {
        self.writer.write(&self.rows.batch()?).map_err(unwritable)?;
        self.writer.close().map_err(unwritable)?;
        Ok(Ending::Bytes(self.out.take()))
    }
}

/// Arrow's IPC stream.
pub(super) struct Stream {
    rows: Rows,
    out: Shared,
    writer: StreamWriter<Shared>,
}

impl Stream {
    pub(super) fn new(columns: Vec<Column>) -> Result<Self> {
        let rows = Rows::new(columns);
        let out = Shared::default();
        let writer = StreamWriter::try_new(out.clone(), &rows.schema).map_err(unwritable)?;
        Ok(Self { rows, out, writer })
    }
}

impl Encode for Stream {
    fn add(&mut self, lead: &Lead) -> Result<()> {
        self.rows.add(lead);
        if self.rows.count == BATCH {
            self.writer.write(&self.rows.batch()?).map_err(unwritable)?;
        }
        Ok(())
    }

    fn take(&mut self) -> Result<Vec<u8>> {
        Ok(self.out.take())
    }

    fn finish(mut self: Box<Self>) -> Result<Ending> {
        if self.rows.count > 0 {
            self.writer.write(&self.rows.batch()?).map_err(unwritable)?;
        }
        self.writer.finish().map_err(unwritable)?;
        Ok(Ending::Bytes(self.out.take()))
    }
}

/// Rows that are not yet a batch.
pub(crate) struct Rows {
    columns: Vec<Column>,
    builders: Vec<Builder>,
    schema: SchemaRef,
    count: usize,
}

enum Builder {
    Text(StringBuilder),
    Texts(ListBuilder<StringBuilder>),
    Number(Float64Builder),
    Shares(ListBuilder<Float64Builder>),
    Time(TimestampMicrosecondBuilder),
}

impl Rows {
    /// Rows of every value a lead has.
    pub(crate) fn full() -> Self {
        Self::new(super::Layout::Full.columns())
    }

    pub(crate) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn new(columns: Vec<Column>) -> Self {
        let fields: Vec<_> = columns
            .iter()
            .map(|column| Field::new(column.header, kind_of(column.kind), true))
            .collect();
        Self {
            builders: columns.iter().map(|column| Builder::of(column.kind)).collect(),
            schema: Arc::new(Schema::new(fields)),
            columns,
            count: 0,
        }
    }

    pub(crate) fn add(&mut self, lead: &Lead) {
        for (column, builder) in self.columns.iter().zip(&mut self.builders) {
            builder.add(column.cell(lead));
        }
        self.count += 1;
    }

    fn batch(&mut self) -> Result<RecordBatch> {
        let arrays = self.arrays();
        RecordBatch::try_new(self.schema.clone(), arrays).map_err(unwritable)
    }

    /// The rows so far, column by column; there are none then.
    pub(crate) fn arrays(&mut self) -> Vec<ArrayRef> {
        self.count = 0;
        self.builders.iter_mut().map(Builder::finish).collect()
    }
}

fn kind_of(kind: Kind) -> DataType {
    let list = |of| DataType::List(Arc::new(Field::new_list_field(of, true)));
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Texts => list(DataType::Utf8),
        Kind::Number => DataType::Float64,
        Kind::Shares => list(DataType::Float64),
        Kind::Time => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
    }
}

impl Builder {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Texts => Self::Texts(ListBuilder::new(StringBuilder::new())),
            Kind::Number => Self::Number(Float64Builder::new()),
            Kind::Shares => Self::Shares(ListBuilder::new(Float64Builder::new())),
            Kind::Time => Self::Time(TimestampMicrosecondBuilder::new().with_timezone("UTC")),
        }
    }

    /// What is not of the column's type is left out; nothing in a list is an empty list.
    fn add(&mut self, cell: Cell) {
        match (self, cell) {
            (Self::Text(text), Cell::Empty) => text.append_null(),
            (Self::Text(text), cell) => text.append_value(cell.into_text()),
            (Self::Texts(list), cell) => {
                match cell {
                    Cell::Texts(texts) => texts.iter().for_each(|text| list.values().append_value(text)),
                    Cell::Text(text) => list.values().append_value(text),
                    _ => {}
                }
                list.append(true);
            }
            (Self::Number(number), cell) => number.append_option(match cell {
                Cell::Number(value) => Some(value),
                Cell::Text(text) => text.parse().ok(),
                _ => None,
            }),
            (Self::Shares(list), cell) => {
                if let Cell::Shares(shares) = cell {
                    list.values().append_slice(&shares);
                }
                list.append(true);
            }
            (Self::Time(time), cell) => time.append_option(match cell {
                Cell::Time(moment) => Some(moment.as_microsecond()),
                _ => None,
            }),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => ArrayBuilder::finish(builder),
            Self::Texts(builder) => ArrayBuilder::finish(builder),
            Self::Number(builder) => ArrayBuilder::finish(builder),
            Self::Shares(builder) => ArrayBuilder::finish(builder),
            Self::Time(builder) => ArrayBuilder::finish(builder),
        }
    }
}

/// Bytes that a writer leaves and we take.
#[derive(Clone, Default)]
pub(crate) struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    pub(crate) fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
