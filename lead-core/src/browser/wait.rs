//! When a page is read.

use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::{Deserialize, Serialize};

/// What is waited for before a page is read. Past the page's time it is read as it is, and that is told
/// ([`Rendering::unmet`](crate::seam::Rendering::unmet)).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Wait {
    /// What has to come.
    pub until: Until,
    /// How long it must be still for [`Until::Quiet`], [`Until::DomQuiet`] and [`Until::NetworkQuiet`]; 500 ms.
    #[serde(with = "friendly")]
    pub quiet: Duration,
    /// How often the page is scrolled through at most, for what is loaded only when it is seen; 10, 0 for never. It is left
    /// alone as soon as that brings nothing.
    pub scrolls: u32,
}

impl Default for Wait {
    fn default() -> Self {
        Self {
            until: Until::Quiet,
            quiet: Duration::from_millis(500),
            scrolls: 10,
        }
    }
}

impl Wait {
    /// For this, with everything else as usual.
    pub fn until(until: Until) -> Self {
        Self {
            until,
            ..Self::default()
        }
    }
}

/// What has to come before a page is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Until {
    /// The document and what it names are loaded (the `load` event).
    Load,
    /// Loaded, nothing under way, and the document has not changed for a while.
    #[default]
    Quiet,
    /// Loaded, and the document has not changed for a while, whatever is under way.
    DomQuiet,
    /// Loaded, and nothing has been under way for a while.
    NetworkQuiet,
    /// An element that this CSS selector finds.
    Selector(String),
    /// This JavaScript expression is true. It sees the document, not the variables of the page's scripts.
    Predicate(String),
}
