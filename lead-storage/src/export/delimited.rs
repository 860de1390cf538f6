//! Comma-separated values (RFC 4180).

use lead_core::Result;
use lead_core::record::Lead;

use super::columns::Column;
use super::encode::{Encode, Ending, unwritable};

pub(super) struct Csv {
    columns: Vec<Column>,
    writer: csv::Writer<Vec<u8>>,
}

impl Csv {
    pub(super) fn new(columns: Vec<Column>) -> Result<Self> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let headers = columns.iter().map(|column| column.header);
        writer.write_record(headers).map_err(unwritable)?;
        Ok(Self { columns, writer })
    }
}

impl Encode for Csv {
    fn go_on(&mut self, _: u64) {
        self.writer = csv::Writer::from_writer(Vec::new());
    }

    fn add(&mut self, lead: &Lead) -> Result<()> {
        let row = self.columns.iter().map(|column| column.text(lead));
        self.writer.write_record(row).map_err(unwritable)
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
