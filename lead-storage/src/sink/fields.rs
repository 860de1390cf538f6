//! A lead as the fields of a record elsewhere. What each holds is read as exports read it.

use std::collections::BTreeMap;

use lead_core::record::Lead;
use lead_core::{Error, ErrorKind, Result};
use serde_json::{Map, Value};

use super::SINK;
use crate::export::{Layout, Reader, Shown};

/// A field of theirs, and the column of an export that it holds.
pub(super) type Preset = (&'static str, &'static str);

/// Fields by their names.
#[derive(Clone, Debug)]
pub(super) struct Fields(Vec<(String, Reader)>);

impl Fields {
    /// Those of `defaults`, whose columns are `layout`'s, changed by the settings: `city = ""` leaves a field out, `x_town = "city"` adds
    /// one, by a column of the layout or of `full`.
    pub(super) fn new(layout: Layout, defaults: &[Preset], own: &BTreeMap<String, String>) -> Result<Self> {
        let known = |column: &str| layout.reader(column).or_else(|| Layout::Full.reader(column));
        let mut fields = Vec::new();
        let kept = defaults.iter().filter(|(field, _)| !own.contains_key(*field));
        let kept = kept.map(|(field, column)| (*field, *column));
        let own = own
            .iter()
            .map(|(field, column)| (field.as_str(), column.as_str()));
        for (field, column) in kept.chain(own).filter(|(_, column)| !column.is_empty()) {
            let reader = known(column).ok_or_else(|| missing(field, column))?;
            fields.push((field.to_owned(), reader));
        }
        Ok(Self(fields))
    }

    /// Columns of a layout, under their own names.
    pub(super) fn listed(layout: Layout, columns: &[String]) -> Result<Self> {
        let own: Vec<(String, Reader)> = columns
            .iter()
            .map(|column| {
                Ok((
                    column.clone(),
                    layout.reader(column).ok_or_else(|| missing(column, column))?,
                ))
            })
            .collect::<Result<_>>()?;
        Ok(Self(own))
    }

    /// The fields that hold something, numbers as numbers.
    pub(super) fn json(&self, lead: &Lead) -> Map<String, Value> {
        let shown = Shown::of(lead);
        let values = self
            .0
            .iter()
            .map(|(field, reader)| (field.clone(), reader.json(&shown)));
        values.filter(|(_, value)| !value.is_null()).collect()
    }

    /// The fields that hold something, all as text.
    pub(super) fn texts(&self, lead: &Lead) -> Map<String, Value> {
        let shown = Shown::of(lead);
        let values = self
            .0
            .iter()
            .map(|(field, reader)| (field.clone(), reader.text(&shown)));
        let told = values.filter(|(_, text)| !text.is_empty());
        told.map(|(field, text)| (field, text.into())).collect()
    }

    /// Their names, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(field, _)| field.as_str())
    }
}

fn missing(field: &str, column: &str) -> Error {
    Error::new(ErrorKind::Config, SINK, "there is no such column of an export")
        .with("field", field.escape_debug())
        .with("column", column.escape_debug())
}
