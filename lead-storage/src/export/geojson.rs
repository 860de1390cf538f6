//! GeoJSON (RFC 7946): a feature a lead, at its surest place; one without a place has no geometry.

use lead_core::Result;
use lead_core::record::Lead;
use serde_json::{Map, Number, Value, json};

use super::columns::{Cell, Column};
use super::encode::{Encode, Ending, unwritable};

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

    fn add(&mut self, lead: &Lead) -> Result<()> {
        if self.begun {
            self.bytes.extend_from_slice(b",\n");
        }
        self.begun = true;
        serde_json::to_writer(&mut self.bytes, &feature(lead, &self.columns)).map_err(unwritable)
    }

    fn take(&mut self) -> Result<Vec<u8>> {
        Ok(std::mem::take(&mut self.bytes))
    }

    fn finish(mut self: Box<Self>) -> Result<Ending> {
        self.bytes.extend_from_slice(b"\n]}\n");
        Ok(Ending::Bytes(self.bytes))
    }
}

fn feature(lead: &Lead, columns: &[Column]) -> Value {
    let place = lead.findings.geo.first();
    let geometry =
        place.map(|point| json!({"type": "Point", "coordinates": [point.longitude(), point.latitude()]}));
    let named = columns
        .iter()
        .filter(|column| !matches!(column.header, "id" | "latitude" | "longitude"));
    let properties = named.filter_map(|column| Some((column.header.to_owned(), value(column.cell(lead))?)));
    json!({
        "type": "Feature",
        "id": lead.id.to_string(),
        "geometry": geometry,
        "properties": properties.collect::<Map<_, _>>(),
    })
}

fn value(cell: Cell) -> Option<Value> {
    let number = |number: f64| Number::from_f64(number).map(Value::Number);
    match cell {
        Cell::Empty => None,
        Cell::Text(text) => Some(Value::String(text)),
        Cell::Texts(texts) => Some(Value::from(texts)),
        Cell::Number(one) => number(one),
        Cell::Shares(shares) => Some(Value::Array(shares.into_iter().filter_map(number).collect())),
        Cell::Time(time) => Some(Value::String(time.to_string())),
    }
}
