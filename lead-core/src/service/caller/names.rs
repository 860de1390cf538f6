//! Names of what one may, and of what one is.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

fn name(kind: &'static str, text: &str) -> Result<Arc<str>> {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/');
    match text.chars().position(|c| !fine(c)) {
        _ if text.is_empty() => Err(Error::invalid(kind, "must not be empty")),
        _ if text.len() > 128 => {
            Err(Error::invalid(kind, "at most 128 characters").with("length", text.len()))
        }
        Some(at) => Err(Error::invalid(kind, "only letters, digits and _ - . : /").with("position", at)),
        None => Ok(text.into()),
    }
}

macro_rules! named {
    ($(#[$doc:meta])+ $type:ident, $kind:literal) => {
        $(#[$doc])+
        ///
        /// One to 128 letters of ASCII, digits and `_ - . : /`.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $type(Arc<str>);

        impl $type {
            /// Parses the name.
            ///
            /// # Errors
            /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput), with the rule and position.
            pub fn new(text: &str) -> Result<Self> {
                name($kind, text).map(Self)
            }

            /// As text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $type {
            type Err = Error;
            fn from_str(text: &str) -> Result<Self> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $type {
            type Error = Error;
            fn try_from(text: String) -> Result<Self> {
                Self::new(&text)
            }
        }

        impl From<$type> for String {
            fn from(name: $type) -> Self {
                name.as_str().to_owned()
            }
        }
    };
}

named! {
    /// Something one may: `leads:read`.
    Scope, "scope"
}
named! {
    /// What one is, which stands for scopes: `editor`. See [`Roles`](super::Roles).
    Role, "role"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_nothing_that_separates_them() {
        assert_eq!(Scope::new("leads:read").unwrap().as_str(), "leads:read");
        for bad in ["", "a b", "a,b", "a\n", "é", &"a".repeat(129)] {
            assert!(Scope::new(bad).is_err(), "{bad}");
            assert!(Role::new(bad).is_err(), "{bad}");
        }
    }
}
