//! A lead as the bytes of one row.

use std::borrow::Cow;

use lead_core::Result;
use lead_core::record::Lead;

use super::Layout;
use super::columns::{Cell, Columns};
use super::encode::unwritable;

/// The name of the column that holds the lead's id, where a layout has none of its own.
const LEAD_ID: &str = "lead_id";

/// The columns of a layout, with one that holds the lead's id.
#[derive(Clone, Debug)]
pub(crate) struct CsvRows {
    columns: Columns,
    headers: Vec<&'static str>,
    id: usize,
}

impl CsvRows {
    pub(crate) fn new(layout: Layout) -> Self {
        let columns = layout.columns();
        let mut headers: Vec<_> = columns.headers().collect();
        let known = headers.iter().position(|header| *header == "id");
        let id = known.unwrap_or(headers.len());
        if known.is_none() {
            headers.push(LEAD_ID);
        }
        Self { columns, headers, id }
    }

    /// Which column holds the id.
    pub(crate) fn id(&self) -> usize {
        self.id
    }

    pub(crate) fn headers(&self) -> impl Iterator<Item = &'static str> {
        self.headers.iter().copied()
    }

    /// The row of headers.
    pub(crate) fn head(&self) -> Result<Vec<u8>> {
        line(self.headers())
    }

    /// The row of a lead.
    pub(crate) fn row(&self, lead: &Lead) -> Result<Vec<u8>> {
        let mut cells = self.columns.cells_of(lead);
        if cells.len() == self.id {
            cells.push(Cell::text(lead.id.to_string()));
        }
        let texts = cells.into_iter().map(Cell::into_safe_text);
        line(texts.map(|text: Cow<'_, str>| text.into_owned()))
    }

    /// A row that has nothing but an id.
    pub(crate) fn bare(&self, id: &str) -> Result<Vec<u8>> {
        line((0..self.headers.len()).map(|at| if at == self.id { id } else { "" }))
    }
}

fn line(cells: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells).map_err(unwritable)?;
    writer
        .into_inner()
        .map_err(|cause| unwritable(cause.into_error()))
}
