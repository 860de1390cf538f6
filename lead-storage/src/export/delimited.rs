//! Comma-separated values (RFC 4180).

use lead_core::Result;

use super::body::Body;
use super::columns::{Cell, Columns};
use super::encode::{Encode, Ending, unwritable};

pub(super) struct Csv {
    columns: Columns,
    writer: csv::Writer<Vec<u8>>,
}

impl Csv {
    pub(super) fn new(columns: Columns) -> Result<Self> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(columns.headers()).map_err(unwritable)?;
        Ok(Self { columns, writer })
    }
}

impl Encode for Csv {
    fn go_on(&mut self, _: u64) {
        self.writer = csv::Writer::from_writer(Vec::new());
    }

    fn add(&mut self, body: Body<'_>) -> Result<bool> {
        let Some(cells) = self.columns.cells(body)? else {
            return Ok(false);
        };
        let texts = cells.into_iter().map(Cell::into_safe_text);
        let fields = texts.map(|text| self.writer.write_field(text.as_bytes()));
        fields.collect::<csv::Result<()>>().map_err(unwritable)?;
        self.writer.write_record(None::<&[u8]>).map_err(unwritable)?;
        Ok(true)
    }

    fn take(&mut self) -> Result<Vec<u8>> {
        let fresh = csv::Writer::from_writer(Vec::new());
        let full = std::mem::replace(&mut self.writer, fresh);
        full.into_inner().map_err(|cause| unwritable(cause.into_error()))
    }

    fn finish(mut self: Box<Self>) -> Result<Ending> {
        self.take().map(Ending::Bytes)
    }
}
