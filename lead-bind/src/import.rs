//! Files of open data and of the predecessor, read into a store.

use std::path::{Path, PathBuf};

use lead_core::clock::Clock;
use lead_core::record::{BoundingBox, CountryCode, Listing};
use lead_core::seam::{Reject, Store, WriteBatch};
use lead_core::source::open_data::{Layout, ReadOptions, read};
use lead_core::{Error, ErrorKind, Result};
use lead_storage::import::{self, Import as Predecessor};
use serde::{Deserialize, Serialize};

use crate::given::{self, Unknown, all_known};
use crate::place::{Opened, Place};

/// What an import is told, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    layout: Option<String>,
    store: Option<String>,
    mirror: Option<String>,
    tenant: Option<String>,
    bbox: Option<[f64; 4]>,
    category: Option<String>,
    max: Option<u64>,
    zone: Option<String>,
    region: Option<String>,
    resume: bool,
    #[serde(flatten)]
    unknown: Unknown,
}

/// A file to import.
#[derive(Clone, Debug)]
pub struct Import {
    path: PathBuf,
    layout: Wanted,
    open: ReadOptions,
    predecessor: Predecessor,
    resume: bool,
    place: Option<Place>,
}

/// What a file is said to be.
#[derive(Clone, Copy, Debug)]
enum Wanted {
    Auto,
    Open(Layout),
    Predecessor(import::Layout),
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
        let mut open = ReadOptions::new();
        let corners = given
            .bbox
            .map(|[west, south, east, north]| BoundingBox::new(west, south, east, north));
        open.area = corners.transpose()?;
        open.category = given.category;
        open.max = given.max.map(|max| usize::try_from(max).unwrap_or(usize::MAX));
        let mut predecessor = Predecessor::new().zone(given.zone.as_deref().unwrap_or("UTC"))?;
        if let Some(region) = &given.region {
            predecessor = predecessor.region(CountryCode::new(region)?);
        }
        if let Some(max) = given.max {
            predecessor = predecessor.max(max);
        }
        let tenant = given.tenant.as_deref();
        let place = given
            .store
            .map(|store| Place::read("import", Some(store), tenant))
            .transpose()?;
        let place = place.map(|place| place.mirror(given.mirror));
        Ok(Self {
            path: path.to_owned(),
            layout: wanted(given.layout.as_deref().unwrap_or("auto"))?,
            open,
            predecessor,
            resume: given.resume,
            place,
        })
    }

    /// Imports the file.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when there is no such file, [`ErrorKind::Unsupported`] when its layout is not known, those of the
    /// store. Rows that cannot be read are kept aside.
    pub async fn run(self) -> Result<Imported> {
        let (layout, path) = (self.layout, self.path.clone());
        let found = tokio::task::spawn_blocking(move || found(layout, &path)).await;
        let found = found.map_err(broken)??;
        let opened = match &self.place {
            Some(place) => Some(place.open().await?),
            None => None,
        };
        let imported = match found {
            Found::Open(layout) => self.open_data(layout, opened.as_ref().map(Opened::store)).await,
            Found::Predecessor(layout) => self.of_predecessor(layout, opened.as_ref()).await,
        };
        if let Some(opened) = opened {
            opened.close().await;
        }
        imported
    }

    /// A file of v3.9.
    async fn of_predecessor(
        self,
        layout: Option<import::Layout>,
        opened: Option<&Opened>,
    ) -> Result<Imported> {
        if self.open.area.is_some() || self.open.category.is_some() {
            let says = "a box or a category can be asked of open data alone";
            return Err(Error::new(ErrorKind::Unsupported, "import", says));
        }
        let mut import = self.predecessor;
        if let Some(layout) = layout {
            import = import.layout(layout);
        }
        if let Some(opened) = opened {
            let state = opened.parts.state.clone();
            import = if self.resume {
                import.resume(state)
            } else {
                import.note(state)
            };
        }
        let mut rejects = Vec::new();
        let told = |step: import::Step<'_>| {
            let room = REJECTS.saturating_sub(rejects.len());
            rejects.extend(step.rejects.iter().take(room).cloned());
        };
        let done = match opened {
            Some(opened) => import.to_store(opened.store(), &self.path, told).await?,
            None => import.dry_run(&self.path, told).await?,
        };
        Ok(Imported {
            layout: done.layout.map(import::Layout::name).unwrap_or_default(),
            rows: done.read,
            listings: done.read - done.rejected,
            created: done.created,
            updated: done.updated,
            rejected: done.rejected,
            rejects,
        })
    }

    /// A file of open data.
    async fn open_data(self, layout: Layout, store: Option<&Store>) -> Result<Imported> {
        let (sender, mut portions) = tokio::sync::mpsc::channel(2);
        let reading = tokio::task::spawn_blocking(move || -> Result<()> {
            for portion in read(&self.path, layout, &self.open)? {
                if sender.blocking_send(portion?).is_err() {
                    break; // nobody waits any more
                }
            }
            Ok(())
        });
        let mut imported = Imported {
            layout: layout.name(),
            ..Imported::default()
        };
        while let Some(portion) = portions.recv().await {
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
        reading.await.map_err(broken)??;
        Ok(imported)
    }
}

/// What a file is.
enum Found {
    Open(Layout),
    /// One of v3.9; of which layout, where it was said.
    Predecessor(Option<import::Layout>),
}

/// Looks at the file where nobody has said what it is.
fn found(wanted: Wanted, path: &Path) -> Result<Found> {
    match wanted {
        Wanted::Open(layout) => Ok(Found::Open(layout)),
        Wanted::Predecessor(layout) => Ok(Found::Predecessor(Some(layout))),
        Wanted::Auto => match Layout::detect(path) {
            Err(error) if error.kind() == ErrorKind::Unsupported && import::Layout::detect(path).is_ok() => {
                Ok(Found::Predecessor(None))
            }
            open => open.map(Found::Open),
        },
    }
}

fn wanted(name: &str) -> Result<Wanted> {
    if name == "auto" {
        return Ok(Wanted::Auto);
    }
    let open = name.parse().map(Wanted::Open);
    open.or_else(|_| name.parse().map(Wanted::Predecessor))
        .map_err(|_: Error| {
            Error::invalid("layout", "there is no such layout").with("known", layouts().join(", "))
        })
}

/// The names of layouts: of open data, then of the predecessor's files.
pub(crate) fn layouts() -> Vec<&'static str> {
    let predecessor = import::Layout::ALL.map(import::Layout::name);
    [&Layout::ALL.map(Layout::name)[..], &predecessor[..]].concat()
}

fn broken(cause: tokio::task::JoinError) -> Error {
    Error::new(ErrorKind::Internal, "import", "reading broke off").because(cause)
}

fn chunks(listings: Vec<Listing>) -> impl Iterator<Item = Vec<Listing>> {
    let mut listings = listings.into_iter();
    std::iter::from_fn(move || {
        let some: Vec<Listing> = listings.by_ref().take(COMMIT).collect();
        (!some.is_empty()).then_some(some)
    })
}
