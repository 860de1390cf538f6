//! Salesforce: records of an object, made or changed by an external id (*REST API Developer Guide*, *Upsert Multiple Records with Fewer
//! Round-Trips*, <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_upsert.htm>).

pub(super) mod answer;
mod fields;
mod request;
mod settings;

use lead_core::Result;
use lead_core::record::SafeUrl;
use lead_core::seam::Request;

use super::client::{Client, Scheme};
use super::fields::Fields;
use super::settings::{With, for_path};
use super::upsert::{Upsert, Upserts};
use super::{Event, Outcome, Sink};

#[derive(Debug)]
struct Salesforce {
    url: SafeUrl,
    object: String,
    id_field: String,
    fields: Fields,
}

/// The sink of these settings.
pub(super) fn build(own: &settings::Settings, with: &With<'_>) -> Result<Sink> {
    for_path([&own.object, &own.id_field, &own.version])?;
    let path = format!(
        "/services/data/{}/composite/sobjects/{}/{}",
        own.version, own.object, own.id_field
    );
    let client = Client::new(with, (own.token.as_ref(), own.oauth.as_ref()), Scheme::BEARER)?;
    let api = Salesforce {
        url: SafeUrl::parse(&own.url)?.join(&path)?,
        object: own.object.clone(),
        id_field: own.id_field.clone(),
        fields: fields::of(&own.fields)?,
    };
    Ok(Sink::new(Upserts::new(client, api)))
}

impl Upsert for Salesforce {
    /// As there.
    const MOST: usize = 200;

    fn request(&self, events: &[&Event]) -> Request {
        request::upsert(&self.url, (&self.object, &self.id_field), &self.fields, events)
    }

    fn read(&self, _: u16, body: &[u8], events: &[&Event]) -> Vec<Outcome> {
        answer::read(body, events.len())
    }

    fn refusal(status: u16, body: &[u8]) -> String {
        answer::refusal(status, body)
    }
}
