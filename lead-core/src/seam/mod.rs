//! The parts that can be swapped.
//!
//! A *verb* is a trait for those who implement ([`Fetch`]), a *noun* its handle for those who use ([`Fetcher`]). A handle
//! is an `Arc`, clones cheaply, and implements its own trait, so a [`Layer`] wraps a handle like any implementation.
//!
//! | implement | hold | built in |
//! |---|---|---|
//! | [`Fetch`] | [`Fetcher`] | http, replay |
//! | [`Search`] | [`Source`] | `sites`, `osm` |
//! | [`Enrich`] | [`Enricher`] | – |
//! | [`Recognize`] | [`OcrEngine`] | tesseract, with the feature `ocr` |
//! | [`Persist`] | [`Store`] | [`memory`], SQLite and PostgreSQL in lead-storage |
//! | [`Dispatch`] | [`Queue`] | [`memory`], SQLite and PostgreSQL in lead-storage |
//! | [`Limit`] | [`Limiter`] | [`memory`], SQLite, PostgreSQL and Redis in lead-storage |
//! | [`Keep`] | [`State`] | [`memory`], SQLite and PostgreSQL in lead-storage |
//!
//! Methods are `async fn` in a native trait; a private adapter boxes their futures for the handle.

mod commit;
mod context;
mod coverage;
mod dispatch;
mod enrich;
mod estimate;
mod event;
mod fetch;
mod gcra;
mod hiding;
mod keep;
mod layer;
mod lead_query;
mod limit;
mod ocr;
mod page_key;
mod persist;
mod picture;
mod policy;
mod seal;
mod search;
mod tally;
#[cfg(feature = "net")]
mod under_way;
mod version;

#[cfg(feature = "conformance")]
pub mod conformance;
pub mod memory;

pub use commit::{AuditEntry, AuditNote, Checkpoint, CheckpointDelta, Receipt, WriteBatch};
pub use context::Context;
pub use coverage::Coverage;
pub use dispatch::{
    Bell, Call, DeadJob, Dispatch, Group, JobId, JobLine, JobQuery, JobState, Lease, Missed, NewJob,
    NewSchedule, Phase, Queue, Runs, Schedule, ScheduleState, Turned, Wakes,
};
pub use enrich::{Enrich, Enricher, Patch};
pub use estimate::Estimate;
pub use event::{Event, Failure, Reached, Summary};
pub use fetch::{CacheMode, Fetch, Fetcher, Purpose, Rendering, Request, Response};
pub use gcra::Gcra;
pub use hiding::{Hid, Hiding, Versioned};
pub use keep::{Entry, Keep, State};
pub use layer::Layer;
pub use lead_query::{JsonPage, LeadPage, LeadQuery, Sort, SortField};
pub use limit::{Decide, Decision, Limit, Limiter};
pub use ocr::{OcrEngine, Recognize};
pub use page_key::{PageKey, SortValue};
pub use persist::{Capability, Erased, Persist, Store};
pub use picture::{NumberBox, Picture, Rect, Shot};
pub use policy::{Policy, PolicyState, Standing, States};
pub use seal::Seal;
pub use search::{Batch, Cursor, Left, ListingStream, Reject, Search, Source, SourceInfo, Terms};
pub use tally::{By, Tallied, Tally};
#[cfg(feature = "net")]
pub(crate) use under_way::Stop;
#[cfg(feature = "net")]
pub use under_way::UnderWay;
pub use version::LeadVersion;
