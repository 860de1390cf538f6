//! Who must not be contacted.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{E164, EmailAddress};
use crate::clock::Timestamp;
use crate::{Error, Result};

/// Whom a suppression is about. In JSON and on the command line: `phone:+33…`, `email:…`, `domain:example.com`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Subject {
    /// A number: it is dropped wherever it is found.
    Phone(E164),
    /// A mailbox: it is dropped wherever it is found.
    Email(EmailAddress),
    /// A site, by its registered name: what is found there, and every mailbox at it, is dropped.
    Domain(String),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phone(number) => write!(f, "phone:{number}"),
            Self::Email(address) => write!(f, "email:{}", address.canonical()),
            Self::Domain(site) => write!(f, "domain:{site}"),
        }
    }
}

impl FromStr for Subject {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        match text.split_once(':') {
            Some(("phone", number)) => E164::new(number).map(Self::Phone),
            Some(("email", address)) => EmailAddress::new(address).map(Self::Email),
            Some(("domain", site)) if site.contains('.') && !site.contains(['/', '@', ' ']) => {
                Ok(Self::Domain(site.trim_matches('.').to_lowercase()))
            }
            Some(("domain", _)) => Err(Error::invalid(
                "subject",
                "a domain is a host name such as example.com",
            )),
            _ => Err(Error::invalid(
                "subject",
                "phone:+…, email:… or domain:… is wanted",
            )),
        }
    }
}

impl TryFrom<String> for Subject {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.to_string()
    }
}

/// An entry of the suppression list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Suppression {
    /// Whom it is about.
    pub subject: Subject,
    /// Why: an objection, a legal list.
    pub reason: String,
    /// Since when.
    #[schemars(with = "String")]
    pub since: Timestamp,
}

impl Suppression {
    /// An entry.
    pub fn new(subject: Subject, reason: impl Into<String>, since: Timestamp) -> Self {
        Self {
            subject,
            reason: reason.into(),
            since,
        }
    }
}
