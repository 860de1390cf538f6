//! Behaviour added around a seam.

use std::fmt::Debug;

use super::{Enricher, Fetcher, Source, Store};

/// A bundle of hooks, one a seam, each the identity unless overridden. State lives in the layer; what it returns is a
/// cheap projection.
///
/// ```
/// use lead_core::seam::{Fetcher, Layer};
///
/// #[derive(Debug)]
/// struct Nothing;
/// impl Layer for Nothing {
///     fn fetcher(&self, inner: Fetcher) -> Fetcher {
///         inner
///     }
/// }
/// ```
pub trait Layer: Send + Sync + Debug + 'static {
    /// Wraps the fetch seam.
    fn fetcher(&self, inner: Fetcher) -> Fetcher {
        inner
    }
    /// Wraps the source seam.
    fn source(&self, inner: Source) -> Source {
        inner
    }
    /// Wraps the enrichment seam.
    fn enricher(&self, inner: Enricher) -> Enricher {
        inner
    }
    /// Wraps the store seam.
    fn store(&self, inner: Store) -> Store {
        inner
    }
}
