//! The adapter file as written. Each piece keeps its place, so that a fault can be told where it stands.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::PageKind;
use crate::seam::Terms;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    pub(super) version: u32,
    pub(super) terms: Terms,
    pub(super) licence: Option<String>,
    #[serde(default)]
    pub(super) attribution: String,
    /// The taxonomy its categories belong to; the id when nothing is said.
    pub(super) scheme: Option<String>,
    /// The region national numbers are read for when the entry names no country.
    pub(super) region: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) url: Vec<Spanned<String>>,
    pub(super) search: Option<Spanned<Search>>,
    #[serde(default)]
    pub(super) page: Vec<Spanned<Page>>,
    #[serde(default)]
    pub(super) field: Vec<Spanned<Field>>,
}

/// What is asked, and how the pages of a search follow one another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    pub(super) url: Spanned<String>,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, Spanned<String>>,
    /// The body of a POST.
    pub(super) json: Option<Spanned<String>>,
    /// What `{page}` is on the first page, and by how much it grows.
    pub(super) first: Option<u32>,
    pub(super) step: Option<u32>,
    /// So many pages at most.
    pub(super) most: Option<Spanned<u32>>,
    pub(super) next: Option<Spanned<Reader>>,
    pub(super) total: Option<Spanned<Reader>>,
    pub(super) detail: Option<Spanned<Reader>>,
    /// Seconds between two requests.
    pub(super) pace: Option<Spanned<f64>>,
    /// Whether it is an API that invites programs.
    #[serde(default)]
    pub(super) api: bool,
    /// Whether its pages want a browser.
    #[serde(default)]
    pub(super) rendered: bool,
    /// Selectors of buttons that are pressed there.
    #[serde(default)]
    pub(super) reveal: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    pub(super) name: String,
    #[serde(default)]
    pub(super) kind: PageKind,
    #[serde(default)]
    pub(super) all: Vec<Spanned<Reader>>,
    pub(super) entries: Option<Spanned<Reader>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    pub(super) to: Spanned<String>,
    /// The pages it is read on; all when nothing is said.
    #[serde(default)]
    pub(super) pages: Vec<Spanned<String>>,
    pub(super) read: Vec<Spanned<Reader>>,
    #[serde(default)]
    pub(super) transform: Vec<Spanned<String>>,
    /// Values by what the platform calls them; others are dropped.
    #[serde(default)]
    pub(super) map: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) required: bool,
    /// The share of entries expected to have it, 0 to 1.
    pub(super) expect: Option<Spanned<f64>>,
    pub(super) confidence: Option<Spanned<f32>>,
}

/// A place to look at, and as a condition also what is to stand there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reader {
    pub(super) json: Option<String>,
    #[serde(default)]
    pub(super) root: bool,
    pub(super) script: Option<String>,
    pub(super) ld: Option<String>,
    pub(super) microdata: Option<String>,
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) meta: Option<String>,
    pub(super) css: Option<String>,
    pub(super) attr: Option<String>,
    pub(super) regex: Option<String>,
    pub(super) url: Option<String>,
    pub(super) text: Option<String>,
    pub(super) position: Option<bool>,
    pub(super) call: Option<String>,
    /// What is done to its values, before the field's own transforms.
    #[serde(default)]
    pub(super) then: Vec<Spanned<String>>,
    /// As a condition: the value is this.
    pub(super) is: Option<String>,
    /// As a condition: nothing stands there.
    #[serde(default)]
    pub(super) none: bool,
}

impl Reader {
    /// The places it names: `json` goes with `script`, and `attr` with `css`; of all others there is one.
    pub(super) fn places(&self) -> Vec<&'static str> {
        let all = [
            ("script", self.script.is_some()),
            ("json", self.json.is_some() && self.script.is_none()),
            ("ld", self.ld.is_some()),
            ("microdata", self.microdata.is_some()),
            ("meta", self.meta.is_some()),
            ("css", self.css.is_some()),
            ("attr", self.attr.is_some() && self.css.is_none()),
            ("regex", self.regex.is_some()),
            ("url", self.url.is_some()),
            ("text", self.text.is_some()),
            ("position", self.position.is_some()),
        ];
        let named = all.into_iter().filter(|(_, there)| *there);
        named.map(|(name, _)| name).collect()
    }
}
