//! Leads put away and brought back, and what leads stand at.

use lead_core::record::LeadId;
use lead_core::seam::{Hid, Hiding, LeadVersion, Versioned};
use lead_core::{Error, Result};
use serde::Deserialize;

use crate::given::{self, Unknown, all_known};
use crate::place::Place;

/// Which leads are hidden or not, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    store: Option<String>,
    tenant: Option<String>,
    leads: Vec<(String, Option<String>)>,
    by: Option<String>,
    hidden: bool,
    #[serde(flatten)]
    unknown: Unknown,
}

/// Leads to be hidden, or hidden no more.
#[derive(Clone, Debug)]
pub struct SetHidden {
    place: Place,
    hiding: Hiding,
}

impl SetHidden {
    /// Reads options: the store, the tenant, whether leads are `hidden` afterwards, `by` whom, and `leads`, each its id and the version it
    /// must stand at, or null.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a value that means nothing, and without a store or a name.
    pub fn read(json: &str) -> Result<Self> {
        let given: Given = given::read("hide", json)?;
        all_known("hide", &given.unknown)?;
        let by = given.by.filter(|by| !by.trim().is_empty());
        let by = by.ok_or_else(|| Error::invalid("hide", "who wants it is wanted").with("option", "by"))?;
        let mut hiding = if given.hidden {
            Hiding::hide(by)
        } else {
            Hiding::unhide(by)
        };
        for (id, version) in given.leads {
            let id: LeadId = id.parse()?;
            hiding = match version {
                Some(version) => hiding.if_unchanged(id, version.parse::<LeadVersion>()?),
                None => hiding.leads([id]),
            };
        }
        Ok(Self {
            place: Place::read("hide", given.store, given.tenant.as_deref())?,
            hiding,
        })
    }

    /// Does it: what came of each lead, in the order given.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn run(self) -> Result<Vec<Hid>> {
        let opened = self.place.open().await?;
        let came = opened.store().set_hidden(self.hiding).await;
        opened.close().await;
        came
    }
}

/// Whose versions are asked for, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    store: Option<String>,
    tenant: Option<String>,
    ids: Vec<String>,
    #[serde(flatten)]
    unknown: Unknown,
}

/// Leads whose versions are asked for.
#[derive(Clone, Debug)]
pub struct Versions {
    place: Place,
    ids: Vec<LeadId>,
}

impl Versions {
    /// Reads options: the store, the tenant, and `ids`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a value that means nothing, and without a store.
    pub fn read(json: &str) -> Result<Self> {
        let asked: Asked = given::read("versions", json)?;
        all_known("versions", &asked.unknown)?;
        let ids = asked.ids.iter().map(|id| id.parse());
        Ok(Self {
            place: Place::read("versions", asked.store, asked.tenant.as_deref())?,
            ids: ids.collect::<Result<_>>()?,
        })
    }

    /// The leads as they stand, in the order asked; `None` for one that is not there.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn run(self) -> Result<Vec<Option<Versioned>>> {
        let opened = self.place.open().await?;
        let found = opened.store().versioned(self.ids).await;
        opened.close().await;
        found
    }
}

#[cfg(test)]
mod tests {
    use lead_core::ErrorKind;

    use super::*;

    #[test]
    fn a_store_a_name_and_ids_are_wanted() {
        let id = "1fd21487-f3db-573d-855b-9bddcf0d2238";
        let read = |leads: &str, by: &str| {
            SetHidden::read(&format!(
                r#"{{"store": "memory://", "hidden": true, "leads": {leads}, "by": {by}}}"#
            ))
        };
        let one = format!(r#"[["{id}", null]]"#);
        assert!(read(&one, r#""anna""#).is_ok());
        let minded = read(&format!(r#"[["{id}", "{id}"]]"#), r#""anna""#).unwrap();
        assert!(minded.hiding.hidden && minded.hiding.leads[0].1.is_some());
        for (leads, by) in [
            (one.as_str(), "null"),
            (one.as_str(), r#"" ""#),
            (r#"[["bakery", null]]"#, r#""anna""#),
            (&format!(r#"[["{id}", "newest"]]"#), r#""anna""#),
        ] {
            let error = read(leads, by).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{leads} {by}");
        }
        assert!(Versions::read(&format!(r#"{{"store": "memory://", "ids": ["{id}"]}}"#)).is_ok());
        assert!(Versions::read(r#"{"store": "memory://", "ids": ["bakery"]}"#).is_err());
        assert!(Versions::read(r#"{"ids": []}"#).is_err());
    }
}
