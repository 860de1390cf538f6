//! What is asked of HubSpot.

use http::Method;
use lead_core::record::SafeUrl;
use lead_core::seam::Request;
use serde_json::json;

use crate::sink::Event;
use crate::sink::api;
use crate::sink::fields::Fields;

/// A batch upsert. Values of properties are texts; the trace id is what tells parts of an answer apart.
pub(super) fn upsert(url: &SafeUrl, id_property: &str, fields: &Fields, events: &[&Event]) -> Request {
    let inputs = events.iter().map(|event| {
        let id = event.lead.id.to_string();
        let mut properties = fields.texts(&event.lead);
        properties.insert(id_property.to_owned(), id.clone().into());
        json!({ "id": id, "idProperty": id_property, "objectWriteTraceId": id, "properties": properties })
    });
    let inputs: Vec<_> = inputs.collect();
    api::json(Method::POST, url.clone(), &json!({ "inputs": inputs }))
}
