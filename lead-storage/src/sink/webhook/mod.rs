//! A webhook: a POST of JSON an event, signed as Standard Webhooks says (<https://github.com/standard-webhooks/standard-webhooks>).

mod body;
mod settings;
mod sign;
mod verify;

use std::fmt;

use futures::StreamExt;
use futures::stream;
use http::{HeaderValue, Method};
use lead_core::clock::Clock;
use lead_core::record::SafeUrl;
use lead_core::seam::{Fetcher, Request};
use lead_core::{Error, ErrorKind, Result};

use super::api::{Answer, bytes, call, name};
use super::settings::With;
use super::{Deliver, Event, Outcome, SINK, Sink};
use sign::Key;
pub use verify::Verifier;

/// Messages under way at a time.
const AT_ONCE: usize = 8;

struct Webhook {
    fetcher: Fetcher,
    clock: Clock,
    url: SafeUrl,
    /// Each signs every message, so that a receiver may change from one to the other at any time.
    keys: Vec<Key>,
    headers: Vec<(http::HeaderName, HeaderValue)>,
}

impl fmt::Debug for Webhook {
    /// Its host alone: the rest of an address may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told = f.debug_struct("Webhook");
        told.field("host", &self.url.host()).finish_non_exhaustive()
    }
}

/// The sink of these settings.
pub(super) fn build(own: &settings::Settings, with: &With<'_>) -> Result<Sink> {
    let keys = own
        .secrets
        .iter()
        .map(|secret| Key::new(&secret.resolve(with.secret)?));
    let mut headers = Vec::new();
    for (field, value) in &own.headers {
        let field = field.parse::<http::HeaderName>().map_err(|_| {
            Error::new(ErrorKind::Config, SINK, "no header has this name")
                .with("header", field.escape_debug())
        })?;
        headers.push((field, value.resolve(with.secret)?.header("")?));
    }
    Ok(Sink::new(Webhook {
        fetcher: with.fetcher.clone(),
        clock: with.clock.clone(),
        url: SafeUrl::parse(&own.url.resolve(with.secret)?)?,
        keys: keys.collect::<Result<_>>()?,
        headers,
    }))
}

impl Deliver for Webhook {
    fn most(&self) -> usize {
        AT_ONCE
    }

    async fn deliver(&self, events: &[Event]) -> Result<Vec<Outcome>> {
        let sent: Vec<_> = events.iter().map(|event| self.send(event)).collect();
        Ok(stream::iter(sent).buffered(AT_ONCE).collect().await)
    }
}

impl Webhook {
    async fn send(&self, event: &Event) -> Outcome {
        let request = match self.request(event) {
            Ok(request) => request,
            Err(error) => return Outcome::refused(error.message()),
        };
        match call(&self.fetcher, request).await {
            Answer::Taken { .. } => Outcome::Delivered,
            Answer::Refused { status, .. } => Outcome::refused(format!("status {status}")),
            Answer::Later { outcome } | Answer::Unknown { outcome } => outcome,
        }
    }

    fn request(&self, event: &Event) -> Result<Request> {
        let body = body::of(event)?;
        // The time of the attempt, not of the event: receivers refuse what is older than some minutes.
        let at = self.clock.now().as_second();
        let signatures: Vec<String> = self
            .keys
            .iter()
            .map(|key| key.sign(&event.id, at, &body))
            .collect();
        let header = |text: String| {
            let refuse = |_| Error::new(ErrorKind::Internal, SINK, "a header could not be written");
            HeaderValue::from_str(&text).map_err(refuse)
        };
        let mut request = bytes(Method::POST, self.url.clone(), body.into());
        for (field, value) in &self.headers {
            request = request.header(field.clone(), value.clone());
        }
        request = request
            .header(name("webhook-id"), header(event.id.clone())?)
            .header(name("webhook-timestamp"), at.into());
        if !signatures.is_empty() {
            request = request.header(name("webhook-signature"), header(signatures.join(" "))?);
        }
        Ok(request)
    }
}
