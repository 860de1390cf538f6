//! The DevTools protocol, spoken to one browser.
//!
//! The types of its commands and events are those of `chromiumoxide_cdp`. The line is ours: that crate's driver speaks over a
//! socket that any program of the machine may connect to, sends `Runtime.enable`, which pages can see, and reads each
//! message into a tree first (docs/decisions).

mod connection;
mod message;
mod session;

pub(super) use connection::Connection;
pub(super) use message::Event;
pub(super) use session::Session;
