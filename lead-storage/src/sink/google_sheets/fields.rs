//! The columns of a sheet: those of `full` exports, by the names of the first row.

use std::collections::BTreeMap;

use lead_core::Result;
use lead_core::record::Lead;
use serde_json::Value;

use crate::export::Layout;
use crate::sink::fields::Fields;

/// The column that rows are found by.
pub(super) const ID: &str = "id";

/// Unless told.
const USUAL: &[&str] = &[
    ID,
    "name",
    "phones",
    "emails",
    "websites",
    "address",
    "city",
    "country",
    "categories",
    "first_seen",
    "last_seen",
];

/// The most characters of a cell (*Files you can store in Google Drive*: 50,000).
const LONGEST: usize = 50_000;

/// What is written.
#[derive(Debug)]
pub(super) struct Columns(Fields);

/// Where it is written, by the first row.
#[derive(Debug)]
pub(super) struct Order {
    /// Column of the ids, from 0.
    pub(super) id: usize,
    /// The first row.
    header: Vec<String>,
}

impl Columns {
    pub(super) fn new(names: &[String]) -> Result<Self> {
        let usual = || USUAL.iter().map(|name| (*name).to_owned()).collect();
        let mut names: Vec<String> = if names.is_empty() { usual() } else { names.to_vec() };
        if !names.iter().any(|name| name == ID) {
            names.insert(0, ID.to_owned());
        }
        Fields::listed(Layout::Full, &names).map(Self)
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.0.names().map(str::to_owned).collect()
    }

    /// # Errors
    /// The name of a column that is not there.
    pub(super) fn order(&self, header: &[String]) -> Result<Order, &str> {
        if let Some(missing) = self
            .0
            .names()
            .find(|name| !header.iter().any(|there| there == name))
        {
            return Err(missing);
        }
        let id = header.iter().position(|there| there == ID).ok_or(ID)?;
        let header = header.to_vec();
        Ok(Order { id, header })
    }

    /// A row in the sheet's order. What is not ours is left as it is (null); of ours what a lead has not is emptied.
    pub(super) fn row(&self, lead: &Lead, order: &Order) -> Vec<Value> {
        let values: BTreeMap<String, Value> = self.0.json(lead).into_iter().collect();
        let cell = |name: &String| {
            let ours = self.0.names().any(|known| known == name);
            match values.get(name) {
                Some(Value::String(text)) => text.chars().take(LONGEST).collect::<String>().into(),
                Some(value) => value.clone(),
                None if ours => "".into(),
                None => Value::Null,
            }
        };
        order.header.iter().map(cell).collect()
    }
}
