//! What an application knows itself, written down.

use lead_core::clock::{Clock, instant};
use lead_core::record::{Link, MatchKey, RecordId, SourceId};
use lead_core::seam::{Batch, Reject, WriteBatch};
use lead_core::source::own;
use lead_core::{Error, ErrorKind, Result};
use lead_storage::Writer;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::given;
use crate::place::Opened;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Given {
    source: Option<String>,
    listings: Vec<Map<String, Value>>,
    seen_at: Option<String>,
}

/// What writing came to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Written {
    /// Listings that were read.
    pub listings: u64,
    /// Sightings that were new to the store.
    pub inserted: u64,
    /// Sightings that it knew.
    pub seen_again: u64,
    /// Sightings dropped or cut, because someone must not be contacted.
    pub suppressed: u64,
    /// Leads that came to be.
    pub created: u64,
    /// Leads that changed.
    pub updated: u64,
    /// Listings that could not be read, and why.
    pub rejects: Vec<Reject>,
}

pub(super) async fn write(at: &Opened, json: &str) -> Result<Written> {
    let given: Given = given::read("write", json)?;
    let missing = || Error::invalid("write", "who says so is wanted").with("option", "source");
    let source = SourceId::new(&given.source.ok_or_else(missing)?)?;
    let seen_at = match given.seen_at.as_deref() {
        None => Clock::system().now(),
        Some(text) => instant(text).ok_or_else(|| {
            let says = "a date such as 2026-01-31 or a time such as 2026-01-31T09:30:00Z is wanted";
            Error::invalid("write", says).with("option", "seen_at")
        })?,
    };
    let batch = read(given.listings).await?;
    let mut writer = Writer::new(at.store().clone());
    let listings = batch.listings.len() as u64;
    for listing in batch.listings {
        writer.write(listing.observe(source.clone(), seen_at)).await?;
    }
    let done = writer.finish().await?;
    Ok(Written {
        listings,
        inserted: done.inserted,
        seen_again: done.seen_again,
        suppressed: done.suppressed,
        created: done.created,
        updated: done.updated,
        rejects: batch.rejects,
    })
}

/// Reads listings, away from those who wait for connections.
async fn read(listings: Vec<Map<String, Value>>) -> Result<Batch> {
    let work = move || own::batch(json!({"listings": listings}).to_string().as_bytes());
    let broken = |cause| Error::new(ErrorKind::Internal, "write", "reading broke off").because(cause);
    tokio::task::spawn_blocking(work).await.map_err(broken)?
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Links {
    links: Vec<GivenLink>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenLink {
    left: RecordId,
    right: RecordId,
    because: MatchKey,
}

/// What links did.
#[derive(Debug, Serialize)]
pub(super) struct Linked {
    /// Leads that changed and stayed.
    updated: Vec<lead_core::record::LeadId>,
    /// Leads that went into another.
    merged: Vec<lead_core::record::LeadId>,
}

pub(super) async fn link(at: &Opened, json: &str) -> Result<Linked> {
    let given: Links = given::read("link", json)?;
    let links = given.links.into_iter();
    let links = links.map(|link| Link::new(link.left, link.right, link.because));
    let receipt = at
        .store()
        .commit(WriteBatch::default().links(links.collect()))
        .await?;
    Ok(Linked {
        updated: receipt.updated,
        merged: receipt.merged,
    })
}
