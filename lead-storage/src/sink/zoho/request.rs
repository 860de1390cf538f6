//! What is asked of Zoho CRM.

use http::Method;
use lead_core::record::SafeUrl;
use lead_core::seam::Request;
use serde_json::json;

use crate::sink::Event;
use crate::sink::api;
use crate::sink::fields::Fields;

/// An upsert by the field that holds the lead's id.
pub(super) fn upsert(url: &SafeUrl, id_field: &str, fields: &Fields, events: &[&Event]) -> Request {
    let records = events.iter().map(|event| {
        let mut record = fields.json(&event.lead);
        record.insert(id_field.to_owned(), event.lead.id.to_string().into());
        record
    });
    let records: Vec<_> = records.collect();
    let body = json!({ "data": records, "duplicate_check_fields": [id_field] });
    api::json(Method::POST, url.clone(), &body)
}
