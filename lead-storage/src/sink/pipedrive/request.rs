//! What is asked of Pipedrive.

use http::Method;
use lead_core::Result;
use lead_core::record::SafeUrl;
use lead_core::seam::{Purpose, Request};
use serde_json::{Map, Value};

use crate::sink::api;

pub(super) const ORGANIZATIONS: &str = "organizations";
pub(super) const PERSONS: &str = "persons";

/// A search for the record whose custom field is the id, and nothing else.
pub(super) fn search(url: &SafeUrl, kind: &str, id: &str) -> Result<Request> {
    // An id is hexadecimal digits and hyphens: it needs no escape.
    let path = format!("/api/v2/{kind}/search?term={id}&fields=custom_fields&exact_match=true&limit=1");
    Ok(Request::get(url.join(&path)?).purpose(Purpose::Api))
}

/// A change of the record of this number, or a new one.
pub(super) fn write(
    url: &SafeUrl,
    kind: &str,
    found: Option<u64>,
    record: Map<String, Value>,
) -> Result<Request> {
    let (method, path) = match found {
        Some(number) => (Method::PATCH, format!("/api/v2/{kind}/{number}")),
        None => (Method::POST, format!("/api/v2/{kind}")),
    };
    Ok(api::json(method, url.join(&path)?, &Value::Object(record)))
}
