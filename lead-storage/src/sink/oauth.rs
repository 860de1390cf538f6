//! Tokens that run out, and how new ones are asked for (RFC 6749 §6).

use std::time::Duration;

use lead_core::clock::{Clock, Timestamp};
use lead_core::record::SafeUrl;
use lead_core::seam::{Fetcher, Purpose, Request};
use lead_core::{Error, ErrorKind, Result};
use serde::Deserialize;
use tokio::sync::Mutex;

use super::SINK;
use super::api::{Answer, call};
use super::secret::{Secret, SecretName, Told};
use super::settings::With;
use super::{Outcome, answer};

/// How long a token is used when its answer does not say: Salesforce does not, and its shortest session is 15 minutes.
const USUAL: Duration = Duration::from_mins(14);

/// A token is not used in its last minute.
const MARGIN: Duration = Duration::from_mins(1);

/// A refresh token, and where it is turned into tokens that are used.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OAuth {
    token_url: Told,
    client_id: Told,
    client_secret: SecretName,
    refresh_token: SecretName,
}

/// The token to use now.
#[derive(Debug)]
pub(super) enum Token {
    Fixed(Secret),
    Fresh(Box<Fresh>),
}

#[derive(Debug)]
pub(super) struct Fresh {
    url: SafeUrl,
    client_id: String,
    client_secret: Secret,
    refresh_token: Secret,
    clock: Clock,
    /// The last one, and until when it is used.
    held: Mutex<Option<(Secret, Timestamp)>>,
}

impl Token {
    /// # Errors
    /// [`ErrorKind::Config`] when a secret is not set, or neither or both ways are told.
    pub(super) fn new(token: Option<&SecretName>, oauth: Option<&OAuth>, with: &With<'_>) -> Result<Self> {
        match (token, oauth) {
            (Some(token), None) => Ok(Self::Fixed(token.resolve(with.secret)?)),
            (None, Some(oauth)) => Ok(Self::Fresh(Box::new(Fresh {
                url: SafeUrl::parse(&oauth.token_url.resolve(with.secret)?)?,
                client_id: oauth.client_id.resolve(with.secret)?,
                client_secret: oauth.client_secret.resolve(with.secret)?,
                refresh_token: oauth.refresh_token.resolve(with.secret)?,
                clock: with.clock.clone(),
                held: Mutex::default(),
            }))),
            _ => Err(Error::new(
                ErrorKind::Config,
                SINK,
                "either token or oauth is wanted",
            )),
        }
    }

    /// The token.
    pub(super) async fn get(&self, fetcher: &Fetcher) -> Result<Secret, Outcome> {
        match self {
            Self::Fixed(secret) => Ok(secret.clone()),
            Self::Fresh(fresh) => fresh.get(fetcher).await,
        }
    }

    /// The other side did not take it: the next call asks for another.
    pub(super) async fn forget(&self) {
        if let Self::Fresh(fresh) = self {
            *fresh.held.lock().await = None;
        }
    }
}

impl Fresh {
    async fn get(&self, fetcher: &Fetcher) -> Result<Secret, Outcome> {
        // Held while it is asked for, so that nobody asks twice.
        let mut held = self.held.lock().await;
        if let Some((token, until)) = held.as_ref()
            && *until > self.clock.now()
        {
            return Ok(token.clone());
        }
        let (token, lasts) = self.ask(fetcher).await?;
        let until = self.clock.now().checked_add(lasts).unwrap_or(Timestamp::MAX);
        *held = Some((token.clone(), until));
        Ok(token)
    }

    async fn ask(&self, fetcher: &Fetcher) -> Result<(Secret, Duration), Outcome> {
        let fields = [
            ("grant_type", "refresh_token"),
            ("client_id", &self.client_id),
            ("client_secret", self.client_secret.text()),
            ("refresh_token", self.refresh_token.text()),
        ];
        let request = Request::post_form(self.url.clone(), fields).purpose(Purpose::Api);
        match call(fetcher, request).await {
            Answer::Taken { body, .. } => read(&body).ok_or_else(|| Outcome::again("no token was given")),
            Answer::Refused { status, body } => {
                let said: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
                let status = format!("status {status}");
                let said = answer::told([answer::code(said.get("error"))], &status);
                Err(Outcome::again(format!("no token was given: {said}")))
            }
            Answer::Later { outcome } | Answer::Unknown { outcome } => Err(outcome),
        }
    }
}

/// The token of an answer (RFC 6749 §5.1), and how long to use it.
fn read(body: &[u8]) -> Option<(Secret, Duration)> {
    #[derive(Deserialize)]
    struct Given {
        access_token: String,
        expires_in: Option<f64>,
    }
    let given: Given = serde_json::from_slice(body).ok()?;
    let lasts = given
        .expires_in
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let lasts = lasts.map_or(USUAL, |lasts| lasts.saturating_sub(MARGIN));
    (!given.access_token.is_empty()).then(|| (Secret::new(&given.access_token), lasts))
}
