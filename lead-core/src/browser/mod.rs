//! Pages rendered by the system's Chromium: what their scripts make of them is read like any other page.
//!
//! ```no_run
//! # async fn example() -> lead_core::Result<()> {
//! use lead_core::browser::{Browser, BrowserConfig};
//! use lead_core::fetch::FetchConfig;
//! use lead_core::seam::Request;
//!
//! let browser = Browser::new(BrowserConfig::default(), &FetchConfig::default())?;
//! let page = browser.fetcher().fetch(Request::get("https://bakery.example/".parse()?)).await?;
//! println!("{}", String::from_utf8_lossy(&page.body));
//! browser.close().await;
//! # Ok(())
//! # }
//! ```
//!
//! - [`Browser`] holds the browsers: it starts them when they are needed, opens each page in a context of its own, replaces them
//!   when they are old or large, ends those that hang, and leaves neither process nor folder behind, whatever happens to us.
//! - [`BrowserFetch`] is a [`Fetch`](crate::seam::Fetch), so everything that fetches can render.
//! - [`Browser::live`] shows pages while they are rendered, with a box around every number found.
//! - All that a page asks for passes a proxy of ours, which holds the guard's rules and is the only way out.
//!
//! Two ways to be polite: an honest name, with that of the program it works for, and one page a request; what a page loads
//! besides is what it would load for anybody, less pictures, fonts and media.

mod child;
mod config;
mod deadline;
mod fetch;
mod gateway;
mod identity;
mod live;
mod named;
mod pool;
mod protocol;
mod rules;
mod tab;
mod wait;

pub use config::{Block, BrowserConfig};
pub use fetch::BrowserFetch;
pub use identity::{Coherent, Drawn, Identity, Noise};
pub use live::{Frame, LiveConfig, LiveEvent, LiveView, MJPEG_CONTENT_TYPE, NumberBox, PageId, Rect};
pub use pool::{Browser, BrowserStats};
pub use rules::{SiteCookie, SiteRule, SiteRules};
pub use wait::{Until, Wait};
