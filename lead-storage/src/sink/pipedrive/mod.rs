//! Pipedrive: an organization a lead, and its person (API v2, *Organizations*, *Persons*, <https://developers.pipedrive.com/docs/api/v1/Organizations>).
//! There is no upsert: a record is looked for by the lead's id in a custom field, and changed or made.

pub(super) mod answer;
mod fields;
mod request;
mod settings;

use futures::stream::{self, StreamExt};
use lead_core::record::SafeUrl;
use lead_core::seam::Request;
use lead_core::{Error, ErrorKind, Result};
use serde_json::{Map, Value};

use super::answer::UNREAD;
use super::batch::Batch;
use super::client::{Client, Scheme};
use super::settings::With;
use super::{Deliver, Event, Outcome, SINK, Sink};
use answer::Search;
use fields::Mapping;
use request::{ORGANIZATIONS, PERSONS};

/// Leads of a batch: each is two to four calls.
const MOST: usize = 10;

/// Leads under way at a time; a token may make some calls a second (*Rate limiting*).
const AT_ONCE: usize = 2;

#[derive(Debug)]
struct Pipedrive {
    client: Client,
    url: SafeUrl,
    /// Keys of the custom fields that hold the lead's id.
    id_field: String,
    person_id_field: Option<String>,
    mapping: Mapping,
}

/// The sink of these settings.
pub(super) fn build(own: &settings::Settings, with: &With<'_>) -> Result<Sink> {
    let keys = std::iter::once(&own.id_field).chain(&own.person_id_field);
    if !keys.map(String::as_str).all(fields::is_custom) {
        let message = "the key of a custom field of Pipedrive has 40 characters 0-9 a-f";
        return Err(Error::new(ErrorKind::Config, SINK, message).with("setting", "id_field"));
    }
    let scheme = match own.oauth {
        Some(_) => Scheme::BEARER,
        None => Scheme {
            header: "x-api-token",
            before: "",
        },
    };
    Ok(Sink::new(Pipedrive {
        client: Client::new(with, (own.token.as_ref(), own.oauth.as_ref()), scheme)?,
        url: SafeUrl::parse(&own.url)?,
        id_field: own.id_field.clone(),
        person_id_field: own.person_id_field.clone(),
        mapping: Mapping::new(&own.fields, &own.person_fields)?,
    }))
}

impl Deliver for Pipedrive {
    fn most(&self) -> usize {
        MOST
    }

    async fn deliver(&self, events: &[Event]) -> Result<Vec<Outcome>> {
        let batch = Batch::of(events);
        let sent: Vec<_> = batch.events().iter().map(|event| self.send(event)).collect();
        let outcomes: Vec<Outcome> = stream::iter(sent).buffered(AT_ONCE).collect().await;
        Ok(batch.spread(&outcomes))
    }
}

impl Pipedrive {
    async fn send(&self, event: &Event) -> Outcome {
        self.put(event).await.err().unwrap_or(Outcome::Delivered)
    }

    /// The organization, and then the person, where persons have a field for the lead's id.
    async fn put(&self, event: &Event) -> Result<(), Outcome> {
        let id = event.lead.id.to_string();
        let record = self.mapping.organization(&event.lead, &self.id_field, &id);
        let organization = self.upsert(ORGANIZATIONS, &id, record).await?;
        let Some(field) = &self.person_id_field else {
            return Ok(());
        };
        let Some(person) = self.mapping.person(&event.lead, field, &id, organization) else {
            return Ok(());
        };
        self.upsert(PERSONS, &id, person).await.map(|_| ())
    }

    /// Changes the record that holds the id, or makes one; its number.
    async fn upsert(&self, kind: &str, id: &str, record: Map<String, Value>) -> Result<u64, Outcome> {
        let refused = |error: Error| Outcome::refused(error.message());
        let search = request::search(&self.url, kind, id).map_err(refused)?;
        let found = answer::found(&self.ask(search).await?).ok_or_else(|| Outcome::again(UNREAD))?;
        let found = match found {
            Search::Found(number) => Some(number),
            Search::Nothing => None,
        };
        let write = request::write(&self.url, kind, found, record).map_err(refused)?;
        answer::written(&self.ask(write).await?).ok_or_else(|| Outcome::again(UNREAD))
    }

    async fn ask(&self, request: Request) -> Result<bytes::Bytes, Outcome> {
        let taken = self.client.take(request, answer::refusal).await;
        taken.map(|(_, body)| body)
    }
}
