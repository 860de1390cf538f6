//! Leads handed on as they come and change: to a webhook, HubSpot, Salesforce, Pipedrive, Zoho CRM, Google Sheets, or a sink of your own.
//!
//! ```
//! use lead_storage::sink::{Rule, Settings, Sinks, fetcher};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> lead_core::Result<()> {
//! let settings: Settings = r#"
//!     [[sink]]
//!     name = "crm"
//!     kind = "webhook"
//!     url = "https://crm.example/hooks/leads"
//!     secrets = ["env:HOOK_SECRET"]
//!
//!     [[rule]]
//!     name = "dentists"
//!     sink = "crm"
//!     filter = "category:*dentist* has:phone"
//! "#.parse()?;
//! let parts = lead_storage::open_parts("sqlite://:memory:").await?;
//! let secret = |name: &str| (name == "HOOK_SECRET").then(|| "whsec_bGVhZHMtYXJlLXNpZ25lZC1oZXJlLWFuZC1ub3c=".to_owned());
//! let sinks = Sinks::new(parts.store, parts.queue, parts.state).with(&settings, &fetcher(&Default::default())?, secret)?;
//! assert_eq!(sinks.once().await?.delivered, 0); // the store is empty
//! # Ok(())
//! # }
//! ```
//!
//! | part | what it does |
//! |---|---|
//! | [`Settings`] | the file: sinks, rules, names of secrets |
//! | [`Rule`] | which leads go where: a filter, and whether new ones, changed ones or both |
//! | [`Sinks::pass`] | finds what is new or changed for each rule, and queues it |
//! | [`Sinks::deliver`] | hands on what is queued |
//! | [`DeadLetters`] | what was given up, and why |
//! | [`Deliver`], [`Sink`] | the seam: one call hands on a batch of events and says what became of each |
//!
//! **What is promised.** Every content of a lead that a pass finds and a rule wants is handed on at least once, unless the lead changes
//! again, goes, or is suppressed before: then what it has become counts. A pass remembers for each rule and lead what was
//! queued last, and remembers it after it is queued, so a kill between the two queues the same again, under the same key and
//! [`Event::id`]. Nothing needs to be noted by whoever writes leads: the leads themselves are looked at, those seen lately often, all
//! of them once an hour.
//!
//! A job holds the lead's id and a hash of its values, none of its values: they are read when they are handed on, and what was
//! erased or suppressed meanwhile stays here.

mod answer;
mod api;
mod batch;
mod client;
mod delay;
mod deliver;
mod event;
mod fields;
mod fingerprint;
mod google_sheets;
mod halves;
mod hubspot;
mod letters;
mod oauth;
mod pass;
mod pipedrive;
mod rule;
mod run;
mod salesforce;
mod secret;
mod settings;
mod sinks;
mod upsert;
mod webhook;
mod work;
mod zoho;

pub use api::fetcher;
pub use deliver::{Deliver, Outcome, Sink};
pub use event::{Change, Event};
pub use letters::DeadLetters;
pub use rule::Rule;
pub use settings::{Kind, Settings, SinkSettings};
pub use sinks::{Report, Sinks};
pub use webhook::Verifier;

const SINK: &str = "sink";

/// Any bytes as the settings, as the answer of every API and as a message of a webhook, for the fuzz targets: how many ends the answers give
/// to two events, and whether the message was taken.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) -> ([usize; 4], bool) {
    let text = String::from_utf8_lossy(data);
    let _ = text.parse::<Settings>();
    let _ = pipedrive::answer::found(data);
    let _ = pipedrive::answer::written(data);
    let _ = google_sheets::answer::cells(data);
    let ids = ["a".to_owned(), "b".to_owned()];
    let ends = [
        hubspot::answer::read(200, data, "lead_id", &ids).len(),
        hubspot::answer::read(207, data, "lead_id", &ids).len(),
        salesforce::answer::read(data, ids.len()).len(),
        zoho::answer::read(data, ids.len()).len(),
    ];
    (ends, webhook::Verifier::of_words(&text))
}
