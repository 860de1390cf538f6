//! The gate that keys open.

use http::HeaderName;
use http::request::Parts;

use super::{ApiKeyId, ApiKeys, KeyRefusal};
use crate::service::{Admit, Caller, Problem, refused};

/// Asks for a key in a header, and leaves whose it is, and its [`ApiKeyId`], in the extensions: `GateLayer::new(ApiKeyGate::new(keys))`.
#[derive(Clone, Debug)]
pub struct ApiKeyGate {
    keys: ApiKeys,
    header: HeaderName,
    optional: bool,
}

impl ApiKeyGate {
    /// Keys of this table, in `x-api-key`.
    pub fn new(keys: ApiKeys) -> Self {
        Self {
            keys,
            header: HeaderName::from_static("x-api-key"),
            optional: false,
        }
    }

    /// In another header.
    pub fn header(mut self, name: HeaderName) -> Self {
        self.header = name;
        self
    }

    /// Lets pass what has no key, as nobody's: a layer within must ask who it is ([`Require`](crate::service::Require)).
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    async fn open(&self, head: &Parts) -> Result<(ApiKeyId, Caller), KeyRefusal> {
        let mut keys = head.headers.get_all(&self.header).iter();
        match (keys.next(), keys.next()) {
            (None, _) => Err(KeyRefusal::Absent),
            (Some(key), None) => {
                let key = key.to_str().map_err(|_| KeyRefusal::Malformed)?;
                self.keys.opened(key).await
            }
            _ => Err(KeyRefusal::Malformed),
        }
    }
}

impl Admit for ApiKeyGate {
    async fn admit(&self, head: &mut Parts) -> Result<(), Problem> {
        match self.open(head).await {
            Ok((id, caller)) => {
                // Whoever writes headers down leaves out what is marked so.
                if let Some(key) = head.headers.get_mut(&self.header) {
                    key.set_sensitive(true);
                }
                caller.enter(&mut head.extensions)?;
                head.extensions.insert(id);
                Ok(())
            }
            Err(KeyRefusal::Absent) if self.optional => Ok(()),
            Err(refusal) => {
                refused::note("key", refusal.code());
                Err(refusal.into())
            }
        }
    }
}
