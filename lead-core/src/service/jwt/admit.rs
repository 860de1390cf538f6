//! The gate that tokens open.

use http::header::AUTHORIZATION;
use http::request::Parts;

use super::{JwtRefusal, JwtVerifier};
use crate::service::{Admit, Caller, Problem, refused};

/// Asks for a token in `Authorization: Bearer …` (RFC 6750 §2.1), and leaves its bearer in the extensions.
#[derive(Clone, Debug)]
pub struct JwtGate {
    verifier: JwtVerifier,
    optional: bool,
}

impl JwtGate {
    /// Tokens that this takes.
    pub fn new(verifier: JwtVerifier) -> Self {
        Self {
            verifier,
            optional: false,
        }
    }

    /// Lets pass what has no token, as nobody's: a layer within must ask who it is ([`Require`](crate::service::Require)).
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    async fn open(&self, head: &Parts) -> Result<Caller, JwtRefusal> {
        let mut tokens = head.headers.get_all(AUTHORIZATION).iter();
        let (Some(value), None) = (tokens.next(), tokens.next()) else {
            let several = head.headers.contains_key(AUTHORIZATION);
            return Err(if several {
                JwtRefusal::Malformed
            } else {
                JwtRefusal::Absent
            });
        };
        let text = value.to_str().map_err(|_| JwtRefusal::Malformed)?;
        match text.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
                self.verifier.verify(token.trim()).await
            }
            // Another way to say who one is.
            _ => Err(JwtRefusal::Absent),
        }
    }
}

impl Admit for JwtGate {
    async fn admit(&self, head: &mut Parts) -> Result<(), Problem> {
        match self.open(head).await {
            Ok(caller) => {
                // Whoever writes headers down leaves out what is marked so.
                if let Some(token) = head.headers.get_mut(AUTHORIZATION) {
                    token.set_sensitive(true);
                }
                caller.enter(&mut head.extensions)
            }
            Err(JwtRefusal::Absent) if self.optional => Ok(()),
            Err(refusal) => {
                refused::note("token", refusal.code());
                Err(refusal.into())
            }
        }
    }
}
