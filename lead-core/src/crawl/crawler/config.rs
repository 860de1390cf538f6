//! Settings of a crawl.

use serde::{Deserialize, Serialize};

use crate::crawl::Reach;

/// Settings of a crawl. How fast a host is asked is the fetcher's pace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct CrawlConfig {
    /// How far it goes from the seeds; their sites.
    pub reach: Reach,
    /// Pages in all, those that failed too; as many as there are.
    pub max_pages: Option<u64>,
    /// Pages of one host; 100,000.
    pub max_pages_a_host: u32,
    /// Bytes of bodies in all; as many as there are.
    pub max_bytes: Option<u64>,
    /// Links from a seed; 50. A site's pages lie within ten or so: what lies deeper is made by a program without an end.
    pub max_depth: u16,
    /// Redirects in a row; 10.
    pub max_redirects: u8,
    /// Requests under way in all; 256.
    pub concurrency: usize,
    /// Whether sitemaps that robots.txt names, and feeds, are read for addresses; they are.
    pub lists: bool,
    /// Whether contacts are read; they are.
    pub contacts: bool,
    /// Leaves a host after so many pages in a row that brought no contact that was not known; never.
    pub saturation: Option<u32>,
}

impl Default for CrawlConfig {
    fn default() -> Self {
        Self {
            reach: Reach::default(),
            max_pages: None,
            max_pages_a_host: 100_000,
            max_bytes: None,
            max_depth: 50,
            max_redirects: 10,
            concurrency: 256,
            lists: true,
            contacts: true,
            saturation: None,
        }
    }
}
