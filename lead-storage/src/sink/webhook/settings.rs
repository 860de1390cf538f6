//! What a webhook is told.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::sink::secret::{SecretName, Told};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Where to: an address, or the name of one that is a secret itself.
    pub(super) url: Told,
    /// Keys that sign, `whsec_…`: one, or while it is changed the new and the old one.
    #[serde(default)]
    pub(super) secrets: Vec<SecretName>,
    /// More headers, by name: a token, say.
    #[serde(default)]
    pub(super) headers: BTreeMap<String, SecretName>,
}
