//! What Pipedrive is told.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::sink::oauth::OAuth;
use crate::sink::secret::SecretName;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// The company's own: `https://example.pipedrive.com`.
    pub(super) url: String,
    /// A personal API token.
    pub(super) token: Option<SecretName>,
    pub(super) oauth: Option<OAuth>,
    /// Key of a custom text field of organizations, which holds the lead's id.
    pub(super) id_field: String,
    /// The same of persons. Without it no persons are written.
    pub(super) person_id_field: Option<String>,
    #[serde(default)]
    pub(super) fields: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) person_fields: BTreeMap<String, String>,
}
