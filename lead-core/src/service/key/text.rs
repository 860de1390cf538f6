//! A key as its holder has it.

use std::fmt;
use std::sync::Arc;

use data_encoding::BASE32_NOPAD;

use super::ApiKeyId;
use crate::service::chance;
use crate::service::digest::sha256;
use crate::{Error, Result};

/// Characters of base32: those of 10 bytes that name the key, of 32 that nobody guesses, and of 4 that tell a slip.
const ID: usize = 16;
const SECRET: usize = 52;
const CHECK: usize = 7;

/// What keys of a service begin with: `a-z`, then up to fifteen `a-z 0-9`. Scanners for leaked keys look for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPrefix(Arc<str>);

impl KeyPrefix {
    /// Parses a prefix.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is none.
    pub fn new(text: &str) -> Result<Self> {
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
        if begins && text.len() <= 16 && text.chars().all(fine) {
            Ok(Self(text.into()))
        } else {
            Err(Error::invalid(
                "key prefix",
                "a-z, then up to fifteen a-z 0-9 are wanted",
            ))
        }
    }
}

/// A key: `lead_…`, its name, its secret and four bytes of check in base32. It is shown once, when it is made; `Debug` never shows it.
#[derive(Clone)]
pub struct ApiKey {
    text: String,
    id: ApiKeyId,
    hash: Vec<u8>,
}

impl ApiKey {
    /// A new key.
    pub(super) fn draw(prefix: &KeyPrefix) -> Result<Self> {
        let id = BASE32_NOPAD.encode(&chance::bytes::<10>()?);
        let secret = BASE32_NOPAD.encode(&chance::bytes::<32>()?);
        let text = format!("{}_{id}{secret}", prefix.0);
        let check = check(&text);
        Self::parse(prefix, &(text + &check))
    }

    /// Reads a key. That its check is right says that it was not mistyped, and nothing more.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is none of this prefix.
    pub fn parse(prefix: &KeyPrefix, text: &str) -> Result<Self> {
        let wrong = || Error::invalid("api key", "not a key of this service");
        let inner = text
            .strip_prefix(&*prefix.0)
            .and_then(|rest| rest.strip_prefix('_'));
        let inner = inner
            .filter(|inner| inner.len() == ID + SECRET + CHECK)
            .ok_or_else(wrong)?;
        let (before, tail) = text.split_at_checked(text.len() - CHECK).ok_or_else(wrong)?;
        let (id, rest) = inner.split_at_checked(ID).ok_or_else(wrong)?;
        let secret = rest.get(..SECRET).ok_or_else(wrong)?;
        // A strict reader: each key has one text.
        let read = |text: &str| BASE32_NOPAD.decode(text.as_bytes()).map_err(|_| wrong());
        read(id)?;
        read(secret)?;
        if check(before) != tail {
            return Err(wrong());
        }
        Ok(Self {
            text: text.to_owned(),
            id: ApiKeyId::of_key(id),
            hash: sha256(text.as_bytes()),
        })
    }

    /// The key's text, for its holder alone.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// Its name, which is no secret.
    pub fn id(&self) -> &ApiKeyId {
        &self.id
    }

    /// What is kept of it. A secret of 256 bits by chance needs no slow hash: nobody tries them all.
    pub(super) fn hash(&self) -> &[u8] {
        &self.hash
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiKey({})", self.id)
    }
}

fn check(text: &str) -> String {
    let hash = sha256(text.as_bytes());
    BASE32_NOPAD.encode(hash.get(..4).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn prefix() -> KeyPrefix {
        KeyPrefix::new("lead").unwrap()
    }

    #[test]
    fn a_key_is_read_and_not_shown() {
        let key = ApiKey::draw(&prefix()).unwrap();
        let again = ApiKey::parse(&prefix(), key.expose()).unwrap();
        assert_eq!((again.id(), again.hash()), (key.id(), key.hash()));
        assert!(key.expose().starts_with("lead_"));
        assert!(!format!("{key:?}").contains(&key.expose()[5 + ID..]));
        assert!(ApiKey::parse(&KeyPrefix::new("other").unwrap(), key.expose()).is_err());
        for bad in ["", "Lead", "le_ad", "1a", "abcdefghijklmnopq"] {
            assert!(KeyPrefix::new(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        /// A slip anywhere is told, and no text breaks the reader.
        #[test]
        fn a_slip_is_told(at in any::<prop::sample::Index>(), other in any::<char>(), noise in any::<String>()) {
            let key = ApiKey::draw(&prefix()).unwrap();
            let mut chars: Vec<char> = key.expose().chars().collect();
            let at = at.index(chars.len());
            prop_assume!(chars[at] != other);
            chars[at] = other;
            prop_assert!(ApiKey::parse(&prefix(), &chars.into_iter().collect::<String>()).is_err());
            prop_assert!(ApiKey::parse(&prefix(), &noise).is_err());
            let begun = format!("lead_{noise}");
            prop_assert!(ApiKey::parse(&prefix(), &begun).is_err());
        }
    }
}
