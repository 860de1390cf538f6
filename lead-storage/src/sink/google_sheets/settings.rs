//! What Google Sheets is told.

use serde::Deserialize;

use crate::sink::oauth::OAuth;
use crate::sink::secret::SecretName;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    #[serde(default = "usual_url")]
    pub(super) url: String,
    pub(super) token: Option<SecretName>,
    pub(super) oauth: Option<OAuth>,
    /// What stands in its address between `/d/` and the next `/`.
    pub(super) spreadsheet: String,
    #[serde(default = "usual_sheet")]
    pub(super) sheet: String,
    /// Columns of a `full` export, in the order they are written in where there is no header yet; `id` is always one.
    #[serde(default)]
    pub(super) columns: Vec<String>,
}

fn usual_url() -> String {
    "https://sheets.googleapis.com".to_owned()
}

fn usual_sheet() -> String {
    "Leads".to_owned()
}
