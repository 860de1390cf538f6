//! Columns of texts.

use std::num::NonZero;

use arrow_array::RecordBatch;
use serde::Serialize;

use super::input::{Column, others};
use super::{output, schema};
use crate::Result;
use crate::parallel::in_order;
use crate::phone::{self, FindOptions, OffsetUnit, Offsets, PhoneMatch};

/// The columns that are read.
const READ: [&str; 2] = ["text", "region"];

/// Finds the telephone numbers in a batch of texts, on all cores or `threads`.
///
/// Read are `text` and, where the batch has it, `region`, which stands in place of the option. All other columns pass
/// through, before `matches` and `error` ([`matches_schema`](super::matches_schema)); `start` and `end` count in `unit`. A null text has null
/// matches; one that cannot be read (no UTF-8, a region that is none) has its reason in `error`.
///
/// # Errors
/// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when `text` is missing, a column that is read holds
/// something else, or one that passes through has the name of one that is written.
pub fn find_phones(
    batch: &RecordBatch,
    options: &FindOptions,
    unit: OffsetUnit,
    threads: Option<NonZero<usize>>,
) -> Result<RecordBatch> {
    let fields = schema::match_fields();
    let passed = others(batch, &READ, &fields)?;
    let texts = Column::required(batch, "text")?;
    let regions = Column::optional(batch, "region")?;
    let read = |row: &usize| {
        let Some(text) = texts.text(*row)? else {
            return Ok(None);
        };
        let region = regions.as_ref().map(|column| column.text(*row)).transpose()?;
        let own = region.flatten().map(|region| options.clone().region(region));
        let mut found = phone::find_phones(text, own.as_ref().unwrap_or(options))?;
        let mut offsets = Offsets::new(text, unit);
        for one in &mut found {
            (one.start, one.end) = (offsets.at(one.start), offsets.at(one.end));
        }
        Ok(Some(found))
    };
    let places: Vec<usize> = (0..batch.num_rows()).collect();
    let rows: Vec<Row> = in_order(&places, threads, read)
        .into_iter()
        .map(Row::of)
        .collect();
    let columns = output::columns(&fields, &rows)?;
    output::batch(passed, fields, columns)
}

#[derive(Serialize)]
struct Row {
    matches: Option<Vec<PhoneMatch>>,
    error: Option<String>,
}

impl Row {
    fn of(answer: Result<Option<Vec<PhoneMatch>>>) -> Self {
        match answer {
            Ok(matches) => Self { matches, error: None },
            Err(error) => Self {
                matches: None,
                error: Some(error.to_string()),
            },
        }
    }
}
