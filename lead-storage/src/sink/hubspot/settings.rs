//! What HubSpot is told.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::sink::oauth::OAuth;
use crate::sink::secret::SecretName;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    #[serde(default = "usual_url")]
    pub(super) url: String,
    /// Of a private app.
    pub(super) token: Option<SecretName>,
    pub(super) oauth: Option<OAuth>,
    #[serde(default)]
    pub(super) object: Object,
    /// A property of the object with `hasUniqueValue`, which holds the lead's id.
    #[serde(default = "usual_id")]
    pub(super) id_property: String,
    #[serde(default)]
    pub(super) fields: BTreeMap<String, String>,
}

/// What a lead becomes.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Object {
    #[default]
    Companies,
    Contacts,
}

impl Object {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Companies => "companies",
            Self::Contacts => "contacts",
        }
    }
}

fn usual_url() -> String {
    "https://api.hubapi.com".to_owned()
}

fn usual_id() -> String {
    "lead_id".to_owned()
}
