//! Work spread over the cores whose results come back in the order of what was asked.

use std::num::NonZero;
use std::sync::Arc;

use futures::stream::{Stream, StreamExt};
use lead_core::{Error, ErrorKind, Result};

/// How many pieces of work may run at once.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// The results of `work` for each item, in the items' order; one more than there are cores is under way, so that a
/// slow item does not leave a core idle.
pub(crate) fn in_order<T, U>(
    items: impl Stream<Item = T>,
    work: impl Fn(T) -> U + Send + Sync + 'static,
) -> impl Stream<Item = Result<U>>
where
    T: Send + 'static,
    U: Send + 'static,
{
    let work = Arc::new(work);
    items
        .map(move |item| {
            let work = Arc::clone(&work);
            blocking(move || work(item))
        })
        .buffered(cores() + 1)
}

/// Does `work` where it may block. Once begun it is not cancelled.
///
/// # Errors
/// [`ErrorKind::Internal`] when it panics.
pub(crate) async fn blocking<U: Send + 'static>(work: impl FnOnce() -> U + Send + 'static) -> Result<U> {
    tokio::task::spawn_blocking(work).await.map_err(|cause| {
        Error::new(ErrorKind::Internal, "work", "a part of the program failed").because(cause)
    })
}
