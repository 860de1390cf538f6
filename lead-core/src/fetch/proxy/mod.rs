//! Ways out through other machines.
//!
//! A [`ProxyTransport`] sends each attempt through one of several [`Proxy`]s, chosen by a [`ProxyPolicy`]. One that fails
//! where another one does not is left alone for a while, longer each time, then tried again; a page is never lost to it,
//! as the next one is asked at once.
//!
//! Proxies look names up by themselves. What we learn of a name is held against the guard first; a proxy that stands in a
//! network of its own should refuse to lead there.

mod address;
mod pool;
mod transport;

pub use address::Proxy;
#[cfg(feature = "browser")]
pub(crate) use pool::{Pool as ProxyPool, Use as ProxyUse};
pub use pool::{ProxyPolicy, ProxyReport};
pub use transport::ProxyTransport;
