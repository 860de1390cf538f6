//! Browsers that render pages, as both languages hold them.

mod handle;
mod live;
mod options;
mod page;
mod running;
mod visit;

pub use handle::Browser;
pub use live::{LiveEvent, LiveStream};
pub use options::BrowserOptions;
pub(crate) use options::{identity_of, rules_of};
pub(crate) use page::latin;
pub use page::{Known, RenderedPage, Shown};
pub use running::end_all;
pub(crate) use running::{Kept, Running};
pub use visit::Visit;
