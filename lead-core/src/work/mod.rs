//! Workers: who does the jobs of a [`Queue`](crate::seam::Queue).
//!
//! A [`Worker`] takes jobs of the kinds it knows, keeps their leases alive, and tells the queue what came of them:
//!
//! | the handler | the job |
//! |---|---|
//! | returns `Ok` | is done |
//! | returns an error that may pass ([`Error::is_retryable`](crate::Error::is_retryable)) | is tried again, after the wait the error asks for, else after one that doubles ([`Backoff`]) |
//! | returns any other error | is dead, until it is revived |
//! | panics | is tried again, as after an error that may pass |
//! | loses its lease (the machine slept, the database was away) | is another worker's; the handler is broken off |
//! | is killed with its process | is tried again when its lease runs out |
//!
//! A handler may run more than once for a job: whatever it does elsewhere must bear that, or be told apart by the job's id. What it
//! writes into the store of the same database can be written once and no more: [`Job::commit`].
//!
//! ```
//! use lead_core::seam::{NewJob, Queue, memory::MemoryQueue};
//! use lead_core::work::{Job, Worker};
//! # #[tokio::main]
//! # async fn main() -> lead_core::Result<()> {
//! let queue = Queue::new(MemoryQueue::default());
//! queue.push(vec![NewJob::new("greet", "anna", serde_json::json!({ "name": "Anna" }))]).await?;
//!
//! let greet = |job: Job| async move {
//!     let name: String = job.field("name")?;
//!     job.log(format!("hello {name}")).await
//! };
//! let done = Worker::new(queue).on("greet", 4, greet).run_until_idle().await?;
//! assert_eq!(done.done, 1);
//! # Ok(())
//! # }
//! ```

mod acks;
mod backoff;
mod driver;
mod handle;
mod job;
mod outcome;
mod worker;

pub use backoff::Backoff;
pub use handle::Handle;
pub use job::Job;
pub use outcome::WorkSummary;
pub use worker::{Worker, Working};
