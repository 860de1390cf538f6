//! Options, as JavaScript says them.

use lead_core::contacts::{ExtractOptions, Part, Parts};
use lead_core::phone::FindOptions;
use lead_core::{Error, Result};
use napi_derive::napi;

/// Options of all calls, as they are checked by the loader.
#[napi(object)]
#[derive(Default)]
pub struct Options {
    /// ISO 3166-1 code.
    pub region: Option<String>,
    /// Where the document came from.
    pub base_url: Option<String>,
    /// The response's header.
    pub content_type: Option<String>,
    /// `possible`, `valid`, `strict-grouping` or `exact-grouping`.
    pub leniency: Option<String>,
    /// `smart` or `compat`.
    pub mode: Option<String>,
    /// Whether doubtful addresses are kept.
    pub doubtful: Option<bool>,
    /// Names of the parts to look for.
    pub only: Option<Vec<String>>,
    /// When compat mode gives up.
    pub max_tries: Option<i64>,
}

impl TryFrom<Options> for ExtractOptions {
    type Error = Error;
    fn try_from(given: Options) -> Result<Self> {
        let mut options = Self::new();
        options.mode = word(given.mode.as_deref())?;
        options.doubtful = given.doubtful.unwrap_or_default();
        if let Some(names) = given.only {
            let parts: Result<Vec<Part>> = names.iter().map(|name| name.parse()).collect();
            options.parts = Parts::of(parts?);
        }
        (options.region, options.base_url, options.content_type) =
            (given.region, given.base_url, given.content_type);
        Ok(options)
    }
}

impl TryFrom<Options> for FindOptions {
    type Error = Error;
    fn try_from(given: Options) -> Result<Self> {
        let mut options = Self::new();
        options.region = given.region;
        options.leniency = word(given.leniency.as_deref())?;
        options.mode = word(given.mode.as_deref())?;
        options.max_tries = given.max_tries.and_then(|tries| u64::try_from(tries).ok());
        Ok(options)
    }
}

/// The value of a word, the default one when none is given.
fn word<T: std::str::FromStr<Err = Error> + Default>(given: Option<&str>) -> Result<T> {
    given.map_or_else(|| Ok(T::default()), str::parse)
}
