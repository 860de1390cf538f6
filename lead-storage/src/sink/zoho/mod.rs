//! Zoho CRM: records of a module, made or changed by fields that are unique (*Insert or Update Records*,
//! <https://www.zoho.com/crm/developer/docs/api/v7/upsert-records.html>).

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

/// As there.
const SCHEME: Scheme = Scheme {
    header: "authorization",
    before: "Zoho-oauthtoken ",
};

#[derive(Debug)]
struct Zoho {
    url: SafeUrl,
    id_field: String,
    fields: Fields,
}

/// The sink of these settings.
pub(super) fn build(own: &settings::Settings, with: &With<'_>) -> Result<Sink> {
    for_path([&own.module, &own.version])?;
    let path = format!("/crm/{}/{}/upsert", own.version, own.module);
    let client = Client::new(with, (own.token.as_ref(), own.oauth.as_ref()), SCHEME)?;
    let api = Zoho {
        url: SafeUrl::parse(&own.url)?.join(&path)?,
        id_field: own.id_field.clone(),
        fields: fields::of(&own.fields)?,
    };
    Ok(Sink::new(Upserts::new(client, api)))
}

impl Upsert for Zoho {
    /// As there.
    const MOST: usize = 100;

    fn request(&self, events: &[&Event]) -> Request {
        request::upsert(&self.url, &self.id_field, &self.fields, events)
    }

    fn read(&self, _: u16, body: &[u8], events: &[&Event]) -> Vec<Outcome> {
        answer::read(body, events.len())
    }

    fn refusal(status: u16, body: &[u8]) -> String {
        answer::refusal(status, body)
    }
}
