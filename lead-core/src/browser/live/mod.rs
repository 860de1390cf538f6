//! Pages as they are seen while they are rendered, with the numbers found on them.
//!
//! ```no_run
//! # async fn example(browser: lead_core::browser::Browser) {
//! use lead_core::browser::LiveEvent;
//!
//! let mut live = browser.live();
//! while let Some(event) = live.next().await {
//!     match event {
//!         LiveEvent::Opened { page, url } => println!("{page}: {url}"),
//!         LiveEvent::Frame(frame) => println!("{}: {} bytes", frame.page, frame.jpeg.len()),
//!         LiveEvent::Boxes { page, boxes } => println!("{page}: {boxes:?}"),
//!         _ => {}
//!     }
//! }
//! # }
//! ```
//!
//! While nobody looks, nothing is drawn: a view costs only while there is one. Who looks slowly misses frames, never the last one.

mod boxes;
mod feed;
mod forms;
mod queue;
mod view;

use std::sync::Arc;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

pub use crate::seam::{NumberBox, Rect};

pub(super) use boxes::of as boxes_of;
pub(super) use feed::{Feed, LivePage};
pub use forms::MJPEG_CONTENT_TYPE;
pub use view::LiveView;

use crate::record::SafeUrl;

/// How pages are shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct LiveConfig {
    /// Frames a second of a page at most; 5.
    pub rate: f64,
    /// Quality of the pictures, 1 to 100; 60.
    pub quality: u8,
    /// The widest and highest a picture is, in pixels; 1366 by 768.
    pub size: (u32, u32),
    /// Where numbers without a country code are from, as for [`ExtractOptions`](crate::contacts::ExtractOptions).
    pub region: Option<String>,
}

impl Default for LiveConfig {
    fn default() -> Self {
        Self {
            rate: 5.0,
            quality: 60,
            size: (1366, 768),
            region: None,
        }
    }
}

/// A page that is shown. Numbers are not used again.
pub type PageId = u64;

/// What is seen of pages.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum LiveEvent {
    /// A page is opened.
    Opened {
        /// Which.
        page: PageId,
        /// Its address.
        url: SafeUrl,
    },
    /// What it looks like now.
    Frame(Arc<Frame>),
    /// The numbers found on it.
    Boxes {
        /// On which.
        page: PageId,
        /// One for each line of each place a number stands at.
        boxes: Arc<[NumberBox]>,
    },
    /// It is closed.
    Closed {
        /// Which.
        page: PageId,
    },
}

impl LiveEvent {
    /// The page it speaks of.
    pub fn page(&self) -> PageId {
        match self {
            Self::Opened { page, .. } | Self::Boxes { page, .. } | Self::Closed { page } => *page,
            Self::Frame(frame) => frame.page,
        }
    }
}

/// A picture of a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Frame {
    /// Of which page.
    pub page: PageId,
    /// The picture, a JPEG.
    #[serde(skip)]
    pub jpeg: Bytes,
    /// The part of the document it shows, in CSS pixels: left, top, width, height.
    pub shows: Rect,
}

#[cfg(test)]
mod tests;
