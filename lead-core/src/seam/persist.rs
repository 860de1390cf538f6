//! Where leads live.

use std::fmt::Debug;
use std::sync::Arc;

use futures::future::BoxFuture;

use super::{
    AuditEntry, Checkpoint, Cursor, Estimate, Hid, Hiding, JsonPage, LeadPage, LeadQuery, LeadVersion,
    Receipt, Tallied, Tally, Versioned, WriteBatch,
};
use crate::Result;
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
        /// - a hidden lead is in no page, count or tally whose filter does not ask for it ([`Filter::Is`]), gathers sightings
        ///   all the same, and hides whatever is joined to it, in whichever order;
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

    /// Why the records of a lead are one, in order. Fewer than there were when what two records shared was suppressed since: they
    /// stay one lead.
    ///
    /// # Errors
    /// Only when the store cannot be read.
    fn links(id: LeadId) -> Vec<Link>;

    /// Which records hold any of these keys, in order of key, then record.
    ///
    /// # Errors
    /// Only when the store cannot be read.
    fn matching(keys: Vec<MatchKey>) -> Vec<(MatchKey, RecordId)>;

    /// A page of leads. Pages follow each other by key: leads written meanwhile neither shift nor repeat others. Cursors are signed
    /// ([`Seal`](super::Seal)): one comes back only as it was given, to the tenant it was given to.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) for a cursor of another order or that the store did not give, or a
    /// limit out of range.
    fn page(query: LeadQuery) -> LeadPage;

    /// The same page as JSON: a store that keeps leads as such need not read them first.
    ///
    /// # Errors
    /// As [`Persist::page`].
    fn page_json(query: LeadQuery) -> JsonPage;

    /// How many leads pass.
    ///
    /// # Errors
    /// Only when the store cannot be read.
    fn count(filter: Filter) -> u64;

    /// About how many leads pass, soon: for who shows a number while somebody types. Exact when few pass, and wherever to count is
    /// cheap; else of a sample of leads, the same for every filter, so that a narrower filter does not show more.
    ///
    /// # Errors
    /// Only when the store cannot be read.
    fn estimate(filter: Filter) -> Estimate;

    /// The places behind every `every`th lead of a query (from its `after` on, whatever its limit), in order: a page after the place
    /// number n, from 0, begins with the lead number (n + 1) · `every`. Who keeps them jumps anywhere in a long list. At most
    /// [`LeadQuery::MAX_MARKS`].
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) for `every` of 0, and as [`Persist::page`].
    fn marks(query: LeadQuery, every: usize) -> Vec<Cursor>;

    /// How many leads have which value of a field, all of one moment. A value that the store cannot keep as it is (PostgreSQL: a
    /// NUL) is told as it is kept.
    ///
    /// # Errors
    /// What [`Tally::check`] says, and when the store cannot be read.
    fn tally(tally: Tally) -> Tallied;

    /// Erases leads with all their sightings, links and keys, for good; ids that are not there are passed over. The audit
    /// log keeps that it was done, not what.
    ///
    /// # Errors
    /// As [`Persist::commit`].
    fn erase(ids: Vec<LeadId>) -> Erased;

    /// Takes out leads with all their sightings, links and keys, but only those that still are what they were when this version of
    /// them was read: one that was seen again meanwhile, or joined to another, stays as it is. Those taken, in the order asked. The
    /// audit log keeps that each went.
    ///
    /// # Errors
    /// As [`Persist::commit`]; after any error nothing is taken.
    fn withdraw(asked: Vec<(LeadId, LeadVersion)>) -> Vec<LeadId>;

    /// Hides leads, or hides them no more: what came of each, in the order asked. The audit log keeps who did it.
    ///
    /// A hidden lead is in no page, count or tally whose filter does not ask for it ([`Filter::Is`], `is:hidden`). It goes on being found by
    /// its id and by [`Persist::matching`], is derived anew by what is seen of it, and stays hidden. A lead that is joined to a hidden one is
    /// hidden from then on, whatever came first: they are one business, and somebody has put it away. So it is the whole
    /// that is brought back. What is erased, withdrawn, or suppressed to nothing is hidden no more when it is found anew.
    ///
    /// # Errors
    /// As [`Persist::commit`]; after any error nothing was done.
    fn set_hidden(wanted: Hiding) -> Vec<Hid>;

    /// Leads with the versions they stand at, all of one moment, in the order asked; by the id of any of their records, hidden or
    /// not. `None` for one that is not there.
    ///
    /// # Errors
    /// Only when the store cannot be read.
    fn versioned(ids: Vec<LeadId>) -> Vec<Option<Versioned>>;

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
