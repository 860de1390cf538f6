//! Other words for the same.

mod model;
mod preset;
#[cfg(test)]
mod tests;

pub use model::Model;
pub use preset::{Order, Preset};

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::trade::{LANGUAGES, plain_words};
use super::understand::Understanding;
use crate::record::QueryText;

/// Other words for what a query looks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Variant {
    /// The words.
    pub text: QueryText,
    /// Where they come from.
    pub why: Why,
}

/// Where a variant comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Why {
    /// What is looked for, without what stands around it in the query.
    Bare,
    /// Other words in the query's language.
    Synonym,
    /// The words of this language (ISO 639-1).
    Translation(String),
    /// A template of a preset.
    Template(String),
    /// Who asked gave it.
    Given,
    /// A model proposed it.
    Model,
}

impl Variant {
    /// A variant.
    pub fn new(text: QueryText, why: Why) -> Self {
        Self { text, why }
    }
}

/// Other words for what a query means, each once, the likeliest first: the bare words, others of the same language, then the
/// usual words of the other languages, then their rarer ones. Two that differ by case, accents, order or a plural's `s` alone
/// are one.
///
/// ```
/// use lead_core::plan::{understand, variants};
///
/// let variants = variants(&understand(&"best dentists".parse()?));
/// let texts: Vec<_> = variants.iter().map(|variant| variant.text.as_str()).collect();
/// assert_eq!(texts[..3], ["dentists", "dental clinics", "Zahnärzte"]);
/// # Ok::<(), lead_core::Error>(())
/// ```
pub fn variants(meant: &Understanding) -> Vec<Variant> {
    let own = meant.language.unwrap_or("en");
    let mut all = Distinct::beside(&meant.text);
    all.add(meant.what.as_str(), Why::Bare);
    for trade in &meant.trades {
        for word in trade.words(own) {
            all.add(word, Why::Synonym);
        }
    }
    let others = || LANGUAGES.into_iter().filter(|language| *language != own);
    for rank in 0.. {
        let mut any = false;
        for language in others() {
            for word in meant
                .trades
                .iter()
                .filter_map(|trade| trade.words(language).get(rank))
            {
                any = true;
                all.add(word, Why::Translation(language.to_owned()));
            }
        }
        if !any {
            break;
        }
    }
    all.variants
}

/// Each of these once.
pub(crate) fn distinct(variants: impl IntoIterator<Item = Variant>) -> Vec<Variant> {
    let mut known = BTreeSet::new();
    let all = variants.into_iter();
    all.filter(|variant| known.insert(sense(variant.text.as_str())))
        .collect()
}

/// Variants, each once.
#[derive(Debug)]
struct Distinct {
    known: BTreeSet<String>,
    variants: Vec<Variant>,
}

impl Distinct {
    /// None yet; the query itself is none.
    fn beside(text: &QueryText) -> Self {
        Self {
            known: BTreeSet::from([sense(text.as_str())]),
            variants: Vec::new(),
        }
    }

    fn add(&mut self, text: &str, why: Why) {
        let Ok(text) = QueryText::new(text) else { return };
        if self.known.insert(sense(text.as_str())) {
            self.variants.push(Variant::new(text, why));
        }
    }
}

/// What two texts share that say the same.
fn sense(text: &str) -> String {
    let mut words: Vec<String> = plain_words(text)
        .into_iter()
        .map(|word| match word.strip_suffix('s') {
            Some(stem) if stem.len() > 3 => stem.to_owned(),
            _ => word,
        })
        .collect();
    words.sort_unstable();
    words.join(" ")
}
