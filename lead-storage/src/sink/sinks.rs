//! Rules, sinks, and where leads, jobs and notes are.

use std::sync::Arc;

use lead_core::clock::Clock;
use lead_core::record::TenantId;
use lead_core::seam::{Fetcher, Queue, State, Store};
use lead_core::{Error, ErrorKind, Result};
use serde::Serialize;

use super::rule::checked;
use super::{DeadLetters, Rule, SINK, Settings, Sink};

/// How often an event is tried unless told: with the waits between, for three hours or so.
pub(super) const ATTEMPTS: u32 = 12;

/// Hands leads on by rules. Cheaply cloned.
#[derive(Clone, Debug)]
pub struct Sinks {
    pub(super) store: Store,
    pub(super) queue: Queue,
    pub(super) state: State,
    pub(super) clock: Clock,
    pub(super) rules: Vec<Rule>,
    pub(super) configured: Vec<Configured>,
}

/// A sink with its name.
#[derive(Clone, Debug)]
pub(super) struct Configured {
    pub(super) name: Arc<str>,
    pub(super) sink: Sink,
    pub(super) attempts: u32,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Changes queued.
    pub queued: u64,
    /// Events that are there.
    pub delivered: u64,
    /// Attempts that came to nothing and are made again later.
    pub again: u64,
    /// Events given up: refused, or tried as often as they may be.
    pub dead: u64,
    /// Jobs nobody wants any more: the lead has changed again, is gone, suppressed, or no longer passes.
    pub dropped: u64,
}

impl Report {
    /// Both together.
    pub(super) fn add(&mut self, other: Self) {
        self.queued += other.queued;
        self.delivered += other.delivered;
        self.again += other.again;
        self.dead += other.dead;
        self.dropped += other.dropped;
    }
}

impl Sinks {
    /// Without rules and sinks. Notes of what was queued are kept in `state`, so it must last as long as `store`.
    pub fn new(store: Store, queue: Queue, state: State) -> Self {
        Self {
            store,
            queue,
            state,
            clock: Clock::system(),
            rules: Vec::new(),
            configured: Vec::new(),
        }
    }

    /// Goes by `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The same for another tenant.
    pub fn tenant(mut self, tenant: &TenantId) -> Self {
        self.store = self.store.tenant(tenant.clone());
        self.queue = self.queue.tenant(tenant.clone());
        self.state = self.state.tenant(tenant.clone());
        self
    }

    /// Adds what a file of settings says. `fetcher` makes the calls, as [`fetcher`](super::fetcher) makes one; `secret` knows the values of
    /// `env:NAME`.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] for a secret that is not set and a setting that cannot be used; as [`Sinks::sink`] and [`Sinks::rule`].
    pub fn with(
        mut self,
        settings: &Settings,
        fetcher: &Fetcher,
        secret: impl Fn(&str) -> Option<String>,
    ) -> Result<Self> {
        for one in settings.sinks() {
            let sink = one.build(fetcher, &self.clock, &secret)?;
            self = self.sink(one.name(), sink)?.attempts(one.attempts());
        }
        settings.rules().iter().cloned().try_fold(self, Self::rule)
    }

    /// Adds a sink.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a name that is none ([`Rule::name`]); [`ErrorKind::Config`] when there is one of that name.
    pub fn sink(mut self, name: &str, sink: Sink) -> Result<Self> {
        let name = checked(name)?;
        if self.configured.iter().any(|known| known.name == name) {
            return Err(Error::new(ErrorKind::Config, SINK, "two sinks have one name").with("name", name));
        }
        self.configured.push(Configured {
            name,
            sink,
            attempts: ATTEMPTS,
        });
        Ok(self)
    }

    /// How often events of the sink added last are tried; 12 unless told.
    pub fn attempts(mut self, attempts: u32) -> Self {
        if let Some(last) = self.configured.last_mut() {
            last.attempts = attempts.max(1);
        }
        self
    }

    /// Adds a rule of a sink that was added before.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when there is no such sink, or a rule of that name.
    pub fn rule(mut self, rule: Rule) -> Result<Self> {
        let refuse = |message| Error::new(ErrorKind::Config, SINK, message).with("rule", rule.name());
        if self.rules.iter().any(|known| known.name() == rule.name()) {
            return Err(refuse("two rules have one name"));
        }
        if !self.configured.iter().any(|sink| *sink.name == *rule.sink()) {
            return Err(refuse("there is no such sink").with("sink", rule.sink()));
        }
        self.rules.push(rule);
        Ok(self)
    }

    /// What was given up.
    pub fn dead_letters(&self) -> DeadLetters {
        DeadLetters::named(self.queue.clone(), self.configured.iter().map(|sink| &*sink.name))
    }

    pub(super) fn attempts_of(&self, sink: &str) -> u32 {
        let mut all = self.configured.iter();
        all.find(|known| *known.name == *sink)
            .map_or(ATTEMPTS, |known| known.attempts)
    }
}
