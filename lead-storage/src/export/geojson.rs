//! GeoJSON (RFC 7946): a feature a lead, at its surest place; one without a place has no geometry.

use std::borrow::Cow;

use lead_core::Result;
use serde_json::{Map, Number, Value, json};

use super::body::Body;
use super::columns::{Cell, Column};
use super::encode::{Encode, Ending, unwritable};
use super::row::Row;

pub(super) struct Features {
    columns: Vec<Column>,
    bytes: Vec<u8>,
    begun: bool,
}

impl Features {
    pub(super) fn new(columns: Vec<Column>) -> Self {
        Self {
            columns,
            bytes: b"{\"type\":\"FeatureCollection\",\"features\":[\n".to_vec(),
            begun: false,
        }
    }
}

impl Encode for Features {
    fn go_on(&mut self, leads: u64) {
        self.bytes.clear();
        self.begun = leads > 0;
    }

    fn add(&mut self, body: Body<'_>) -> Result<bool> {
        let Some(row) = body.row()? else { return Ok(false) };
        if self.begun {
            self.bytes.extend_from_slice(b",\n");
        }
        self.begun = true;
        serde_json::to_writer(&mut self.bytes, &feature(&row, &self.columns)).map_err(unwritable)?;
        Ok(true)
    }

    fn take(&mut self) -> Result<Vec<u8>> {
        Ok(std::mem::take(&mut self.bytes))
    }

    fn finish(mut self: Box<Self>) -> Result<Ending> {
        self.bytes.extend_from_slice(b"\n]}\n");
        Ok(Ending::Bytes(self.bytes))
    }
}

fn feature(row: &Row<'_>, columns: &[Column]) -> Value {
    let place = row.geo.first();
    let geometry =
        place.map(|point| json!({"type": "Point", "coordinates": [point.longitude, point.latitude]}));
    let named = columns
        .iter()
        .filter(|column| !matches!(column.header, "id" | "latitude" | "longitude"));
    let properties = named.filter_map(|column| Some((column.header.to_owned(), value(column.cell(row))?)));
    json!({
        "type": "Feature",
        "id": &*row.id,
        "geometry": geometry,
        "properties": properties.collect::<Map<_, _>>(),
    })
}

fn value(cell: Cell<'_>) -> Option<Value> {
    let number = |number: f64| Number::from_f64(number).map(Value::Number);
    match cell {
        Cell::Empty => None,
        Cell::Text(text) => Some(Value::String(text.into_owned())),
        Cell::Texts(texts) => Some(texts.into_iter().map(Cow::into_owned).collect()),
        Cell::Number(one) => number(one),
        Cell::Shares(shares) => Some(Value::Array(shares.into_iter().filter_map(number).collect())),
        Cell::Time(time) => Some(Value::String(time.to_string())),
    }
}
