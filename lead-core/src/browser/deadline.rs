//! How long is waited for a browser to do what it is told.

use std::time::Duration;

/// Most commands take milliseconds; on a busy machine a page may take seconds to open.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
