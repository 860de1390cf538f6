//! Every seam in memory: for tests, for trying things out, and as the reference of what a backend must do.

mod limiter;
mod queue;
mod state;
mod store;
mod tenant;

pub use limiter::MemoryLimiter;
pub use queue::MemoryQueue;
pub use state::MemoryState;
pub use store::MemoryStore;

/// The guard of `lock`, also after another thread panicked while it held it: these maps are whole between statements.
fn locked<T>(lock: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
