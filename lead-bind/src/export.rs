//! Leads as files.

use std::path::{Path, PathBuf};

use lead_core::clock::{Timestamp, instant};
use lead_core::record::filter::Filter;
use lead_core::{Error, Result};
use lead_storage::export::{Anew, Export as Writer, Exported, Format};
use serde::{Deserialize, Serialize};

use crate::given::{self, Unknown, all_known};
use crate::place::Place;

/// What an export is told, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    store: Option<String>,
    tenant: Option<String>,
    format: Option<String>,
    layout: Option<String>,
    columns: Vec<String>,
    filter: Option<String>,
    sort: Option<String>,
    since: Option<String>,
    resume: bool,
    #[serde(flatten)]
    unknown: Unknown,
}

/// A file to write.
#[derive(Clone, Debug)]
pub struct Export {
    path: PathBuf,
    place: Place,
    writer: Writer,
}

/// What an export came to.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Written {
    /// Leads written.
    pub leads: u64,
    /// Leads left out because their site is suppressed.
    pub suppressed: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// How many of the leads an export that was broken off had written already.
    pub resumed: u64,
    /// Why an export that was to go on began from the start, when it did: `form`, `forgotten`, `damaged`.
    pub anew: Option<&'static str>,
}

impl Export {
    /// Reads options; their names are those of the flags of `lead export`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a value that means nothing, and without a store.
    pub fn read(path: &Path, json: &str) -> Result<Self> {
        let given: Given = given::read("export", json)?;
        all_known("export", &given.unknown)?;
        let format = given.format.as_deref().map(str::parse).transpose()?;
        let mut format: Format = format.unwrap_or_else(|| Format::of_file(path));
        if let Some(layout) = &given.layout {
            format = format.with_layout(layout.parse()?)?;
        }
        let filter = Filter::parse(given.filter.as_deref().unwrap_or_default())?;
        let mut writer = Writer::new(format).filter(filter).columns(given.columns);
        if let Some(sort) = &given.sort {
            writer = writer.sort(sort.parse()?);
        }
        if let Some(since) = &given.since {
            writer = writer.since(moment(since)?);
        }
        let place = Place::read("export", given.store, given.tenant.as_deref())?;
        if given.resume {
            writer = writer.resume(&place.origin()?);
        }
        Ok(Self {
            path: path.to_owned(),
            place,
            writer,
        })
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// Those of the store and of [`Writer::to_path`].
    pub async fn run(self) -> Result<Written> {
        let opened = self.place.open().await?;
        let written = self.writer.to_path(opened.store(), &self.path, |_| ()).await;
        opened.close().await;
        written.map(Written::from)
    }
}

impl From<Exported> for Written {
    fn from(exported: Exported) -> Self {
        Self {
            leads: exported.leads,
            suppressed: exported.suppressed,
            bytes: exported.bytes,
            resumed: exported.resumed,
            anew: exported.anew.map(Anew::as_str),
        }
    }
}

fn moment(text: &str) -> Result<Timestamp> {
    instant(text).ok_or_else(|| {
        let message = "a date such as 2026-01-31 or a time such as 2026-01-31T09:30:00Z is wanted";
        Error::invalid("export", message).with("option", "since")
    })
}
