//! What is asked of Salesforce.

use http::Method;
use lead_core::record::SafeUrl;
use lead_core::seam::Request;
use serde_json::json;

use crate::sink::Event;
use crate::sink::api;
use crate::sink::fields::Fields;

/// An upsert of a collection; a record that fails leaves the others be.
pub(super) fn upsert(
    url: &SafeUrl,
    (object, id_field): (&str, &str),
    fields: &Fields,
    events: &[&Event],
) -> Request {
    let records = events.iter().map(|event| {
        let mut record = fields.json(&event.lead);
        record.insert(id_field.to_owned(), event.lead.id.to_string().into());
        record.insert("attributes".to_owned(), json!({ "type": object }));
        record
    });
    let records: Vec<_> = records.collect();
    api::json(
        Method::PATCH,
        url.clone(),
        &json!({ "allOrNone": false, "records": records }),
    )
}
