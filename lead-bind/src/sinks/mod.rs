//! Leads handed on as they come and change.

mod options;
mod rounds;

pub use lead_storage::sink::Report;
pub use options::{RuleState, Sinks};
pub use rounds::{Rounds, Told};

use lead_core::{Error, ErrorKind, Result};
use serde::Serialize;

/// Does something with sinks, and tells what it came to, as JSON: `run` ([`Sinks::once`]), `check`, `dead` or `retry`.
///
/// # Errors
/// [`ErrorKind::Unsupported`] for anything else; those of [`Sinks::read`] and of what is done.
pub async fn call(what: &str, options: &str) -> Result<String> {
    let sinks = Sinks::read(options)?;
    match what {
        "run" => written(sinks.once().await?),
        "check" => written(sinks.check().await?),
        "dead" => written(sinks.dead().await?),
        "retry" => written(sinks.retry().await?),
        _ => {
            let says = "sinks are not asked this";
            Err(Error::new(ErrorKind::Unsupported, "sinks", says).with("call", what.escape_debug()))
        }
    }
}

fn written(done: impl Serialize) -> Result<String> {
    serde_json::to_string(&done)
        .map_err(|cause| Error::new(ErrorKind::Internal, "sinks", "the answer is no JSON").because(cause))
}
