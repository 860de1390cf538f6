//! What is kept of a key.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use super::KeyRefusal;
use crate::clock::Timestamp;
use crate::service::Caller;
use crate::{Error, Result};

/// What a key is called: sixteen characters of base32, the first of its secret part. No secret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ApiKeyId(Arc<str>);

impl ApiKeyId {
    /// Parses a name.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is none.
    pub fn new(text: &str) -> Result<Self> {
        if text.len() == 16 && BASE32_NOPAD.decode(text.as_bytes()).is_ok() {
            Ok(Self(text.into()))
        } else {
            Err(Error::invalid(
                "api key id",
                "sixteen characters of base32 are wanted",
            ))
        }
    }

    /// The name in a key that was read.
    pub(super) fn of_key(text: &str) -> Self {
        Self(text.into())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ApiKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ApiKeyId {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::new(text)
    }
}

impl TryFrom<String> for ApiKeyId {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        Self::new(&text)
    }
}

impl From<ApiKeyId> for String {
    fn from(id: ApiKeyId) -> Self {
        id.as_str().to_owned()
    }
}

/// A key to be made: whose, for what, and until when.
#[derive(Clone, Debug)]
pub struct NewApiKey {
    pub(super) caller: Caller,
    pub(super) expires: Option<Timestamp>,
}

impl NewApiKey {
    /// A key of this caller's, with the scopes and roles they have here; it does not run out.
    pub fn new(caller: Caller) -> Self {
        Self {
            caller,
            expires: None,
        }
    }

    /// It runs out then.
    pub fn expires(mut self, at: Timestamp) -> Self {
        self.expires = Some(at);
        self
    }
}

/// What is kept of a key: not the key, but its hash, which cannot be turned back.
#[derive(Clone, Serialize, Deserialize)]
pub struct ApiKeyRecord {
    id: ApiKeyId,
    pub(super) hash: String,
    caller: Caller,
    created: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revoked: Option<Timestamp>,
}

impl ApiKeyRecord {
    pub(super) fn new(id: ApiKeyId, hash: &[u8], new: NewApiKey, created: Timestamp) -> Self {
        Self {
            id,
            hash: HEXLOWER.encode(hash),
            caller: new.caller,
            created,
            expires: new.expires,
            revoked: None,
        }
    }

    /// What the key is called.
    pub fn id(&self) -> &ApiKeyId {
        &self.id
    }

    /// Whose it is, and what they may with it.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// When it was made.
    pub fn created(&self) -> Timestamp {
        self.created
    }

    /// When it runs out, if it does.
    pub fn expires(&self) -> Option<Timestamp> {
        self.expires
    }

    /// When it was revoked, if it was.
    pub fn revoked(&self) -> Option<Timestamp> {
        self.revoked
    }

    pub(super) fn revoke(&mut self, now: Timestamp) {
        self.revoked.get_or_insert(now);
    }

    /// Whether a key of this hash opens now. The hash is looked at whole, and first.
    pub(super) fn opens(&self, hash: &[u8], now: Timestamp) -> Result<(), KeyRefusal> {
        let kept = HEXLOWER.decode(self.hash.as_bytes()).unwrap_or_default();
        if !bool::from(kept.as_slice().ct_eq(hash)) {
            return Err(KeyRefusal::Wrong);
        }
        if self.revoked.is_some() {
            return Err(KeyRefusal::Revoked);
        }
        match self.expires {
            Some(expires) if expires <= now => Err(KeyRefusal::Expired),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for ApiKeyRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKeyRecord")
            .field("id", &self.id.as_str())
            .field("caller", &self.caller)
            .field("expires", &self.expires)
            .field("revoked", &self.revoked)
            .finish_non_exhaustive()
    }
}
