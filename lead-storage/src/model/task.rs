//! Work that goes on when its caller goes away.

use lead_core::{Error, ErrorKind, Result};

/// Runs work on a task of its own, so that a caller who goes away does not break it off.
pub(crate) async fn on_its_own<T: Send + 'static>(
    operation: &'static str,
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    tokio::spawn(work).await.map_err(|cause| {
        Error::new(ErrorKind::Internal, operation, "the transaction was broken off").because(cause)
    })?
}
