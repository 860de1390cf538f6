//! Calls that show who makes them.

use bytes::Bytes;
use lead_core::Result;
use lead_core::seam::{Fetcher, Request};

use super::Outcome;
use super::api::{Answer, call, name};
use super::oauth::{OAuth, Token};
use super::secret::SecretName;
use super::settings::With;

/// Where a token stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scheme {
    /// The header, in lower case.
    pub(super) header: &'static str,
    /// What comes before the token.
    pub(super) before: &'static str,
}

impl Scheme {
    /// RFC 6750.
    pub(super) const BEARER: Self = Self {
        header: "authorization",
        before: "Bearer ",
    };
}

/// A fetcher with a token.
#[derive(Debug)]
pub(super) struct Client {
    fetcher: Fetcher,
    token: Token,
    scheme: Scheme,
}

impl Client {
    /// # Errors
    /// As [`Token::new`].
    pub(super) fn new(
        with: &With<'_>,
        (token, oauth): (Option<&SecretName>, Option<&OAuth>),
        scheme: Scheme,
    ) -> Result<Self> {
        Ok(Self {
            fetcher: with.fetcher.clone(),
            token: Token::new(token, oauth, with)?,
            scheme,
        })
    }

    /// Sends a request with the token; the status and the body when it is taken, else what that means. `refusal` finds the words for what is
    /// refused.
    pub(super) async fn take(
        &self,
        request: Request,
        refusal: fn(u16, &[u8]) -> String,
    ) -> Result<(u16, Bytes), Outcome> {
        match self.call(request).await {
            Answer::Taken { status, body } => Ok((status, body)),
            Answer::Refused { status, body } => Err(Outcome::refused(refusal(status, &body))),
            Answer::Later { outcome } | Answer::Unknown { outcome } => Err(outcome),
        }
    }

    /// Sends a request with the token. One that is not taken is forgotten, so that the next call asks for another where that is
    /// possible.
    async fn call(&self, request: Request) -> Answer {
        let later = |outcome| Answer::Later { outcome };
        let token = match self.token.get(&self.fetcher).await {
            Ok(token) => token,
            Err(outcome) => return later(outcome),
        };
        let header = match token.header(self.scheme.before) {
            Ok(header) => header,
            Err(error) => return later(Outcome::again(error.message())),
        };
        let answer = call(&self.fetcher, request.header(name(self.scheme.header), header)).await;
        if let Answer::Unknown { outcome } = answer {
            self.token.forget().await;
            return later(outcome);
        }
        answer
    }
}
