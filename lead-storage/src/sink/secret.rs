//! What is told to nobody but the other side.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;
use lead_core::{Error, ErrorKind, Result};
use serde::Deserialize;

use super::SINK;

/// A token or key. It is never shown.
#[derive(Clone)]
pub(super) struct Secret(Arc<str>);

impl Secret {
    pub(super) fn new(text: &str) -> Self {
        Self(text.into())
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// The header that shows it to the other side, marked so that no layer writes it down.
    pub(super) fn header(&self, before: &str) -> Result<HeaderValue> {
        let header = HeaderValue::from_str(&format!("{before}{}", self.0));
        let refuse = |_| Error::new(ErrorKind::Config, SINK, "a token holds what no header can");
        let mut header = header.map_err(refuse)?;
        header.set_sensitive(true);
        Ok(header)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Where a secret stands: `env:NAME`. Never the secret itself, so a file of settings holds none.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct SecretName(String);

impl TryFrom<String> for SecretName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.strip_prefix("env:").map(str::trim) {
            Some(name) if !name.is_empty() => Ok(Self(name.to_owned())),
            // The text is not repeated: it may be the secret.
            _ => Err("a secret is named, not written: env:NAME of a variable of the environment"),
        }
    }
}

/// What knows the value of a name.
pub(super) type LookUp<'a> = &'a dyn Fn(&str) -> Option<String>;

impl SecretName {
    pub(super) fn resolve(&self, look_up: LookUp<'_>) -> Result<Secret> {
        let found = look_up(&self.0).filter(|value| !value.trim().is_empty());
        let missing = || Error::new(ErrorKind::Config, SINK, "a secret is not set").with("name", &self.0);
        found.map(|value| Secret::new(value.trim())).ok_or_else(missing)
    }
}

/// A text that may stand in the file or be named, as an address that is a secret itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Told {
    Named(SecretName),
    Written(String),
}

impl Told {
    pub(super) fn resolve(&self, look_up: LookUp<'_>) -> Result<String> {
        match self {
            Self::Named(name) => Ok(name.resolve(look_up)?.text().to_owned()),
            Self::Written(text) => Ok(text.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_shown() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret:?}"), "Secret");
        assert!(secret.header("Bearer ").unwrap().is_sensitive());
        let refused = SecretName::try_from("hunter2".to_owned()).unwrap_err();
        assert!(!refused.contains("hunter2"));
        let broken = Secret::new("hunter2\n").header("").unwrap_err();
        assert!(!format!("{broken:?}").contains("hunter2"));
    }

    #[test]
    fn a_name_is_looked_up() {
        let name = SecretName::try_from("env: TOKEN".to_owned()).unwrap();
        let set = |value: &'static str| move |name: &str| (name == "TOKEN").then(|| value.to_owned());
        assert_eq!(name.resolve(&set(" t\n")).unwrap().text(), "t");
        for missing in [name.resolve(&set("")), name.resolve(&|_| None)] {
            let error = missing.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(error.to_string().contains("TOKEN"), "{error}");
        }
    }
}
