//! What Salesforce is told.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::sink::oauth::OAuth;
use crate::sink::secret::SecretName;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// The organization's own: `https://example.my.salesforce.com`.
    pub(super) url: String,
    pub(super) token: Option<SecretName>,
    pub(super) oauth: Option<OAuth>,
    #[serde(default = "usual_version")]
    pub(super) version: String,
    #[serde(default = "usual_object")]
    pub(super) object: String,
    /// A text field of the object, marked *External ID* and *Unique*, which holds the lead's id.
    #[serde(default = "usual_id")]
    pub(super) id_field: String,
    #[serde(default)]
    pub(super) fields: BTreeMap<String, String>,
}

fn usual_version() -> String {
    "v61.0".to_owned()
}

fn usual_object() -> String {
    "Lead".to_owned()
}

fn usual_id() -> String {
    "Lead_Id__c".to_owned()
}
