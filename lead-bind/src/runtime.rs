//! The one runtime of a process.

use std::sync::{Mutex, PoisonError};

use lead_core::{Error, ErrorKind, Result};
use tokio::runtime::{Builder, Handle, Runtime};

/// The runtime, and the process it was made in.
static RUNTIME: Mutex<Option<(u32, &'static Runtime)>> = Mutex::new(None);

/// The runtime of this process, begun when it is first asked for and never ended. A process that was forked off has none of
/// its parent's threads: it gets a runtime of its own.
///
/// # Errors
/// [`ErrorKind::Io`] when the system gives no threads.
pub fn runtime() -> Result<Handle> {
    let process = std::process::id();
    let mut runtime = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    match *runtime {
        Some((made_in, runtime)) if made_in == process => Ok(runtime.handle().clone()),
        _ => {
            let begun = Builder::new_multi_thread()
                .enable_all()
                .thread_name("lead")
                .build()
                .map_err(|cause| {
                    Error::new(ErrorKind::Io, "runtime", "the system gives no threads").because(cause)
                })?;
            // To end it would be to wait for what it does, at the exit of a process.
            let begun: &'static Runtime = Box::leak(Box::new(begun));
            *runtime = Some((process, begun));
            Ok(begun.handle().clone())
        }
    }
}
