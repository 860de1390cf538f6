//! What Zoho CRM is told.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::sink::oauth::OAuth;
use crate::sink::secret::SecretName;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// By the data centre: `https://www.zohoapis.eu` and so on.
    #[serde(default = "usual_url")]
    pub(super) url: String,
    pub(super) token: Option<SecretName>,
    pub(super) oauth: Option<OAuth>,
    #[serde(default = "usual_version")]
    pub(super) version: String,
    #[serde(default = "usual_module")]
    pub(super) module: String,
    /// A single-line field marked *Do not allow duplicate values*, which holds the lead's id.
    #[serde(default = "usual_id")]
    pub(super) id_field: String,
    #[serde(default)]
    pub(super) fields: BTreeMap<String, String>,
}

fn usual_url() -> String {
    "https://www.zohoapis.com".to_owned()
}

fn usual_version() -> String {
    "v7".to_owned()
}

fn usual_module() -> String {
    "Leads".to_owned()
}

fn usual_id() -> String {
    "Lead_Id".to_owned()
}
