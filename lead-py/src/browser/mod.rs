//! `lead.Browser`.

mod handle;
mod live;
mod page;

pub(crate) use handle::Browser;
pub(crate) use live::{LiveEvent, LiveStream};
pub(crate) use page::RenderedPage;

use pyo3::Bound;

/// The browser that Python holds, for work that renders with it.
pub(crate) fn held<'a>(browser: Option<&'a Bound<'_, Browser>>) -> Option<&'a lead_bind::browser::Browser> {
    browser.map(|browser| &browser.get().0)
}
