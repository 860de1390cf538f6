//! What is to be fetched: every address once, host by host, the promising first.
//!
//! - A **set of fingerprints** says which addresses were ever taken in.
//! - Addresses that wait lie in **queues by host and class**, all in one store of bytes: a host's name stands once, an
//!   address costs its path and ten bytes.
//! - Hosts take **turns**. One that must wait, or has enough requests under way, holds up no other.

mod fingerprint;
mod hosts;
mod queue;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use tokio::time::Instant;

pub use fingerprint::{AsItIs, Fingerprint, Fingerprints};
pub use hosts::HostId;
use hosts::Hosts;
use queue::{Note, Records};

use crate::record::SafeUrl;

/// How promising an address is. Of one host the more promising come first, equals in the order they were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Class {
    /// Where a crawl begins, and where redirects lead.
    First,
    /// Pages that lead to contacts.
    Promising,
    /// All else.
    #[default]
    Plain,
    /// Searches, filters and the like: addresses with a query.
    Last,
}

impl Class {
    const COUNT: usize = 4;

    /// From a number of its own; all others are plain.
    pub(super) const fn numbered(number: u8) -> Self {
        match number {
            0 => Self::First,
            1 => Self::Promising,
            3 => Self::Last,
            _ => Self::Plain,
        }
    }
}

/// What lies behind an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[non_exhaustive]
pub enum Kind {
    /// A page.
    #[default]
    Page,
    /// A sitemap, or an index of them.
    Sitemap,
    /// A feed.
    Feed,
}

impl Kind {
    /// From a number of its own; all others are pages.
    pub(super) const fn numbered(number: u8) -> Self {
        match number {
            1 => Self::Sitemap,
            2 => Self::Feed,
            _ => Self::Page,
        }
    }
}

/// An address to be fetched, and how it was come by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// The address, in canonical form.
    pub url: SafeUrl,
    /// What lies behind it.
    pub kind: Kind,
    /// Links from a seed to it.
    pub depth: u16,
    /// Redirects in a row that led to it.
    pub hops: u8,
}

impl Target {
    /// A seed.
    pub fn seed(url: SafeUrl) -> Self {
        Self::at_depth(url, 0)
    }

    /// An address found so many links away from a seed.
    pub fn at_depth(url: SafeUrl, depth: u16) -> Self {
        Self {
            url,
            kind: Kind::Page,
            depth,
            hops: 0,
        }
    }
}

/// What came of handing in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// It waits.
    New,
    /// It was handed in before.
    Known,
    /// Its host has had its share, or it is too long.
    Refused,
}

/// When a host may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Now.
    Now,
    /// Not before then.
    At(Instant),
}

/// What is to be fetched next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// This. The host counts it as under way until [`Frontier::release`].
    Fetch(HostId, Target),
    /// Nothing before then: all hosts with something left must wait.
    Wait(Instant),
    /// Nothing before something under way comes back or is handed in.
    Idle,
}

/// What is to be fetched.
#[derive(Debug)]
pub struct Frontier {
    known: Fingerprints,
    hosts: Hosts,
    records: Records,
    ring: VecDeque<HostId>,
    waiting: BinaryHeap<Reverse<(Instant, HostId)>>,
    pending: usize,
    under_way: usize,
    per_host: u16,
    max_per_host: u32,
}

impl Frontier {
    /// An empty frontier that has at most so many requests to one host under way.
    pub fn new(per_host: u16) -> Self {
        Self {
            known: Fingerprints::default(),
            hosts: Hosts::default(),
            records: Records::default(),
            ring: VecDeque::new(),
            waiting: BinaryHeap::new(),
            pending: 0,
            under_way: 0,
            per_host: per_host.max(1),
            max_per_host: u32::MAX,
        }
    }

    /// Takes at most so many addresses of one host, ever.
    pub fn max_of_a_host(mut self, addresses: u32) -> Self {
        self.max_per_host = addresses;
        self
    }

    /// Hands in an address, in canonical form.
    pub fn push(&mut self, target: &Target, class: Class) -> Pushed {
        if !self.known.insert(Fingerprint::of(target.url.as_str())) {
            return Pushed::Known;
        }
        let Some((id, host)) = self.hosts.of(&target.url) else {
            return Pushed::Refused;
        };
        if host.taken >= self.max_per_host || host.taken == u32::MAX {
            return Pushed::Refused;
        }
        let note = Note {
            depth: target.depth,
            hops: target.hops,
            kind: target.kind as u8,
        };
        let queue = host.queue(class);
        if !self.records.push(queue, target.url.path_and_query(), note) {
            return Pushed::Refused;
        }
        host.taken += 1;
        host.pending += 1;
        self.pending += 1;
        self.line_up(id);
        Pushed::New
    }

    /// Marks an address as taken in, so that it is not fetched: it was, or it never shall be. Whether that is news.
    pub fn mark(&mut self, fingerprint: Fingerprint) -> bool {
        self.known.insert(fingerprint)
    }

    /// Whether an address was handed in or marked.
    pub fn knows(&self, fingerprint: Fingerprint) -> bool {
        self.known.contains(&fingerprint)
    }

    /// What is to be fetched next. `turn` says when a host may be asked; it is shown one of its addresses.
    pub fn next(&mut self, now: Instant, mut turn: impl FnMut(&str) -> Turn) -> Next {
        while let Some(Reverse((at, id))) = self.waiting.peek().copied()
            && at <= now
        {
            self.waiting.pop();
            self.ring.push_back(id);
        }
        while let Some(id) = self.ring.pop_front() {
            let Some(host) = self.hosts.get_mut(id) else {
                continue;
            };
            if host.pending == 0 || host.under_way >= self.per_host {
                host.in_line = false;
                continue;
            }
            if let Turn::At(at) = turn(&host.origin) {
                self.waiting.push(Reverse((at, id)));
                continue;
            }
            let taken = host.take(&mut self.records);
            self.ring.push_back(id);
            if let Some(target) = taken {
                self.pending -= 1;
                self.under_way += 1;
                self.tidy();
                return Next::Fetch(id, target);
            }
        }
        match self.waiting.peek() {
            Some(Reverse((at, _))) => Next::Wait(*at),
            None => Next::Idle,
        }
    }

    /// A request to the host is over.
    pub fn release(&mut self, id: HostId) {
        if let Some(host) = self.hosts.get_mut(id) {
            host.under_way = host.under_way.saturating_sub(1);
            self.under_way = self.under_way.saturating_sub(1);
            self.line_up(id);
        }
    }

    /// Leaves the host of this address: what waits of it is dropped, and more of it refused. How many addresses waited.
    pub fn leave(&mut self, url: &SafeUrl) -> usize {
        let Some((_, host)) = self.hosts.of(url) else {
            return 0;
        };
        let under_way = host.under_way;
        let mut left = 0;
        while host.take(&mut self.records).is_some() {
            left += 1;
        }
        host.under_way = under_way;
        host.taken = u32::MAX;
        self.pending -= left;
        left
    }

    /// Addresses that wait.
    pub fn pending(&self) -> usize {
        self.pending
    }

    /// Requests under way.
    pub fn under_way(&self) -> usize {
        self.under_way
    }

    /// Addresses ever handed in or marked.
    pub fn known(&self) -> usize {
        self.known.len()
    }

    /// Hosts met.
    pub fn hosts(&self) -> usize {
        self.hosts.len()
    }

    fn line_up(&mut self, id: HostId) {
        if let Some(host) = self.hosts.get_mut(id)
            && !host.in_line
            && host.pending > 0
            && host.under_way < self.per_host
        {
            host.in_line = true;
            self.ring.push_back(id);
        }
    }

    fn tidy(&mut self) {
        if self.records.is_sparse() {
            self.records.compact(self.hosts.queues());
        }
    }
}
