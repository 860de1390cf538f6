//! HubSpot: companies or contacts, made or changed by a property that is unique (API reference, *Batch upsert*,
//! <https://developers.hubspot.com/docs/api-reference/crm-companies-v3/batch/post-crm-v3-objects-companies-batch-upsert>).

pub(super) mod answer;
mod fields;
mod request;
mod settings;

use lead_core::Result;
use lead_core::record::SafeUrl;
use lead_core::seam::Request;

use super::client::{Client, Scheme};
use super::fields::Fields;
use super::settings::With;
use super::upsert::{Upsert, Upserts};
use super::{Event, Outcome, Sink};

#[derive(Debug)]
struct HubSpot {
    url: SafeUrl,
    id_property: String,
    fields: Fields,
}

/// The sink of these settings.
pub(super) fn build(own: &settings::Settings, with: &With<'_>) -> Result<Sink> {
    let path = format!("/crm/v3/objects/{}/batch/upsert", own.object.name());
    let client = Client::new(with, (own.token.as_ref(), own.oauth.as_ref()), Scheme::BEARER)?;
    let api = HubSpot {
        url: SafeUrl::parse(&own.url)?.join(&path)?,
        id_property: own.id_property.clone(),
        fields: fields::of(own.object, &own.fields)?,
    };
    Ok(Sink::new(Upserts::new(client, api)))
}

impl Upsert for HubSpot {
    /// *Limits*.
    const MOST: usize = 100;

    fn request(&self, events: &[&Event]) -> Request {
        request::upsert(&self.url, &self.id_property, &self.fields, events)
    }

    fn read(&self, status: u16, body: &[u8], events: &[&Event]) -> Vec<Outcome> {
        let ids: Vec<String> = events.iter().map(|event| event.lead.id.to_string()).collect();
        answer::read(status, body, &self.id_property, &ids)
    }

    fn refusal(status: u16, body: &[u8]) -> String {
        answer::refusal(status, body)
    }
}
