//! What is sent.

use lead_core::clock::Timestamp;
use lead_core::record::Lead;
use lead_core::{Error, ErrorKind, Result};
use serde::Serialize;

use crate::sink::{Event, SINK};

/// The payload as Standard Webhooks recommends it: type, timestamp, data.
#[derive(Serialize)]
struct Payload<'a> {
    #[serde(rename = "type")]
    kind: String,
    timestamp: Timestamp,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    rule: &'a str,
    lead: &'a Lead,
}

/// The bytes: the same for every attempt while the lead is as it was.
pub(super) fn of(event: &Event) -> Result<Vec<u8>> {
    let payload = Payload {
        kind: format!("lead.{}", event.change.name()),
        timestamp: event.at,
        data: Data {
            rule: &event.rule,
            lead: &event.lead,
        },
    };
    let unwritable =
        |cause| Error::new(ErrorKind::Internal, SINK, "a lead could not be written").because(cause);
    serde_json::to_vec(&payload).map_err(unwritable)
}
