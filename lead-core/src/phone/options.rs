//! How numbers are looked for in a text.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::region::Region;
use crate::{Error, Result};

/// How strict a number in running text is read; libphonenumber's levels.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Leniency {
    /// The length fits.
    Possible,
    /// The numbering plan has it, and a national prefix is there where it is usual.
    #[default]
    Valid,
    /// Valid, and its groups are not cut in a way nobody writes.
    StrictGrouping,
    /// Valid, and grouped as the region formats it.
    ExactGrouping,
}

impl FromStr for Leniency {
    type Err = Error;
    /// Reads `valid`, `strict-grouping` or `STRICT_GROUPING`.
    fn from_str(text: &str) -> Result<Self> {
        match text.to_ascii_lowercase().replace('_', "-").as_str() {
            "possible" => Ok(Self::Possible),
            "valid" => Ok(Self::Valid),
            "strict-grouping" => Ok(Self::StrictGrouping),
            "exact-grouping" => Ok(Self::ExactGrouping),
            _ => Err(Error::invalid(
                "leniency",
                "possible, valid, strict-grouping or exact-grouping is wanted",
            )),
        }
    }
}

/// Whether to do what the reference does, or better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Mode {
    /// Rules for real pages on top: decoys (dates, prices, order numbers …) are dropped, lists and letters are read.
    #[default]
    Smart,
    /// Exactly libphonenumber's matcher.
    Compat,
}

impl FromStr for Mode {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        match text.to_ascii_lowercase().as_str() {
            "smart" => Ok(Self::Smart),
            "compat" => Ok(Self::Compat),
            _ => Err(Error::invalid("mode", "smart or compat is wanted")),
        }
    }
}

/// How to look for numbers in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct FindOptions {
    /// The region whose national numbers are read; without one, only numbers with `+` and country code are.
    /// `ZZ`, libphonenumber's unknown region, counts as none. Checked when it is used.
    pub region: Option<String>,
    /// How strict.
    pub leniency: Leniency,
    /// The reference's answer, or a better one.
    pub mode: Mode,
    /// In compat mode: after how many readings that came to no number to give up on a text, as a guard against texts made of
    /// them. Without one it is read to its end, however many they are; libphonenumber's own default, too.
    pub max_tries: Option<u64>,
}

impl FindOptions {
    /// Valid numbers in international form, smart mode.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads national numbers of this region too.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the strictness.
    pub fn leniency(mut self, leniency: Leniency) -> Self {
        self.leniency = leniency;
        self
    }

    /// Sets the mode.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Sets how many readings may come to nothing before compat mode gives up.
    pub fn max_tries(mut self, tries: u64) -> Self {
        self.max_tries = Some(tries);
        self
    }
}

/// The region an option names: none when it is absent, empty or `ZZ`, libphonenumber's unknown region.
///
/// ```
/// use lead_core::phone::{Region, wanted_region};
/// assert_eq!(wanted_region(Some("us"))?, Some(Region::US));
/// assert_eq!(wanted_region(Some("ZZ"))?, None);
/// # Ok::<(), lead_core::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it names no region.
pub fn wanted_region(option: Option<&str>) -> Result<Option<Region>> {
    match option.map(str::trim) {
        None | Some("") => Ok(None),
        Some(code) if code.eq_ignore_ascii_case("ZZ") => Ok(None),
        Some(code) => Region::new(code).map(Some),
    }
}
