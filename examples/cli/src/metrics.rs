//! Figures for Prometheus, served while a command runs.

use std::net::SocketAddr;

use lead_core::{Error, ErrorKind, Result, telemetry};
use metrics_exporter_prometheus::PrometheusBuilder;

/// Serves the figures at `address` until the runtime ends.
///
/// # Errors
/// [`ErrorKind::Conflict`] when the address is taken or the process has a recorder already.
pub(crate) fn serve(address: SocketAddr) -> Result<()> {
    PrometheusBuilder::new()
        .with_http_listener(address)
        .install()
        .map_err(|cause| {
            Error::new(
                ErrorKind::Conflict,
                "metrics",
                "the figures cannot be served there",
            )
            .with("address", address)
            .because(cause)
        })?;
    telemetry::describe();
    Ok(())
}
