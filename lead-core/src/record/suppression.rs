//! Who must not be contacted.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{E164, EmailAddress, SafeUrl};
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
            Some(("domain", host)) => site_of(host).map(Self::Domain),
            _ => Err(Error::invalid(
                "subject",
                "phone:+…, email:… or domain:… is wanted",
            )),
        }
    }
}

/// The site a host belongs to, in ASCII: `www.Bücher.example` is of `xn--bcher-kva.example`.
fn site_of(host: &str) -> Result<String> {
    let refuse = || Error::invalid("subject", "a domain is a host name such as example.com");
    if !host.contains('.') || host.contains(['/', '@', ' ', ':', '?', '#']) {
        return Err(refuse());
    }
    let url = SafeUrl::parse(&format!("http://{}/", host.trim_matches('.'))).map_err(|_| refuse())?;
    Ok(url.site().to_owned())
}

impl Subject {
    /// Whom else to look for on a list to know whether this subject is listed: a mailbox is also listed by its domain.
    pub fn wider(&self) -> Option<Self> {
        match self {
            Self::Email(address) => site_of(address.domain()).ok().map(Self::Domain),
            Self::Phone(_) | Self::Domain(_) => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_the_site_of_a_host() {
        for (text, wanted) in [
            ("domain:example.com", "domain:example.com"),
            ("domain:www.Example.com.", "domain:example.com"),
            ("domain:shop.example.co.uk", "domain:example.co.uk"),
            ("domain:www.bücher.example", "domain:xn--bcher-kva.example"),
        ] {
            let subject: Subject = text.parse().unwrap();
            assert_eq!(subject.to_string(), wanted);
        }
        for bad in [
            "domain:example",
            "domain:a@b.test",
            "domain:http://a.test",
            "domain:a.test/x",
            "domain:",
        ] {
            assert!(bad.parse::<Subject>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_mailbox_is_also_listed_by_its_domain() {
        let mailbox: Subject = "email:info@mail.example.co.uk".parse().unwrap();
        assert_eq!(mailbox.wider().unwrap().to_string(), "domain:example.co.uk");
    }
}
