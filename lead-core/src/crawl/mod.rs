//! Which pages of a site to read.
//!
//! Stage 1 reads a business's site for its contacts: the page it was listed with, the home page, and the pages those link
//! to as contact, about, imprint or legal notice. The frontier of whole crawls comes on top of it.

mod contact_links;
mod parked;
mod site;
#[cfg(test)]
mod tests;

pub use contact_links::{PageKind, contact_links};
pub use site::{SitePage, SitePolicy, SiteVisit, visit_site};
