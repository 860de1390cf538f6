//! Lists of variants of the user's own.

use serde::{Deserialize, Serialize};

use super::{Distinct, Variant, Why};
use crate::plan::Understanding;
use crate::{Error, ErrorKind, Result};

/// More templates than these are no list a person made.
const MOST: usize = 1_000;

/// In which order variants are asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Order {
    /// What brings most a request first; what brings nothing is dropped.
    #[default]
    Yield,
    /// As they are given, each to its end.
    Fixed,
}

/// A list of variants as templates: `{what}` stands for what the query looks for, `{place}` for where. A template with
/// `{place}` is left out where the query names none.
///
/// The fixed lists of v3.9 are presets of order `fixed`:
///
/// ```
/// use lead_core::plan::{Preset, understand};
///
/// let preset = Preset::from_toml(r#"
/// name = "two suffixes"
/// order = "fixed"
/// templates = ["{what}", "{what} contact", "{what} phone number"]
/// "#)?;
/// let variants = preset.variants(&understand(&"dentists in Lyon".parse()?), Some("Lyon"));
/// assert_eq!(variants[1].text.as_str(), "dentists contact");
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Preset {
    /// Its name for people.
    pub name: String,
    /// In which order they are asked.
    #[serde(default)]
    pub order: Order,
    /// The templates.
    pub templates: Vec<String>,
}

impl Preset {
    /// A list of templates.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when there is none, too many, or one has a placeholder nobody knows.
    pub fn new(
        name: impl Into<String>,
        order: Order,
        templates: impl IntoIterator<Item = String>,
    ) -> Result<Self> {
        let preset = Self {
            name: name.into(),
            order,
            templates: templates.into_iter().collect(),
        };
        preset.check()?;
        Ok(preset)
    }

    /// Reads a preset.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] with the place in the file, when it is none; as [`Preset::new`].
    pub fn from_toml(text: &str) -> Result<Self> {
        let preset: Self = toml::from_str(text)
            .map_err(|cause| Error::new(ErrorKind::Config, "preset", "this is no preset").because(cause))?;
        preset.check()?;
        Ok(preset)
    }

    fn check(&self) -> Result<()> {
        let wrong = |message: &str| Error::new(ErrorKind::Config, "preset", message);
        if self.templates.is_empty() || self.templates.len() > MOST {
            return Err(wrong("one template at least is wanted").with("most", MOST));
        }
        for template in &self.templates {
            let rest = template.replace("{what}", "").replace("{place}", "");
            if rest.contains(['{', '}']) {
                return Err(wrong("a template knows {what} and {place} alone").with("template", template));
            }
        }
        Ok(())
    }

    /// The variants for what a query means, around a place.
    pub fn variants(&self, meant: &Understanding, place: Option<&str>) -> Vec<Variant> {
        let mut all = Distinct {
            known: std::collections::BTreeSet::default(),
            variants: Vec::new(),
        };
        let place = place.or(meant.place.as_ref().map(super::QueryText::as_str));
        for template in &self.templates {
            let text = template.replace("{what}", meant.what.as_str());
            let text = match place {
                Some(place) => text.replace("{place}", place),
                None if text.contains("{place}") => continue,
                None => text,
            };
            all.add(&text, Why::Template(template.clone()));
        }
        all.variants
    }
}
