//! What databases do alike: how a batch is worked out, how leads are derived, what filters ask.
//!
//! An engine says in [`Commits`](commit::Commits), [`Derives`](derive::Derives), [`Forgets`](forget::Forgets) and
//! [`Withdraws`](withdraw::Withdraws) and [`Looks`](version::Looks) how rows are read and
//! written inside one transaction, and in a [`Dialect`](filter::Dialect) where its SQL differs. All that decides stands here, once.

pub(crate) mod asked;
pub(crate) mod audit;
pub(crate) mod cell;
pub(crate) mod clusters;
pub(crate) mod commit;
pub(crate) mod derive;
pub(crate) mod filter;
pub(crate) mod forget;
pub(crate) mod hide;
pub(crate) mod jobs;
pub(crate) mod keys;
pub(crate) mod lease;
pub(crate) mod limit;
pub(crate) mod page;
pub(crate) mod read;
pub(crate) mod schedules;
pub(crate) mod sides;
pub(crate) mod statement;
pub(crate) mod tally;
pub(crate) mod task;
pub(crate) mod uri;
pub(crate) mod values;
pub(crate) mod version;
pub(crate) mod withdraw;
pub(crate) mod words;
