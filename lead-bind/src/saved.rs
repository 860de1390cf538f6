//! Saved pages of platforms, and files of open data.

use std::path::{Path, PathBuf};

use lead_core::clock::Clock;
use lead_core::record::{BoundingBox, Listing, TenantId};
use lead_core::seam::{Reject, Store, WriteBatch};
use lead_core::source::adapter::{Adapter, Outcome, ParseRequest};
use lead_core::source::open_data::{Layout, ReadOptions, read};
use lead_core::{Error, ErrorKind, Result, source};
use serde::{Deserialize, Serialize};

use crate::given::{self, Unknown, all_known};
use crate::sources;

/// A platform: a built-in one by its id, or a file's text.
#[derive(Clone, Copy, Debug)]
pub enum Platform<'a> {
    /// One that comes with the library.
    BuiltIn(&'a str),
    /// The text of an adapter file.
    Toml(&'a str),
}

/// Reads a saved page or answer of a platform.
///
/// # Errors
/// [`ErrorKind::NotFound`] for a platform that nobody knows; [`ErrorKind::Config`] for a faulty adapter file, with line and
/// column; [`ErrorKind::UnrecognisedPage`] and the others of [`Adapter::parse`].
pub fn parse_page(
    platform: Platform<'_>,
    page: &[u8],
    url: Option<&str>,
    region: Option<&str>,
) -> Result<Outcome> {
    let adapter = match platform {
        Platform::BuiltIn(id) => source::adapter(id)?,
        Platform::Toml(text) => Adapter::from_toml(text)?,
    };
    let mut request = ParseRequest::new();
    (request.url, request.region) = (url.map(str::to_owned), region.map(str::to_owned));
    adapter.parse(page, &request)
}

/// The names of sources: those that can be asked, and platforms whose saved pages can be read.
#[derive(Clone, Debug, Serialize)]
pub struct Names {
    /// Sources that a collection can ask.
    pub sources: Vec<&'static str>,
    /// Platforms whose pages can be read.
    pub platforms: Vec<&'static str>,
    /// Layouts of files of open data.
    pub layouts: Vec<&'static str>,
}

/// The names of sources.
pub fn names() -> Names {
    Names {
        sources: sources::names(),
        platforms: source::adapters().collect(),
        layouts: Layout::ALL.map(Layout::name).to_vec(),
    }
}

/// What an import is told, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    layout: Option<String>,
    store: Option<String>,
    tenant: Option<String>,
    bbox: Option<[f64; 4]>,
    category: Option<String>,
    max: Option<usize>,
    #[serde(flatten)]
    unknown: Unknown,
}

/// A file to import.
#[derive(Clone, Debug)]
pub struct Import {
    path: PathBuf,
    layout: Option<Layout>,
    options: ReadOptions,
    store: Option<String>,
    tenant: Option<TenantId>,
}

/// What an import came to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Imported {
    /// The file's layout.
    pub layout: &'static str,
    /// Rows read.
    pub rows: u64,
    /// Listings among them.
    pub listings: u64,
    /// Leads that came to be; 0 without a store.
    pub created: u64,
    /// Leads that changed.
    pub updated: u64,
    /// Rows that could not be read, in all.
    pub rejected: u64,
    /// The first thousand of them, with their place and why.
    pub rejects: Vec<Reject>,
}

/// Rejects that are handed over.
const REJECTS: usize = 1_000;
/// Listings of one commit.
const COMMIT: usize = 1_000;

impl Import {
    /// Reads options; their names are those of the flags of `lead import`. Without a store, everything is read and nothing kept.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a value that means nothing.
    pub fn read(path: &Path, json: &str) -> Result<Self> {
        let given: Given = given::read("import", json)?;
        all_known("import", &given.unknown)?;
        let mut options = ReadOptions::new();
        let corners = given
            .bbox
            .map(|[west, south, east, north]| BoundingBox::new(west, south, east, north));
        options.area = corners.transpose()?;
        options.category = given.category;
        options.max = given.max;
        Ok(Self {
            path: path.to_owned(),
            layout: given
                .layout
                .filter(|layout| layout != "auto")
                .map(|layout| layout.parse())
                .transpose()?,
            options,
            store: given.store,
            tenant: given.tenant.as_deref().map(TenantId::new).transpose()?,
        })
    }

    /// Imports the file.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when there is no such file, [`ErrorKind::Unsupported`] when its layout is not known, those of the
    /// store. Rows that cannot be read are kept aside.
    pub async fn run(self) -> Result<Imported> {
        let store = match &self.store {
            Some(uri) => {
                let store = lead_storage::open(uri).await?;
                Some(
                    self.tenant
                        .clone()
                        .map_or(store.clone(), |tenant| store.tenant(tenant)),
                )
            }
            None => None,
        };
        let imported = self.import(store.as_ref()).await;
        if let Some(store) = store {
            store.close().await;
        }
        imported
    }

    async fn import(self, store: Option<&Store>) -> Result<Imported> {
        let (sender, mut portions) = tokio::sync::mpsc::channel(2);
        let reading = tokio::task::spawn_blocking(move || -> Result<&'static str> {
            let layout = self.layout.map_or_else(|| Layout::detect(&self.path), Ok)?;
            for portion in read(&self.path, layout, &self.options)? {
                if sender.blocking_send((layout, portion?)).is_err() {
                    break; // nobody waits any more
                }
            }
            Ok(layout.name())
        });
        let mut imported = Imported::default();
        while let Some((layout, portion)) = portions.recv().await {
            imported.rows += portion.rows;
            imported.listings += portion.listings.len() as u64;
            imported.rejected += portion.rejects.len() as u64;
            let room = REJECTS.saturating_sub(imported.rejects.len());
            imported.rejects.extend(portion.rejects.into_iter().take(room));
            if let Some(store) = store {
                for some in chunks(portion.listings) {
                    let now = Clock::system().now();
                    let sightings = some
                        .into_iter()
                        .map(|listing| listing.observe(layout.source(), now))
                        .collect();
                    let receipt = store.commit(WriteBatch::of(sightings)).await?;
                    imported.created += receipt.created.len() as u64;
                    imported.updated += receipt.updated.len() as u64;
                }
            }
        }
        let broken = |cause| Error::new(ErrorKind::Internal, "import", "reading broke off").because(cause);
        imported.layout = reading.await.map_err(broken)??;
        Ok(imported)
    }
}

fn chunks(listings: Vec<Listing>) -> impl Iterator<Item = Vec<Listing>> {
    let mut listings = listings.into_iter();
    std::iter::from_fn(move || {
        let some: Vec<Listing> = listings.by_ref().take(COMMIT).collect();
        (!some.is_empty()).then_some(some)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_that_is_none_is_refused() {
        let page = |region| {
            parse_page(
                Platform::BuiltIn("overpass"),
                br#"{"elements":[]}"#,
                None,
                Some(region),
            )
        };
        assert_eq!(page("Italy").unwrap_err().kind(), ErrorKind::InvalidInput);
        assert!(page("IT").is_ok());
    }
}
