//! Leads that nobody has seen for long.

use std::path::{Path, PathBuf};

use lead_core::clock::{Clock, Timestamp, before};
use lead_core::record::filter::Filter;
use lead_core::{Error, Result};
use lead_storage::archive::Retention;
use serde::{Deserialize, Serialize};

use crate::given::{self, Unknown, all_known};
use crate::place::Place;

/// What a retention is told, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    store: Option<String>,
    tenant: Option<String>,
    older_than: Option<String>,
    filter: Option<String>,
    archive: Option<PathBuf>,
    delete: bool,
    dry_run: bool,
    #[serde(flatten)]
    unknown: Unknown,
}

/// What is to leave a store.
#[derive(Clone, Debug)]
pub struct Retain {
    place: Place,
    retention: Retention,
    dry_run: bool,
}

/// What a retention came to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Retained {
    /// Leads that left the store; those that would, when they are only counted.
    pub leads: u64,
    /// Leads that were seen again or joined to others meanwhile, and were not taken.
    pub passed_over: u64,
    /// The files they are in now.
    pub files: Vec<PathBuf>,
    /// Bytes of these files.
    pub bytes: u64,
}

impl Retain {
    /// Reads options; their names are those of the flags of `lead retain`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a value that means nothing, without a store or an age, and
    /// when it is not said whether leads are archived or deleted.
    pub fn read(json: &str) -> Result<Self> {
        let given: Given = given::read("retain", json)?;
        all_known("retain", &given.unknown)?;
        let before = age(given.older_than.as_deref())?;
        let filter = Filter::parse(given.filter.as_deref().unwrap_or_default())?;
        let retention = match (&given.archive, given.delete) {
            (Some(folder), false) => Retention::archive(before, Path::new(folder)),
            (None, true) => Retention::delete(before),
            _ => {
                let says = "either a folder to archive into or to delete is wanted";
                return Err(Error::invalid("retain", says).with("option", "archive"));
            }
        };
        Ok(Self {
            place: Place::read("retain", given.store, given.tenant.as_deref())?,
            retention: retention.filter(filter),
            dry_run: given.dry_run,
        })
    }

    /// Does it, or counts.
    ///
    /// # Errors
    /// Those of the store and of [`Retention::run`].
    pub async fn run(self) -> Result<Retained> {
        let opened = self.place.open().await?;
        let store = opened.store();
        let done = if self.dry_run {
            self.retention.count(store).await.map(|leads| Retained {
                leads,
                ..Retained::default()
            })
        } else {
            self.retention.run(store, |_| ()).await.map(|done| Retained {
                leads: done.leads,
                passed_over: done.passed_over,
                files: done.files,
                bytes: done.bytes,
            })
        };
        opened.close().await;
        done
    }
}

fn age(text: Option<&str>) -> Result<Timestamp> {
    let says = "a length of time is wanted: 90d, 6mo, 2y";
    let wanted = || Error::invalid("retain", says).with("option", "older_than");
    before(Clock::system().now(), text.ok_or_else(wanted)?).ok_or_else(wanted)
}

#[cfg(test)]
mod tests {
    use lead_core::ErrorKind;

    use super::*;

    #[test]
    fn an_age_and_one_fate_are_wanted() {
        let read = |more: &str| Retain::read(&format!(r#"{{"store": "memory://"{more}}}"#));
        for more in [
            r#", "archive": "a""#,
            r#", "older_than": "2y""#,
            r#", "older_than": "2y", "archive": "a", "delete": true"#,
            r#", "older_than": "soon", "delete": true"#,
        ] {
            assert_eq!(read(more).unwrap_err().kind(), ErrorKind::InvalidInput, "{more}");
        }
        assert!(read(r#", "older_than": "2y", "archive": "a""#).is_ok());
    }
}
