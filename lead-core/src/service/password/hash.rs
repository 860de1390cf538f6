//! A hash as it is kept.

use std::fmt;
use std::str::FromStr;

use argon2::{ARGON2ID_IDENT, Params, Version};
use serde::{Deserialize, Serialize};

use super::PasswordCost;
use crate::{Error, Result};

/// A hash of Argon2id as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$…$…`, of a cost that can be borne. `Debug` shows the cost alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PasswordHash {
    text: String,
    cost: PasswordCost,
}

impl PasswordHash {
    /// Parses a hash.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is none of Argon2id in its version of today, or costs too much to check.
    pub fn new(text: &str) -> Result<Self> {
        let wrong = || Error::invalid("password hash", "a PHC string of Argon2id is wanted");
        let hash = argon2::PasswordHash::new(text).map_err(|_| wrong())?;
        let today = hash.algorithm == ARGON2ID_IDENT && hash.version == Some(Version::V0x13.into());
        if !today || hash.salt.is_none() || hash.hash.is_none() {
            return Err(wrong());
        }
        let params = Params::try_from(&hash).map_err(|_| wrong())?;
        Ok(Self {
            text: text.to_owned(),
            cost: PasswordCost::of(&params)?,
        })
    }

    /// As it is kept. It is worth guessing at: not for logs.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// What checking it costs.
    pub fn cost(&self) -> PasswordCost {
        self.cost
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PasswordHash({:?})", self.cost)
    }
}

impl FromStr for PasswordHash {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::new(text)
    }
}

impl TryFrom<String> for PasswordHash {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        Self::new(&text)
    }
}

impl From<PasswordHash> for String {
    fn from(hash: PasswordHash) -> Self {
        hash.text
    }
}
