//! Which clusters become one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use lead_core::record::{Link, RecordId};

use super::commit::Place;

/// Groups of clusters that links tie together.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    parents: HashMap<i64, i64>,
}

impl Groups {
    /// What `links` tie together among records at these places.
    pub(crate) fn of(places: &BTreeMap<RecordId, Place>, links: &[Link]) -> Self {
        let mut groups = Self::default();
        for link in links {
            if let (Some(left), Some(right)) = (places.get(&link.left), places.get(&link.right)) {
                let (one, other) = (groups.root(left.cluster), groups.root(right.cluster));
                if one != other {
                    groups.parents.insert(other, one);
                }
            }
        }
        groups
    }

    /// Every cluster that is tied to another.
    pub(crate) fn clusters(&self) -> BTreeSet<i64> {
        self.parents
            .iter()
            .flat_map(|(child, parent)| [*child, *parent])
            .collect()
    }

    /// Which cluster goes into which. The largest of a group stays, so a record is moved at most log₂ n times in its life.
    pub(crate) fn merges(mut self, sizes: &HashMap<i64, i64>) -> HashMap<i64, i64> {
        let mut groups: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for cluster in self.clusters() {
            groups.entry(self.root(cluster)).or_default().push(cluster);
        }
        let size = |cluster: &i64| (sizes.get(cluster).copied().unwrap_or(0), Reverse(*cluster));
        let mut merges = HashMap::new();
        for group in groups.into_values() {
            if let Some(stays) = group.iter().copied().max_by_key(size) {
                let moved = group.into_iter().filter(|cluster| *cluster != stays);
                merges.extend(moved.map(|cluster| (cluster, stays)));
            }
        }
        merges
    }

    /// The root of a cluster's tree, halving the way to it.
    fn root(&mut self, mut cluster: i64) -> i64 {
        while let Some(parent) = self.parents.get(&cluster).copied() {
            if let Some(grandparent) = self.parents.get(&parent).copied() {
                self.parents.insert(cluster, grandparent);
            }
            cluster = parent;
        }
        cluster
    }
}
