//! Where the ways of businesses lie.

use std::path::Path;
use std::sync::Arc;

use osmpbf::{Blob, BlobType, Element};

use super::super::pipeline::{Feed, spread};
use super::blobs;
use crate::Result;
use crate::parallel::guarded;
use crate::record::GeoPoint;
use crate::source::osm;

/// The most nodes that are remembered, in sixteen bytes each: 96 MB. The whole planet has some ten million ways of businesses;
/// those beyond are read without a point.
const MOST: usize = 6_000_000;
/// Blocks after which it is asked whether anybody still listens.
const ASK: u64 = 64;

/// Nodes and where they lie.
pub(super) struct Points {
    nodes: Arc<Vec<i64>>,
    /// Latitude and longitude in tenths of a millionth of a degree, a pair a node.
    at: Vec<(i32, i32)>,
}

/// No place: outside of all latitudes.
const NOWHERE: (i32, i32) = (i32::MAX, i32::MAX);

impl Points {
    /// Where a node lies.
    pub(super) fn get(&self, node: i64) -> Option<GeoPoint> {
        let place = self.nodes.binary_search(&node).ok()?;
        let (latitude, longitude) = *self.at.get(place)?;
        GeoPoint::new(f64::from(latitude) / 1e7, f64::from(longitude) / 1e7).ok()
    }
}

/// Looks a file through; `None` when nobody listens any more.
pub(super) fn find(path: &Path, listens: &dyn Fn() -> bool) -> Result<Option<Points>> {
    let mut nodes = Vec::new();
    let whole = each(
        path,
        listens,
        |blob| Ok(first_nodes(blob)),
        |some| {
            let room = MOST.saturating_sub(nodes.len());
            nodes.extend(some.into_iter().take(room));
        },
    )?;
    nodes.sort_unstable();
    nodes.dedup();
    let nodes = Arc::new(nodes);
    let mut at = vec![NOWHERE; nodes.len()];
    if !whole || nodes.is_empty() {
        return Ok(whole.then_some(Points { nodes, at }));
    }
    let wanted = Arc::clone(&nodes);
    let whole = each(
        path,
        listens,
        move |blob| Ok(places(blob, &wanted)),
        |some| {
            for (place, point) in some {
                if let Some(slot) = at.get_mut(place) {
                    *slot = point;
                }
            }
        },
    )?;
    Ok(whole.then_some(Points { nodes, at }))
}

/// Has `work` done on each block, on all cores; `false` when nobody listens any more.
fn each<T: Send + 'static>(
    path: &Path,
    listens: &dyn Fn() -> bool,
    work: impl Fn(&Blob) -> Result<T> + Send + Sync + 'static,
    mut take: impl FnMut(T),
) -> Result<bool> {
    let all = blobs(path)?;
    let produce = move |feed: &Feed<Blob, T>| {
        for blob in all {
            let blob = blob?;
            if matches!(blob.get_type(), BlobType::OsmData) && !feed.push(blob) {
                break;
            }
        }
        Ok(())
    };
    for (number, done) in (1_u64..).zip(spread(produce, move |blob| work(&blob))?) {
        take(done?);
        if number.is_multiple_of(ASK) && !listens() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The first nodes of the ways of businesses. A damaged block has none: the last pass tells it.
fn first_nodes(blob: &Blob) -> Vec<i64> {
    let read = || {
        let mut nodes = Vec::new();
        let block = blob.to_primitiveblock().map_err(super::broken)?;
        for way in block.groups().flat_map(|group| group.ways()) {
            if osm::is_business(way.tags()) {
                nodes.extend(way.refs().next());
            }
        }
        Ok(nodes)
    };
    guarded(read).unwrap_or_default()
}

/// Which of the wanted nodes lie in a block, and where.
fn places(blob: &Blob, wanted: &[i64]) -> Vec<(usize, (i32, i32))> {
    let read = || {
        let mut found = Vec::new();
        let block = blob.to_primitiveblock().map_err(super::broken)?;
        block.for_each_element(|element| {
            let (id, point) = match element {
                Element::DenseNode(node) => (node.id(), (node.decimicro_lat(), node.decimicro_lon())),
                Element::Node(node) => (node.id(), (node.decimicro_lat(), node.decimicro_lon())),
                Element::Way(_) | Element::Relation(_) => return,
            };
            found.extend(wanted.binary_search(&id).ok().map(|place| (place, point)));
        });
        Ok(found)
    };
    guarded(read).unwrap_or_default()
}
