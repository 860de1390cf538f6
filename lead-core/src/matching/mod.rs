//! Companies in, their web sites and contacts out.
//!
//! ```text
//! company ─► candidates: its own address, OpenStreetMap, sources, names guessed ─► visits ─► judgement ─► contacts
//! ```
//!
//! | file | what |
//! |---|---|
//! | `company`, `table`, `columns`, `quotes` | what is known of a company; companies out of a table, its columns, and rows whose quotes do not hold |
//! | `fold`, `legal`, `name` | when two names are one: scripts, legal forms, slips of the pen |
//! | `guess`, `platform`, `candidate` | which sites may be the company's, and which are nobody's own |
//! | `town` | the names of its town |
//! | `site`, `facts`, `judge` | what a site says of itself, held against the company |
//! | `answer`, `refill` | the site or why there is none; what the company's row lacks |
//! | `matcher`, `finder`, `inquiry` | how, what companies of a run share, the search for one |
//! | `run`, `journal` | many companies at a time, in their order |
//!
//! A site is judged by what stands on it, never by who names it alone: search engines rank directories and namesakes first.
//! When nothing is sure enough, the answer is none, with a reason.

mod answer;
mod candidate;
mod columns;
mod company;
mod facts;
mod finder;
mod fold;
mod guess;
mod inquiry;
mod journal;
mod judge;
mod legal;
mod matcher;
mod name;
mod platform;
mod quotes;
mod refill;
mod run;
mod site;
mod table;
mod town;

pub use answer::{Filled, Judged, Matched, NoSite, Origin, SiteFound};
pub use columns::Columns;
pub use company::{Company, Field};
pub use matcher::Matcher;
pub use run::{MatchEvent, MatchRun, MatchSummary, Row};
pub use table::{Table, TableReader};
