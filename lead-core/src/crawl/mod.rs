//! Which pages of a site to read.
//!
//! Stage 1 reads a business's site for its contacts: the page it was listed with, the home page, and the pages those link
//! to as contact, about, imprint or legal notice. A whole crawl goes by a [`frontier`]: every address once, by one
//! [canonical] form, within a [`Scope`].

mod canonical;
mod contact_links;
mod crawler;
mod directive;
pub mod frontier;
mod hybrid;
mod links;
mod lists;
mod outcome;
mod scope;
mod site;
#[cfg(test)]
mod tests;

pub use canonical::canonical;
pub use contact_links::{PageKind, contact_links};
pub use crawler::{Crawl, CrawlConfig, CrawlEvent, CrawlFetcher, CrawlSummary, CrawledPage, Crawler};
pub use directive::Directives;
pub use hybrid::{Hybrid, RenderingCost};
pub use outcome::Outcome;
pub(crate) use outcome::wall_of;
pub use scope::{Reach, Scope};
pub(crate) use site::note_home;
pub use site::{SitePage, SitePolicy, SiteVisit, visit_site};
pub(crate) use site::{read_page, visit_site_if};
