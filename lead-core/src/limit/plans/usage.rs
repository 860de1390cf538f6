//! Who uses what.

use std::collections::BTreeMap;
use std::net::IpAddr;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::limit::http::address_key;

/// The longest name that stands in a key as it is, in bytes; a longer one stands as its fingerprint.
const LONGEST: usize = 128;

/// How fingerprints begin.
const FINGERPRINT: &str = "sha256:";

/// What a rule limits by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Party {
    /// A user of the application.
    User,
    /// What is asked for: `POST /search`.
    Endpoint,
    /// A key of the application's interface. It stands everywhere as its [`fingerprint`], never as it is.
    ApiKey,
    /// A platform that is asked: `osm`.
    Platform,
    /// A host that is asked: `example.com`.
    Host,
    /// A tenant of the application.
    Tenant,
    /// The address of a client; of IPv6 its /64.
    Address,
}

impl Party {
    /// As files have it: `api-key`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Endpoint => "endpoint",
            Self::ApiKey => "api-key",
            Self::Platform => "platform",
            Self::Host => "host",
            Self::Tenant => "tenant",
            Self::Address => "address",
        }
    }

    /// A party's name as keys and overrides have it.
    pub(super) fn named(self, name: &str) -> String {
        let is_fingerprint = name.strip_prefix(FINGERPRINT).is_some_and(|hex| hex.len() == 32);
        match self {
            Self::ApiKey if !is_fingerprint => fingerprint(name),
            Self::Host => name.to_ascii_lowercase(),
            _ if name.len() > LONGEST => fingerprint(name),
            _ => name.to_owned(),
        }
    }
}

/// What a secret may be known by: `sha256:` and 128 bits of its SHA-256 in hexadecimal.
///
/// ```
/// use lead_core::limit::plans::fingerprint;
/// assert_eq!(fingerprint("abc"), "sha256:ba7816bf8f01cfea414140de5dae2223");
/// ```
pub fn fingerprint(secret: &str) -> String {
    let digest = Sha256::digest(secret.as_bytes());
    let half = digest.get(..16).unwrap_or_default();
    format!("{FINGERPRINT}{}", HEXLOWER.encode(half))
}

/// One request: who takes part in it, and what it costs. It holds the fingerprint of a key, not the key.
///
/// ```
/// use lead_core::limit::plans::Usage;
/// let usage = Usage::new().user("42").endpoint("POST /search").cost(5);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    parties: BTreeMap<Party, String>,
    cost: u32,
}

impl Default for Usage {
    fn default() -> Self {
        Self::new()
    }
}

impl Usage {
    /// By nobody yet, costing one unit.
    pub const fn new() -> Self {
        Self {
            parties: BTreeMap::new(),
            cost: 1,
        }
    }

    /// By this party.
    pub fn party(mut self, party: Party, name: &str) -> Self {
        self.parties.insert(party, party.named(name));
        self
    }

    /// By this user.
    pub fn user(self, id: &str) -> Self {
        self.party(Party::User, id)
    }

    /// Of this endpoint: as the application routes it (`GET /leads/{id}`), not as it was asked for, or each id is counted apart.
    pub fn endpoint(self, name: &str) -> Self {
        self.party(Party::Endpoint, name)
    }

    /// With this key.
    pub fn api_key(self, key: &str) -> Self {
        self.party(Party::ApiKey, key)
    }

    /// Of this platform.
    pub fn platform(self, id: &str) -> Self {
        self.party(Party::Platform, id)
    }

    /// Of this host.
    pub fn host(self, name: &str) -> Self {
        self.party(Party::Host, name)
    }

    /// For this tenant.
    pub fn tenant(self, id: &str) -> Self {
        self.party(Party::Tenant, id)
    }

    /// From this address: see [`TrustedProxies::client`](crate::limit::http::TrustedProxies::client).
    pub fn address(self, address: IpAddr) -> Self {
        self.party(Party::Address, &address_key(address))
    }

    /// It costs so many times what a rule says; 0 only looks.
    pub const fn cost(mut self, cost: u32) -> Self {
        self.cost = cost;
        self
    }

    pub(super) fn named(&self, party: Party) -> Option<&str> {
        self.parties.get(&party).map(String::as_str)
    }

    pub(super) const fn times(&self) -> u32 {
        self.cost
    }
}
