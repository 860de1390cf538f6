//! A lead as the bytes of one row.

use lead_core::Result;
use lead_core::record::Lead;

use super::Layout;
use super::columns::{Cell, Column, Kind};
use super::encode::unwritable;

/// The name of the column that holds the lead's id, where a layout has none of its own.
const LEAD_ID: &str = "lead_id";

/// The columns of a layout, with one that holds the lead's id.
#[derive(Clone, Debug)]
pub(crate) struct CsvRows {
    columns: Vec<Column>,
    id: usize,
}

impl CsvRows {
    pub(crate) fn new(layout: Layout) -> Self {
        let mut columns = layout.columns();
        let known = columns.iter().position(|column| column.header == "id");
        let id = known.unwrap_or(columns.len());
        if known.is_none() {
            columns.push(Column::new(LEAD_ID, Kind::Text, |lead| {
                Cell::of(Some(lead.id.to_string()))
            }));
        }
        Self { columns, id }
    }

    /// Which column holds the id.
    pub(crate) fn id(&self) -> usize {
        self.id
    }

    pub(crate) fn headers(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|column| column.header)
    }

    /// The row of headers.
    pub(crate) fn head(&self) -> Result<Vec<u8>> {
        line(self.headers())
    }

    /// The row of a lead.
    pub(crate) fn row(&self, lead: &Lead) -> Result<Vec<u8>> {
        line(self.columns.iter().map(|column| column.text(lead)))
    }

    /// A row that has nothing but an id.
    pub(crate) fn bare(&self, id: &str) -> Result<Vec<u8>> {
        line((0..self.columns.len()).map(|at| if at == self.id { id } else { "" }))
    }
}

fn line(cells: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells).map_err(unwritable)?;
    writer
        .into_inner()
        .map_err(|cause| unwritable(cause.into_error()))
}
