//! Hosts, and what waits of each.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::fingerprint::{AsItIs, Fingerprint};
use super::queue::{Queue, Records};
use super::{Class, Kind, Target};
use crate::record::SafeUrl;

/// A host of a frontier: scheme, name and port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostId(u32);

#[derive(Debug)]
pub(super) struct Host {
    /// `https://www.bakery.test`: what its addresses begin with.
    pub(super) origin: Box<str>,
    /// By class.
    queues: [Queue; Class::COUNT],
    /// Addresses that wait.
    pub(super) pending: u32,
    /// Addresses ever taken in.
    pub(super) taken: u32,
    /// Requests under way.
    pub(super) under_way: u16,
    /// Whether it stands in the ring or waits for its time.
    pub(super) in_line: bool,
}

impl Host {
    pub(super) fn queue(&mut self, class: Class) -> &mut Queue {
        let [first, promising, plain, last] = &mut self.queues;
        match class {
            Class::First => first,
            Class::Promising => promising,
            Class::Plain => plain,
            Class::Last => last,
        }
    }

    /// The next address, the most promising class first. It counts as under way.
    pub(super) fn take(&mut self, records: &mut Records) -> Option<Target> {
        let queue = self.queues.iter_mut().find(|queue| !queue.is_empty())?;
        let record = records.pop(queue)?;
        self.pending = self.pending.saturating_sub(1);
        self.under_way = self.under_way.saturating_add(1);
        let url = SafeUrl::parse(&format!("{}{}", self.origin, record.text)).ok()?;
        Some(Target {
            url,
            kind: Kind::numbered(record.note.kind),
            depth: record.note.depth,
            hops: record.note.hops,
        })
    }
}

/// All hosts met. A name is kept once, and found by its fingerprint.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    hosts: Vec<Host>,
    by_origin: HashMap<Fingerprint, HostId, BuildHasherDefault<AsItIs>>,
}

impl Hosts {
    /// The host of an address, made when it is new; none when there are four billion.
    pub(super) fn of(&mut self, url: &SafeUrl) -> Option<(HostId, &mut Host)> {
        let origin = url.origin();
        let next = HostId(u32::try_from(self.hosts.len()).ok()?);
        let id = *self.by_origin.entry(Fingerprint::of(origin)).or_insert(next);
        if id == next {
            self.hosts.push(Host {
                origin: origin.into(),
                queues: [Queue::default(); Class::COUNT],
                pending: 0,
                taken: 0,
                under_way: 0,
                in_line: false,
            });
        }
        let host = self.hosts.get_mut(id.0 as usize);
        host.map(|host| (id, host))
    }

    pub(super) fn get_mut(&mut self, id: HostId) -> Option<&mut Host> {
        self.hosts.get_mut(id.0 as usize)
    }

    pub(super) fn len(&self) -> usize {
        self.hosts.len()
    }

    pub(super) fn queues(&mut self) -> impl Iterator<Item = &mut Queue> {
        self.hosts.iter_mut().flat_map(|host| &mut host.queues)
    }
}
