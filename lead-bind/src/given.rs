//! Options, as the languages give them.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use lead_core::contacts::{ExtractOptions, Part, Parts};
use lead_core::{Error, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Reads options out of JSON. What cannot be read is told with the name of its option.
pub(crate) fn read<T: DeserializeOwned>(operation: &'static str, json: &str) -> Result<T> {
    let refuse = |cause: &serde_json::Error| {
        let told = cause.to_string();
        let told = told.split(" at line ").next().unwrap_or_default();
        // A text that was given may be an address with a password.
        if told.contains('"') {
            return Error::invalid(operation, "an option cannot be read: it is of another type");
        }
        Error::invalid(operation, format!("an option cannot be read: {told}"))
    };
    let given: Map<String, Value> = serde_json::from_str(json).map_err(|cause| refuse(&cause))?;
    serde_json::from_value(given.clone().into()).map_err(|cause| {
        let alone = |(name, value)| Value::from(Map::from_iter([(name, value)]));
        let mut names = given.into_iter().filter_map(|option| {
            let name = option.0.clone();
            serde_json::from_value::<T>(alone(option)).err().map(|_| name)
        });
        match names.next() {
            Some(name) => refuse(&cause).with("option", name),
            None => refuse(&cause),
        }
    })
}

/// Options that nobody knows. The languages check names; this tells when they and this crate know different ones.
pub(crate) type Unknown = BTreeMap<String, Value>;

/// Refuses options that nobody knows.
pub(crate) fn all_known(operation: &'static str, unknown: &Unknown) -> Result<()> {
    match unknown.keys().next() {
        Some(name) => Err(Error::invalid(operation, "there is no such option").with("option", name)),
        None => Ok(()),
    }
}

/// Reads each of the words.
pub(crate) fn all<T: FromStr<Err = Error>>(words: &[String]) -> Result<Vec<T>> {
    words.iter().map(|word| word.parse()).collect()
}

/// Reads each of the words, whose own errors say too little.
pub(crate) fn all_or<T: FromStr>(
    words: &[String],
    option: &'static str,
    wanted: impl Display,
) -> Result<Vec<T>> {
    let read = |word: &String| word.parse().ok();
    let read: Option<Vec<T>> = words.iter().map(read).collect();
    read.ok_or_else(|| Error::invalid(option, format!("{wanted} is wanted")))
}

/// The value of a word, the default one when none is given.
pub(crate) fn word<T: FromStr<Err = Error> + Default>(given: Option<&str>) -> Result<T> {
    given.map_or_else(|| Ok(T::default()), str::parse)
}

/// How contacts are read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Reading {
    region: Option<String>,
    mode: Option<String>,
    doubtful: bool,
    only: Option<Vec<String>>,
}

impl Reading {
    pub(crate) fn options(&self) -> Result<ExtractOptions> {
        let mut options = ExtractOptions::new();
        options.region.clone_from(&self.region);
        options.mode = word(self.mode.as_deref())?;
        options.doubtful = self.doubtful;
        if let Some(names) = &self.only {
            options.parts = Parts::of(all::<Part>(names)?);
        }
        lead_core::extract("", &options)?; // a region that does not exist is told at once
        Ok(options)
    }
}
