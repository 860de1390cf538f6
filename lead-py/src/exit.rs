//! The end of an interpreter: from then on no thread of ours may enter it, or the process dies.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::PyCFunction;

static ENDING: AtomicBool = AtomicBool::new(false);
static INSIDE: AtomicUsize = AtomicUsize::new(0);

/// How long the end is put off for those who are inside. In a forked process they are its parent's, and never leave.
const PATIENCE: Duration = Duration::from_secs(1);
const STEP: Duration = Duration::from_millis(1);

/// A thread of ours in the interpreter, or waiting to enter.
struct Visit;

impl Drop for Visit {
    fn drop(&mut self) {
        INSIDE.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Whether it is too late to ask for something.
pub(crate) fn is_ending() -> bool {
    ENDING.load(Ordering::SeqCst)
}

/// Calls `visit` in the interpreter from a thread of ours; not at all when the interpreter is ending.
pub(crate) fn enter(visit: impl FnOnce(Python<'_>)) {
    INSIDE.fetch_add(1, Ordering::SeqCst);
    let _visit = Visit;
    if !ENDING.load(Ordering::SeqCst) {
        Python::try_attach(visit);
    }
}

/// Has the interpreter let our threads out before it ends, and take its browsers along.
pub(crate) fn register(py: Python<'_>) -> PyResult<()> {
    let leave = PyCFunction::new_closure(py, None, None, |args, _| {
        ENDING.store(true, Ordering::SeqCst);
        args.py().detach(|| {
            let mut waited = Duration::ZERO;
            while INSIDE.load(Ordering::SeqCst) > 0 && waited < PATIENCE {
                std::thread::sleep(STEP);
                waited += STEP;
            }
            lead_bind::browser::end_all();
        });
    })?;
    py.import("atexit")?.call_method1("register", (leave,))?;
    Ok(())
}
