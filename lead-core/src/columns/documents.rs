//! Columns of documents.

use std::num::NonZero;

use arrow_array::RecordBatch;
use serde::Serialize;

use super::input::{Column, others};
use super::{output, schema};
use crate::contacts::{ExtractOptions, Page, extract_many};
use crate::record::{Contacts, CountryCode, Findings, SafeUrl, Trace};
use crate::{Error, Result};

/// The columns that are read.
const READ: [&str; 4] = ["html", "url", "content_type", "region"];

/// Finds the contacts of a batch of documents, on all cores or `threads`.
///
/// Read are `html` (text, or bytes as they came over the wire) and, where the batch has them, `url`, `content_type` and
/// `region`, which stand in place of the options of that name. All other columns pass through, before those of
/// [`contacts_schema`](super::contacts_schema). A document that cannot be read has its reason in `error`; so has a row
/// whose `html` is null.
///
/// # Errors
/// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when `html` is missing, a column that is read holds
/// something else, or one that passes through has the name of one that is written.
pub fn extract(
    batch: &RecordBatch,
    options: &ExtractOptions,
    threads: Option<NonZero<usize>>,
) -> Result<RecordBatch> {
    let fields = schema::contact_fields();
    let passed = others(batch, &READ, &fields)?;
    let columns = Columns::of(batch)?;
    let (pages, bad) = columns.pages(batch.num_rows());
    let answers = extract_many(&pages, options, threads);
    let rows: Vec<Row<'_>> = answers
        .iter()
        .zip(&bad)
        .map(|(answer, bad)| match (bad, answer) {
            (Some(error), _) | (None, Err(error)) => Row::failed(error),
            (None, Ok(contacts)) => Row::of(contacts),
        })
        .collect();
    let columns = output::columns(&fields, &rows)?;
    output::batch(passed, fields, columns)
}

/// The columns of a batch that are read.
struct Columns<'a> {
    html: Column<'a>,
    url: Option<Column<'a>>,
    content_type: Option<Column<'a>>,
    region: Option<Column<'a>>,
}

impl<'a> Columns<'a> {
    fn of(batch: &'a RecordBatch) -> Result<Self> {
        Ok(Self {
            html: Column::required(batch, "html")?,
            url: Column::optional(batch, "url")?,
            content_type: Column::optional(batch, "content_type")?,
            region: Column::optional(batch, "region")?,
        })
    }

    /// The documents of all rows, and beside each why there is none: an empty one stands in its place.
    fn pages(&self, rows: usize) -> (Vec<Page<'a>>, Vec<Option<Error>>) {
        let read = |row| match self.page(row) {
            Ok(page) => (page, None),
            Err(error) => (Page::default(), Some(error)),
        };
        (0..rows).map(read).unzip()
    }

    fn page(&self, row: usize) -> Result<Page<'a>> {
        let html = self
            .html
            .bytes(row)
            .ok_or_else(|| Error::invalid("columns", "there is no document").with("column", "html"))?;
        let text = |column: &Option<Column<'a>>| match column {
            Some(column) => column.text(row),
            None => Ok(None),
        };
        let mut page = Page::from(html);
        page.decoded = self.html.is_text();
        page.base_url = text(&self.url)?;
        page.content_type = text(&self.content_type)?;
        page.region = text(&self.region)?;
        Ok(page)
    }
}

/// A row as it is written. What is absent is null.
#[derive(Serialize)]
struct Row<'a> {
    error: Option<String>,
    url: Option<&'a SafeUrl>,
    region: Option<CountryCode>,
    language: Option<&'a str>,
    #[serde(flatten)]
    findings: Option<&'a Findings<Trace>>,
    structured: Option<String>,
    warnings: Option<&'a [String]>,
}

impl<'a> Row<'a> {
    fn of(contacts: &'a Contacts) -> Self {
        Self {
            error: None,
            url: contacts.url.as_ref(),
            region: contacts.region,
            language: contacts.language.as_deref(),
            findings: Some(&contacts.findings),
            structured: Some(contacts.structured.to_string()),
            warnings: Some(&contacts.warnings),
        }
    }

    fn failed(error: &Error) -> Self {
        Self {
            error: Some(error.to_string()),
            url: None,
            region: None,
            language: None,
            findings: None,
            structured: None,
            warnings: None,
        }
    }
}
