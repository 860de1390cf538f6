//! OpenStreetMap's `.osm.pbf` (<https://wiki.openstreetmap.org/wiki/PBF_Format>), in three passes, because a way says only
//! which nodes it runs through: which nodes the ways of businesses begin at, where those nodes lie, and then all elements.
//! A way lies where its first node does; a relation says nowhere where it lies.

mod points;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use osmpbf::{Blob, BlobReader, BlobType, Element};

use self::points::Points;
use super::Sieve;
use super::draft::Draft;
use super::layout::Layout;
use super::pipeline::{Answers, Feed, spread};
use super::portion::Portion;
use super::reader::io_error;
use crate::parallel::guarded;
use crate::record::{GeoPoint, Listing, SafeUrl};
use crate::source::osm;
use crate::{Error, ErrorKind, Result};

/// As sure as the tags themselves are said to be.
const SURE: f32 = 0.9;

/// A block of elements, and where it ends in the file.
struct Block {
    /// None while the file is looked through for points.
    blob: Option<Blob>,
    number: u64,
    end: u64,
}

/// Begins to read a file.
pub(super) fn open(path: &Path, sieve: Sieve) -> Result<Answers<Portion>> {
    let path = path.to_owned();
    File::open(&path).map_err(io_error)?;
    let points = Arc::new(OnceLock::new());
    let known = Arc::clone(&points);
    spread(
        move |feed| passes(&path, &points, feed),
        move |block: Block| {
            let mut portion = Portion {
                position: block.end,
                ..Portion::default()
            };
            if let (Some(blob), Some(points)) = (&block.blob, known.get())
                && let Err(cause) = guarded(|| elements(blob, points, &sieve, &mut portion))
            {
                // A reader of damaged blocks may fail in any way.
                let cause = Error::new(ErrorKind::Decode, "open data", "the block is damaged").because(cause);
                portion.refuse(format!("block {}", block.number), &cause);
            }
            Ok(portion)
        },
    )
}

fn passes(path: &Path, points: &OnceLock<Points>, feed: &Feed<Block, Portion>) -> Result<()> {
    let listens = || {
        feed.push(Block {
            blob: None,
            number: 0,
            end: 0,
        })
    };
    let Some(found) = points::find(path, &listens)? else {
        return Ok(());
    };
    let _ = points.set(found); // it is set once
    for (number, blob) in (1..).zip(blobs(path)?) {
        let blob = blob?;
        let end = blob.offset().map_or(0, |at| at.0);
        if matches!(blob.get_type(), BlobType::OsmData)
            && !feed.push(Block {
                blob: Some(blob),
                number,
                end,
            })
        {
            return Ok(());
        }
    }
    Ok(())
}

/// The blocks of a file.
fn blobs(path: &Path) -> Result<impl Iterator<Item = Result<Blob>> + use<>> {
    let file = BufReader::with_capacity(256 * 1024, File::open(path).map_err(io_error)?);
    let blobs = BlobReader::new_seekable(file).map_err(broken)?;
    Ok(blobs.map(|blob| blob.map_err(broken)))
}

fn broken(cause: osmpbf::Error) -> Error {
    Error::new(
        ErrorKind::Decode,
        "open data",
        "not a file of OpenStreetMap, or one that is cut off",
    )
    .because(cause)
}

fn elements(blob: &Blob, points: &Points, sieve: &Sieve, portion: &mut Portion) -> Result<()> {
    let block = blob.to_primitiveblock().map_err(broken)?;
    block.for_each_element(|element| {
        let (kind, id, told) = match element {
            Element::DenseNode(node) => (
                "node",
                node.id(),
                listing(
                    "node",
                    node.id(),
                    node.tags(),
                    || at(node.lat(), node.lon()),
                    sieve,
                ),
            ),
            Element::Node(node) => (
                "node",
                node.id(),
                listing(
                    "node",
                    node.id(),
                    node.tags(),
                    || at(node.lat(), node.lon()),
                    sieve,
                ),
            ),
            Element::Way(way) => {
                let point = || Ok(way.refs().next().and_then(|first| points.get(first)));
                (
                    "way",
                    way.id(),
                    listing("way", way.id(), way.tags(), point, sieve),
                )
            }
            Element::Relation(all) => (
                "relation",
                all.id(),
                listing("relation", all.id(), all.tags(), || Ok(None), sieve),
            ),
        };
        portion.take(told, || format!("{kind}/{id}"));
    });
    Ok(())
}

fn at(latitude: f64, longitude: f64) -> Result<Option<GeoPoint>> {
    GeoPoint::new(latitude, longitude).map(Some)
}

fn listing<'a>(
    kind: &str,
    id: i64,
    tags: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    point: impl FnOnce() -> Result<Option<GeoPoint>>,
    sieve: &Sieve,
) -> Result<Option<Listing>> {
    if !osm::is_business(tags.clone()) {
        return Ok(None);
    }
    let point = point()?;
    if !sieve.holds(point) {
        return Ok(None);
    }
    let tags: BTreeMap<String, String> = tags
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    let key = format!("{kind}/{id}");
    let findings = osm::findings(&osm::Element::new(key.clone(), point, tags), None);
    if !sieve.wants(findings.categories.iter().map(|found| found.category.as_str())) {
        return Ok(None);
    }
    let mut draft = Draft::new(Layout::Osm, SURE);
    draft.found(findings);
    let url = SafeUrl::parse(&format!("https://www.openstreetmap.org/{key}")).ok();
    draft.finish(&key, url).map(Some)
}
