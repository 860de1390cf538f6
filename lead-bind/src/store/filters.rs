//! Filters by name.

use lead_core::clock::Clock;
use lead_core::record::filter::Filter;
use lead_core::{Error, Result};
use lead_storage::filters::PRESETS;
use serde::{Deserialize, Serialize};

use super::calls::Nothing;
use crate::given;
use crate::place::Opened;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Given {
    name: Option<String>,
    filter: Option<String>,
}

impl Given {
    fn read(operation: &'static str, json: &str) -> Result<(String, Option<String>)> {
        let given: Self = given::read(operation, json)?;
        let missing = || Error::invalid(operation, "a name is wanted").with("option", "name");
        Ok((given.name.ok_or_else(missing)?, given.filter))
    }
}

/// A filter that has a name.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    name: String,
    /// What it stands for now.
    filter: String,
    built_in: bool,
    /// What it says, of one that is built in.
    doc: Option<&'static str>,
}

pub(super) async fn all(at: &Opened, json: &str) -> Result<Vec<Named>> {
    let _: Nothing = given::read("filters", json)?;
    let saved = at.saved().list().await?.into_iter().map(|(name, filter)| Named {
        name,
        filter,
        built_in: false,
        doc: None,
    });
    let mut named: Vec<Named> = saved.collect();
    let now = Clock::system().now();
    for preset in PRESETS {
        named.push(Named {
            name: preset.name.to_owned(),
            filter: preset.filter(now)?.to_string(),
            built_in: true,
            doc: Some(preset.doc),
        });
    }
    Ok(named)
}

pub(super) async fn save(at: &Opened, json: &str) -> Result<()> {
    let (name, filter) = Given::read("save_filter", json)?;
    let missing = || Error::invalid("save_filter", "a filter is wanted").with("option", "filter");
    let filter = Filter::parse(&filter.ok_or_else(missing)?)?;
    at.saved().save(&name, &filter).await
}

/// Whether it was there.
pub(super) async fn remove(at: &Opened, json: &str) -> Result<bool> {
    let (name, _) = Given::read("remove_filter", json)?;
    at.saved().remove(&name).await
}
