//! Where leads live.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Cursor, NewJob};
use crate::Result;
use crate::clock::Timestamp;
use crate::record::filter::Filter;
use crate::record::{
    Lead, LeadId, Link, MatchKey, Observation, RecordId, RunId, Subject, Suppression, TenantId,
};

/// What a store can do beyond the floor; a conformance case asks before it runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capability {
    /// What was committed is there after a restart.
    pub durable: bool,
    /// Jobs can be pushed in the same commit.
    pub jobs: bool,
}

impl Capability {
    /// Only the floor.
    pub const fn floor() -> Self {
        Self {
            durable: false,
            jobs: false,
        }
    }

    /// Survives a restart.
    pub const fn durable(mut self) -> Self {
        self.durable = true;
        self
    }

    /// Jobs can be pushed in the same commit.
    pub const fn with_jobs(mut self) -> Self {
        self.jobs = true;
        self
    }
}

/// How far a run has come: a small map, changed by deltas that commit together with what was found.
pub type Checkpoint = BTreeMap<String, Value>;

/// A change of a run's checkpoint.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CheckpointDelta {
    /// The run.
    pub run: RunId,
    /// Entries set.
    pub put: BTreeMap<String, Value>,
    /// Entries dropped.
    pub drop: Vec<String>,
}

impl CheckpointDelta {
    /// An empty change of `run`'s checkpoint.
    pub fn new(run: RunId) -> Self {
        Self {
            run,
            put: BTreeMap::new(),
            drop: Vec::new(),
        }
    }

    /// Sets an entry.
    pub fn put(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.put.insert(key.into(), value.into());
        self
    }

    /// Drops an entry.
    pub fn drop(mut self, key: impl Into<String>) -> Self {
        self.drop.push(key.into());
        self
    }
}

/// A line for the audit log: what was done, by whom, to what. No persons' data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditNote {
    /// Who did it: a user's name in the application, or the part of the library.
    pub actor: String,
    /// What was done: `run.started`, `lead.erased`, `suppression.added` …
    pub action: String,
    /// To what: an id, never a number or address.
    pub subject: String,
    /// When.
    pub at: Timestamp,
}

impl AuditNote {
    /// A note.
    pub fn new(
        actor: impl Into<String>,
        action: impl Into<String>,
        subject: impl std::fmt::Display,
        at: Timestamp,
    ) -> Self {
        Self {
            actor: actor.into(),
            action: action.into(),
            subject: subject.to_string(),
            at,
        }
    }
}

/// An audit note as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditEntry {
    /// Its place in the log, from 1, without gaps.
    pub number: u64,
    /// The note.
    #[serde(flatten)]
    pub note: AuditNote,
}

impl AuditEntry {
    /// The note at this place.
    pub fn new(number: u64, note: AuditNote) -> Self {
        Self { number, note }
    }
}

/// Everything one commit writes, all or nothing.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct WriteBatch {
    /// Sightings.
    pub observations: Vec<Observation>,
    /// Which records are the same business. Records not seen yet are remembered.
    pub links: Vec<Link>,
    /// Work to be done.
    pub jobs: Vec<NewJob>,
    /// How far the run has come.
    pub checkpoint: Option<CheckpointDelta>,
    /// What to write into the audit log.
    pub audit: Vec<AuditNote>,
}

impl WriteBatch {
    /// A batch of sightings.
    pub fn of(observations: Vec<Observation>) -> Self {
        Self {
            observations,
            ..Self::default()
        }
    }

    /// Adds links.
    pub fn links(mut self, links: Vec<Link>) -> Self {
        self.links = links;
        self
    }

    /// Adds jobs.
    pub fn jobs(mut self, jobs: Vec<NewJob>) -> Self {
        self.jobs = jobs;
        self
    }

    /// Adds a change of the checkpoint.
    pub fn checkpoint(mut self, delta: CheckpointDelta) -> Self {
        self.checkpoint = Some(delta);
        self
    }

    /// Adds a note for the audit log.
    pub fn audit(mut self, note: AuditNote) -> Self {
        self.audit.push(note);
        self
    }
}

/// What a commit did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Receipt {
    /// Sightings that were new.
    pub inserted: usize,
    /// Sightings that were known already; their last-seen time moved.
    pub seen_again: usize,
    /// Sightings dropped, or stripped of values, because someone must not be contacted.
    pub suppressed: usize,
    /// Leads that came to be.
    pub created: Vec<LeadId>,
    /// Leads that changed and stayed.
    pub updated: Vec<LeadId>,
    /// Leads that went into another.
    pub merged: Vec<LeadId>,
}

/// What to order leads by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SortField {
    /// By id: stable, and the cheapest.
    #[default]
    Id,
    /// By name, folded; leads without one come first.
    Name,
    /// By when they were first seen.
    FirstSeen,
    /// By when they were last seen.
    LastSeen,
    /// By the confidence of their surest phone or e-mail; leads without one come first.
    Confidence,
}

/// The order of leads; equals are ordered by id, in the same direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Sort {
    /// By what.
    pub field: SortField,
    /// The greatest first.
    pub descending: bool,
}

impl Sort {
    /// The smallest first.
    pub const fn ascending(field: SortField) -> Self {
        Self {
            field,
            descending: false,
        }
    }

    /// The greatest first.
    pub const fn descending(field: SortField) -> Self {
        Self {
            field,
            descending: true,
        }
    }
}

impl std::str::FromStr for Sort {
    type Err = crate::Error;
    /// Reads `name`, `-last_seen`.
    fn from_str(text: &str) -> Result<Self> {
        let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        let field = match name {
            "id" => SortField::Id,
            "name" => SortField::Name,
            "first_seen" => SortField::FirstSeen,
            "last_seen" | "seen" => SortField::LastSeen,
            "confidence" => SortField::Confidence,
            _ => {
                let known = "id, name, first_seen, last_seen or confidence, with - for the greatest first";
                return Err(crate::Error::invalid("sort", format!("wanted is {known}")));
            }
        };
        Ok(Self { field, descending })
    }
}

/// Which leads, in which order, from where.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LeadQuery {
    /// Which.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// How many at most, 1 to 10,000.
    pub limit: usize,
    /// After where: the `next` of an earlier page with the same filter and order.
    pub after: Option<Cursor>,
}

impl Default for LeadQuery {
    fn default() -> Self {
        Self {
            filter: Filter::All,
            sort: Sort::default(),
            limit: 50,
            after: None,
        }
    }
}

impl LeadQuery {
    /// The largest page.
    pub const MAX_LIMIT: usize = 10_000;

    /// The first fifty leads that pass `filter`.
    pub fn new(filter: Filter) -> Self {
        Self {
            filter,
            ..Self::default()
        }
    }

    /// In this order.
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self
    }

    /// At most so many.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// After this place.
    pub fn after(mut self, cursor: Option<Cursor>) -> Self {
        self.after = cursor;
        self
    }
}

/// A page of leads.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LeadPage {
    /// The leads.
    pub leads: Vec<Lead>,
    /// Where to go on; `None` at the end.
    pub next: Option<Cursor>,
}

impl LeadPage {
    /// A page, and where to go on.
    pub fn new(leads: Vec<Lead>, next: Option<Cursor>) -> Self {
        Self { leads, next }
    }
}

/// What an erasure removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Erased {
    /// Leads.
    pub leads: usize,
    /// Their sightings.
    pub observations: usize,
}

impl Erased {
    /// So many.
    pub const fn new(leads: usize, observations: usize) -> Self {
        Self { leads, observations }
    }
}

macro_rules! persist {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),*) -> $output:ty;)+) => {
        /// Where leads live.
        ///
        /// Requires of an implementation:
        /// - [`Persist::commit`] is atomic and, once it has returned, durable as far as [`Capability::durable`] says;
        /// - nothing of one tenant is ever seen through another;
        /// - suppression is applied inside `commit`, and leads are derived by [`Lead::derive`] in the same transaction;
        /// - any record id of a lead leads to it, not only the one it is named after;
        /// - an index of [`Observation::match_keys`] answers [`Persist::matching`].
        ///
        /// [`conformance`](crate::seam) holds one test a promise.
        pub trait Persist: Send + Sync + Debug + 'static {
            /// What this store can do beyond the floor.
            fn capability(&self) -> Capability;
            /// Lets go of files and connections, so that everything committed lies in the store's own file or server and
            /// not beside it. What is asked of the store afterwards may be answered with an error. A store that holds
            /// nothing has nothing to do.
            fn close(&self) -> impl Future<Output = ()> + Send {
                std::future::ready(())
            }
            $($(#[$doc])* fn $name(&self, tenant: &TenantId $(, $arg: $type)*) -> impl Future<Output = Result<$output>> + Send;)+
        }

        trait PersistDyn: Send + Sync + Debug {
            fn capability(&self) -> Capability;
            fn close(&self) -> BoxFuture<'_, ()>;
            $(fn $name<'a>(&'a self, tenant: &'a TenantId $(, $arg: $type)*) -> BoxFuture<'a, Result<$output>>;)+
        }

        impl<T: Persist> PersistDyn for T {
            fn capability(&self) -> Capability {
                Persist::capability(self)
            }
            fn close(&self) -> BoxFuture<'_, ()> {
                Box::pin(Persist::close(self))
            }
            $(fn $name<'a>(&'a self, tenant: &'a TenantId $(, $arg: $type)*) -> BoxFuture<'a, Result<$output>> {
                Box::pin(Persist::$name(self, tenant $(, $arg)*))
            })+
        }

        impl Store {
            $(
                #[doc = concat!("[`Persist::", stringify!($name), "`] for this handle's tenant.")]
                ///
                /// # Errors
                /// As there.
                pub async fn $name(&self $(, $arg: $type)*) -> Result<$output> {
                    self.inner.$name(&self.tenant $(, $arg)*).await
                }
            )+
        }

        /// A handle may be wrapped: the tenant asked for wins over the handle's own.
        impl Persist for Store {
            fn capability(&self) -> Capability {
                self.inner.capability()
            }
            async fn close(&self) {
                self.inner.close().await;
            }
            $(async fn $name(&self, tenant: &TenantId $(, $arg: $type)*) -> Result<$output> {
                self.inner.$name(tenant $(, $arg)*).await
            })+
        }
    };
}

persist! {
    /// Writes a batch, all or nothing, and derives the leads it touches.
    ///
    /// # Errors
    /// [`ErrorKind::Locked`](crate::ErrorKind::Locked) (temporary), [`ErrorKind::ReadOnly`](crate::ErrorKind::ReadOnly),
    /// [`ErrorKind::StorageFull`](crate::ErrorKind::StorageFull), [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported)
    /// (jobs, where [`Capability::jobs`] is not set); after any error nothing of the batch is stored.
    fn commit(batch: WriteBatch) -> Receipt;

    /// One lead, by its id or that of any record it is made of.
    ///
    /// # Errors
    /// Only when the store cannot be read.
    fn get(id: LeadId) -> Option<Lead>;

    /// Every sighting a lead is made of, older contents included, in order of id.
    ///
    /// # Errors
    /// Only when the store cannot be read.
    fn observations(id: LeadId) -> Vec<Observation>;

    /// Which records hold any of these keys, in order of key, then record.
    ///
    /// # Errors
    /// Only when the store cannot be read.
    fn matching(keys: Vec<MatchKey>) -> Vec<(MatchKey, RecordId)>;

    /// A page of leads. Pages follow each other by key: leads written meanwhile neither shift nor repeat others.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) for a cursor of another order, or a limit out of range.
    fn page(query: LeadQuery) -> LeadPage;

    /// How many leads pass.
    ///
    /// # Errors
    /// Only when the store cannot be read.
    fn count(filter: Filter) -> u64;

    /// Erases leads with all their sightings, links and keys, for good; ids that are not there are passed over. The audit
    /// log keeps that it was done, not what.
    ///
    /// # Errors
    /// As [`Persist::commit`].
    fn erase(ids: Vec<LeadId>) -> Erased;

    /// Adds to the suppression list and takes what it names out of the leads there are.
    ///
    /// # Errors
    /// As [`Persist::commit`].
    fn suppress(entries: Vec<Suppression>) -> ();

    /// Takes subjects off the suppression list. What was dropped meanwhile does not come back by itself.
    ///
    /// # Errors
    /// As [`Persist::commit`].
    fn unsuppress(subjects: Vec<Subject>) -> ();

    /// The suppression list, in order of subject.
    ///
    /// # Errors
    /// Only when the store cannot be read.
    fn suppressions() -> Vec<Suppression>;

    /// How far a run has come; `None` when the run is not known.
    ///
    /// # Errors
    /// Only when the store cannot be read.
    fn checkpoint(run: RunId) -> Option<Checkpoint>;

    /// The runs that have a checkpoint, newest first.
    ///
    /// # Errors
    /// Only when the store cannot be read.
    fn runs() -> Vec<RunId>;

    /// Notes of the audit log after the one of this number, oldest first, at most `limit`.
    ///
    /// # Errors
    /// Only when the store cannot be read.
    fn audit(after: u64, limit: usize) -> Vec<AuditEntry>;
}

/// A cheaply cloned handle to any [`Persist`], for one tenant.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<dyn PersistDyn>,
    tenant: TenantId,
}

impl Store {
    /// Wraps a store, for the tenant `main`.
    pub fn new(persist: impl Persist) -> Self {
        Self {
            inner: Arc::new(persist),
            tenant: TenantId::default(),
        }
    }

    /// A store in memory.
    pub fn memory() -> Self {
        Self::new(super::memory::MemoryStore::default())
    }

    /// The same store for another tenant.
    pub fn tenant(&self, tenant: TenantId) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            tenant,
        }
    }

    /// Whose data this handle sees.
    pub fn tenant_id(&self) -> &TenantId {
        &self.tenant
    }

    /// What the store can do beyond the floor.
    pub fn capability(&self) -> Capability {
        self.inner.capability()
    }

    /// [`Persist::close`]: the last to use the store lets go of it.
    pub async fn close(&self) {
        self.inner.close().await;
    }
}
